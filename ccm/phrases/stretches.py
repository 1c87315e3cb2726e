"""Stretches of a message that hold time: a line of its own, or all lines together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from ccm.phrases import lexicon as lx
from ccm.phrases.bares import bare_numbers
from ccm.phrases.doubts import OTHERS
from ccm.phrases.facts import Facts
from ccm.phrases.layout import Spent
from ccm.phrases.mention import Mention
from ccm.phrases.people import faint_names, patients_meant
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.wordsets import word_set


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Tokens start..end with at least one amount: a line of its own, or all lines together."""

    start: int
    end: int
    spent: list[Spent]
    people: list[Mention]


def find_stretches(facts: Facts) -> list[Stretch]:
    """Lines that stand for themselves; names above minutes make one stretch of all."""
    words = facts.line.words
    breaks = [place for place, word in enumerate(words) if word == "\n"]
    whole = _stretch(facts, 0, len(words))
    if not breaks:
        return [whole]
    lines = [_stretch(facts, start, end) for start, end in zip([0, *breaks], [*breaks, len(words)], strict=True)]
    timed = [each for each in lines if each.spent]
    named_alone = any(each.people and not each.spent for each in lines)
    if len(timed) < 2 or (named_alone and any(not each.people for each in timed)):
        return [whole]
    return timed


def _stretch(facts: Facts, start: int, end: int) -> Stretch:
    found = facts.findings
    said: tuple[Spent, ...] = (*found.amounts, *found.intervals)
    spent = [each for each in said if start <= each.start < end and each.trouble != OTHERS]
    people = patients_meant(facts.line, facts.mentions, start, end)
    others = any(each.trouble == OTHERS and start <= each.start < end for each in found.amounts)
    if not spent and not others:
        spent = _bare(facts, start, end, people)
    elif spent:
        spent = _with_parts(facts, start, end, spent)
        people = [*people, *_strange_owners(facts, people, spent, start, end)]
    return Stretch(start=start, end=end, spent=spent, people=people)


def _strange_owners(facts: Facts, people: list[Mention], spent: list[Spent], start: int, end: int) -> list[Mention]:
    """Strangers standing nearer to an amount than any patient does: the amount may be theirs."""
    known = [each for each in people if each.doubt != "stranger"]
    found = []
    for each in faint_names(facts.line, facts.mentions, start, end):
        if each.doubt != "stranger" or not known or each in people:
            continue
        for one in spent:
            gap = _gap(each, one)
            if gap <= 2 and all(_gap(other, one) > gap for other in known):
                found.append(each)
                break
    return found


def _gap(mention: Mention, spent: Spent) -> int:
    """Tokens between a name and an amount."""
    return max(spent.start - mention.end, mention.start - spent.end, 0)


def _bare(facts: Facts, start: int, end: int, people: list[Mention]) -> list[Spent]:
    """A number without a unit, where the rest of the words reads like a log."""
    taken = facts.findings.taken | facts.names
    bare = bare_numbers(facts.line, start, end, taken)
    if not bare or not (people or facts.line.senses[0] & lx.LOG):
        return []
    if _is_listed(facts, [each.start for each in bare]):
        return list(bare)
    if len(bare) == len({each.patients for each in people}) > 1:
        return [replace(each, trouble="bare") for each in bare]
    told = (
        any(sense & (lx.WORK | lx.TOPIC | lx.CHANNEL | lx.LOG) for sense in facts.line.senses[start:end])
        or end - start <= 6
    )
    return list(bare) if told and len(bare) == 1 else []


def _is_listed(facts: Facts, places: list[int]) -> bool:
    """ "prep 5 + call 12 + doc 3", "prep 4 call 9 doc 2"."""
    words = facts.line.words
    if len(places) < 2:
        return False
    plussed = all("+" in words[one:two] for one, two in pairwise(places))
    named = all(sense_at(facts.line, place - 1) & (lx.WORK | lx.TOPIC | lx.CHANNEL) for place in places)
    return plussed or (
        named and bool({"prep", "doc", "note", "charting", "chart", "documentation", "notes"} & set(words))
    )


def _with_parts(facts: Facts, start: int, end: int, spent: list[Spent]) -> list[Spent]:
    """Bare numbers that a plus ties to a stated amount belong to it ("8 + 4 min")."""
    words = facts.line.words
    if facts.line.kinds.count("num") <= len(spent):
        return spent
    bare = bare_numbers(facts.line, start, end, facts.findings.taken | facts.names)
    tied = [each for each in bare if _is_added(facts, each.start, start, end)]
    tied += [
        each
        for each in bare
        if each not in tied
        and _is_in_brackets(words, each.start)
        and {words[each.start - 1], word_at(facts.line, each.end)} & _PARTS
    ]
    prepped = [
        each
        for each in bare
        if each not in tied
        and words[each.start - 1] in ("prep", "call", "doc", "note", "charting", "documentation", "phone")
        and each.start
    ]
    return [*spent, *tied, *prepped]


def _is_added(facts: Facts, place: int, start: int, end: int) -> bool:
    """Whether a plus near the number stands between it and another number."""
    words, kinds = facts.line.words, facts.line.kinds
    after = next((each for each in range(place + 1, min(place + 6, end)) if words[each] == "+"), None)
    before = next((each for each in range(place - 1, max(place - 5, start) - 1, -1) if words[each] == "+"), None)
    return (after is not None and "num" in kinds[after + 1 : min(after + 6, end)]) or (
        before is not None and "num" in kinds[max(before - 5, start) : before]
    )


_PARTS = word_set(
    "prep call doc note notes charting documentation phone chart review call) hold labs reading talking on "
    "for calls portal meds refill research"
)


def _is_in_brackets(words: tuple[str, ...], place: int) -> bool:
    return "(" in words[:place] and ")" in words[place:]
