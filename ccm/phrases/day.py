"""A day as written, and what a month and a number make of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ccm.phrases.quantities import word_at
from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set

PARTS_OF_DAY = word_set("morning afternoon evening night am pm noon eve lunchtime")
LAST = word_set("last past previous prev")
SUFFIXES = word_set("st nd rd th")


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Tokens start..end speak of a day.

    trouble: "ahead", "vague", "either", "mismatch", "impossible"; days: those it may mean; long_ago: a birth date.
    """

    start: int
    end: int
    day: date | None
    trouble: str = ""
    days: tuple[date, ...] = ()
    today: bool = False
    long_ago: bool = False


def settled(start: int, end: int, day: date, today: date) -> Day:
    return (
        Day(start=start, end=end, day=None, trouble="ahead", days=(day,))
        if day > today
        else Day(start=start, end=end, day=day)
    )


def numbered(start: int, end: int, today: date, year: int | None, month: int, number: int) -> Day:
    """A month and a day of it; without a year it is this year's, in January a December is last year's."""
    said = year is not None
    year = today.year if year is None else year + 2000 if year < 100 else year
    try:
        day = date(year, month, number)
        if not said and month == 12 and today.month == 1:
            day = day.replace(year=year - 1)
    except ValueError:
        return Day(start=start, end=end, day=None, trouble="impossible")
    if not said and day > today:
        earlier = () if (month, number) == (2, 29) else (day.replace(year=year - 1),)
        return Day(start=start, end=end, day=None, trouble="ahead", days=earlier)
    return settled(start, end, day, today)


def year_at(line: Line, place: int) -> tuple[int | None, int]:
    at = place + (word_at(line, place) == ",")
    word = word_at(line, at)
    return (
        (int(word), at + 1) if len(word) == 4 and word.startswith("20") and line.kinds[at] == "num" else (None, place)
    )
