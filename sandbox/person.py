"""A person in a test: types, clicks, chooses, fills, submits - and sees."""

import asyncio
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from sandbox import acting, seeing
from sandbox.choosing import CannotDo, chosen_value, find_newest
from sandbox.delivery import Delivery
from sandbox.people import BOT_USER_ID, Channel
from sandbox.screens import Notification
from sandbox.seeing import Shown
from sandbox.views import OpenView
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.driver import Sandbox

T = TypeVar("T")
Wanted = str | re.Pattern[str]
TIMEOUT = 5.0


class Person:
    """Someone in the workspace; what they do waits for the bot's ack (or for Slack to give up)."""

    def __init__(self, sandbox: "Sandbox", user_id: str) -> None:
        self._sandbox = sandbox
        self._slack = sandbox.slack
        self.id = user_id
        self._seen_before = 0

    @property
    def dm(self) -> str:
        """The id of the DM with the bot."""
        return self._slack.world.dm(self.id).id

    # -- writing

    def types(self, text: str, *, in_: str = "", thread: object = None) -> Delivery | None:
        """Type a line: a command if it begins with `/`, else a message; in the DM with the bot unless told.

        Args:
            in_: a channel's name or id.
            thread: the message (or its ts) whose thread it goes to; Slack refuses commands there.
        Returns:
            What the bot was told; None when it hears nothing of it.
        """
        self._mark()
        channel = self._channel(in_)
        root = _ts(thread)
        if text.startswith("/"):
            name, _, rest = text.partition(" ")
            work = acting.command(self._slack, self.id, channel, name, rest.strip(), in_thread=bool(root))
            return self._sandbox.run(work)
        return self._sandbox.run(acting.say(self._slack, self.id, channel, text, root))

    def mentions(self, text: str, *, in_: str, thread: object = None) -> Delivery | None:
        """Write `@bot text` in a channel."""
        return self.types(f"<@{BOT_USER_ID}> {text}", in_=in_, thread=thread)

    def edits(self, message: object, text: str) -> None:
        """Change one's own message (a Delivery of it, a Shown, a message or its ts)."""
        self._mark()
        channel, ts = self._where(message)
        self._sandbox.run(acting.edit(self._slack, self.id, channel, ts, text))

    def deletes(self, message: object) -> None:
        """Delete one's own message, or dismiss an ephemeral."""
        self._mark()
        channel, ts = self._where(message)
        self._sandbox.ask(lambda: acting.delete(self._slack, self.id, channel, ts))

    # -- pressing

    def clicks(self, text: str, *, times: int = 1, nth: int = 0, on: Shown | None = None) -> Delivery:
        """Press the newest visible button (or overflow entry) of that text or action id; a dialog is confirmed.

        Args:
            times: 2 is a double click: both are sent before either is acknowledged.
            nth: which of several such buttons on the same message or view, from 0.
            on: what to look on; the top modal, if one is open, else the newest that has it.
        Raises:
            CannotDo: if there is none.
        """
        self._mark()
        shown, (part, value) = self._find(lambda one: seeing.buttons_with(one, text), nth, on, f"button {text!r}")
        block_id, action_id = part.key

        async def pressed() -> list[Delivery]:
            acts = (acting.act(self._slack, self.id, shown.place, block_id, action_id, value) for _ in range(times))
            return list(await asyncio.gather(*acts))

        return self._sandbox.run(pressed())[0]

    def chooses(self, field: str, *options: str, typed: str | None = None, on: Shown | None = None) -> Delivery | None:
        """Choose in a select, radio buttons, checkboxes or a date or user picker found by label, placeholder or id.

        Args:
            options: the options' texts; several for a multi-select or checkboxes.
            typed: for an external select, what is typed to get suggestions; the first option's text unless told.
        Returns:
            The block_actions delivery; None for a field that only counts on submission.
        """
        self._mark()
        shown, part = self._find(lambda one: seeing.fields_with(one, field), 0, on, f"field {field!r}")
        value = chosen_value(self._sandbox, self.id, shown, part, options, typed)
        block_id, action_id = part.key
        acts = part.block["type"] != "input" or bool(part.block.get("dispatch_action"))
        if acts:
            return self._sandbox.run(acting.act(self._slack, self.id, shown.place, block_id, action_id, value))
        self._sandbox.ask(lambda: acting.touch(self._slack, self.id, shown.place, block_id, action_id, value))
        return None

    def fills(self, on: Shown | None = None, **fields: object) -> None:
        """Fill fields by label, block id or action id (`fills(Minutes="12", patient="Lopez")`); None empties one."""
        for name, value in fields.items():
            values = value if isinstance(value, list | tuple) else () if value is None else (value,)
            self.chooses(name, *map(str, values), on=on)

    def submits(self) -> Delivery:
        """Press Submit in the top modal.

        Raises:
            CannotDo: when Slack's client keeps it back because a required field is empty, or no modal is open.
        """
        self._mark()
        view = self._top()
        delivery = self._sandbox.run(acting.submit(self._slack, view))
        if delivery is None:
            raise CannotDo(f"required fields are empty: {sorted(view.errors)}\n{self._all()}")
        return delivery

    def closes(self, *, all_: bool = False) -> None:
        """Close the top modal, or the whole stack."""
        self._mark()
        self._sandbox.run(acting.close(self._slack, self._top(), clear=all_))

    def shortcut(self, callback_id: str, *, on: object = None) -> Delivery:
        """Use a global shortcut, or a message shortcut `on` a message."""
        self._mark()
        channel, ts = (self._where(on)[0].id, _ts(on)) if on is not None else ("", "")
        return self._sandbox.run(acting.shortcut(self._slack, self.id, callback_id, channel, ts))

    def opens_home(self, tab: str = "home") -> Delivery | None:
        """Open the app's Home (or `tab="messages"`)."""
        self._mark()
        return self._sandbox.run(acting.open_home(self._slack, self.id, tab))

    # -- looking

    def sees(self, text: Wanted, *, timeout: float = TIMEOUT, new: bool = False) -> Shown:
        """The newest thing on screen with that text, waited for up to `timeout` seconds.

        Args:
            new: only what appeared or changed since this person's last own act.
        Raises:
            AssertionError: with everything visible.
        """
        since = self._seen_before if new else -1

        def look() -> Shown | None:
            found = seeing.newest_first(self._slack, self.id, since)
            return next((one for one in found if one.has(text)), None)

        found = self._sandbox.wait_for(look, timeout)
        if found is None:
            raise AssertionError(f"{self._name()} does not see {text!r}\n{self._all()}")
        return found

    def does_not_see(self, text: Wanted, *, quiet: float = 0.2, new: bool = False) -> None:
        """Assert, once all is quiet, that no such text is on screen (`new`: not since the last own act)."""
        self._sandbox.wait_quiet(quiet)
        since = self._seen_before if new else -1
        found = [one for one in self.visible() if one.changed > since and one.has(text)]
        assert not found, f"{self._name()} sees {text!r}\n{found[-1]}"

    def visible(self) -> list[Shown]:
        """Everything on screen, oldest first; Home and the top modal last."""
        return self._sandbox.ask(lambda: seeing.on_screen(self._slack, self.id))

    def messages(self, in_: str = "") -> list[Shown]:
        """The messages and ephemerals of one conversation, oldest first."""
        channel = self._channel(in_).id
        return [one for one in self.visible() if one.channel == channel]

    @property
    def modal(self) -> Shown | None:
        """The top modal, if one is open."""
        return next((one for one in self.visible() if one.surface == "modal"), None)

    @property
    def home(self) -> Shown | None:
        """App Home, if it was published."""
        return next((one for one in self.visible() if one.surface == "home"), None)

    @property
    def stack(self) -> list[Json]:
        """The open modals as Slack's view objects, bottom first."""
        return self._sandbox.ask(lambda: [view.wire for view in self._slack.views.stack(self.id)])

    @property
    def field_errors(self) -> dict[str, str]:
        """The problems beside the fields of the top modal, by block id."""
        return self._sandbox.ask(lambda: dict(self._top().errors))

    @property
    def notifications(self) -> list[Notification]:
        """What was pushed to this person's devices."""
        return self._sandbox.ask(lambda: list(self._slack.screens.notifications[self.id]))

    @property
    def errors(self) -> list[str]:
        """What Slack itself told this person, such as `/ccm failed with the error "operation_timeout"`."""
        return self._sandbox.ask(lambda: list(self._slack.screens.toasts[self.id]))

    # -- how

    def _mark(self) -> None:
        self._seen_before = self._slack.messages.changes

    def _name(self) -> str:
        return self._slack.world.users[self.id].name

    def _all(self) -> str:
        shown = "\n".join(map(str, self.visible())) or "nothing"
        notices = "\n".join(self._slack.screens.toasts[self.id])
        return f"--- {self._name()} sees:\n{shown}" + (f"\n--- Slack said:\n{notices}" if notices else "")

    def _channel(self, name: str) -> Channel:
        channel = self._slack.world.channel(name) if name else self._slack.world.dm(self.id)
        if self.id not in channel.members:
            raise CannotDo(f"{self._name()} is not in {name}")
        return channel

    def _where(self, message: object) -> tuple[Channel, str]:
        ts = _ts(message)
        if isinstance(message, Shown):
            return self._slack.world.channel(message.channel), ts
        for channel in self._slack.world.seen_by(self.id):
            if self._slack.messages.get(channel.id, ts):
                return channel, ts
        raise CannotDo(f"{self._name()} sees no message {ts}")

    def _find(self, find: Callable[[Shown], list[T]], nth: int, on: Shown | None, missing: str) -> tuple[Shown, T]:
        found = self._sandbox.wait_for(lambda: find_newest(self._slack, self.id, find, nth, on), TIMEOUT)
        if found is None:
            raise CannotDo(f"no {missing}\n{self._all()}")
        return found

    def _top(self) -> OpenView:
        stack = self._slack.views.stack(self.id)
        if not stack:
            raise CannotDo(f"no modal is open\n{self._all()}")
        return stack[-1]


def _ts(message: object) -> str:
    if isinstance(message, Delivery):
        message = message.message
    if isinstance(message, Shown):
        return message.ts
    return str(message["ts"]) if isinstance(message, dict) else str(message or "")
