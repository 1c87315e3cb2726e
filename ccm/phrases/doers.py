"""Whose minutes they are: told of others, the patient's balance, orders that bend the books."""

from __future__ import annotations

from ccm.phrases import lexicon as lx
from ccm.phrases.clauses import BREAKS, SUPPOSED, TOLD, UNSURE
from ccm.phrases.quantities import word_at
from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set

_THIRD = word_set("she he they who")

_TELLERS = word_set("she he they who according per")

_OWN_WORK = word_set("spent did logged worked does do covered")

_OTHERS = word_set("coworker colleague supervisor manager somebody someone team staff they pt patient")

_DEEDS = word_set("did spent logged put had has worked covered got already talked spoke took")

_BALANCE = word_set("has have at is only short needs owes lacks still got had")

_LEFT = word_set("left short remaining free needed")


def balance(line: Line, first: int, end: int, at: int, names: frozenset[int]) -> str:
    """How the patient's minutes stand rather than what was done: "Chen has 12 min", "8 min to go", "10 min left"."""
    after = next((place for place in range(at, end) if line.senses[place] & (lx.MINUTE | lx.HOUR)), at) + 1
    before, then = word_at(line, at - 1), word_at(line, after)
    if then in _LEFT or (then == "to" and word_at(line, after + 1) in ("go", "spare", "call", "spend", "talk")):
        return SUPPOSED
    if before not in _BALANCE:
        return ""
    if before in ("have", "got", "had") and (at - 2 < first or at - 2 not in names):
        return UNSURE if then in ("for", "to", "free") and before != "had" else ""
    told = any(
        line.senses[place] & (lx.WORK | lx.TOPIC | lx.CHANNEL) and place not in names for place in range(first, end)
    )
    return UNSURE if told else SUPPOSED


_ORDERING = word_set(
    "bump round set credit make mark give pad push bring get test testing demo sample remove subtract deduct "
    "reduce delete take trim knock void reverse call"
)


def ordered(line: Line, first: int, at: int, names: frozenset[int]) -> str:
    """Orders that bend the books or send somebody: "bump Chen to 20", "call Chen for 15 min"."""
    word = word_at(line, first)
    if word not in _ORDERING or first in names or first >= at:
        return ""
    if word == "call":
        return UNSURE if word_at(line, at - 1) == "for" else ""
    if word in ("get", "make", "take", "set", "test", "testing") and any(
        line.senses[place] & lx.TOPIC for place in range(first, at)
    ):
        return ""
    return UNSURE


def told(line: Line, start: int, at: int, names: frozenset[int]) -> str:
    """Somebody else's words or deeds: "Rita says she did 10 min", "she already spent 12 min"."""
    if '"' in line.bag and line.words[start:at].count('"') % 2:
        return TOLD
    if (
        not line.every & lx.SAYS
        and _TELLERS.isdisjoint(line.bag)
        and _OWN_WORK.isdisjoint(line.bag)
        and line.bag.isdisjoint(("waited", "waiting", "session"))
    ):
        return ""
    for place in range(at - 1, start - 1, -1):
        word = line.words[place]
        if word in BREAKS:
            break
        if _is_saying(line, place, names) or _is_doing(line, place, start, at, names):
            return TOLD
        if word in ("waited", "waiting", "session") and place >= at - 2:
            return UNSURE
        if word in ("according", "per") and word_at(line, place + 1) not in _SOURCES:
            return UNSURE
    return ""


_SOURCES = word_set("pt patient dr md pcp protocol plan pharmacy policy")


def _is_saying(line: Line, place: int, names: frozenset[int]) -> bool:
    """ "says", "told me": what follows is somebody's report."""
    word, after = line.words[place], word_at(line, place + 1)
    if word in ("told", "tells", "mentioned"):
        return after in ("me", "us", "that", "she", "he")
    return bool(line.senses[place] & lx.SAYS) and place not in names and word != "reported"


def _is_doing(line: Line, place: int, start: int, at: int, names: frozenset[int]) -> bool:
    """ "she already spent", "the nurse did", "Chen did": a deed of somebody who is not the writer."""
    word, after, before = line.words[place], word_at(line, place + 1), place - 1
    if word in _THIRD and after in _DEEDS:
        return not (after in ("had", "has", "took", "got") and at - place > 3)
    if word not in _OWN_WORK or place == start:
        return False
    return before in names or bool(line.senses[before] & (lx.KIN | lx.CLINICIAN)) or line.words[before] in _OTHERS
