"""The day of each row, or the question about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ccm.phrases.clocks import Interval
from ccm.phrases.day import Day
from ccm.phrases.facts import Facts
from ccm.phrases.layout import Row
from ccm.phrases.occasions import EVENT, SERVICE
from ccm.phrases.questions import which_day
from ccm.readings import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A row's day, or None with the question."""

    day: date | None
    ask: Ask | None = None


def dated(facts: Facts, rows: list[Row], start: int, end: int) -> list[Dated]:
    """A day for every row of a stretch; without any word on it, today."""
    found = [
        (day, kind)
        for day, kind in zip(facts.findings.days, facts.occasions, strict=True)
        if kind != EVENT and start <= day.start < end
    ]
    served = [day for day, kind in found if kind == SERVICE]
    if not served:
        doubts = [day for day, _ in found]
        header = _header(facts, start) if not doubts else None
        if header:
            served = [header]
        elif doubts:
            ask = _asked_about(doubts, facts)
            return [Dated(day=None, ask=ask)] * len(rows)
    if len(rows) == 1 or (len(served) < 2 and _covers_all(rows, served)):
        one = _settle(served, facts)
        return [_not_later(one, row, facts) for row in rows]
    return [_not_later(each, row, facts) for each, row in zip(_for_each(facts, rows, served), rows, strict=True)]


def _asked_about(doubts: list[Day], facts: Facts) -> Ask:
    days = tuple(
        dict.fromkeys(day for each in doubts for day in ((each.day,) if each.day else each.days) if day <= facts.today)
    )
    return which_day("event", tuple(dict.fromkeys((*days, facts.today))))


def _header(facts: Facts, start: int) -> Day | None:
    """A day standing alone on a line above ("7/14:")."""
    words = facts.line.words
    held = [
        day
        for day, kind in zip(facts.findings.days, facts.occasions, strict=True)
        if kind == SERVICE and day.end <= start
    ]
    for day in reversed(held):
        line_start = max((place + 1 for place in range(day.start) if words[place] == "\n"), default=0)
        line_end = next((place for place in range(day.end, len(words)) if words[place] == "\n"), len(words))
        rest = [
            place
            for place in (*range(line_start, day.start), *range(day.end, line_end))
            if facts.line.kinds[place] in ("num", "word")
        ]
        if all(
            words[place]
            in (
                "for",
                "log",
                "notes",
                "late",
                "entry",
                "entries",
                "dos",
                "on",
                "time",
                "minutes",
                "my",
                "calls",
                "from",
                "all",
            )
            for place in rest
        ):
            return day
    return None


def _covers_all(rows: list[Row], served: list[Day]) -> bool:
    """Whether one day speaks for all rows: it stands before them, or all are one patient's."""
    if not served:
        return True
    starts = [
        min([each.start for each in row.spent] + ([row.mention.start] if row.mention else []))
        for row in rows
        if row.spent
    ]
    same = len({row.mention.patients if row.mention else () for row in rows}) == 1
    return same or served[0].end <= min(starts, default=0) or len({(row.start, row.end) for row in rows}) == 1


def _settle(served: list[Day], facts: Facts) -> Dated:
    """One day out of those said; several different ones ask."""
    if not served:
        return Dated(day=facts.today)
    troubled = next((each for each in served if each.trouble), None)
    plain = {each.day for each in served if each.day}
    if troubled and not (troubled.trouble == "either" and plain and plain <= set(troubled.days) and len(plain) == 1):
        return Dated(
            day=None, ask=which_day(troubled.trouble, tuple(day for day in troubled.days if day <= facts.today))
        )
    if len(plain) > 1:
        return Dated(day=None, ask=which_day("several", tuple(sorted(plain))))
    return Dated(day=plain.pop())


def _for_each(facts: Facts, rows: list[Row], served: list[Day]) -> list[Dated]:
    own = [[day for day in served if row.start <= day.start < row.end] for row in rows]
    if all(own):
        return [_settle(days, facts) for days in own]
    ask = which_day("several", tuple(sorted({day.day for day in served if day.day})))
    return [Dated(day=None, ask=ask)] * len(rows)


def _not_later(one: Dated, row: Row, facts: Facts) -> Dated:
    """Work cannot end later than now."""
    later = any(isinstance(each, Interval) and each.ends and each.ends > facts.clock for each in row.spent)
    return Dated(day=None, ask=which_day("later")) if later and one.day == facts.today else one
