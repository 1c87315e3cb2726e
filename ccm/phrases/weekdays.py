"""Weekdays: the latest past one, unless more is said."""

from __future__ import annotations

from datetime import date, timedelta

from ccm.phrases import lexicon as lx
from ccm.phrases.day import LAST, PARTS_OF_DAY, SUFFIXES, Day, settled
from ccm.phrases.numeric_days import numeric_at
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.tokens import Line
from ccm.phrases.words_plain import WEEKDAYS


def weekday(line: Line, place: int, today: date) -> Day | None:
    """A bare weekday is the latest past one; today's own name asks."""
    word = line.words[place]
    if word in ("sat", "sun", "mon", "wed") and _is_other_word(line, place):
        return None
    back = (today.weekday() - WEEKDAYS[word]) % 7
    start, end = place, place + 1 + (word_at(line, place + 1) in PARTS_OF_DAY)
    end += word_at(line, end) == "." and len(word) <= 5 and end + 1 < len(line)
    dated = (
        numeric_at(line, end + (word_at(line, end) in (",", "the")), today)
        if end + 1 < len(line) and _is_dated(line, end)
        else None
    )
    if dated and dated.end > end:
        return _agreeing(place, dated, WEEKDAYS[word], today)
    before = word_at(line, place - 1)
    if word_at(line, end) == "of" and word_at(line, end + 1) == "last" and word_at(line, end + 2) in ("week", "wk"):
        return _last_week(place, end + 3, today, WEEKDAYS[word])
    if word_at(line, end) in ("last", "of", "this") and word_at(line, end + 1) in ("week", "wk"):
        return (
            _last_week(place, end + 2, today, WEEKDAYS[word])
            if line.words[end] == "last"
            else settled(place, end + 2, today + timedelta(WEEKDAYS[word] - today.weekday()), today)
        )
    if before == "next" or word_at(line, end) == "next":
        return Day(start=place - (before == "next"), end=end, day=None, trouble="ahead", days=())
    if word_at(line, end) == "or" and sense_at(line, end + 1) & lx.WEEKDAY:
        return Day(start=start, end=end + 2, day=None, trouble="vague")
    return _latest(place, end, today, back, before)


def _is_other_word(line: Line, place: int) -> bool:
    after = word_at(line, place + 1)
    return line.words[place] == "sat" and (
        after in ("with", "w/", "and", "down", "in", "by", "w", "through", "on")
        or (line.kinds[place + 1 : place + 2] == ("num",) and place > 0)
    )


def _is_dated(line: Line, end: int) -> bool:
    at = end + (word_at(line, end) in (",", "the"))
    if at >= len(line):
        return False
    if line.kinds[at] == "num":
        return word_at(line, at + 1) in ("/", *SUFFIXES) or line.words[end] == "the"
    return line.kinds[at] in ("iso", "full") or bool(line.senses[at] & lx.MONTH)


def _agreeing(start: int, dated: Day, weekday: int, today: date) -> Day:
    if dated.day and dated.day.weekday() != weekday:
        nearest = today - timedelta((today.weekday() - weekday) % 7)
        return Day(start=start, end=dated.end, day=None, trouble="mismatch", days=(dated.day, nearest))
    return Day(start=start, end=dated.end, day=dated.day, trouble=dated.trouble, days=dated.days)


def _last_week(start: int, end: int, today: date, weekday: int) -> Day:
    day = today - timedelta(today.weekday() + 7 - weekday)
    if weekday == 6 or today.weekday() == 6:
        return Day(start=start, end=end, day=None, trouble="either", days=(day - timedelta(7), day))
    return Day(start=start, end=end, day=day)


def _latest(place: int, end: int, today: date, back: int, before: str) -> Day:
    start = place - (before in LAST or before == "this")
    if not back:
        days = (today, today - timedelta(7))
        return (
            Day(start=start, end=end, day=days[1])
            if before in LAST
            else Day(start=start, end=end, day=None, trouble="either", days=days)
        )
    latest = today - timedelta(back)
    if before == "last" and back <= today.weekday():
        return Day(start=start, end=end, day=None, trouble="either", days=(latest, latest - timedelta(7)))
    if before == "this" and back > today.weekday():
        return Day(start=start, end=end, day=None, trouble="ahead", days=(latest,))
    return Day(start=start, end=end, day=latest)
