"""Dates our own grammar does not read ("10-Jun-2026"): the only user of `dateparser`, on a found span, on demand."""

from __future__ import annotations

import re
from datetime import date, datetime, time

_SPAN = re.compile(
    r"(?:\d{1,2}[-/.][a-z]{3,9}|[a-z]{3,9}[-/.]\d{1,2})(?P<year>[-/.](?:\d{4}|\d{2}))?(?![\w/-])", re.IGNORECASE
)


def odd_span(text: str, start: int) -> re.Match[str] | None:
    """The characters from `start` on that look like such a date."""
    return _SPAN.match(text, start)


def read_odd(span: re.Match[str], today: date) -> tuple[int | None, int, int] | None:
    """Year (None when not written), month and day of the span; None when it is no date."""
    import dateparser

    base = datetime.combine(today, time(12))
    found = dateparser.parse(
        span[0],
        languages=["en"],
        settings={
            "RELATIVE_BASE": base,
            "REQUIRE_PARTS": ["day", "month"],
            "DATE_ORDER": "MDY",
            "PREFER_DATES_FROM": "past",
        },
    )
    return (found.year if span["year"] else None, found.month, found.day) if found else None
