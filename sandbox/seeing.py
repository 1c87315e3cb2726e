"""What stands on one person's screen: messages, ephemerals, the top modal, Home; and finding things there."""

import re
from collections.abc import Iterator
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


def on_screen(slack: Workspace, user: str) -> list[Shown]:
    """Everything a person sees, oldest first; the top modal and Home come last."""
    shown = [*_messages(slack, user), *_ephemerals(slack, user)]
    shown.sort(key=lambda one: one.ts)
    home = slack.views.homes.get(user)
    stack = slack.views.stack(user)
    views = [("home", home)] if home else []
    views += [("modal", stack[-1])] if stack else []
    return shown + [_view(surface, view) for surface, view in views]


def _messages(slack: Workspace, user: str) -> Iterator[Shown]:
    for channel in slack.world.seen_by(user):
        for message in slack.messages.by_channel.get(channel.id, {}).values():
            yield _message(slack, "message", channel.id, message)


def _ephemerals(slack: Workspace, user: str) -> Iterator[Shown]:
    for one in slack.messages.by_reader.get(user, {}).values():
        yield _message(slack, "ephemeral", one.channel, one.message)


def _message(slack: Workspace, surface: Surface, channel: str, message: Json) -> Shown:
    markup = reading.message_text(message)
    changed = slack.messages.changed.get((channel, message["ts"]), 0)
    text = reading.plain(markup)
    return Shown(
        surface=surface, channel=channel, ts=message["ts"], text=text, markup=markup, raw=message, changed=changed
    )


def _view(surface: str, view: OpenView) -> Shown:
    markup = "\n".join([reading.view_text(view.wire), *view.errors.values()])
    return Shown(
        surface="home" if surface == "home" else "modal",
        channel="",
        ts="",
        text=reading.plain(markup),
        markup=markup,
        raw=view.wire,
        changed=view.changed,
    )


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
