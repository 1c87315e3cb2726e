"""Days as written ("yesterday", "5/19", "the 8th"): what each means, or why it does not say."""

from __future__ import annotations

from datetime import date

from ccm.phrases import lexicon as lx
from ccm.phrases.day import Day
from ccm.phrases.numeric_days import numeric_at
from ccm.phrases.said_days import said
from ccm.phrases.tokens import Line
from ccm.phrases.weekdays import weekday


def day_at(line: Line, place: int, today: date) -> Day | None:
    """The day that is written from this token on."""
    kind, sense = line.kinds[place], line.senses[place]
    if kind != "word" or sense & lx.MONTH:
        return numeric_at(line, place, today)
    return weekday(line, place, today) if sense & lx.WEEKDAY else said(line, place, today)
