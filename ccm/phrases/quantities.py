"""Numbers as people write them: digits, decimals, fractions and words, read at one place of a line."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ccm.phrases import lexicon as lx
from ccm.phrases.tokens import Line
from ccm.phrases.words_plain import NUMBERS

_HALVES = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "qtr": Fraction(1, 4), "quarters": Fraction(1, 4)}
_TAKEN_BY = ("hour", "hours", "hr", "hrs", "h")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number standing in tokens start..end (end not included)."""

    amount: Fraction | int
    start: int
    end: int


def word_at(line: Line, place: int) -> str:
    """The word at a place; empty beyond the ends."""
    return line.words[place] if 0 <= place < len(line.words) else ""


def sense_at(line: Line, place: int) -> int:
    """The senses at a place; none beyond the ends."""
    return line.senses[place] if 0 <= place < len(line.senses) else 0


def quantity_at(line: Line, place: int) -> Quantity | None:
    """The number that begins at this token, the longest reading; None when there is none."""
    kind = line.kinds[place]
    if kind == "num":
        return _digits(line, place)
    return _spelled(line, place) if kind == "word" else None


def _digits(line: Line, place: int) -> Quantity:
    amount, end = _value(line.words[place]), place + 1
    slashed = "/" in line.words[end : end + 2]
    part = _fraction(line, end) if slashed else None
    if part and amount.denominator == 1 and part.amount < 1 and line.starts[end] > line.ends[place]:
        return Quantity(amount=amount + part.amount, start=place, end=part.end)
    alone = _fraction(line, place) if slashed else None
    if alone:
        return alone
    return _with_half(line, place, amount, end)


def _value(word: str) -> Fraction | int:
    return int(word) if word.isdigit() else Fraction(word.replace(",", ""))


def _fraction(line: Line, place: int) -> Quantity | None:
    """ "3/4" before an hour word; elsewhere such a pair is a date or a reading."""
    if word_at(line, place + 1) != "/" or not (word_at(line, place).isdigit() and word_at(line, place + 2).isdigit()):
        return None
    after = place + 3 + (word_at(line, place + 3) == "-") + 2 * (word_at(line, place + 3) == "of")
    top, bottom = int(line.words[place]), int(line.words[place + 2])
    if not sense_at(line, after) & lx.HOUR or not 0 < top < bottom <= 4:
        return None
    return Quantity(amount=Fraction(top, bottom), start=place, end=after)


def _spelled(line: Line, place: int) -> Quantity | None:
    word = line.words[place]
    if word in ("half", "quarter", "qtr", "a", "an", "three-quarters", "three-quarter", "half-an"):
        return _part_of_hour(line, place)
    first, _, second = word.partition("-")
    if first not in NUMBERS or (second and NUMBERS.get(second, 10) > 9):
        return None
    amount, end = NUMBERS[first] + NUMBERS.get(second, 0), place + 1
    if not second and amount >= 20 and amount % 10 == 0 and 0 < NUMBERS.get(word_at(line, end), 0) < 10:
        amount, end = amount + NUMBERS[line.words[end]], end + 1
    return _with_half(line, place, amount, end)


def _with_half(line: Line, place: int, amount: Fraction | int, end: int) -> Quantity:
    after = word_at(line, end)
    if after == "and" and word_at(line, end + 1) == "a" and word_at(line, end + 2) in ("half", "quarter"):
        return Quantity(amount=amount + _HALVES[line.words[end + 2]], start=place, end=end + 3)
    if after in ("quarter", "quarters"):
        return Quantity(amount=amount * Fraction(1, 4), start=place, end=_to_hour(line, end + 1))
    return Quantity(amount=amount, start=place, end=end)


def _part_of_hour(line: Line, place: int) -> Quantity | None:
    """ "half an", "quarter of an", "three-quarters of an", "a dozen", "an": only where an hour word follows."""
    start, word = place, line.words[place]
    if word in ("a", "an"):
        place += 1
        word = word_at(line, place)
        if word == "dozen":
            return Quantity(amount=Fraction(12), start=start, end=place + 1)
        if sense_at(line, place) & lx.HOUR and word != "h":
            return Quantity(amount=Fraction(1), start=start, end=place)
    amount = Fraction(3, 4) if word.startswith("three") else Fraction(1, 2) if word == "half-an" else _HALVES.get(word)
    after = _to_hour(line, place + 1)
    return Quantity(amount=amount, start=start, end=after) if amount and word_at(line, after) in _TAKEN_BY else None


def _to_hour(line: Line, place: int) -> int:
    """The place of the hour word after "of an", "an", "-"; `place` itself when there is none."""
    after = place + (word_at(line, place) == "-")
    after += word_at(line, after) == "of"
    after += word_at(line, after) in ("a", "an")
    return after if word_at(line, after) in _TAKEN_BY else place
