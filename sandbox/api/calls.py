"""One call of the Web API: its arguments whatever way they came, and the checks most methods begin with."""

import base64
import binascii
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.people import BOT_USER_ID, Channel, User
from sandbox.wire import Json, SlackError
from sandbox.workspace import Workspace

# Arguments that are JSON inside a form or query.
JSON_ARGUMENTS = ("blocks", "attachments", "view", "metadata", "files", "message", "prompts")
TRUE = (True, "true", "1", 1)


@dataclass(frozen=True, slots=True)
class Call:
    """A call with decoded arguments; methods may await."""

    slack: Workspace
    method: str
    args: Json

    def text(self, name: str, default: str = "") -> str:
        """A string argument."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        """A string argument that must be there.

        Raises:
            SlackError: `invalid_arguments`.
        """
        if not self.text(name):
            raise SlackError("invalid_arguments", f"[ERROR] missing required field: {name}")
        return self.text(name)

    def flag(self, name: str) -> bool:
        """A boolean argument; false when missing."""
        return self.args.get(name) in TRUE

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number from 1 to `most`.

        Raises:
            SlackError: `invalid_limit`.
        """
        try:
            value = int(self.text(name) or default)
        except ValueError as why:
            raise SlackError("invalid_arguments") from why
        if not 1 <= value <= most:
            raise SlackError("invalid_limit")
        return value

    def need_scope(self, *scopes: str) -> None:
        """Refuse when the manifest grants none of the scopes.

        Raises:
            SlackError: `missing_scope`, naming what was needed and what is provided.
        """
        provided = self.slack.manifest.scopes
        if scopes and not set(scopes) & set(provided):
            raise SlackError("missing_scope", needed=",".join(scopes), provided=",".join(provided))

    def user(self, name: str = "user") -> User:
        """The member an argument names by id.

        Raises:
            SlackError: `user_not_found`.
        """
        user = self.slack.world.users.get(self.required(name))
        if user is None:
            raise SlackError("user_not_found")
        return user

    def channel(self, name: str = "channel") -> Channel:
        """The conversation an argument names by id; private ones without the bot are hidden.

        Raises:
            SlackError: `channel_not_found`.
        """
        channel = self.slack.world.channels.get(self.required(name))
        if channel is None or (channel.kind != "public" and BOT_USER_ID not in channel.members):
            raise SlackError("channel_not_found")
        return channel

    def page(self, items: list[Any], default: int, most: int = 1000) -> tuple[list[Any], Json]:
        """A page of a list by `limit` and `cursor`, and the `response_metadata` that leads to the next."""
        limit = self.number("limit", default, most)
        start = _start(self.text("cursor"))
        following = base64.b64encode(f"next:{start + limit}".encode()).decode() if start + limit < len(items) else ""
        return items[start : start + limit], {"response_metadata": {"next_cursor": following}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How a method is called: whose token it takes and which of these bot scopes it needs (none: no scope)."""

    run: Callable[[Call], Json | Awaitable[Json]]
    scopes: tuple[str, ...] = ()
    caller: Literal["bot", "app", "anyone"] = "bot"


def decoded(args: Json) -> Json:
    """Arguments with the JSON inside forms read.

    Raises:
        SlackError: `invalid_arguments` or `invalid_blocks_format` when it is not JSON.
    """
    for name in JSON_ARGUMENTS:
        if isinstance(args.get(name), str):
            try:
                args[name] = json.loads(args[name]) if args[name] else None
            except ValueError as why:
                raise SlackError("invalid_blocks_format" if name == "blocks" else "invalid_arguments") from why
    return args


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor).decode().removeprefix("next:"))
    except (ValueError, binascii.Error) as why:
        raise SlackError("invalid_cursor") from why
