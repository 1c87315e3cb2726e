"""Why a stated amount is not to be taken as said: a span, a bound, an estimate, a minus, or somebody else's minutes."""

from __future__ import annotations

from ccm.phrases import lexicon as lx
from ccm.phrases.quantities import quantity_at, sense_at, word_at
from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set

SPAN, BOUND, ABOUT, NEGATIVE, OTHERS = "span", "bound", "about", "negative", "others"
_BOUNDS = word_set("under over almost nearly least most max maximum minimum upto below above shy barely < > >= <= well")
_ABOUT = word_set(
    "about approx approximately around roughly abt circa est estimated ~ probably prob maybe perhaps guess "
    "guessing like possibly ish"
)
_BREAKS = frozenset((",", ";", "\n", ".", "(", ")", "!", "?", "/", "+"))
_GOVERNED = word_set("every in within q each another after last next")
_AFTERWARDS = word_set(
    "ago late early away daily apart before out long later prior walk nap walks drive commute break lunch postprandial"
)
_RATES = word_set("day daily night week hour session meal")
_BOOKED = word_set(
    "visit appt appointment slot meeting session consult class consultation televisit telehealth procedure"
)
_HAS = word_set("has have having gets needs wants booked scheduled requested getting is need want sched with")
_MEALS = word_set(
    "meals meal breakfast lunch dinner supper food eating bed bedtime exercise exercising dose doses taking "
    "insulin meds bath procedure test eats noon"
)
_NOT_OURS_VERBS = word_set(
    "walk nap sleep exercise jog swim bike rest lasts lasted lasting naps napped napping walks walked walking "
    "sleeps slept sleeping exercises exercised exercising jogs jogged bikes biked swims swam rests rested"
)


_CLOCK_ROUND = word_set("12 24 36 48 72 96")
"""Hours nobody works at a stretch: a 24h holter, a 48 hr call."""
_BOOKED_BY = word_set("visit appt appointment slot phone video office tele in-person telehealth f/u nurse")
_LOUD = frozenset().union(
    _BOUNDS,
    _ABOUT,
    _GOVERNED,
    _AFTERWARDS,
    word_set("minus negative - or to maybe / , than of a the + per each every prior ish give plus max tops at"),
    word_set("perhaps possibly roughly approx approximately est estimated probably ? min minimum"),
)
"""Words beside an amount that may cast doubt on it; without any of them it is taken as said."""


def doubted(line: Line, start: int, end: int) -> str:
    """The trouble with the amount in start..end; empty when there is none."""
    before, after = word_at(line, start - 1), word_at(line, end)
    if (
        end - start < 3
        and not line.senses[end - 1] & lx.HOUR
        and before not in _LOUD
        and after not in _LOUD
        and not line.every & lx.PATIENT_DOES
        and after not in _BOOKED_BY
    ):
        return OTHERS if not line.bag.isdisjoint(_NOT_OURS_VERBS) and _patient_does(line, start) else ""
    if _is_others(line, start, end) or (line.words[start] in _CLOCK_ROUND and line.senses[end - 1] & lx.HOUR):
        return OTHERS
    if _is_negative(line, start):
        return NEGATIVE
    if _is_span(line, start, end):
        return SPAN
    if _is_bound(line, start, end, before, after):
        return BOUND
    if before in _ABOUT or after == "ish" or (after == "or" and word_at(line, end + 1) == "so"):
        return ABOUT
    if (after in ("-", "give") and word_at(line, end + 1) in ("ish", "or")) or (
        after in ("approx", "approximately", "roughly", "maybe", "probably", "ish", "est", "estimated", "?")
    ):
        return ABOUT
    return ""


def _is_negative(line: Line, start: int) -> bool:
    before = word_at(line, start - 1)
    if before in ("minus", "negative"):
        return True
    if before != "-" or line.ends[start - 1] != line.starts[start]:
        return False
    return start == 1 or line.starts[start - 1] > line.ends[start - 2] or line.words[start - 2] in ("\n", "(")


