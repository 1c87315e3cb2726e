"""What stands on one person's screen: messages, ephemerals, the top modal, Home; and finding things there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sandbox import reading
from sandbox.acting import Place
from sandbox.anatomy import Part, parts
from sandbox.views import OpenView
from sandbox.wire import Json
from sandbox.workspace import Workspace

Surface = Literal["message", "ephemeral", "modal", "home"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One message, modal or Home as a person sees it.

    `text` is as on screen, `markup` with Slack's marks, `raw` Slack's own object; `changed` grows with every change.
    """

    surface: Surface
    channel: str
    ts: str
    text: str
    markup: str
    raw: Json
    changed: int

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        blocks: list[Json] = self.raw.get("blocks") or []
        return blocks

    @property
    def place(self) -> Place:
        """Where its elements are."""
        if self.surface in ("modal", "home"):
            return Place(view_id=self.raw["id"])
        return Place(channel=self.channel, ts=self.ts)

    @property
    def buttons(self) -> list[str]:
        """The texts of its buttons, in reading order."""
        return [button_text(part.element) for part in parts(self.blocks) if part.element["type"] == "button"]

    def has(self, wanted: str | re.Pattern[str]) -> bool:
        """Whether a text, or a match of a pattern, is to be read there."""
        if isinstance(wanted, re.Pattern):
            return bool(wanted.search(self.text) or wanted.search(self.markup))
        return wanted in self.text or wanted in self.markup

    def __str__(self) -> str:
        """For a failed test: where it is and what it says."""
        return f"[{self.surface} {self.channel} {self.ts}]\n{self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """Something on screen before it is read."""

    changed: int
    surface: Surface
    channel: str
    raw: Json
    errors: tuple[str, ...] = ()

    def read(self, names: Mapping[str, str]) -> Shown:
        """What it says."""
        is_view = self.surface in ("modal", "home")
        markup = reading.view_text(self.raw) if is_view else reading.message_text(self.raw)
        markup = "\n".join([markup, *self.errors])
        return Shown(
            surface=self.surface,
            channel=self.channel,
            ts=self.raw.get("ts", ""),
            text=reading.plain(markup, names),
            markup=markup,
            raw=self.raw,
            changed=self.changed,
        )


def on_screen(slack: Workspace, user: str) -> list[Shown]:
    """Everything a person sees, oldest first; Home and the top modal come last."""
    names = slack.world.names()
    return [glimpse.read(names) for glimpse in sorted(_glimpses(slack, user), key=_by_age)]


def newest_first(slack: Workspace, user: str, since: int = -1) -> Iterator[Shown]:
    """What appeared or changed after `since`, the latest change first, read one by one."""
    names = slack.world.names()
    found = [glimpse for glimpse in _glimpses(slack, user) if glimpse.changed > since]
    for glimpse in sorted(found, key=lambda one: one.changed, reverse=True):
        yield glimpse.read(names)


def _glimpses(slack: Workspace, user: str) -> Iterator[Glimpse]:
    changed = slack.messages.changed
    for channel in slack.world.seen_by(user):
        for ts, message in slack.messages.by_channel.get(channel.id, {}).items():
            yield Glimpse(changed=changed[channel.id, ts], surface="message", channel=channel.id, raw=message)
    for ts, one in slack.messages.by_reader.get(user, {}).items():
        yield Glimpse(changed=changed[one.channel, ts], surface="ephemeral", channel=one.channel, raw=one.message)
    if home := slack.views.homes.get(user):
        yield _view("home", home)
    if stack := slack.views.stack(user):
        yield _view("modal", stack[-1])


def _view(surface: Surface, view: OpenView) -> Glimpse:
    errors = tuple(view.errors.values())
    return Glimpse(changed=view.changed, surface=surface, channel="", raw=view.wire, errors=errors)


def _by_age(glimpse: Glimpse) -> tuple[int, str]:
    order = {"home": 1, "modal": 2}
    return order.get(glimpse.surface, 0), glimpse.raw.get("ts", "")


def buttons_with(shown: Shown, text: str) -> list[tuple[Part, object]]:
    """What can be pressed by that text: buttons, icon and feedback buttons, overflow entries; with their values."""
    found: list[tuple[Part, object]] = []
    for part in parts(shown.blocks):
        if part.element["type"] == "overflow":
            options = part.element["options"]
            found += [(part, option) for option in options if _matches(option["text"]["text"], text)]
        elif _matches(button_text(part.element), text) or part.element.get("action_id") == text:
            found.append((part, part.element.get("value")))
    exact = [one for one in found if one[0].element.get("text", {}).get("text") == text]
    return exact or found


def button_text(element: Json) -> str:
    """The text on a button; its accessibility label where it shows only an icon."""
    text = element.get("text")
    return reading.plain(text["text"]) if isinstance(text, dict) else ""


def fields_with(shown: Shown, name: str) -> list[Part]:
    """The fields a person would mean by a label, placeholder, block id or action id; underscores mean spaces."""
    wanted = name.replace("_", " ").casefold()
    by_id = [
        part for part in parts(shown.blocks) if name in (part.block.get("block_id"), part.element.get("action_id"))
    ]
    if by_id:
        return by_id
    found = [part for part in parts(shown.blocks) if part.element["type"] not in ("button", "overflow")]
    exact = [part for part in found if wanted in (_label(part), _placeholder(part))]
    return exact or [part for part in found if wanted in _label(part)]


def _label(part: Part) -> str:
    label = part.block.get("label") or (part.block.get("text") if part.block["type"] == "section" else None)
    return reading.plain(label["text"]).casefold() if isinstance(label, dict) else ""


def _placeholder(part: Part) -> str:
    placeholder = part.element.get("placeholder")
    return str(placeholder["text"]).casefold() if isinstance(placeholder, dict) else ""


def option_with(options: list[Json], text: str) -> Json | None:
    """The option of that text or value; failing that, the only one containing it or the first that does."""
    for option in options:
        if text in (reading.plain(option["text"]["text"]), option["text"]["text"], option["value"]):
            return option
    return next((option for option in options if text in reading.plain(option["text"]["text"])), None)


def all_options(answer: Json) -> list[Json]:
    """The options of a select or of a suggestion's answer, those in groups included."""
    options = list(answer.get("options") or [])
    for group in answer.get("option_groups") or []:
        options += group["options"]
    return options


def _matches(shown: str, wanted: str) -> bool:
    return wanted.casefold() in shown.casefold()
