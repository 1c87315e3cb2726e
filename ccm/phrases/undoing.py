"""Taking back what was stored: "undo that", "delete my last entry", "take off the Chen one"."""

from __future__ import annotations

import re

from ccm.phrases import lexicon as lx
from ccm.phrases.facts import Facts
from ccm.phrases.questions import confirm
from ccm.phrases.whom import whom
from ccm.phrases.wordsets import word_set
from ccm.readings import Intent, Reading

_VERBS = re.compile(
    r"^(?:can you |could you |please |i (?:need|want) to |i'd like to |let's |need to )?(?:undo|delete|remove|erase|"
    r"void|cancel|strike|revert|nix|discard|trash|scratch|drop|rollback|roll back|retract|reverse|un-?log|kill|"
    r"take (?:off|out|back|down|away)|take (?:(?:the|that|this|it|my|last|previous|entry|one|pt|"
    r"\w+'s)\s?){1,4}(?:off|out|back|down|away)|get rid of|forget|disregard|back out|wipe|clear|pull)\b"
)
_WHOLE = re.compile(
    r"^(?:never ?mind(?: that| it)?|nvm|nevermind|scratch (?:that|it)|forget (?:that|it)|undo|my bad,? (?:undo|"
    r"delete|scratch).*|that(?: one)? was (?:a mistake|an error|wrong|a duplicate|a dupe))$"
)
_OBJECTS = word_set(
    "that it this last entry entries one previous prev log minutes min mins time prior recent latest dupe "
    "duplicate mine what just"
)
_NEW = re.compile(r"\b(?:make it|make that|should be|should have|was actually|instead|change|meant|not)\b|,.*\d")
_TRIGGERS = word_set(
    "can could please i let's undo delete remove erase void cancel strike revert nix discard trash scratch "
    "drop rollback roll retract reverse unlog un-log kill take get forget disregard back wipe clear never "
    "nevermind nvm pull that my"
)
_MANY = re.compile(r"\b(?:all|both|everything|every|last (?:two|three|few|\d+))\b")


def read_undo(facts: Facts, first: int) -> Reading | None:
    """An order to take an entry back; what could be care ("cancel her appt") is none."""
    line = facts.line
    if (
        _TRIGGERS.isdisjoint(line.words[first : first + 4])
        or first >= len(line)
        or line.words[-1] == "?"
        or len(line) > 16
    ):
        return None
    text = line.text[line.starts[first] :].lower().strip(" .!\n")
    if _WHOLE.match(text):
        return Reading(intent=Intent.UNDO)
    verb = _VERBS.match(text)
    if not verb:
        return None
    rest = text[verb.end() :].strip()
    who = whom(facts)
    if not _is_entry(facts, rest or verb[0], bool(who.patient or who.ask)):
        return None
    if _MANY.search(rest) or _NEW.search(rest):
        return Reading(
            intent=Intent.UNDO, ask=confirm("Shall I take that entry back? To change it instead, say “make it 12”.")
        )
    day = next((each.day for each in facts.findings.days if each.day), None)
    return Reading(intent=Intent.UNDO, ask=who.ask, patient=who.patient, day=day)


def _is_entry(facts: Facts, rest: str, named: bool) -> bool:
    """Whether the object is an entry rather than an appointment, an order or a medicine."""
    words = set(re.findall(r"[a-z]+", rest))
    care = any(
        sense & (lx.TOPIC | lx.CHANNEL | lx.EVENT)
        and place not in facts.names
        and word not in ("time", "chart", "entry")
        for place, (sense, word) in enumerate(zip(facts.line.senses, facts.line.words, strict=True))
    )
    told = bool(words & _OBJECTS)
    if care and not words & {"entry", "entries", "log", "one", "last", "minutes", "min", "mins"}:
        return False
    if care and facts.findings.amounts and not words & {"entry", "entries", "log", "one", "last"}:
        return False
    return told or (named and not care) or not rest
