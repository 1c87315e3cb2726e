"""Minutes for a patient on a day: entries where all is clear, one question where anything is not."""

from __future__ import annotations

from ccm.phrases import lexicon as lx
from ccm.phrases.clauses import UNSURE
from ccm.phrases.dating import dated
from ccm.phrases.drafts import draft_of, first_question
from ccm.phrases.facts import Facts
from ccm.phrases.layout import Row, rows_of
from ccm.phrases.people import faint_names
from ccm.phrases.quantities import word_at
from ccm.phrases.questions import confirm, which_patient
from ccm.phrases.stance import stance
from ccm.phrases.stretches import Stretch, find_stretches
from ccm.phrases.whom import is_clear
from ccm.phrases.wordsets import word_set
from ccm.readings import Ask, Intent, Reading
from ccm.roster import RosterPatient

NOTHING = Reading(intent=Intent.NONE)


_TAKEN_BACK = word_set("undo scratch nevermind nvm unlog status")

_ALL = word_set("everyone everybody all pts patients pt patient same")


def read_log(facts: Facts) -> Reading | None:
    """The entries the words hold, or the question about them; None when no time is stated at all."""
    stretches = [each for each in find_stretches(facts) if each.spent]
    if not stretches:
        return None
    readings = [_read(facts, each) for each in stretches]
    if len(readings) == 1:
        return readings[0]
    kept = [each for each in readings if each.intent is not Intent.NONE]
    if not kept:
        return NOTHING
    drafts = tuple(entry for each in kept for entry in (*each.entries, *each.draft))
    ask = next((each.ask for each in kept if each.ask), None)
    return Reading(intent=Intent.LOG, ask=ask, draft=drafts) if ask else Reading(intent=Intent.LOG, entries=drafts)


def _read(facts: Facts, stretch: Stretch) -> Reading:
    at = min(each.start for each in stretch.spent)
    held = stance(facts.line, stretch.start, stretch.end, at, facts.names)
    if held and held != UNSURE:
        return NOTHING
    if not stretch.people and _is_chatter(facts, stretch):
        return NOTHING
    stretch_rows = rows_of(facts.line, stretch.people, stretch.spent, stretch.start, stretch.end)
    days = dated(facts, stretch_rows, stretch.start, stretch.end)
    persons = [_person(facts, stretch, row) for row in stretch_rows]
    drafts = tuple(
        draft_of(facts, stretch, row, day, who[0]) for row, day, who in zip(stretch_rows, days, persons, strict=True)
    )
    ask = next((who[1] for who in persons if who[1]), None) or first_question(facts, stretch_rows, days, drafts)
    if not ask and (held or not _TAKEN_BACK.isdisjoint(facts.line.bag) or _is_somebody_elses(facts, stretch, at)):
        ask = confirm(
            "I was not sure whether this is work you did. Shall I save it?",
            minutes=tuple(each.minutes for each in drafts if each.minutes),
        )
    return Reading(intent=Intent.LOG, ask=ask, draft=drafts) if ask else Reading(intent=Intent.LOG, entries=drafts)


def _is_chatter(facts: Facts, stretch: Stretch) -> bool:
    """Minutes, but nobody named and no word of care: talk about something else."""
    line = facts.line
    span = range(stretch.start, stretch.end)
    if any(line.senses[place] & lx.IDLE for place in span) and not any(line.senses[place] & lx.TOPIC for place in span):
        return True
    if any(line.senses[place] & (lx.WORK | lx.TOPIC | lx.CHANNEL | lx.LOG) for place in span):
        return False
    if faint_names(line, facts.mentions, stretch.start, stretch.end) or _ALL & set(
        line.words[stretch.start : stretch.end]
    ):
        return False
    words = [place for place in span if line.kinds[place] == "word" and place not in facts.findings.taken]
    return len(words) > 3


def _is_somebody_elses(facts: Facts, stretch: Stretch, at: int) -> bool:
    """A stranger as the doer: "Dana spent 15 min with Lopez", "for Dana"."""
    line = facts.line
    for each in facts.mentions:
        if each.doubt == "stranger" and stretch.start <= each.start < stretch.end and each not in stretch.people:
            after = word_at(line, each.end)
            if after in (
                "spent",
                "did",
                "logged",
                "worked",
                "had",
                "took",
                "already",
                "put",
                "says",
                "said",
                "covered",
            ) or (word_at(line, each.end - 1).endswith("'s") and each.end >= at):
                return True
            if after in ("and", "&") and word_at(line, each.end + 1) in ("i", "me", "myself"):
                return True
            if word_at(line, each.start - 1) in ("for", "of") and word_at(line, each.start - 2) in (
                "behalf",
                "log",
                "logging",
                "logged",
                "min",
                "minutes",
            ):
                return True
    return "behalf" in line.words[stretch.start : stretch.end]


def _person(facts: Facts, stretch: Stretch, row: Row) -> tuple[RosterPatient | None, Ask | None]:
    mention = row.mention
    if mention:
        if is_clear(facts, mention):
            return mention.patients[0], None
        return None, which_patient(mention)
    span = range(stretch.start, stretch.end)
    known = facts.roster.get(facts.last_patient) if facts.last_patient else None
    if known and any(facts.line.senses[place] & lx.PRONOUN for place in span):
        return known, None
    faint = faint_names(facts.line, facts.mentions, stretch.start, stretch.end)
    return None, which_patient(faint[0] if faint else None)
