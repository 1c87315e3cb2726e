"""Whom a line names: every place where a patient of the roster, or somebody who may be one, is written."""

from __future__ import annotations

from dataclasses import replace

from ccm.phrases import lexicon as lx
from ccm.phrases.charts import after_mrn, initials, numbered_at
from ccm.phrases.guesses import other_name
from ccm.phrases.mention import FAIR, SURE, Mention, key_at
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.surnames import around_surname, first_last, surname_at
from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set
from ccm.roster import Roster

_NAMING = lx.TITLE | lx.SUFFIX

_SIGNS = word_set("sign line clock full iso phone long hours")


def find_mentions(line: Line, roster: Roster, taken: frozenset[int], *, several: bool = False) -> list[Mention]:
    """All mentions from left to right; `taken` tokens (dates, amounts) are not looked at.

    Slips of the finger are looked for only where nobody is named exactly, or `several` people may be.
    """
    found = _find(line, roster, taken, slips=several)
    if several or any(each.patients and not each.doubt and each.strength >= FAIR for each in found):
        return found
    return _find(line, roster, taken, slips=True)


def _find(line: Line, roster: Roster, taken: frozenset[int], *, slips: bool) -> list[Mention]:
    found: list[Mention] = []
    place, size, known = 0, len(line.words), roster.known
    words, senses, kinds = line.words, line.senses, line.kinds
    while place < size:
        sense, word = senses[place], words[place]
        if (
            place in taken
            or (kinds[place] in _SIGNS and word != "#")
            or (sense & ~_NAMING and word not in known and len(word) > 2 and word[-2:] != "'s" and word != "mrn")
        ):
            place += 1
            continue
        mention = _mention_at(line, roster, place, taken, slips=slips)
        if mention and found and mention.start < found[-1].end:
            mention = None
        if mention:
            found.append(mention)
            place = mention.end
        else:
            place += 1
    return found


def sure_names(line: Line, roster: Roster) -> frozenset[int]:
    """Days and months that are somebody's name beyond doubt ("Sunday Adeyemi", "Mr. May"): no dates."""
    nothing: frozenset[int] = frozenset()
    sure: set[int] = set()
    for place, sense in enumerate(line.senses):
        if not sense & (lx.WEEKDAY | lx.MONTH) and line.words[place] not in ("day", "the", "last"):
            continue
        if line.words[place] not in roster.by_last and line.words[place] not in roster.by_first:
            continue
        if place in sure:
            continue
        for start in (place - 2, place - 1, place):
            found = _named_at(line, roster, start, nothing) if start >= 0 and line.kinds[start] == "word" else None
            if (
                found
                and found.strength == SURE
                and not found.doubt
                and found.start <= place < found.end
                and found.end - found.start > 1
                and sure.isdisjoint(range(found.start, found.end))
            ):
                sure.update(range(found.start, found.end))
    return frozenset(sure)


def _mention_at(line: Line, roster: Roster, place: int, taken: frozenset[int], *, slips: bool) -> Mention | None:
    kind = line.kinds[place]
    if kind == "word":
        return _named_at(line, roster, place, taken, slips=slips)
    if kind == "code" or kind == "num" or line.words[place] == "#":
        return numbered_at(line, roster, place)
    return None


def _named_at(line: Line, roster: Roster, place: int, taken: frozenset[int], *, slips: bool = True) -> Mention | None:
    word, sense = line.words[place], line.senses[place]
    if (
        sense
        and word not in roster.known
        and not sense & (lx.TITLE | lx.SUFFIX)
        and word != "mrn"
        and len(word) > 2
        and word[-2:] != "'s"
    ):
        return None
    if word == "mrn" or (word in ("chart", "acct") and word_at(line, place + 1) == "#"):
        return after_mrn(line, roster, place)
    if sense & lx.TITLE:
        return _titled(line, roster, place, taken)
    found = first_last(line, roster, place, taken) if _surname_may_follow(line, roster, place) else None
    found = found or (initials(line, roster, place) if len(word) < 3 else None)
    if found:
        return found
    surname = surname_at(line, roster, place, taken)
    if surname:
        return around_surname(line, roster, surname, taken)
    return other_name(line, roster, place, slips=slips)


def _surname_may_follow(line: Line, roster: Roster, place: int) -> bool:
    """A quick look whether a first name could stand here: the next word begins a surname or could be an initial."""
    if place + 1 >= len(line.words):
        return False
    following = line.words[place + 1]
    return len(following) < 2 or key_at(line, place + 1) in roster.known or key_at(line, place) in roster.heads


def _titled(line: Line, roster: Roster, place: int, taken: frozenset[int]) -> Mention | None:
    name = place + 1 + (word_at(line, place + 1) == ".")
    if (
        name >= len(line)
        or line.kinds[name] != "word"
        or (name in taken and not sense_at(line, name) & (lx.MONTH | lx.WEEKDAY))
    ):
        return None
    free = taken - {name}
    found = first_last(line, roster, name, free)
    surname = None if found else surname_at(line, roster, name, free)
    if surname:
        found = around_surname(line, roster, surname, free)
    if not found:
        found = other_name(line, roster, name) or Mention(start=name, end=name + 1, patients=(), strength=SURE)
    return replace(found, start=place, strength=SURE)
