"""What a person types, turned into what Slack sends: escaped text, mentions by id, rich text blocks."""

import re

from sandbox.wire import Json
from sandbox.world import World

NAME = re.compile(r"(?<![\w<])([@#])([\w.-]*\w)")
MENTION = re.compile(r"<@(\w+)>")


def escape(text: str) -> str:
    """Slack's escaping of message text: the three characters that begin its own markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The text as typed."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def message_text(world: World, typed: str) -> str:
    """Message text: escaped, `@name` as `<@U...>`, `#channel` as `<#C...|name>`; unknown names stay as typed."""
    return _named(world, _escaped_but_markup(typed), with_name=False)


def command_text(world: World, typed: str, *, should_escape: bool) -> str:
    """A command's text: with `should_escape` names become `<@U...|name>` and the three characters are escaped."""
    return _named(world, _escaped_but_markup(typed), with_name=True) if should_escape else typed


def rich_text(text: str) -> Json:
    """The rich_text block Slack's client adds to what a person writes."""
    parts: list[Json] = []
    for index, part in enumerate(MENTION.split(text)):
        if index % 2:
            parts.append({"type": "user", "user_id": part})
        elif part:
            parts.append({"type": "text", "text": unescape(part)})
    section = {"type": "rich_text_section", "elements": parts}
    return {"type": "rich_text", "block_id": "rt", "elements": [section]}


def _escaped_but_markup(typed: str) -> str:
    # Markup for ids (`<@U..>`) may be typed by tests as such; everything else between < and > is escaped.
    kept = re.split(r"(<[@#]\w+(?:\|[^<>]*)?>)", typed)
    return "".join(part if index % 2 else escape(part) for index, part in enumerate(kept))


def _named(world: World, text: str, *, with_name: bool) -> str:
    def named(match: re.Match[str]) -> str:
        sign, name = match.groups()
        if sign == "@":
            user = next((one for one in world.users.values() if one.name == name), None)
            return match[0] if user is None else f"<@{user.id}|{name}>" if with_name else f"<@{user.id}>"
        channel = next((one for one in world.channels.values() if one.name == name), None)
        return match[0] if channel is None else f"<#{channel.id}|{name}>"

    return NAME.sub(named, text)
