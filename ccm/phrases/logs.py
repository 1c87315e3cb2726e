"""Minutes for a patient on a day: entries where all is clear, one question where anything is not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from ccm.phrases import lexicon as lx
from ccm.phrases.bares import bare_numbers
from ccm.phrases.clauses import UNSURE
from ccm.phrases.clocks import Interval
from ccm.phrases.dating import Dated, dated
from ccm.phrases.doubts import OTHERS
from ccm.phrases.facts import Facts
from ccm.phrases.layout import Row, Spent, rows_of
from ccm.phrases.mention import Mention
from ccm.phrases.outcomes import besides
from ccm.phrases.people import faint_names, patients_meant
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.questions import confirm, how_many, which_patient
from ccm.phrases.stance import stance
from ccm.phrases.topics import activity_of
from ccm.phrases.whom import is_clear
from ccm.phrases.wordsets import word_set
from ccm.readings import Ask, EntryDraft, Intent, Reading
from ccm.roster import RosterPatient

NOTHING = Reading(intent=Intent.NONE)
LONG, VERY_LONG = 60, 300
"""Minutes from which a reading is read back first; the second are five hours in one entry."""


_ALL = word_set("everyone everybody all pts patients pt patient same")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Tokens start..end with at least one amount: a line of its own, or all lines together."""

    start: int
    end: int
    spent: list[Spent]
    people: list[Mention]


def read_log(facts: Facts) -> Reading | None:
    """The entries the words hold, or the question about them; None when no time is stated at all."""
    stretches = [each for each in _stretches(facts) if each.spent]
    if not stretches:
        return None
    readings = [_read(facts, each) for each in stretches]
    kept = [each for each in readings if each.intent is not Intent.NONE]
    if not kept:
        return NOTHING
    drafts = tuple(entry for each in kept for entry in (*each.entries, *each.draft))
    ask = next((each.ask for each in kept if each.ask), None)
    return Reading(intent=Intent.LOG, ask=ask, draft=drafts) if ask else Reading(intent=Intent.LOG, entries=drafts)


def _stretches(facts: Facts) -> list[Stretch]:
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
        _draft(facts, stretch, row, day, who[0]) for row, day, who in zip(stretch_rows, days, persons, strict=True)
    )
    ask = next((who[1] for who in persons if who[1]), None) or _question(facts, stretch_rows, days, drafts)
    if not ask and (held or _is_somebody_elses(facts, stretch, at)):
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


def _draft(facts: Facts, stretch: Stretch, row: Row, day: Dated, person: RosterPatient | None) -> EntryDraft:
    interval = next((each for each in row.spent if isinstance(each, Interval)), None)
    skip = facts.names | facts.findings.taken
    activity = activity_of(facts.line, row.start, row.end, skip)
    if not activity:
        activity = activity_of(
            facts.line, stretch.start, min(row.spent[0].start if row.spent else stretch.start, stretch.end), skip
        )
    outcome, program, clerical = besides(facts.line, row.start, row.end)
    return EntryDraft(
        patient=person.id if person else None, minutes=row.minutes, day=day.day, activity=activity,
        start=interval.begins if interval else None, end=interval.ends if interval else None,
        outcome=outcome, program=program, clerical=clerical,
    )  # fmt: skip


def _question(facts: Facts, rows: list[Row], days: list[Dated], drafts: tuple[EntryDraft, ...]) -> Ask | None:
    """The first thing that must be answered before anything is stored."""
    for row in rows:
        if row.minutes is None or row.trouble:
            offered = tuple(sorted({each.minutes for each in row.spent if each.minutes}))
            return how_many(row.trouble, offered)
    late = next((day.ask for day in days if day.ask), None)
    if late:
        return late
    if any(draft.day and facts.is_closed(draft.day) for draft in drafts):
        return confirm("That month is closed. Shall I send this to a supervisor as a late correction?")
    return _too_long(drafts)


def _too_long(drafts: tuple[EntryDraft, ...]) -> Ask | None:
    most = max((draft.minutes or 0 for draft in drafts), default=0)
    if most >= VERY_LONG:
        return confirm("That is five hours or more in one entry. Is that right?", minutes=(most,))
    return confirm("That is more than an hour in one entry. Is that right?", minutes=(most,)) if most > LONG else None
