"""What a person reads: the visible text of blocks, messages and views, and the text of a notification."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.anatomy import STATE
from sandbox.typed import escape, unescape
from sandbox.wire import Json

# Keys that hold visible text, in reading order. Options are visible only where they are all shown.
ORDER: tuple[str, ...] = ("title", "subtitle", "caption", "label", "text", "body", "fields", "accessory", "element")
ORDER += ("description", "placeholder", "elements", "cards", "child_blocks", "blocks", "hint", "actions", "alt_text")
SHOWN_OPTIONS = ("radio_buttons", "checkboxes")
TEXTS = ("plain_text", "mrkdwn", "markdown", "raw_text")
RICH = ("rich_text_section", "rich_text_preformatted", "rich_text_quote")

NOBODY: Mapping[str, str] = {}
TOKEN = re.compile(r"<([^<>]+)>")
MARKS = re.compile(r"(?<!\w)([*_~`]+)(?=\S)|(?<=\S)([*_~`]+)(?!\w)")


def plain(mrkdwn: str, names: Mapping[str, str] = NOBODY) -> str:
    """Slack's markup as it looks on screen: no marks, links by their text, dates by their fallback.

    `names` gives the name for a user or channel id; without one the id is shown.
    """
    return unescape(MARKS.sub("", TOKEN.sub(lambda match: _token(match[1], names), mrkdwn)))


def _token(inside: str, names: Mapping[str, str]) -> str:
    name, _, label = inside.partition("|")
    if name[0] in "@#":
        return name[0] + (label or names.get(name[1:], name[1:]))
    if name[0] == "!":
        return label or "@" + name[1:].split("^")[0]
    return label or name


def block_text(blocks: list[Json]) -> str:
    """The visible text of blocks, one line per text, in reading order."""
    return "\n".join(text for text in _texts(blocks) if text)


def message_text(message: Json) -> str:
    """What is shown of a message: its blocks, or its `text` when it has none."""
    blocks = message.get("blocks") or []
    shown = block_text(blocks) if blocks else message.get("text", "")
    attached = [one.get("text") or one.get("fallback", "") for one in message.get("attachments", ())]
    named = [one.get("title", "") for one in message.get("files", ())]
    return "\n".join([shown, *attached, *named]).strip()


def view_text(view: Json) -> str:
    """What is shown of a modal or Home: title, blocks, what the fields hold, the buttons."""
    texts = [view["title"]["text"]] if view.get("title") else []
    texts.append(block_text(view["blocks"]))
    texts += [
        text for actions in view["state"]["values"].values() for state in actions.values() for text in held(state)
    ]
    texts += [view[key]["text"] for key in ("submit", "close") if view.get(key)]
    return "\n".join(texts)


def held(state: Json) -> list[str]:
    """What a field shows as filled in."""
    value = state.get(STATE[state["type"]][0])
    values = value if isinstance(value, list) else [value]
    return [one["text"]["text"] if isinstance(one, dict) and "text" in one else str(one) for one in values if one]


def desktop_text(message: Json) -> str:
    """A desktop notification: the first block that has text, else `text` (Slack changelog, 2026-07-13).

    How much of that block Slack shows is not documented; all of it is given here.
    """
    for block in message.get("blocks") or []:
        if shown := block_text([block]):
            return plain(shown)
    return mobile_text(message)


def mobile_text(message: Json) -> str:
    """A mobile notification: top-level `text` alone."""
    return plain(message.get("text", ""))


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _texts(one)
    elif isinstance(node, dict):
        yield from _texts_of(node)
    elif isinstance(node, str):
        yield node


def _texts_of(node: Json) -> Iterator[str]:
    kind = node.get("type", "")
    if kind in RICH:
        yield "".join(_rich(part) for part in _list(node.get("elements")) if isinstance(part, dict))
    elif kind in ("raw_number", "raw_text"):
        yield str(node.get("text", node.get("value", "")))
    elif kind in TEXTS:
        yield str(node.get("text", ""))
    elif kind in ("table", "data_table"):
        yield from _texts(node.get("caption"))
        yield from (" | ".join(" ".join(_texts(cell)) for cell in _cells(row)) for row in _list(node.get("rows")))
    elif kind == "data_visualization":
        yield from _chart(node)
    else:
        keys = (*ORDER, "options") if kind in SHOWN_OPTIONS else ORDER
        yield from (text for key in keys for text in _texts(node.get(key)))


def _cells(row: object) -> list[Any]:
    return _list(row.get("cells")) if isinstance(row, dict) else _list(row)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _chart(node: object) -> Iterator[str]:
    # A chart shows its title, series, labels and numbers; every string and number in it is visible.
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in ("type", "block_id"):
                yield from _chart(value)
    elif isinstance(node, list):
        for one in node:
            yield from _chart(one)
    elif node is not None:
        yield str(node)


def _rich(part: Json) -> str:
    match part.get("type"):
        case "user":
            return f"<@{part.get('user_id', '')}>"
        case "channel":
            return f"<#{part.get('channel_id', '')}>"
        case "emoji":
            return f":{part.get('name', '')}:"
        case "link":
            return str(part.get("text") or part.get("url", ""))
        case "date":
            return str(part.get("fallback", part.get("timestamp", "")))
        case "broadcast":
            return f"@{part.get('range', '')}"
    return escape(str(part.get("text", "")))
