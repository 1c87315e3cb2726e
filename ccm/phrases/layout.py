"""Which amount belongs to whom: a line's names and amounts laid out as rows, or why they do not fall into place."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from ccm.phrases import lexicon as lx
from ccm.phrases.amounts import Amount
from ccm.phrases.clocks import Interval
from ccm.phrases.mention import Mention
from ccm.phrases.quantities import quantity_at, sense_at, word_at
from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set

Spent = Amount | Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entry to be: tokens start..end tell its activity. trouble: "shared", "mismatch" ... or an amount's own."""

    mention: Mention | None
    spent: tuple[Spent, ...]
    minutes: int | None
    start: int
    end: int
    trouble: str = ""


def rows_of(line: Line, people: list[Mention], spent: list[Spent], start: int, end: int) -> list[Row]:
    """The rows of one stretch; at least one amount is needed."""
    spent = sorted(spent, key=lambda each: each.start)
    if len({_who(each) for each in people}) <= 1:
        return _for_one(line, people[0] if people else None, spent, start, end)
    if len(spent) == 1 or _is_one_stretch(spent, people):
        return _shared(line, people, spent, start, end)
    groups = _paired(people, spent)
    if not groups:
        return [
            Row(mention=each, spent=(), minutes=None, start=start, end=end, trouble="unpaired")
            for each in _distinct(people)
        ]
    return _grouped(line, groups, start, end)


def _who(mention: Mention) -> object:
    return (
        mention.patients
        if len(mention.patients) == 1 and not mention.doubt
        else mention.start
        if not mention.patients
        else (mention.patients, mention.doubt)
    )


def _distinct(people: list[Mention]) -> list[Mention]:
    seen: dict[object, Mention] = {}
    for each in people:
        seen.setdefault(_who(each), each)
    return list(seen.values())


def _is_one_stretch(spent: list[Spent], people: list[Mention]) -> bool:
    """All amounts stand on one side of all names, so they cannot be told apart by place."""
    return spent[-1].end <= people[0].start or spent[0].start >= people[-1].end


def _shared(line: Line, people: list[Mention], spent: list[Spent], start: int, end: int) -> list[Row]:
    """One time and several names: the same for each only when it says so."""
    people = _distinct(people)
    one = spent[0]
    each = len(spent) == 1 and not isinstance(one, Interval) and is_each(line, one, start, end)
    trouble = (one.trouble if each else "shared") if len(spent) == 1 else "shared"
    minutes = one.minutes if each and not trouble else None
    return [
        Row(mention=who, spent=tuple(spent), minutes=minutes, start=start, end=end, trouble=trouble) for who in people
    ]


def is_each(line: Line, amount: Spent, start: int, end: int) -> bool:
    """ "10 min each", "ea 10 min", "10 minutes apiece"; "split", "between" and "total" say the opposite."""
    if not line.every & lx.EACH and line.bag.isdisjoint(("piece", "both")):
        return False
    words = line.words[start:end]
    if any(word in ("split", "between", "together", "combined", "total", "altogether", "both") for word in words):
        return False
    near = range(max(amount.start - 2, start), min(amount.end + 3, end))
    if any(
        line.senses[place] & lx.EACH
        and (line.words[place] != "per" or word_at(line, place + 1) in ("pt", "patient", "person", "each"))
        for place in near
    ):
        return True
    return (
        words[-1:] == ("each",)
        or words[:1] == ("each",)
        or any(pair in (("a", "piece"), ("for", "each")) for pair in pairwise(words))
    )


def _paired(people: list[Mention], spent: list[Spent]) -> list[tuple[list[Mention], list[Spent]]]:
    """Names and amounts that take turns, as groups; nothing when they do not."""
    items: list[Mention | Spent] = sorted([*people, *spent], key=lambda each: each.start)
    named = isinstance(items[0], Mention)
    if named == isinstance(items[-1], Mention):
        return []
    groups: list[tuple[list[Mention], list[Spent]]] = []
    fresh = True
    for item in items:
        leads = isinstance(item, Mention) == named
        if (leads and fresh) or not groups:
            groups.append(([], []))
            fresh = False
        if not leads:
            fresh = True
        groups[-1][0 if isinstance(item, Mention) else 1].append(item)  # type: ignore[arg-type]
    return groups


def _grouped(line: Line, groups: list[tuple[list[Mention], list[Spent]]], start: int, end: int) -> list[Row]:
    spans = [
        (min(each.start for each in (*who, *what)), max(each.end for each in (*who, *what))) for who, what in groups
    ]
    bounds = [start, *(boundary(line, one[1], two[0]) for one, two in pairwise(spans)), end]
    rows: list[Row] = []
    for (who, what), begin, stop in zip(groups, bounds, bounds[1:], strict=False):
        if len(_distinct(who)) == 1:
            rows += _for_one(line, who[0], what, begin, stop)
        else:
            rows += _shared(line, who, what, begin, stop)
    return rows


def _for_one(line: Line, mention: Mention | None, spent: list[Spent], start: int, end: int) -> list[Row]:
    """All amounts are one patient's."""
    trouble = next((each.trouble for each in spent if each.trouble), "")
    whole = Row(mention=mention, spent=tuple(spent), minutes=None, start=start, end=end, trouble=trouble)
    if trouble:
        return [whole]
    if len(spent) == 1:
        return [_alone(line, whole, spent[0])]
    minutes, trouble = _combined(line, spent)
    if minutes is not None or trouble:
        return [Row(mention=mention, spent=tuple(spent), minutes=minutes, start=start, end=end, trouble=trouble)]
    return _rows_by_part(line, mention, spent, start, end)


