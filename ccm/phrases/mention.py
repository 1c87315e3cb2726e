"""A place where somebody is named, and how surely."""

from __future__ import annotations

from dataclasses import dataclass

from ccm.names import squash
from ccm.phrases import lexicon as lx
from ccm.phrases.quantities import word_at
from ccm.phrases.tokens import Line
from ccm.roster import Found

SURE, FAIR, SLIGHT = 3, 2, 1
"""How surely the words name somebody: title or full name; a name that is no word; a word that may be a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Tokens start..end name one of `patients` (several: ask which; none: somebody not on the roster).

    doubt: "" clear, "near" a slip of the finger, "other" a first name or number beside it that does not fit.
    """

    start: int
    end: int
    patients: Found
    strength: int
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surname:
    """A surname standing in start..end."""

    start: int
    end: int
    patients: Found


def key_at(line: Line, place: int) -> str:
    """The name key of a word: without a possessive ending."""
    word = line.words[place]
    if word.isalpha():
        return word
    return squash(word[:-2] if word.endswith("'s") else word)


def is_possessive(line: Line, end: int) -> bool:
    """Whether the name that ends before `end` is written as an owner ("Chen's", "Summers'")."""
    return line.words[end - 1].endswith("'s") or (word_at(line, end) == "'" and line.starts[end] == line.ends[end - 1])


def strength_at(line: Line, place: int, single: bool) -> int:
    """How much a single word looks like a name here."""
    sense, written = line.senses[place], line.written[place]
    if not single or not sense:
        return FAIR
    if is_possessive(line, place + 1) and written[:1].isupper():
        return SURE
    upper = written[:1].isupper()
    if upper and not written.isupper():
        opening = place == 0 or line.words[place - 1] in (".", "!", "?", "\n", ")", "-", ":")
        return (
            SLIGHT
            if opening
            or (line.senses[place] & (lx.MONTH | lx.WEEKDAY) and place and not line.senses[place - 1] & lx.WITH)
            else FAIR
        )
    return SLIGHT if place and line.senses[place - 1] & lx.WITH else 0
