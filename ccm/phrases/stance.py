"""Whether a stretch of words tells of work done, or asks, plans, supposes, denies, quotes, orders or speaks another language."""

from __future__ import annotations

import re

from ccm.phrases import lexicon as lx
from ccm.phrases.openings import opening
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.tokens import Line

QUESTION, PLAN, SUPPOSED, DENIED, TOLD, FOREIGN, ORDER, CODE, UNSURE = "question", "plan", "supposed", "denied", "told", "foreign", "order", "code", "unsure"

_CODE = re.compile(r"\bdef \w+\(|\breturn\b.*[(=]|==|=>|[{}]|\bfunction\b ?\(|\bselect\b.+\bfrom\b|\bdrop table\b|\binsert into\b|</?\w+>|\bimport \w+$", re.IGNORECASE)
_RULES = frozenset("rule rules instruction instructions prompt policy policies limit limits guideline guidelines previous prior above restriction restrictions safety safeguards confirmation constraints programming checks".split())
_OVERRIDE = frozenset("ignore disregard forget override bypass skip pretend disable ignoring overriding".split())
_ORDERS = re.compile(r"\b(?:you are now|act as|(?:developer|admin|debug|god|root) mode|no questions|without (?:asking|confirm\w*)|(?:don't|do not|dont) (?:ask|question|confirm)|as an ai|jailbreak|sudo|system ?:|assistant ?:|new instructions?|trust me)\b|\[system\]", re.IGNORECASE)
_BREAKS = frozenset((",", ";", "\n", ".", "!", "?", "-", "(", ")", "/", ":", "+"))
_ASKING = frozenset("how what what's whats when where why who who's whos which does is are can could should would am any anyone anybody whose do isn't doesn't has".split())
_PERSONS = frozenset("i we you she he they anyone anybody someone it that this the my our".split())
_LOGGING = frozenset("log logged logging count counted counting bill billed billing add adding record recording charge charging save note enter put include included track report document".split())
_NOTS = frozenset("not don't dont didn't didnt never won't wont without cannot can't cant shouldn't shouldnt doesn't doesnt isn't isnt no wasn't wasnt haven't havent hasn't ain't wouldn't couldn't couldnt".split())
_OWN_DEEDS = frozenset("spend spent do did done talk talked speak spoke spoken work worked have use used finish finished start started call called make made review reviewed bill complete completed actually".split())
_INDIRECT = frozenset("asked asking ask asks see know knows wondering unsure check checked verify sure confirm confirmed out clarify clarified wonders wondered tell told question questions find".split())
_SUPPOSING = frozenset("if suppose supposing assuming hypothetically say imagine unless when once example e.g eg sample".split())
_THIRD = frozenset("she he they who".split())
_DEEDS = frozenset("did spent logged put had has worked covered got already talked spoke took".split())


def is_code(text: str) -> bool:
    """Whether the text is program text rather than speech."""
    return bool(_CODE.search(text))


def is_order(line: Line) -> bool:
    """Whether the text tries to talk the program out of its rules."""
    for place, word in enumerate(line.words):
        if word in _OVERRIDE and any(near in _RULES for near in line.words[place + 1 : place + 6]):
            return True
    return bool(_ORDERS.search(line.text))


def foreign_words(line: Line, start: int, end: int, names: frozenset[int]) -> int:
    """How many words of other languages stand in start..end."""
    return sum(1 for place in range(start, end) if (line.senses[place] & lx.FOREIGN or line.words[place] == "\x1a") and place not in names)


def stance(line: Line, start: int, end: int, at: int, names: frozenset[int]) -> str:
    """What keeps start..end, whose amount stands at `at`, from being a record; "" when nothing does."""
    first = opening(line, start, end)
    unsure = ""
    for held in (
        _foreign(line, start, end, names),
        _denied(line, start, end, at, names),
        _supposed(line, first, end, at, names),
        _asked(line, first, end, names),
        _planned(line, first, end, at, names),
        _told(line, start, at, names),
    ):
        if held and held != UNSURE:
            return held
        unsure = unsure or held
    return unsure


def _foreign(line: Line, start: int, end: int, names: frozenset[int]) -> str:
    count = foreign_words(line, start, end, names)
    return FOREIGN if count > 1 else UNSURE if count else ""


