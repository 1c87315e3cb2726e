"""Days by word: "yesterday", "last night", "the 8th", and words that name no day."""

from __future__ import annotations

from datetime import date, timedelta

from ccm.phrases import lexicon as lx
from ccm.phrases.agos import days_ago
from ccm.phrases.day import LAST, PARTS_OF_DAY, SUFFIXES, Day, numbered, settled, year_at
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.tokens import Line
from ccm.phrases.words_plain import MONTHS, ORDINALS
from ccm.phrases.wordsets import word_set

_YESTERDAY = word_set("yesterday yest yday yesterdays yesteday yestrday yesterday's yesterady ystrdy")

_TODAY = word_set("today tonight tday 2day todays")

_TOMORROW = word_set("tomorrow tmrw tmr tomorow 2moro tomorrow's")

_HOLIDAYS = word_set(
    "christmas thanksgiving xmas easter halloween memorial labor presidents president's mlk veterans "
    "veteran's columbus year's years independence valentine's patrick's mother's father's"
)

_NOUNS = word_set(
    "time times call visit attempt try dose shot floor week day month one refill quarter half thing step "
    "message vm part round letter"
)


def said(line: Line, place: int, today: date) -> Day | None:
    """Days by word: "yesterday", "the day before yesterday", "last night", "the 8th", "last week"."""
    word, after = line.words[place], word_at(line, place + 1)
    if word in _YESTERDAY:
        return Day(start=place, end=place + 1 + (after in PARTS_OF_DAY), day=today - timedelta(1))
    if word in _TODAY:
        return Day(start=place, end=place + 1, day=today, today=True)
    if word in _TOMORROW:
        return Day(start=place, end=place + 1, day=None, trouble="ahead", days=(today + timedelta(1),))
    if word == "day" and after == "before" and word_at(line, place + 2) in (*_YESTERDAY, "last"):
        return Day(start=place - (word_at(line, place - 1) == "the"), end=place + 3, day=today - timedelta(2))
    if word in ("this", "earlier") and after in (*PARTS_OF_DAY, "today"):
        return Day(start=place, end=place + 2, day=today, today=True)
    if word in ("just", "right") and after == "now":
        return Day(start=place, end=place + 2, day=today, today=True)
    if word in ("a", "an", "one", "two", "three", "four", "five", "six", "seven", "ten"):
        return days_ago(line, place, today)
    if word in ORDINALS or word == "the":
        return _ordinal(line, place, today)
    return _vague(line, place, today)


def _ordinal(line: Line, place: int, today: date) -> Day | None:
    """ "the 8th", "on the tenth", "the 14th of May"; "the third call" is no day."""
    at = place + (line.words[place] == "the")
    word = word_at(line, at)
    if word in ORDINALS:
        number, end = ORDINALS[word], at + 1
    elif word.isdigit() and word_at(line, at + 1) in SUFFIXES and line.starts[at + 1] == line.ends[at]:
        number, end = int(word), at + 2
    else:
        return None
    of = word_at(line, end) == "of"
    if of and sense_at(line, end + 1) & lx.MONTH:
        year, after = year_at(line, end + 2)
        return numbered(place, after, today, year, MONTHS[line.words[end + 1]], number)
    if of and word_at(line, end + 1) in ("last", "the", "this") and word_at(line, end + 2) == "month":
        last = line.words[end + 1] == "last"
        first = today.replace(day=1) - timedelta(1) if last else today
        return numbered(place, end + 3, today, first.year, first.month, number)
    if (
        line.words[place] != "the"
        or word_at(line, end) in _NOUNS
        or (number <= 3 and word in ORDINALS and end < len(line) and line.kinds[end] == "word")
    ):
        return None
    return _of_this_month(place, end, today, number)


def _of_this_month(start: int, end: int, today: date, number: int) -> Day:
    try:
        return settled(start, end, today.replace(day=number), today)
    except ValueError:
        return Day(start=start, end=end, day=None, trouble="impossible")


def _vague(line: Line, place: int, today: date) -> Day | None:
    word, after = line.words[place], word_at(line, place + 1)
    if word in LAST and after == "night":
        return Day(start=place, end=place + 2, day=today - timedelta(1))
    if word in LAST and after in ("week", "wk", "month", "weekend", "year"):
        return Day(start=place, end=place + 2, day=None, trouble="vague")
    if word == "next" and after in ("week", "wk", "month", "year", "visit", "time"):
        return Day(start=place, end=place + 2, day=None, trouble="ahead")
    if word == "other" and after in ("day", "night", "week", "morning") and word_at(line, place - 1) == "the":
        return Day(start=place - 1, end=place + 2, day=None, trouble="vague")
    if (
        word in ("earlier", "sometime")
        and after in ("this", "in")
        and word_at(line, place + 2) in ("week", "month", "wk")
    ):
        return Day(start=place, end=place + 3, day=None, trouble="vague")
    if word == "weekend" or word == "wkend":
        return Day(start=place, end=place + 1, day=None, trouble="vague")
    if word in ("days", "weeks", "wks") and after in ("ago", "back"):
        return Day(start=place, end=place + 2, day=None, trouble="vague")
    if (
        word in ("beginning", "middle", "start") and after == "of" and word_at(line, place + 3) in ("month", "week")
    ) or word == "juneteenth":
        return Day(start=place, end=place + 1, day=None, trouble="vague")
    if (word in _HOLIDAYS and after in ("eve", "day", "day's")) or (word in ("good", "black") and after == "friday"):
        return Day(start=place, end=place + 2, day=None, trouble="vague")
    return None
