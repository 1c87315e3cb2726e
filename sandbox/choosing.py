"""How a person finds what to press on screen, and what a choice means to each kind of field."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from sandbox import acting, seeing
from sandbox.anatomy import STATE, Part
from sandbox.seeing import Shown
from sandbox.wire import Json
from sandbox.workspace import Workspace
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.driver import Sandbox

T = TypeVar("T")


class CannotDo(AssertionError):
    """What the person was to do is not possible on their screen; says what is there."""


def find_newest(
    slack: Workspace, user: str, find: Callable[[Shown], list[T]], nth: int, on: Shown | None
) -> tuple[Shown, T] | None:
    """The `nth` thing found on the newest surface that has so many.

    A modal covers everything else; Home comes after all messages.
    """
    shown = [on] if on is not None else list(seeing.newest_first(slack, user))
    modals = [one for one in shown if one.surface == "modal"]
    homes = [one for one in shown if one.surface == "home"]
    others = [one for one in shown if one.surface not in ("modal", "home")]
    for one in modals or [*others, *homes]:
        found = find(one)
        if len(found) > nth:
            return one, found[nth]
    return None


def chosen_value(
    sandbox: "Sandbox", user: str, shown: Shown, part: Part, chosen: tuple[str, ...], typed: str | None
) -> object:
    """What a field holds after choosing: options by their text, people and channels by name, else the text itself.

    Raises:
        CannotDo: if no such option is offered.
    """
    element = part.element
    key, _ = STATE.get(element["type"], ("value", None))
    if key not in ("selected_option", "selected_options"):
        return _plain_value(sandbox.slack.world, key, chosen)
    offered = element
    if "external" in element["type"] and chosen:
        offered = _suggested(sandbox, user, shown, part, chosen[0] if typed is None else typed)
    options = [seeing.option_with(seeing.all_options(offered), one) for one in chosen]
    if None in options:
        raise CannotDo(f"no option {chosen} among {[one['text']['text'] for one in seeing.all_options(offered)]}")
    return options if key == "selected_options" else options[0] if options else None


def _plain_value(world: World, key: str, chosen: tuple[str, ...]) -> object:
    if key.startswith("selected_user"):
        chosen = tuple(world.user(one).id for one in chosen)
    if key.startswith(("selected_channel", "selected_conversation")):
        chosen = tuple(world.channel(one).id for one in chosen)
    if key.endswith("s"):
        return list(chosen)
    value = chosen[0] if chosen else None
    return int(value) if key == "selected_date_time" and value else value


def _suggested(sandbox: "Sandbox", user: str, shown: Shown, part: Part, typed: str) -> Json:
    least = part.element.get("min_query_length", 3)
    if len(typed) < least:
        raise CannotDo(f"Slack asks for suggestions only after {least} characters, not for {typed!r}")
    return sandbox.run(acting.suggest(sandbox.slack, user, shown.place, *part.key, typed)).ack_payload or {}
