"""Stated lengths of time ("12m", "1 hr & 5 min", "x15", "half an hour", ":15"), each with what makes it doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ccm.phrases import lexicon as lx
from ccm.phrases.quantities import Quantity, quantity_at, sense_at, word_at
from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set

_FILLERS = word_set("full solid whole more extra additional addl good total straight entire long other billable ccm")
_JOINTS = word_set("and & +")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One stated length. minutes: None when it cannot be taken as said; trouble: why ("whole", "zero", "span" ...)."""

    start: int
    end: int
    minutes: int | None
    trouble: str = ""
    bare: bool = False


def amount_at(line: Line, place: int) -> Amount | None:
    """The stated length that begins at this token."""
    kind, word = line.kinds[place], line.words[place]
    if kind == "num" or (kind == "word" and (line.senses[place] & lx.NUMBER or "-" in word or word in _STARTS)):
        quantity = quantity_at(line, place)
        return _with_unit(line, quantity) if quantity else None
    if kind in ("clock", "long", "hours"):
        return _written_as_clock(line, place)
    if line.senses[place] & lx.HOUR and word_at(line, place + 1) == "and" and not sense_at(line, place - 1) & lx.NUMBER:
        hour = _hours(line, Quantity(amount=1, start=place, end=place), place + 1)
        return hour if hour.end > place + 1 else None
    return _times(line, place) if word == "x" else None


_STARTS = word_set("a an half quarter qtr")


def _whole(start: int, end: int, minutes: Fraction | int) -> Amount:
    trouble = "whole" if minutes.denominator != 1 else "zero" if minutes <= 0 else ""
    return Amount(start=start, end=end, minutes=None if trouble else int(minutes), trouble=trouble)


def _with_unit(line: Line, quantity: Quantity) -> Amount | None:
    place = quantity.end
    word = word_at(line, place)
    if word == "-" or (word in _FILLERS and sense_at(line, place + 1) & (lx.MINUTE | lx.HOUR)):
        place += 1
    place += word_at(line, place) == "+" and bool(sense_at(line, place + 1) & (lx.MINUTE | lx.HOUR))
    sense = sense_at(line, place)
    if sense & lx.MINUTE:
        return _minutes(line, quantity, place + 1)
    if sense & lx.HOUR:
        return _hours(line, quantity, place + 1)
    if sense & lx.SECOND and (word_at(line, place) != "s" or line.starts[place] == line.ends[place - 1]):
        return _whole(quantity.start, place + 1, Fraction(quantity.amount, 60))
    if word in ("'", '"') and line.starts[place] == line.ends[place - 1] and line.kinds[quantity.start] == "num":
        return _primed(line, quantity, word)
    return None


def _primed(line: Line, quantity: Quantity, sign: str) -> Amount | None:
    after = quantity.end + 1
    if after < len(line) and line.starts[after] == line.ends[quantity.end] and line.kinds[after] in ("num", "word"):
        return None
    if sign == '"':
        return Amount(start=quantity.start, end=after, minutes=None, trouble="whole")
    return _whole(quantity.start, after, quantity.amount)


def _minutes(line: Line, quantity: Quantity, after: int) -> Amount:
    place = after + (word_at(line, after) == "and")
    if place < len(line) and (line.kinds[place] == "num" or line.senses[place] & lx.NUMBER):
        rest = quantity_at(line, place)
        if rest and sense_at(line, rest.end) & lx.SECOND and word_at(line, rest.end) != "s":
            return _whole(quantity.start, rest.end + 1, quantity.amount + Fraction(rest.amount, 60))
    if word_at(line, after) == "and" and word_at(line, after + 1) == "a" and word_at(line, after + 2) == "half":
        return Amount(start=quantity.start, end=after + 3, minutes=None, trouble="whole")
    return _whole(quantity.start, after, quantity.amount)


def _hours(line: Line, quantity: Quantity, after: int) -> Amount:
    hours = quantity.amount * 60
    if (
        word_at(line, after) == "and"
        and word_at(line, after + 1) == "a"
        and word_at(line, after + 2) in ("half", "quarter")
    ):
        return _whole(quantity.start, after + 3, hours + (30 if line.words[after + 2] == "half" else 15))
    place = after + (word_at(line, after) == ".")
    place += word_at(line, place) in _JOINTS
    rest = quantity_at(line, place) if place < len(line) else None
    if rest and rest.amount < 60 and _goes_on(line, after, place, rest):
        end = rest.end + (word_at(line, rest.end) == "-" and bool(sense_at(line, rest.end + 1) & lx.MINUTE))
        return _whole(quantity.start, end + bool(sense_at(line, end) & lx.MINUTE), hours + rest.amount)
    return _whole(quantity.start, after, hours)


def _goes_on(line: Line, after: int, place: int, rest: Quantity) -> bool:
    """Whether the number after an hour word belongs to it: "1 hr 15", "1 hr & 5 min", "an hour and twenty"."""
    unit = rest.end + (word_at(line, rest.end) == "-")
    if sense_at(line, unit) & lx.MINUTE:
        return True
    if word_at(line, after) == "+":
        return False
    then = word_at(line, rest.end)
    return (
        not sense_at(line, rest.end) & (lx.DOSE | lx.COUNTED | lx.HOUR)
        and then not in ("/", "-", "%", ":")
        and (place == after or line.senses[rest.start] & lx.NUMBER > 0 or rest.amount % 5 == 0)
    )


def _written_as_clock(line: Line, place: int) -> Amount | None:
    """ ":15", "0:15", "0:15:30" and "1h10"; "1:05" only with an hour word after it."""
    word, after = line.words[place], place + 1
    if line.kinds[place] == "hours":
        hours, _, minutes = (
            word.rstrip("mins")
            .replace("hours", "h")
            .replace("hour", "h")
            .replace("hrs", "h")
            .replace("hr", "h")
            .partition("h")
        )
        return _whole(place, after, int(hours) * 60 + int(minutes))
    pieces = [int(piece or 0) for piece in word.split(":")]
    if len(pieces) == 3:
        return _whole(place, after, pieces[0] * 60 + pieces[1] + Fraction(pieces[2], 60)) if pieces[0] < 5 else None
    sense = sense_at(line, after)
    if pieces[0] and not sense & lx.HOUR:
        return None
    if pieces[0] == 0 and (word_at(line, after) in ("am", "pm", "a", "p") or word_at(line, place - 1) in ("at", "@")):
        return None
    return _whole(place, after + bool(sense & (lx.HOUR | lx.MINUTE)), pieces[0] * 60 + pieces[1])


def _times(line: Line, place: int) -> Amount | None:
    """ "x15": fifteen minutes; "x3" counts attempts and "x7 days" is no length of work."""
    after = place + 2
    if (
        not word_at(line, place + 1).isdigit()
        or (place and line.kinds[place - 1] == "num")
        or sense_at(line, after) & (lx.COUNTED | lx.DOSE | lx.HOUR | lx.SECOND)
        or word_at(line, after) == "/"
    ):
        return None
    minutes = int(line.words[place + 1])
    if minutes < 5 or minutes > 480:
        return None
    return Amount(start=place, end=after + bool(sense_at(line, after) & lx.MINUTE), minutes=minutes)
