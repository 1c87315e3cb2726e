"""Days as written ("yesterday", "5/19", "the 8th", "Thursday of last week"): what each means, or why it does not say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ccm.phrases import lexicon as lx
from ccm.phrases.quantities import quantity_at, sense_at, word_at
from ccm.phrases.tokens import Line
from ccm.phrases.words_plain import MONTHS, ORDINALS, WEEKDAYS
from ccm.phrases.wordsets import word_set

_PARTS_OF_DAY = word_set("morning afternoon evening night am pm noon eve lunchtime")
_YESTERDAY = word_set("yesterday yest yday yesterdays yesteday yestrday yesterday's yesterady ystrdy")
_TODAY = word_set("today tonight tday 2day todays")
_TOMORROW = word_set("tomorrow tmrw tmr tomorow 2moro tomorrow's")
_LAST = word_set("last past previous prev")
_SUFFIXES = word_set("st nd rd th")
_HOLIDAYS = word_set(
    "christmas thanksgiving xmas easter halloween memorial labor presidents president's mlk veterans "
    "veteran's columbus year's years independence valentine's patrick's mother's father's"
)
_NOUNS = word_set(
    "time times call visit attempt try dose shot floor week day month one refill quarter half thing step "
    "message vm part round letter"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Tokens start..end speak of a day. trouble: "ahead", "vague", "either", "mismatch", "impossible"; days: those it may mean."""

    start: int
    end: int
    day: date | None
    trouble: str = ""
    days: tuple[date, ...] = ()
    today: bool = False
    long_ago: bool = False


def day_at(line: Line, place: int, today: date) -> Day | None:
    """The day that is written from this token on."""
    kind, word, sense = line.kinds[place], line.words[place], line.senses[place]
    if kind == "iso":
        return _numbered(line, place, place + 1, today, *map(int, word.split("-")))
    if kind == "full":
        return _full(line, place, today)
    if kind == "num":
        return _number_first(line, place, today)
    if kind != "word":
        return None
    if sense & lx.WEEKDAY:
        return _weekday(line, place, today)
    if sense & lx.MONTH:
        return _month_first(line, place, today)
    return _said(line, place, today)


def _settled(start: int, end: int, day: date, today: date) -> Day:
    return (
        Day(start=start, end=end, day=None, trouble="ahead", days=(day,))
        if day > today
        else Day(start=start, end=end, day=day)
    )


def _numbered(line: Line, start: int, end: int, today: date, year: int | None, month: int, number: int) -> Day:
    """A month and a day of it; without a year it is this year's, in January a December is last year's."""
    said = year is not None
    year = today.year if year is None else year + 2000 if year < 100 else year
    try:
        day = date(year, month, number)
        if not said and month == 12 and today.month == 1:
            day = day.replace(year=year - 1)
    except ValueError:
        return _impossible(start, end, today, said, month, number)
    if not said and day > today:
        earlier = () if (month, number) == (2, 29) else (day.replace(year=year - 1),)
        return Day(start=start, end=end, day=None, trouble="ahead", days=earlier)
    return _settled(start, end, day, today)


def _impossible(start: int, end: int, today: date, said: bool, month: int, number: int) -> Day:
    return Day(start=start, end=end, day=None, trouble="impossible")


def _full(line: Line, place: int, today: date) -> Day | None:
    word = line.words[place]
    first, second, year = map(int, word.replace(".", "/").replace("-", "/").split("/"))
    year = year if year > 99 else 2000 + year if year <= today.year % 100 + 1 else 1900 + year
    if year < today.year - 1:
        return Day(start=place, end=place + 1, day=None, trouble="impossible", long_ago=True)
    return _numbered(line, place, place + 1, today, year, first, second)


def _number_first(line: Line, place: int, today: date) -> Day | None:
    """ "5/19", "14 May", "8th of May", "3 days ago", "12/28"."""
    word, after = line.words[place], place + 1
    ago = _ago(line, place, today)
    if ago:
        return ago
    if "." in word:
        return _dotted(line, place, today)
    if not word.isdigit() or int(word) > 31:
        return None
    after += word_at(line, after) in _SUFFIXES
    of = after + (word_at(line, after) == "of")
    if sense_at(line, of) & lx.MONTH and _is_month(line, of):
        if not sense_at(line, of + 1) & lx.MINUTE or True:
            year, end = _year(line, of + 1)
            return _numbered(line, place, end, today, year, MONTHS[line.words[of]], int(word))
    if (
        word_at(line, place + 1) in ("/", "-")
        and word_at(line, place + 2).isdigit()
        and line.ends[place] == line.starts[place + 1]
    ):
        return _slashed(line, place, today) if line.words[place + 1] == "/" else _dashed(line, place, today)
    return None


