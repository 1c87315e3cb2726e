"""What a rule of the linter says, and the checks most rules are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.wire import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something Slack refuses (`error`) or advises against (`warning`), at a JSON pointer of the payload."""

    pointer: str
    message: str
    severity: Literal["error", "warning"] = "error"


Findings = Iterator[Finding]


def error(pointer: str, message: str) -> Finding:
    """What makes Slack refuse the payload."""
    return Finding(pointer=pointer, message=message)


def warning(pointer: str, message: str) -> Finding:
    """What Slack accepts but should not be sent."""
    return Finding(pointer=pointer, message=message, severity="warning")


def length(pointer: str, text: object, most: int, *, least: int = 1) -> Findings:
    """A string of `least` to `most` characters (Unicode code points)."""
    if not isinstance(text, str):
        yield error(pointer, "must be a string")
    elif len(text) < least:
        yield error(pointer, f"must be more than {least - 1} characters")
    elif len(text) > most:
        yield error(pointer, f"must be less than {most + 1} characters")


def optional_length(pointer: str, text: object, most: int) -> Findings:
    """A string of at most `most` characters, or nothing."""
    if text is not None:
        yield from length(pointer, text, most, least=0)


def count(pointer: str, value: object, most: int, *, least: int = 1) -> Findings:
    """A list of `least` to `most` items."""
    if not isinstance(value, list):
        yield error(pointer, "must be an array")
    elif len(value) < least:
        yield error(pointer, f"no fewer than {least} items allowed")
    elif len(value) > most:
        yield error(pointer, f"no more than {most} items allowed")


def one_of(pointer: str, value: object, allowed: tuple[object, ...]) -> Findings:
    """One of a few words, or nothing."""
    if value is not None and value not in allowed:
        yield error(pointer, f"must be one of {', '.join(map(str, allowed))}")


def items(value: object) -> list[Any]:
    """The items of a list; none of what is no list, which other rules find."""
    return value if isinstance(value, list) else []


def dicts(value: object) -> list[tuple[int, Json]]:
    """The objects of a list, with their positions."""
    return [(at, one) for at, one in enumerate(items(value)) if isinstance(one, dict)]


def objects(pointer: str, value: object) -> Findings:
    """A list of nothing but objects."""
    for at, one in enumerate(items(value)):
        if not isinstance(one, dict):
            yield error(f"{pointer}/{at}", "must provide an object")