def _alone(line: Line, row: Row, one: Spent) -> Row:
    """One amount, which may count several calls ("4 calls 3 min each", "5 min x 2")."""
    if isinstance(one, Interval) or one.minutes is None:
        return Row(
            mention=row.mention, spent=row.spent, minutes=one.minutes, start=row.start, end=row.end, trouble=one.trouble
        )
    count = _count(line, one, row.start, row.end)
    each = is_each(line, one, row.start, row.end)
    trouble = "parts" if count < 0 or (each and count == 1) else ""
    minutes = None if trouble else one.minutes * count
    return Row(mention=row.mention, spent=row.spent, minutes=minutes, start=row.start, end=row.end, trouble=trouble)


def _count(line: Line, one: Amount, start: int, end: int) -> int:
    """How many times the amount was spent; -1 when that is not clear."""
    if word_at(line, one.end) == "x" and word_at(line, one.end + 1).isdigit():
        return int(line.words[one.end + 1])
    if word_at(line, one.start - 1) in ("x", "*") and word_at(line, one.start - 2).isdigit():
        return int(line.words[one.start - 2])
    if not is_each(line, one, start, end):
        return -1 if any(sense_at(line, place) & lx.EACH for place in (one.end, one.end + 1)) else 1
    counts = [2] if "twice" in line.bag else [3] if "thrice" in line.bag else []
    for place in range(start, end):
        if one.start <= place < one.end or not (line.kinds[place] == "num" or line.senses[place] & lx.NUMBER):
            continue
        quantity = quantity_at(line, place)
        if (
            quantity
            and (sense_at(line, quantity.end) & lx.COUNTED or word_at(line, place - 1) == "x")
            and quantity.amount.denominator == 1
        ):
            counts.append(int(quantity.amount))
    return counts[0] if len(counts) == 1 and 1 < counts[0] <= 20 else -1 if counts else 1


def _combined(line: Line, spent: list[Spent]) -> tuple[int | None, str]:
    """One number out of several: a total with its parts, an interval said twice, a sum; nothing for separate parts."""
    amounts = [each.minutes or 0 for each in spent]
    total = next((place for place, each in enumerate(spent) if _is_total(line, each)), None)
    if total is not None:
        rest = sum(amounts) - amounts[total]
        return (amounts[total], "") if rest == amounts[total] else (None, "parts")
    if len({isinstance(each, Interval) for each in spent}) == 2:
        return (amounts[0], "") if len(spent) == 2 and amounts[0] == amounts[1] else (None, "mismatch")
    if isinstance(spent[0], Interval):
        return None, ""
    if any(sense_at(line, place) & lx.EACH for each in spent for place in (each.end, each.end + 1)):
        return None, "parts"
    joined = [set(line.words[one.end : two.start]) for one, two in pairwise(spent)]
    if "(" in joined[0] and sum(amounts[1:]) == amounts[0]:
        return amounts[0], ""
    if any(
        between
        & {
            "(",
            "incl",
            "including",
            "include",
            "included",
            "of",
            "was",
            "not",
            "instead",
            "actually",
            "correction",
            "meant",
        }
        for between in joined
    ):
        return None, "parts"
    if all("+" in between or between <= {"and", "&", "plus"} for between in joined):
        return sum(amounts), ""
    return None, ""


def _is_total(line: Line, spent: Spent) -> bool:
    near = line.words[max(spent.start - 3, 0) : spent.start] + line.words[spent.end : spent.end + 3]
    words = set(near)
    return (
        bool(words & {"total", "totals", "totaling", "tot", "altogether", "overall", "totaled", "totalling"})
        or ("told" in words and "all" in words)
        or any(pair in (("in", "all"), ("all", "together"), ("all", "in"), ("all", "told")) for pair in pairwise(near))
    )


def _rows_by_part(line: Line, mention: Mention | None, spent: list[Spent], start: int, end: int) -> list[Row]:
    """Parts with their own minutes become rows of their own."""
    leads = (
        bool(
            set(line.words[start : spent[0].start])
            - {",", "-", ":"}
            - set(line.words[mention.start : mention.end] if mention else ())
        )
        and spent[-1].end >= end - 2
    )
    bounds = [start, *(boundary(line, one.end, two.start, leads=leads) for one, two in pairwise(spent)), end]
    return [
        Row(mention=mention, spent=(one,), minutes=one.minutes, start=begin, end=stop)
        for one, begin, stop in zip(spent, bounds, bounds[1:], strict=False)
    ]


_SEPARATORS = word_set(", ; / . and & + - then also ( plus")


def _is_inside_number(line: Line, place: int) -> bool:
    """Whether the sign belongs to a date ("6/11")."""
    around = line.kinds[place - 1 : place + 2]
    return len(around) == 3 and around[0] == around[2] == "num" and line.words[place] in ("/", "-", ".")


def boundary(line: Line, start: int, end: int, *, leads: bool = False) -> int:
    """Where one row ends and the next begins between two places: at a line break, else the last separator."""
    for place in range(end - 1, start - 1, -1):
        if line.words[place] in ("\n", ";"):
            return place
    for place in range(end - 1, start - 1, -1):
        if line.words[place] in _SEPARATORS and not _is_inside_number(line, place):
            return place
    return start if leads else end
