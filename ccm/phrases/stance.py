"""Whether words tell of work done, or ask, plan, suppose, deny, quote, order or speak another language."""

from __future__ import annotations

from ccm.phrases import lexicon as lx
from ccm.phrases.clauses import DENIED, FOREIGN, QUESTION, SUPPOSED, UNSURE, broken
from ccm.phrases.doers import balance, ordered, told
from ccm.phrases.intentions import planned
from ccm.phrases.openings import opening
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set

_ASKING = word_set(
    "how what what's whats when where why who who's whos which does is are can could should would am any "
    "anyone anybody whose do isn't doesn't has"
)

_PERSONS = word_set("i we you she he they anyone anybody someone it that this the my our")

_LOGGING = word_set(
    "log logged logging count counted counting bill billed billing add adding record recording charge "
    "charging save note enter put include included track report document"
)

_NOTS = word_set(
    "not don't dont didn't didnt never won't wont without cannot can't cant shouldn't shouldnt doesn't doesnt "
    "isn't isnt no wasn't wasnt haven't havent hasn't ain't wouldn't couldn't couldnt"
)

_OWN_DEEDS = word_set(
    "spend spent do did done talk talked speak spoke spoken work worked have use used finish finished start "
    "started call called make made review reviewed bill complete completed actually"
)

_INDIRECT = word_set(
    "asked asking ask asks see know knows wondering unsure check checked verify sure confirm confirmed out "
    "clarify clarified wonders wondered tell told question questions find"
)

_SUPPOSING = word_set("if suppose supposing assuming hypothetically say imagine unless when once example e.g eg sample")

_IFS = word_set("if e.g example hypothetically hypothetical pretend")


def foreign_words(line: Line, start: int, end: int, names: frozenset[int]) -> int:
    """How many words of other languages stand in start..end."""
    if not line.every & lx.FOREIGN and "\x1a" not in line.bag:
        return 0
    return sum(
        1
        for place in range(start, end)
        if (line.senses[place] & lx.FOREIGN or line.words[place] == "\x1a") and place not in names
    )


def stance(line: Line, start: int, end: int, at: int, names: frozenset[int]) -> str:
    """What keeps start..end, whose amount stands at `at`, from being a record; "" when nothing does."""
    first = opening(line, start, end)
    unsure = ""
    for held in (
        _foreign(line, start, end, names),
        _denied(line, start, end, at, names),
        _supposed(line, first, end, at, names),
        _asked(line, first, end, names),
        planned(line, first, end, at, names),
        told(line, start, at, names),
        balance(line, first, end, at, names),
        ordered(line, first, at, names),
    ):
        if held and held != UNSURE:
            return held
        unsure = unsure or held
    return unsure


def _foreign(line: Line, start: int, end: int, names: frozenset[int]) -> str:
    count = foreign_words(line, start, end, names)
    return FOREIGN if count > 1 else UNSURE if count else ""


def _denied(line: Line, start: int, end: int, at: int, names: frozenset[int]) -> str:
    if _NOTS.isdisjoint(line.bag):
        return ""
    for place in range(start, end):
        word = line.words[place]
        if word not in _NOTS or place in names:
            continue
        near = line.words[place + 1 : min(place + 4, end)]
        if near and (
            _is_about_logging(near) or near[0] in ("billable", "ccm", "mine", "ours") or near[:2] == ("for", "ccm")
        ):
            return DENIED
        weak = word in ("no", "without")
        if place >= at or broken(line, place, at):
            continue
        if at <= place + (1 if weak else 3) or (not weak and _is_about_deeds(near)):
            return DENIED
    return ""


def _is_about_logging(near: tuple[str, ...]) -> bool:
    """ "(not) logging", "(don't) even count", "(no) need to log"."""
    if near[0] in _LOGGING or (near[0] in _BETWEEN and len(near) > 1 and near[1] in _LOGGING):
        return True
    return near[:2] in (("need", "to"), ("going", "to")) and not _LOGGING.isdisjoint(near)


def _is_about_deeds(near: tuple[str, ...]) -> bool:
    """ "(didn't) spend", "(never) actually got to call"."""
    return near[0] in _OWN_DEEDS or (near[0] in _ALMOST and not _OWN_DEEDS.isdisjoint(near[1:]))


_BETWEEN = word_set("been be to really need want even actually billable me please")
_ALMOST = word_set("get actually yet even ever really manage end")


def _asked(line: Line, first: int, end: int, names: frozenset[int]) -> str:
    if first >= end:
        return ""
    word = line.words[first]
    marked = "?" in line.words[first:end]
    if word in ("can", "could", "would", "will") and word_at(line, first + 1) == "you":
        polite = first + 2 + (word_at(line, first + 2) in ("please", "pls", "plz"))
        return "" if sense_at(line, polite) & lx.LOG else QUESTION
    if word in _ASKING and first not in names:
        return QUESTION if marked or word not in ("has", "do") or first + 1 in names else UNSURE
    if (
        word in ("did", "was", "were", "have", "will")
        and first not in names
        and (marked or first + 1 in names or word_at(line, first + 1) in _PERSONS)
    ):
        return QUESTION
    if not marked:
        return ""
    asked = any(near in _INDIRECT for near in line.words[first:end]) or line.words[end - 1] != "?"
    return "" if asked else UNSURE


def _supposed(line: Line, first: int, end: int, at: int, names: frozenset[int]) -> str:
    if (word_at(line, first) in _SUPPOSING and first < at and first not in names) or line.words[first : first + 3] == (
        "e",
        ".",
        "g",
    ):
        return SUPPOSED
    if _IFS.isdisjoint(line.bag):
        return ""
    for place in range(first, end):
        word = line.words[place]
        if word == "if" and place < at and word_at(line, place - 1) not in _INDIRECT and not broken(line, place, at):
            return SUPPOSED
        if (
            word == "if"
            and place > at
            and word_at(line, place + 1) in ("that's", "thats", "allowed", "possible", "ok", "i", "we", "it", "you")
        ):
            return UNSURE
        if word in ("e.g", "example", "hypothetically", "hypothetical", "pretend"):
            return SUPPOSED
    return ""
