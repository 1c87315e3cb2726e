"""Days written with numbers: "2026-05-19", "5/19", "14 May", "May 14th"."""

from __future__ import annotations

from datetime import date

from ccm.phrases import lexicon as lx
from ccm.phrases.agos import days_ago
from ccm.phrases.day import SUFFIXES, Day, numbered, year_at
from ccm.phrases.odd_days import odd_span, read_odd
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.tokens import Line
from ccm.phrases.words_plain import MONTHS, ORDINALS


def numeric_at(line: Line, place: int, today: date) -> Day | None:
    """A day written with its number: "2026-05-19", "5/19", "14 May", "May 14th"."""
    kind = line.kinds[place]
    if kind == "iso":
        year, month, number = map(int, line.words[place].split("-"))
        return numbered(place, place + 1, today, year, month, number)
    if kind == "full":
        return _full(line, place, today)
    if _is_odd(line, place):
        return _odd(line, place, today)
    if kind == "num":
        return _number_first(line, place, today)
    return _month_first(line, place, today) if line.senses[place] & lx.MONTH else None


def _is_odd(line: Line, place: int) -> bool:
    """A month's name tied to a number ("10-Jun", "Jun/10/26")."""
    if word_at(line, place + 1) not in ("-", "/", ".") or line.starts[place + 1] != line.ends[place]:
        return False
    near = place + 2
    tied = near < len(line) and line.starts[near] == line.ends[place + 1]
    return (
        tied
        and bool((line.senses[place] | line.senses[near]) & lx.MONTH)
        and "num" in (line.kinds[place], line.kinds[near])
    )


def _odd(line: Line, place: int, today: date) -> Day | None:
    span = odd_span(line.text, line.starts[place])
    read = read_odd(span, today) if span else None
    if not span or not read:
        return None
    end = next((each for each in range(place, len(line)) if line.starts[each] >= span.end()), len(line))
    return numbered(place, end, today, *read)


def _full(line: Line, place: int, today: date) -> Day | None:
    word = line.words[place]
    first, second, year = map(int, word.replace(".", "/").replace("-", "/").split("/"))
    year = year if year > 99 else 2000 + year if year <= today.year % 100 + 1 else 1900 + year
    if year < today.year - 1:
        return Day(start=place, end=place + 1, day=None, trouble="impossible", long_ago=True)
    return numbered(place, place + 1, today, year, first, second)


def _number_first(line: Line, place: int, today: date) -> Day | None:
    """ "5/19", "14 May", "8th of May", "3 days ago", "12/28"."""
    word, after = line.words[place], place + 1
    ago = days_ago(line, place, today)
    if ago:
        return ago
    if "." in word:
        return _dotted(line, place, today)
    if not word.isdigit() or int(word) > 31:
        return None
    after += word_at(line, after) in SUFFIXES
    of = after + (word_at(line, after) == "of")
    if sense_at(line, of) & lx.MONTH and _is_month(line, of):
        year, end = year_at(line, of + 1)
        return numbered(place, end, today, year, MONTHS[line.words[of]], int(word))
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
    day = numbered(place, end, today, None, month, number)
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
    day = numbered(place, place + 1, today, None, int(month), int(number))
    return Day(start=place, end=place + 1, day=None, trouble="vague", days=(day.day,) if day.day else ())


def _is_month(line: Line, place: int) -> bool:
    """A month's name that is no verb: "10 may" yes, "I may call" no."""
    return (
        line.words[place] not in ("mar", "may", "march", "june", "april", "august", "jan", "dec")
        or line.kinds[place - 1] == "num"
        or line.words[place - 1] in (*SUFFIXES, "of")
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
    return numbered(place, end, today, None, month, number)


def _month_first(line: Line, place: int, today: date) -> Day | None:
    """ "May 14th", "Sept. 12, 2026", "May fourteenth"; "June 15 min" is a name and a length."""
    number = place + 1 + (word_at(line, place + 1) == ".")
    number += word_at(line, number) == "the"
    word = word_at(line, number)
    if word in ORDINALS:
        return numbered(place, number + 1, today, None, MONTHS[line.words[place]], ORDINALS[word])
    if not word.isdigit() or not 0 < int(word) <= 31:
        return None
    end = number + 1 + (word_at(line, number + 1) in SUFFIXES)
    if sense_at(line, end + (word_at(line, end) == "-")) & (lx.MINUTE | lx.HOUR | lx.DOSE) or (
        word_at(line, end) in (":", "+") and end < len(line) - 1 and line.kinds[end + 1] == "num"
    ):
        return None
    year, end = year_at(line, end)
    return numbered(place, end, today, year, MONTHS[line.words[place]], int(word))
