"""Days counted back from today ("3 days ago")."""

from __future__ import annotations

from datetime import date, timedelta

from ccm.phrases.day import Day
from ccm.phrases.quantities import quantity_at, word_at
from ccm.phrases.tokens import Line


def days_ago(line: Line, place: int, today: date) -> Day | None:
    """ "3 days ago", "two weeks back", "a week ago today"."""
    number = quantity_at(line, place) if line.words[place] not in ("a", "an") else None
    count, unit = (number.amount, number.end) if number else (1, place + 1)
    word, said = word_at(line, unit), word_at(line, unit + 1)
    if said not in ("ago", "back", "prior", "earlier") or word not in (
        "day",
        "days",
        "week",
        "weeks",
        "wk",
        "wks",
        "month",
        "months",
        "mo",
    ):
        return None
    if said in ("back", "prior", "earlier") and word.startswith("m"):
        return None
    end, exact = unit + 2, word.startswith("day") or word_at(line, place - 1) in ("exactly", "precisely")
    if word_at(line, end) == "today":
        end, exact = end + 1, True
    if not exact or count != int(count) or count > 400:
        return Day(start=place, end=end, day=None, trouble="vague", days=_candidates(today, int(count), word))
    return Day(start=place, end=end, day=today - timedelta(int(count) * (7 if word.startswith("w") else 1)))


def _candidates(today: date, count: int, word: str) -> tuple[date, ...]:
    return (today - timedelta(7 * count),) if word.startswith("w") and count < 50 else ()
