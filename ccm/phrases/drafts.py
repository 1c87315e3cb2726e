"""A row as an entry to be, and the first thing that must be asked about it."""

from __future__ import annotations

from ccm.phrases.clocks import Interval
from ccm.phrases.dating import Dated
from ccm.phrases.facts import Facts
from ccm.phrases.layout import Row
from ccm.phrases.outcomes import besides
from ccm.phrases.quantities import word_at
from ccm.phrases.questions import confirm, how_many
from ccm.phrases.stretches import Stretch
from ccm.phrases.topics import activity_of
from ccm.readings import Ask, EntryDraft
from ccm.roster import RosterPatient

LONG, VERY_LONG = 60, 300
"""Minutes from which a reading is read back first; the second are five hours in one entry."""


def _trailing_activity(facts: Facts, stretch: Stretch, skip: frozenset[int]) -> str | None:
    """What stands behind a dash after all names and amounts speaks for every row ("... - refill calls")."""
    ends = [each.end for each in (*stretch.people, *stretch.spent)]
    last = max(ends, default=stretch.end)
    last += word_at(facts.line, last) == ")"
    if word_at(facts.line, last) not in ("-", ":", "for"):
        return None
    return activity_of(facts.line, last, stretch.end, skip)


def draft_of(facts: Facts, stretch: Stretch, row: Row, day: Dated, person: RosterPatient | None) -> EntryDraft:
    interval = next((each for each in row.spent if isinstance(each, Interval)), None)
    skip = facts.names | facts.findings.taken
    activity = activity_of(facts.line, row.start, row.end, skip)
    if not activity:
        activity = activity_of(
            facts.line, stretch.start, min(row.spent[0].start if row.spent else stretch.start, stretch.end), skip
        )
    if not activity and row.end < stretch.end:
        activity = _trailing_activity(facts, stretch, skip)
    outcome, program, clerical = besides(facts.line, row.start, row.end)
    return EntryDraft(
        patient=person.id if person else None, minutes=row.minutes, day=day.day, activity=activity,
        start=interval.begins if interval else None, end=interval.ends if interval else None,
        outcome=outcome, program=program, clerical=clerical,
    )  # fmt: skip


def first_question(facts: Facts, rows: list[Row], days: list[Dated], drafts: tuple[EntryDraft, ...]) -> Ask | None:
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
