"""What may hold words back from being a record, and where one clause ends."""

from __future__ import annotations

from ccm.phrases.tokens import Line

QUESTION, PLAN, SUPPOSED, DENIED, TOLD, FOREIGN, ORDER, CODE, UNSURE = (
    "question",
    "plan",
    "supposed",
    "denied",
    "told",
    "foreign",
    "order",
    "code",
    "unsure",
)


BREAKS = frozenset(('"', ",", ";", "\n", ".", "!", "?", "-", "(", ")", "/", ":", "+"))


def broken(line: Line, place: int, at: int) -> bool:
    """Whether a comma or the like stands between the two places."""
    return any(word in BREAKS for word in line.words[place + 1 : at])