def _dashed(line: Line, place: int, today: date) -> Day | None:
    """ "9-12" may be a day, a span of minutes or of hours: it asks."""
    month, number, end = int(line.words[place]), int(line.words[place + 2]), place + 3
    if (
        line.starts[place + 2] != line.ends[place + 1]
        or not 1 <= month <= 12
        or not 1 <= number <= 31
        or word_at(line, end) in ("-", "/", ":", "%", "am", "pm")
    ):
        return None
    if sense_at(line, end) & (lx.MINUTE | lx.HOUR | lx.DOSE | lx.COUNTED) or any(
        sense_at(line, back) & (lx.MEASURE | lx.LABEL | lx.DOSE) for back in (place - 1, place - 2)
    ):
        return None
    day = _numbered(line, place, end, today, None, month, number)
    return Day(start=place, end=end, day=None, trouble="vague", days=(day.day,) if day.day else day.days)


def _dotted(line: Line, place: int, today: date) -> Day | None:
    """ "9.12" at the head of a line or after "on" may be a day: it asks."""
    month, _, number = line.words[place].partition(".")
    heads = place == 0 or line.words[place - 1] in ("\n", "on", "dos")
    if (
        not heads
        or not month
        or not number
        or not 1 <= int(month) <= 12
        or not 1 <= int(number) <= 31
        or sense_at(line, place + 1) & (lx.HOUR | lx.MINUTE | lx.DOSE)
    ):
        return None
    day = _numbered(line, place, place + 1, today, None, int(month), int(number))
    return Day(start=place, end=place + 1, day=None, trouble="vague", days=(day.day,) if day.day else ())


def _is_month(line: Line, place: int) -> bool:
    """A month's name that is no verb: "10 may" yes, "I may call" no."""
    return (
        line.words[place] not in ("mar", "may", "march", "june", "april", "august", "jan", "dec")
        or line.kinds[place - 1] == "num"
        or line.words[place - 1] in (*_SUFFIXES, "of")
    )


def _slashed(line: Line, place: int, today: date) -> Day | None:
    month, number, end = int(line.words[place]), int(line.words[place + 2]), place + 3
    if (
        word_at(line, end) == "/"
        or sense_at(line, end + (word_at(line, end) == "-")) & (lx.HOUR | lx.DOSE | lx.MINUTE)
        or word_at(line, place - 1) == "/"
    ):
        return None
    if any(
        sense_at(line, back) & (lx.MEASURE | lx.LABEL) and word_at(line, back) not in ("from", "down", "was")
        for back in (place - 1, place - 2)
    ) and word_at(line, place - 1) not in ("on", "from"):
        return None
    if sense_at(line, place - 1) & lx.PATIENT_DOES:
        return None
    if not 1 <= month <= 12 or not 1 <= number <= 31:
        return (
            None
            if not 1 <= month <= 31 or number > 31 or not month or not number
            else Day(start=place, end=end, day=None, trouble="impossible")
        )
    return _numbered(line, place, end, today, None, month, number)


def _year(line: Line, place: int) -> tuple[int | None, int]:
    at = place + (word_at(line, place) == ",")
    word = word_at(line, at)
    return (
        (int(word), at + 1) if len(word) == 4 and word.startswith("20") and line.kinds[at] == "num" else (None, place)
    )


def _month_first(line: Line, place: int, today: date) -> Day | None:
    """ "May 14th", "Sept. 12, 2026", "May fourteenth"; "June 15 min" is a name and a length."""
    number = place + 1 + (word_at(line, place + 1) == ".")
    number += word_at(line, number) == "the"
    word = word_at(line, number)
    if word in ORDINALS:
        return _numbered(line, place, number + 1, today, None, MONTHS[line.words[place]], ORDINALS[word])
    if not word.isdigit() or not 0 < int(word) <= 31:
        return None
    end = number + 1 + (word_at(line, number + 1) in _SUFFIXES)
    if sense_at(line, end + (word_at(line, end) == "-")) & (lx.MINUTE | lx.HOUR | lx.DOSE) or (
        word_at(line, end) in (":", "+") and end < len(line) - 1 and line.kinds[end + 1] == "num"
    ):
        return None
    year, end = _year(line, end)
    return _numbered(line, place, end, today, year, MONTHS[line.words[place]], int(word))


