"""One pass over a line that finds its days, amounts and intervals, and the numbers that are none of these."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ccm.phrases import lexicon as lx
from ccm.phrases.amounts import Amount, amount_at
from ccm.phrases.clocks import Interval, interval_at, single_at
from ccm.phrases.day import Day
from ccm.phrases.days import day_at
from ccm.phrases.doubts import doubted
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set

_NUMERIC = word_set("num clock iso full long hours")
_OPENING = lx.NUMBER | lx.MONTH | lx.WEEKDAY
_STARTERS = word_set(
    "a an half quarter qtr x the day this earlier just right yesterday yest yday today tonight tomorrow tmrw "
    "tmr last past previous prev next other sometime first second third fourth fifth sixth seventh eighth "
    "ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
    "twentieth thirtieth juneteenth beginning middle start good black memorial labor presidents president's "
    "mlk veterans veteran's columbus year's years independence hour hr noon midnight days weeks wks weekend "
    "wkend christmas thanksgiving xmas easter halloween half-an three-quarters three-quarter tday 2day todays "
    "yesterdays yesteday yestrday yesterday's yesterady ystrdy tomorow 2moro tomorrow's"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What stands where. taken: tokens that belong to a day, amount, interval or time of day."""

    days: tuple[Day, ...]
    amounts: tuple[Amount, ...]
    intervals: tuple[Interval, ...]
    taken: frozenset[int]


def find(line: Line, today: date, named: frozenset[int]) -> Findings:
    """Everything that is a day, an amount or an interval, from left to right; `named` tokens are surely names."""
    days: list[Day] = []
    amounts: list[Amount] = []
    intervals: list[Interval] = []
    taken: set[int] = set()
    place = 0
    for at, (kind, word, sense) in enumerate(zip(line.kinds, line.words, line.senses, strict=True)):
        if (
            at < place
            or at in named
            or not (kind in _NUMERIC or sense & _OPENING or word in _STARTERS or (kind == "word" and "-" in word))
        ):
            continue
        found = _found_at(line, at, today)
        if not found:
            continue
        place = found.end
        taken.update(range(found.start, found.end))
        if isinstance(found, Day):
            days.append(_joined(days, found, line))
        elif isinstance(found, Interval):
            intervals.append(found)
        elif isinstance(found, Amount):
            amounts.append(found)
    return Findings(days=tuple(days), amounts=tuple(amounts), intervals=tuple(intervals), taken=frozenset(taken))


def _joined(days: list[Day], found: Day, line: Line) -> Day:
    """ "6/1 thru today" is a span: both together name no day."""
    last = days[-1] if days else None
    if (
        not last
        or last.end + 1 != found.start
        or line.words[last.end] not in ("thru", "through", "to", "-", "until", "or")
    ):
        return found
    days.pop()
    return Day(
        start=last.start,
        end=found.end,
        day=None,
        trouble="vague",
        days=tuple(day for day in (last.day, found.day) if day),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """Numbers that are nothing to us: a list number, a time of day."""

    start: int
    end: int


_TIES = word_set("- / + & and to or till til until than between from of x * . $ # : ~ ,")


def plain_amount(line: Line, place: int) -> Amount | None:
    """ "12 min", by far the commonest: a whole number right before its unit, with nothing tied to either side."""
    word, after = line.words[place], place + 2
    if (
        not line.senses[place + 1] & lx.MINUTE
        or not word.isdigit()
        or word == "0"
        or (place and line.words[place - 1] in _TIES)
    ):
        return None
    if after < len(line.words) and (
        line.kinds[after] == "num" or line.senses[after] & lx.NUMBER or line.words[after] == "and"
    ):
        return None
    return Amount(start=place, end=after, minutes=int(word), trouble=doubted(line, place, after))


def _found_at(line: Line, place: int, today: date) -> Day | Amount | Interval | Passed | None:
    kind = line.kinds[place]
    if kind == "num" and place + 1 < len(line.words):
        plain = plain_amount(line, place)
        if plain:
            return plain
    if kind == "word" and line.words[place] not in ("noon", "midnight"):
        found = day_at(line, place, today) or amount_at(line, place)
        if not isinstance(found, Amount):
            return found
        return replace(found, trouble=doubted(line, found.start, found.end)) if not found.trouble else found
    if _is_list_number(line, place):
        return Passed(start=place, end=place + 2)
    interval = interval_at(line, place)
    if interval:
        return interval
    day = day_at(line, place, today)
    if day:
        return day
    amount = amount_at(line, place)
    if amount:
        return replace(amount, trouble=amount.trouble or doubted(line, amount.start, amount.end))
    single = single_at(line, place)
    return Passed(start=single.start, end=single.end) if single else None


def _is_list_number(line: Line, place: int) -> bool:
    """ "1) ", "2. " at the beginning of a line."""
    opens = place == 0 or line.words[place - 1] == "\n"
    if not opens or line.kinds[place] != "num" or not line.words[place].isdigit() or len(line.words[place]) > 2:
        return False
    return word_at(line, place + 1) in (")", ".") and not sense_at(line, place + 2) & (lx.MINUTE | lx.HOUR)
