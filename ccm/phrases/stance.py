"""Whether a stretch of words tells of work done, or asks, plans, supposes, denies, quotes, orders or speaks another language."""

from __future__ import annotations

import re

from ccm.phrases import lexicon as lx
from ccm.phrases.openings import opening
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set

QUESTION, PLAN, SUPPOSED, DENIED, TOLD, FOREIGN, ORDER, CODE, UNSURE = (
    "question",
    "plan",
    "supposed",
    "denied",
    "told",
    "foreign",
    "order",
    "code",
    "unsure",
)

_CODE = re.compile(
    r"\bdef \w+\(|\breturn\b.*[(=]|==|=>|[{}]|\bfunction\b ?\(|\bselect\b.+\bfrom\b|\bdrop table\b|\binsert into\b|"
    r"</?\w+>|\bimport \w+$",
    re.IGNORECASE,
)
_RULES = word_set(
    "rule rules instruction instructions prompt policy policies limit limits guideline guidelines previous "
    "prior above restriction restrictions safety safeguards confirmation constraints programming checks"
)
_OVERRIDE = word_set("ignore disregard forget override bypass skip pretend disable ignoring overriding")
_ORDERS = re.compile(
    r"\b(?:you are now|act as|(?:developer|admin|debug|god|root) mode|no questions|without (?:asking|confirm\w*)|"
    r"(?:don't|do not|dont) (?:ask|question|confirm)|as an ai|jailbreak|sudo|system ?:|assistant ?:|"
    r"new instructions?|trust me)\b|\[system\]",
    re.IGNORECASE,
)
_BREAKS = frozenset(('"', ",", ";", "\n", ".", "!", "?", "-", "(", ")", "/", ":", "+"))
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
_THIRD = word_set("she he they who")
_TELLERS = word_set("she he they who according per")
_OWN_WORK = word_set("spent did logged worked does do covered")
_OTHERS = word_set("coworker colleague supervisor manager somebody someone team staff they pt patient")
_DEEDS = word_set("did spent logged put had has worked covered got already talked spoke took")


_CODE_SIGNS = frozenset("{}=<>(|")
_CODE_WORDS = word_set("select drop insert import return")
_ORDER_WORDS = word_set(
    "mode questions asking confirm confirming confirmation system assistant ai jailbreak sudo instructions "
    "instruction trust act now ask question"
)


def is_code(text: str, bag: frozenset[str]) -> bool:
    """Whether the text is program text rather than speech."""
    if _CODE_SIGNS.isdisjoint(text) and _CODE_WORDS.isdisjoint(bag):
        return False
    return bool(_CODE.search(text))


def is_order(line: Line) -> bool:
    """Whether the text tries to talk the program out of its rules."""
    if not _OVERRIDE.isdisjoint(line.bag):
        for place, word in enumerate(line.words):
            if word in _OVERRIDE and any(near in _RULES for near in line.words[place + 1 : place + 6]):
                return True
    return not _ORDER_WORDS.isdisjoint(line.bag) and bool(_ORDERS.search(line.text))


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
        _planned(line, first, end, at, names),
        _told(line, start, at, names),
        _balance(line, first, end, at, names),
        _ordered(line, first, at, names),
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
            near[0] in _LOGGING
            or (
                len(near) > 1
                and near[0]
                in ("been", "be", "to", "really", "need", "want", "even", "actually", "billable", "me", "please")
                and near[1] in _LOGGING
            )
        ):
            return DENIED
        if near and (
            near[0] in ("billable", "ccm", "mine", "ours")
            or near[:2] == ("for", "ccm")
            or (near[:2] in (("need", "to"), ("going", "to")) and any(each in _LOGGING for each in near))
        ):
            return DENIED
        if (
            place < at
            and near
            and word not in ("no", "without")
            and (
                near[0] in _OWN_DEEDS
                or (
                    near[0] in ("get", "actually", "yet", "even", "ever", "really", "manage", "end")
                    and any(each in _OWN_DEEDS for each in near[1:])
                )
            )
            and not _broken(line, place, at)
        ):
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
        if word == "if" and place < at and word_at(line, place - 1) not in _INDIRECT and not _broken(line, place, at):
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


def _planned(line: Line, first: int, end: int, at: int, names: frozenset[int]) -> str:
    if word_at(line, first) in ("remind", "reminder", "todo", "to-do", "remember", "don't", "dont"):
        return PLAN
    if first and line.words[first - 1] in ("please", "pls", "plz") and word_at(line, first) in _REQUESTS:
        return PLAN
    if not line.every & lx.PLAN:
        return ""
    for place in range(first, min(at, end)):
        if not line.senses[place] & lx.PLAN or place in names:
            continue
        if _is_own_plan(line, place, first) or (not _broken(line, place, at) and _governs(line, place, at)):
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


def _broken(line: Line, place: int, at: int) -> bool:
    """Whether a comma or the like stands between the two places."""
    return any(word in _BREAKS for word in line.words[place + 1 : at])


_BALANCE = word_set("has have at is only short needs owes lacks still got had")
_LEFT = word_set("left short remaining free needed")


def _balance(line: Line, first: int, end: int, at: int, names: frozenset[int]) -> str:
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


def _ordered(line: Line, first: int, at: int, names: frozenset[int]) -> str:
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


def _told(line: Line, start: int, at: int, names: frozenset[int]) -> str:
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
        if word in _BREAKS:
            break
        if (line.senses[place] & lx.SAYS and place not in names and word not in ("told", "reported", "mentioned")) or (
            word in ("told", "tells", "mentioned") and word_at(line, place + 1) in ("me", "us", "that", "she", "he")
        ):
            return TOLD
        if (
            word in _THIRD
            and word_at(line, place + 1) in _DEEDS
            and not (word_at(line, place + 1) in ("had", "has", "took", "got") and at - place > 3)
        ):
            return TOLD
        if (
            word in _OWN_WORK
            and place > start
            and (
                place - 1 in names
                or line.senses[place - 1] & (lx.KIN | lx.CLINICIAN)
                or line.words[place - 1] in _OTHERS
            )
        ):
            return TOLD
        if word in ("waited", "waiting", "session") and place >= at - 2:
            return UNSURE
        if word in ("according", "per") and word_at(line, place + 1) not in (
            "pt",
            "patient",
            "dr",
            "md",
            "pcp",
            "protocol",
            "plan",
            "pharmacy",
            "policy",
        ):
            return UNSURE
    return ""