def _weekday(line: Line, place: int, today: date) -> Day | None:
    """A bare weekday is the latest past one; today's own name asks."""
    word = line.words[place]
    if word in ("sat", "sun", "mon", "wed") and _is_other_word(line, place):
        return None
    back = (today.weekday() - WEEKDAYS[word]) % 7
    start, end = place, place + 1 + (word_at(line, place + 1) in _PARTS_OF_DAY)
    end += word_at(line, end) == "." and len(word) <= 5 and end + 1 < len(line)
    dated = (
        day_at(line, end + (word_at(line, end) in (",", "the")), today)
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
            else _settled(place, end + 2, today + timedelta(WEEKDAYS[word] - today.weekday()), today)
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
        return word_at(line, at + 1) in ("/", *_SUFFIXES) or line.words[end] == "the"
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
    start = place - (before in _LAST or before == "this")
    if not back:
        days = (today, today - timedelta(7))
        return (
            Day(start=start, end=end, day=days[1])
            if before in _LAST
            else Day(start=start, end=end, day=None, trouble="either", days=days)
        )
    latest = today - timedelta(back)
    if before == "last" and back <= today.weekday():
        return Day(start=start, end=end, day=None, trouble="either", days=(latest, latest - timedelta(7)))
    if before == "this" and back > today.weekday():
        return Day(start=start, end=end, day=None, trouble="ahead", days=(latest,))
    return Day(start=start, end=end, day=latest)


def _ago(line: Line, place: int, today: date) -> Day | None:
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


def _said(line: Line, place: int, today: date) -> Day | None:
    """Days by word: "yesterday", "the day before yesterday", "last night", "the 8th", "last week"."""
    word, after = line.words[place], word_at(line, place + 1)
    if word in _YESTERDAY:
        return Day(start=place, end=place + 1 + (after in _PARTS_OF_DAY), day=today - timedelta(1))
    if word in _TODAY:
        return Day(start=place, end=place + 1, day=today, today=True)
    if word in _TOMORROW:
        return Day(start=place, end=place + 1, day=None, trouble="ahead", days=(today + timedelta(1),))
    if word == "day" and after == "before" and word_at(line, place + 2) in (*_YESTERDAY, "last"):
        return Day(start=place - (word_at(line, place - 1) == "the"), end=place + 3, day=today - timedelta(2))
    if word in ("this", "earlier") and after in (*_PARTS_OF_DAY, "today"):
        return Day(start=place, end=place + 2, day=today, today=True)
    if word in ("just", "right") and after == "now":
        return Day(start=place, end=place + 2, day=today, today=True)
    if word in ("a", "an", "one", "two", "three", "four", "five", "six", "seven", "ten"):
        return _ago(line, place, today)
    if word in ORDINALS or word == "the":
        return _ordinal(line, place, today)
    return _vague(line, place, today)


def _ordinal(line: Line, place: int, today: date) -> Day | None:
    """ "the 8th", "on the tenth", "the 14th of May"; "the third call" is no day."""
    at = place + (line.words[place] == "the")
    word = word_at(line, at)
    if word in ORDINALS:
        number, end = ORDINALS[word], at + 1
    elif word.isdigit() and word_at(line, at + 1) in _SUFFIXES and line.starts[at + 1] == line.ends[at]:
        number, end = int(word), at + 2
    else:
        return None
    of = word_at(line, end) == "of"
    if of and sense_at(line, end + 1) & lx.MONTH:
        year, after = _year(line, end + 2)
        return _numbered(line, place, after, today, year, MONTHS[line.words[end + 1]], number)
    if of and word_at(line, end + 1) in ("last", "the", "this") and word_at(line, end + 2) == "month":
        last = line.words[end + 1] == "last"
        first = today.replace(day=1) - timedelta(1) if last else today
        return _numbered(line, place, end + 3, today, first.year, first.month, number)
    if (
        line.words[place] != "the"
        or word_at(line, end) in _NOUNS
        or (number <= 3 and word in ORDINALS and end < len(line) and line.kinds[end] == "word")
    ):
        return None
    return _of_this_month(place, end, today, number)


def _of_this_month(start: int, end: int, today: date, number: int) -> Day:
    try:
        return _settled(start, end, today.replace(day=number), today)
    except ValueError:
        return Day(start=start, end=end, day=None, trouble="impossible")


def _vague(line: Line, place: int, today: date) -> Day | None:
    word, after = line.words[place], word_at(line, place + 1)
    if word in _LAST and after == "night":
        return Day(start=place, end=place + 2, day=today - timedelta(1))
    if word in _LAST and after in ("week", "wk", "month", "weekend", "year"):
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
