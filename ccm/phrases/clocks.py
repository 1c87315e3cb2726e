"""Clock times: intervals worked ("8:40-8:55", "start 1:10 stop 1:25") and single times, which are no minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from ccm.phrases import lexicon as lx
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set

OPENS, CLOSES = 7 * 60, 19 * 60
"""A clock time without am or pm lies from 7:00 to before 19:00."""

_HALF_DAY = 12 * 60
_TO = word_set("- to til till until thru through untill")
_BEGIN = word_set("start started starting begin began beg from in s")
_FINISH = word_set("stop stopped stopping end ended ending finish finished out done e til till until to off")
_AT = word_set("at @ around after before by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One time as written: minutes after midnight, fixed when am/pm or a 24-hour form leaves no choice."""

    start: int
    end: int
    minute: int
    half: str = ""
    fixed: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A stretch of work in tokens start..end; trouble "clock" when it cannot be told."""

    start: int
    end: int
    begins: time | None
    ends: time | None
    minutes: int | None
    trouble: str = ""


def clock_at(line: Line, place: int) -> Clock | None:
    """The clock time that may begin at this token; a bare number may be one too (`plain`)."""
    if place >= len(line):
        return None
    word, kind = line.words[place], line.kinds[place]
    if kind == "clock" and word[0] != ":":
        hour, minute = map(int, word.split(":"))
    elif kind == "num" and word.isdigit() and len(word) <= 4:
        hour, minute = (int(word), 0) if len(word) < 3 else divmod(int(word), 100)
    elif word in ("noon", "midnight"):
        return Clock(start=place, end=place + 1, minute=_HALF_DAY if word == "noon" else 0, fixed=True)
    else:
        return None
    half, end = _half(line, place + 1)
    if hour > 23 or minute > 59 or (half and not 0 < hour <= 12):
        return None
    if half:
        hour = hour % 12 + 12 * (half == "p")
    fixed = bool(half) or hour > 12 or word[0] == "0"
    return Clock(
        start=place, end=end, minute=hour * 60 + minute, half=half, fixed=fixed, plain=kind == "num" and not half
    )


def _half(line: Line, place: int) -> tuple[str, int]:
    word = word_at(line, place)
    if word in ("am", "pm") or (word in ("a", "p") and line.starts[place] == line.ends[place - 1]):
        return word[0], place + 1
    if word in ("a", "p") and word_at(line, place + 1) == "." and word_at(line, place + 2) == "m":
        return word, place + 3 + (word_at(line, place + 3) == ".")
    return "", place


def interval_at(line: Line, place: int) -> Interval | None:
    """The interval that begins at this token."""
    first = clock_at(line, place)
    if not first:
        return None
    joint = first.end
    joined = word_at(line, joint) in _TO or (
        word_at(line, joint) == "and" and word_at(line, place - 1) in ("between", "btwn", "betw")
    )
    second = clock_at(line, joint + 1) if joined else None
    if not second:
        first_marked = word_at(line, place - 1 - (word_at(line, place - 1) in ("at", ":", "@"))) in _BEGIN
        second = _marked_end(line, joint) if first_marked and not first.plain else None
        return _between(first, second) if second else None
    if first.plain and second.plain and not _is_military(line, first, second):
        return None
    if _is_measured(line, place, second.end):
        return None
    return _between(first, second)


def _is_military(line: Line, first: Clock, second: Clock) -> bool:
    lengths = {len(line.words[first.start]), len(line.words[second.start])}
    return (
        lengths == {4}
        or (lengths == {3, 4} and 0 < second.minute - first.minute <= 120)
        or (lengths == {3} and line.words[first.start - 1 : first.start] == ("from",))
    )


def _is_measured(line: Line, place: int, end: int) -> bool:
    return bool(sense_at(line, place - 1) & (lx.MEASURE | lx.LABEL) and line.kinds[place] == "num") or bool(
        sense_at(line, end) & (lx.MINUTE | lx.DOSE | lx.HOUR) and line.kinds[end - 1] == "num"
    )


def _marked_end(line: Line, place: int) -> Clock | None:
    for after in range(place, min(place + 4, len(line))):
        if line.words[after] in _FINISH:
            at = after + 1 + (word_at(line, after + 1) in ("at", ":", "@"))
            second = clock_at(line, at)
            return second if second and not second.plain else None
    return None


def _between(first: Clock, second: Clock) -> Interval:
    resolved = _resolve(first, second)
    if not resolved:
        return Interval(start=first.start, end=second.end, begins=None, ends=None, minutes=None, trouble="clock")
    begins, ends = resolved
    return Interval(
        start=first.start,
        end=second.end,
        begins=time(*divmod(begins, 60)),
        ends=time(*divmod(ends, 60)),
        minutes=ends - begins,
    )


def _resolve(first: Clock, second: Clock) -> tuple[int, int] | None:
    """Both as minutes after midnight, am/pm inferred once; None when that does not give an order."""
    begins = _readings(first, second)
    for start in begins:
        for end in sorted(_readings(second, first, start)):
            if start < end:
                return start, end
    return None


def _readings(clock: Clock, other: Clock, start: int | None = None) -> tuple[int, ...]:
    if clock.fixed:
        return (clock.minute,)
    early, late = clock.minute % _HALF_DAY, clock.minute % _HALF_DAY + _HALF_DAY
    if start is not None:
        return (early, late) if other.fixed else tuple(each for each in (early, late) if OPENS <= each <= CLOSES)
    if other.fixed:
        near = late if late < other.minute else early
        return (near,) if near < other.minute else ()
    return tuple(each for each in (early, late) if OPENS <= each < CLOSES)


def single_at(line: Line, place: int) -> Clock | None:
    """A time of day standing alone ("at 4 pm", "9a", "@ 8:30"): never minutes."""
    found = clock_at(line, place)
    if not found or (found.plain and word_at(line, place - 1) not in _AT):
        return None
    if (found.plain and sense_at(line, found.end) & (lx.MINUTE | lx.HOUR | lx.DOSE | lx.COUNTED)) or word_at(
        line, found.end
    ) == "-":
        return None
    return found