def _denied(line: Line, start: int, end: int, at: int, names: frozenset[int]) -> str:
    for place in range(start, end):
        word = line.words[place]
        if word not in _NOTS or place in names:
            continue
        near = line.words[place + 1 : min(place + 4, end)]
        if near and (near[0] in _LOGGING or (len(near) > 1 and near[0] in ("been", "be", "to", "really", "need", "want", "even", "actually", "billable", "me", "please") and near[1] in _LOGGING)):
            return DENIED
        if near and (near[0] in ("billable", "ccm", "mine", "ours") or near[:2] == ("for", "ccm") or near[:2] in (("need", "to"), ("going", "to")) and any(each in _LOGGING for each in near)):
            return DENIED
        if place < at and near and word not in ("no", "without") and (near[0] in _OWN_DEEDS or (near[0] in ("get", "actually", "yet", "even", "ever", "really", "manage", "end") and any(each in _OWN_DEEDS for each in near[1:]))) and not _broken(line, place, at):
            return DENIED
        if place < at <= place + (1 if word in ("no", "without") else 3) and not _broken(line, place, at):
            return DENIED
    return ""


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
    if word in ("did", "was", "were", "have", "will") and first not in names and (marked or first + 1 in names or word_at(line, first + 1) in _PERSONS):
        return QUESTION
    if not marked:
        return ""
    asked = any(near in _INDIRECT for near in line.words[first:end]) or line.words[end - 1] != "?"
    return "" if asked else UNSURE


def _supposed(line: Line, first: int, end: int, at: int, names: frozenset[int]) -> str:
    if word_at(line, first) in _SUPPOSING and first < at and first not in names:
        return SUPPOSED
    for place in range(first, end):
        word = line.words[place]
        if word == "if" and place < at and word_at(line, place - 1) not in _INDIRECT and not _broken(line, place, at):
            return SUPPOSED
        if word == "if" and place > at and word_at(line, place + 1) in ("that's", "thats", "allowed", "possible", "ok", "i", "we", "it", "you"):
            return UNSURE
        if word in ("e.g", "example", "hypothetically", "hypothetical", "pretend"):
            return SUPPOSED
    return ""


def _planned(line: Line, first: int, end: int, at: int, names: frozenset[int]) -> str:
    if word_at(line, first) in ("remind", "reminder", "todo", "to-do", "remember", "don't", "dont"):
        return PLAN
    for place in range(first, min(at, end)):
        if not line.senses[place] & lx.PLAN or place in names:
            continue
        if _is_own_plan(line, place, first) or (not _broken(line, place, at) and _governs(line, place, at)):
            return PLAN
    return ""


def _is_own_plan(line: Line, place: int, first: int) -> bool:
    """ "I need to call ...", "will call ...", "gonna ..." : what the writer herself means to do."""
    word, before, after = line.words[place], word_at(line, place - 1), word_at(line, place + 1)
    mine = place == first or before in ("i", "we", "still", "i'd", "also") or (before in ("to", "then") and place - 1 == first)
    if word in ("i'll", "we'll", "ill", "gonna", "gotta", "let's", "lets", "todo", "remind"):
        return True
    if not mine:
        return False
    if word in ("have", "has", "need", "needs", "want", "wants", "going", "hoping", "hope", "try", "planning", "plan", "plans", "planned", "intend", "ought", "supposed"):
        return after in ("to", "on") and not (word in ("going", "plan") and after == "on")
    return word in ("will", "shall", "should", "must", "would", "could", "might")


def _governs(line: Line, place: int, at: int) -> bool:
    """ "needs 8 more min", "might take 15 min", "will be 20 min"."""
    word = line.words[place]
    if word in ("plan", "plans", "planned", "hope", "going") or (word in ("have", "has") and word_at(line, place + 1) != "to"):
        return False
    return at - place <= 3 or (word in ("will", "gonna", "should", "would", "could", "might", "must", "supposed", "i'll") and at - place <= 6)


def _broken(line: Line, place: int, at: int) -> bool:
    """Whether a comma or the like stands between the two places."""
    return any(word in _BREAKS for word in line.words[place + 1 : at])


def _told(line: Line, start: int, at: int, names: frozenset[int]) -> str:
    """Somebody else's words or deeds: "Rita says she did 10 min", "she already spent 12 min"."""
    if line.words[start:at].count('"') % 2:
        return TOLD
    for place in range(at - 1, start - 1, -1):
        word = line.words[place]
        if word in _BREAKS:
            break
        if line.senses[place] & lx.SAYS and place not in names and word not in ("told", "reported", "mentioned") or word in ("told", "tells", "mentioned") and word_at(line, place + 1) in ("me", "us", "that", "she", "he"):
            return TOLD
        if word in _THIRD and word_at(line, place + 1) in _DEEDS and not (word_at(line, place + 1) in ("had", "has", "took", "got") and at - place > 3):
            return TOLD
        if word in ("according", "per") and word_at(line, place + 1) not in ("pt", "patient", "dr", "md", "pcp", "protocol", "plan", "pharmacy", "policy"):
            return UNSURE
    return ""