def _is_span(line: Line, start: int, end: int) -> bool:
    """ "20-30 min", "5 or 10 min", "10 to 15 min"; "10 min or 12"."""
    joint = start - 1
    if word_at(line, joint) in ("or", "to", "-", "maybe", "/") and joint > 0:
        other = joint - 1 - (word_at(line, joint - 1) in (",", "or"))
        plain = other >= 0 and (line.kinds[other] == "num" or line.senses[other] & (lx.NUMBER | lx.MINUTE) > 0)
        if plain and (
            line.words[joint] != "-" or line.starts[start] == line.ends[joint] or sense_at(line, other) & lx.NUMBER
        ):
            return True
    step = end + (word_at(line, end) == ",")
    if word_at(line, step) in ("or", "maybe", "to", "perhaps", "possibly"):
        step += 1 + (word_at(line, step + 1) in ("maybe", "even", "possibly"))
        if step < len(line) and (line.kinds[step] == "num" or line.senses[step] & lx.NUMBER):
            other_end = quantity_at(line, step)
            return other_end is not None
    return False


def _is_bound(line: Line, start: int, end: int, before: str, after: str) -> bool:
    if before in _BOUNDS or (
        before in ("than", "to") and word_at(line, start - 2) in ("more", "less", "fewer", "up", "close", "closer")
    ):
        return True
    if before == "of" and word_at(line, start - 2) in ("bit", "part", "most", "shy", "short"):
        return True
    if before in ("a", "the") and word_at(line, start - 2) in _BOUNDS:
        return True
    for place in range(start, end):
        if line.words[place] == "+":
            return place + 1 >= end or line.kinds[place + 1] != "num"
    if after == "+":
        nearby = end + 1
        return nearby >= len(line) or line.kinds[nearby] not in ("num", "word", "clock", "hours")
    return after in ("plus", "max", "tops", "minimum", "min") or (
        after in ("or", "at") and word_at(line, end + 1) in ("more", "less", "least", "most", "under", "over")
    )


def _is_others(line: Line, start: int, end: int) -> bool:
    """Minutes of the patient, of the day, of an appointment: none of the work."""
    before, after, second = word_at(line, start - 1), word_at(line, end), word_at(line, end + 1)
    if before in _GOVERNED and not (
        before in ("each", "another", "in", "last", "after") and _is_work_reading(line, start, before)
    ):
        return True
    if after == "prior" and second not in ("", "to", ",", "."):
        return False
    if (
        after in _AFTERWARDS
        and line.written[end].islower()
        and not (after in ("early", "out", "long", "before") and not _is_trailing(line, end))
    ):
        return True
    if after in ("a", "per", "/", "each", "every") and second in _RATES:
        return True
    if after in ("visit", "appt", "appointment", "slot") or (
        second in _BOOKED and after in ("phone", "video", "office", "tele", "in-person", "telehealth", "f/u", "nurse")
    ):
        return not _HAS.isdisjoint(line.words[max(start - 4, 0) : start]) or _patient_does(line, start)
    if after in ("before", "after", "prior"):
        meal = end + 1 + (word_at(line, end + 1) in ("a", "the", "any", "each", "every", "to", "her", "his", "their"))
        if word_at(line, meal) in _MEALS:
            return True
    return _patient_does(line, start)


def _is_work_reading(line: Line, start: int, before: str) -> bool:
    if before == "in":
        return word_at(line, start - 2) in ("put", "putting", "got", "clocked", "logged")
    return before in ("each", "another")


def _is_trailing(line: Line, end: int) -> bool:
    second = word_at(line, end + 1)
    return second in (
        "",
        ",",
        ".",
        "for",
        "than",
        "meals",
        "breakfast",
        "lunch",
        "dinner",
        "bed",
        "bedtime",
        "eating",
        "each",
        "every",
        "to",
        "from",
    )


def _patient_does(line: Line, start: int) -> bool:
    """A verb of the patient's own doing in the same clause before the amount: "naps 20 minutes", "dizzy for 10 min"."""
    if not line.every & lx.PATIENT_DOES and line.bag.isdisjoint(_NOT_OURS_VERBS):
        return False
    for back in range(start - 1, max(start - 5, -1), -1):
        word = line.words[back]
        if word in _BREAKS:
            return False
        if word in _NOT_OURS_VERBS or (
            line.senses[back] & lx.PATIENT_DOES
            and (back >= start - 2 or word_at(line, start - 1) in ("for", "x", "about", "lasting"))
        ):
            return word not in ("pain", "sat", "sits", "does", "ran", "stood", "spell", "runs") or (
                word_at(line, start - 1) in ("for", "x") and word == "pain"
            )
    return False
