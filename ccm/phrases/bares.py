"""Numbers without a unit: which of them may be the minutes ("Chen 12 med rec") and which surely are not."""

from __future__ import annotations

from ccm.phrases import lexicon as lx
from ccm.phrases.amounts import Amount
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set

MOST = 120
_CLAUSE = frozenset((";", "\n", "(", ")", "!", "?", ",", "+"))
_AT = word_set("@ at after before # $ / : . < > = than age aged under over q every since x")
_UNITS = frozenset(
    [
        "x",
        "lb",
        "lbs",
        "kg",
        "oz",
        "ft",
        "in",
        "mo",
        "wk",
        "yo",
        "yr",
        "y/o",
        "st",
        "nd",
        "rd",
        "th",
        "%",
        "/",
        "'",
        '"',
        "mmhg",
    ]
)


def bare_numbers(line: Line, start: int, end: int, taken: frozenset[int]) -> list[Amount]:
    """Unclaimed whole numbers from 1 to `MOST` in start..end."""
    return [
        Amount(start=place, end=place + 1, minutes=int(line.words[place]), bare=True, trouble=_trouble(line, place))
        for place in range(start, end)
        if line.kinds[place] == "num"
        and place not in taken
        and line.words[place].isdigit()
        and 0 < int(line.words[place]) <= MOST
        and not _is_claimed(line, place)
    ]


def _trouble(line: Line, place: int) -> str:
    if (
        word_at(line, place + 1) == "+"
        and (place + 2 >= len(line) or line.ends[place + 1] < line.starts[place + 2] or line.kinds[place + 2] != "num")
        and line.starts[place + 1] == line.ends[place]
    ):
        return "bound"
    return (
        "about"
        if word_at(line, place - 1) in ("~", "about", "approx", "around", "maybe", "like", "roughly")
        or word_at(line, place + 1) == "ish"
        else ""
    )


def _is_claimed(line: Line, place: int) -> bool:
    before, after = word_at(line, place - 1), word_at(line, place + 1)
    if (
        before in _AT
        or after in _UNITS
        or (
            before == "-"
            and place > 1
            and line.kinds[place - 2] in ("num", "word", "code")
            and line.starts[place] == line.ends[place - 1]
        )
    ):
        return True
    if sense_at(line, place + 1) & (lx.DOSE | lx.COUNTED) and (
        after.endswith("s") or line.words[place] == "1" or (sense_at(line, place + 1) & lx.DOSE and after != "m")
    ):
        return True
    if after == "-" and line.starts[place + 1] == line.ends[place]:
        return True
    return _is_reading(line, place)


def _is_reading(line: Line, place: int) -> bool:
    """A word of measuring or numbering before it in the same clause."""
    for back in range(place - 1, max(place - 7, -1), -1):
        if line.words[back] in _CLAUSE:
            return False
        if (
            line.senses[back] & (lx.MEASURE | lx.LABEL)
            and (place - back <= 2 or line.senses[back] & lx.MEASURE)
            and line.words[back]
            not in ("from", "down", "flow", "p", "k", "part", "no", "plan", "phone", "policy", "order", "t")
        ):
            return True
        if line.words[back] in ("p", "k", "t", "no", "phone", "order", "policy", "part") and place - back == 1:
            return True
    return False
