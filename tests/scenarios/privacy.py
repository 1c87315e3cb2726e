"""What may never leave the words of an answer: checked over everything the bot sent, after every dialog."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sandbox.traffic import Exchange
from tests.scenarios.office import CANARIES

NAMED = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in sorted(CANARIES)))
CODE = re.compile(r"\bP-[0-9A-Z]{5}\b")
EXAMPLES = re.compile(r"(?:log 12m med rec|_12 min med rec|/ccm patient) Lopez")
"""The bot's own examples, said to everyone; the roster has a Lopez too."""
BESIDE = ("action_id", "block_id", "value", "callback_id", "private_metadata", "external_id")


def leaks(exchanges: Iterable[Exchange]) -> list[str]:
    """Where a name, number or code stands that must not be there."""
    return [leak for one in exchanges for leak in _of_exchange(one)]


def _of_exchange(one: Exchange) -> Iterator[str]:
    if one.dir == "slack→bot":
        ack = one.body.get("ack") or {}
        surface = "modal" if "view" in ack or "options" in ack else "message"
        yield from _of_content(f"ack of {one.kind}", ack.get("view") or ack, surface)
        return
    args = {key: _parsed(value) for key, value in one.body["args"].items()}
    surface = {"views.open": "modal", "views.publish": "home"}.get(one.kind, "message")
    yield from _of_content(one.kind, args.get("view") or args, surface)


def _of_content(where: str, content: dict[str, Any], surface: str) -> Iterator[str]:
    blocks = content.get("blocks") or []
    quiet = {"text": content.get("text"), "metadata": content.get("metadata"), "first block": blocks[:1]}
    beside = [value for key, value in _walk(content) if key in BESIDE]
    yield from _found(f"{where}: ids and values", beside, NAMED, CODE)
    if surface == "message":
        yield from _found(f"{where}: text, metadata or first block", quiet, NAMED, CODE)
    elif surface == "modal":
        yield from _found(f"{where}: modal", content, NAMED)
    elif surface == "home":
        yield from _found(f"{where}: home", content, NAMED, CODE)


def _found(where: str, content: object, *patterns: re.Pattern[str]) -> Iterator[str]:
    written = EXAMPLES.sub("", json.dumps(content, ensure_ascii=False))
    for pattern in patterns:
        if match := pattern.search(written):
            yield f"{where}: {match[0]}"


def _walk(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner if isinstance(inner, str) else ""
            yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)


def _parsed(value: object) -> Any:
    """Bolt's client sends some arguments as JSON text."""
    if isinstance(value, str) and value.startswith(("[", "{")):
        return json.loads(value)
    return value
