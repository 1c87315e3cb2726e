"""What somebody means to do, has not done, or must do."""

from __future__ import annotations

from ccm.phrases import lexicon as lx
from ccm.phrases.clauses import PLAN, broken
from ccm.phrases.quantities import word_at
from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set


def planned(line: Line, first: int, end: int, at: int, names: frozenset[int]) -> str:
    if word_at(line, first) in ("remind", "reminder", "todo", "to-do", "remember", "don't", "dont"):
        return PLAN
    if first and line.words[first - 1] in ("please", "pls", "plz") and word_at(line, first) in _REQUESTS:
        return PLAN
    if not line.every & lx.PLAN:
        return ""
    for place in range(first, min(at, end)):
        if not line.senses[place] & lx.PLAN or place in names:
            continue
        if _is_own_plan(line, place, first) or (not broken(line, place, at) and _governs(line, place, at)):
            return PLAN
    return ""


_REQUESTS = word_set(
    "call phone ring check see send ask tell give follow reach contact text message let remember have get help"
)


def _is_own_plan(line: Line, place: int, first: int) -> bool:
    """ "I need to call ...", "will call ...", "gonna ..." : what the writer herself means to do."""
    word, before, after = line.words[place], word_at(line, place - 1), word_at(line, place + 1)
    mine = (
        place == first
        or before in ("i", "we", "still", "i'd", "also")
        or (before in ("to", "then") and place - 1 == first)
    )
    if word in ("i'll", "we'll", "ill", "gonna", "gotta", "let's", "lets", "todo", "remind"):
        return True
    if not mine:
        return False
    if word in (
        "have",
        "has",
        "need",
        "needs",
        "want",
        "wants",
        "going",
        "hoping",
        "hope",
        "try",
        "planning",
        "plan",
        "plans",
        "planned",
        "intend",
        "ought",
        "supposed",
    ):
        return after in ("to", "on") and not (word in ("going", "plan") and after == "on")
    return word in ("will", "shall", "should", "must", "would", "could", "might")


def _governs(line: Line, place: int, at: int) -> bool:
    """ "needs 8 more min", "might take 15 min", "will be 20 min"."""
    word = line.words[place]
    if word in ("plan", "plans", "planned", "hope", "going") or (
        word in ("have", "has") and word_at(line, place + 1) != "to"
    ):
        return False
    return at - place <= (5 if word in ("want", "wants", "need", "needs") else 3) or (
        word in ("will", "gonna", "should", "would", "could", "might", "must", "supposed", "i'll") and at - place <= 6
    )
