"""The one patient a command is about, or the question which."""

from __future__ import annotations

from dataclasses import dataclass

from ccm.phrases import lexicon as lx
from ccm.phrases.facts import Facts
from ccm.phrases.mention import SLIGHT, Mention
from ccm.phrases.people import patients_meant
from ccm.phrases.questions import which_patient
from ccm.readings import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """patient: a roster id; ask: when somebody is named but not clearly; both None when nobody is."""

    patient: str | None = None
    ask: Ask | None = None


def is_clear(facts: Facts, mention: Mention) -> bool:
    """Whether the words leave no doubt about the one patient."""
    line, word = facts.line, facts.line.words[mention.start]
    if len(mention.patients) != 1:
        return False
    if mention.doubt == "near":
        same = mention.patients[0].last[:1].lower() == word[:1] and len(word) > 4
        return (mention.strength > SLIGHT and same) or mention.end - mention.start > 1
    if mention.doubt:
        return False
    if mention.strength > SLIGHT:
        return True
    after = mention.end
    return (
        after >= len(line)
        or line.kinds[after] != "word"
        or after in facts.findings.taken
        or bool(line.senses[after] & (lx.TOPIC | lx.LAB | lx.WITH))
    )


def whom(facts: Facts, start: int = 0, end: int | None = None) -> Whom:
    """Whom start..end is about."""
    people = patients_meant(facts.line, facts.mentions, start, len(facts.line) if end is None else end)
    if not people:
        return _her(facts)
    ids = {each.patients for each in people}
    if len(ids) > 1:
        known = tuple(dict.fromkeys(one.id for each in people for one in each.patients))
        return Whom(
            ask=Ask(
                about=which_patient(None).about,
                question="More than one patient is named. Which one is meant?",
                candidates=known,
            )
        )
    if is_clear(facts, people[0]):
        return Whom(patient=people[0].patients[0].id)
    return Whom(ask=which_patient(people[0]))


def _her(facts: Facts) -> Whom:
    said = any(sense & lx.PRONOUN for sense in facts.line.senses)
    known = facts.roster.get(facts.last_patient) if facts.last_patient and said else None
    return Whom(patient=known.id) if known else Whom()
