"""One's own entries: `/ccm today`, `/ccm undo`, `/ccm edit`, and the sentences that mean them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from ccm.access import Action, demand
from ccm.errors import NothingToUndo
from ccm.readings import About, Ask, EntryDraft, Reading
from ccm.records import TimeEntry
from handlers.answers import Answer, plainly, says, small, sorry
from handlers.cards import entry_list
from handlers.conduct import conduct, look, record, say
from handlers.pending import Pending
from handlers.questions import question
from handlers.turns import Desk, Turn
from storage import ledger, ledger_rows, looks

WHICH = "Nothing was undone. Press Undo under the entry you mean."
OTHER_PATIENT = Ask(about=About.CONFIRM, question="Your last entry is for another patient. Change it to this?")
NO_ENTRY = "You have no entry to change."


def today(desk: Desk, turn: Turn) -> Answer:
    """What the person logged for today, with the sum."""

    def work(connection: Connection) -> Answer:
        demand(turn.actor, Action.SEE_OWN)
        practice_id, staff_id = turn.snapshot.practice.id, turn.actor.staff_id
        entries = looks.own_entries(connection, practice_id, staff_id, turn.today, turn.today)
        total = sum(entry.minutes for entry in entries)
        head = says(f"*Your day: {total} min in {len(entries)} {'entry' if len(entries) == 1 else 'entries'}*")
        empty = [] if entries else [small("Nothing logged today yet. Try `/ccm log 12m med rec Lopez`.")]
        return Answer(text="Your day", blocks=(head, *entry_list(turn.snapshot, entries, turn.today), *empty))

    return look(desk, turn, work)


def undo(desk: Desk, turn: Turn, act_id: str | None = None) -> Answer:
    """Take back the act named, or the last one; however often its button is pressed, the answer is the same."""
    once = replace(turn, source_key=f"undo:{act_id}:{turn.actor.staff_id}") if act_id else turn

    def act(connection: Connection) -> ledger.Done | None:
        return ledger.undo(connection, desk.keyring, once.request(), act_id)

    return conduct(desk, turn, record(desk, once, act))


def undo_said(desk: Desk, turn: Turn, reading: Reading) -> Answer:
    """Undo in words: the last act, or the entry that the patient or day said picks out; unclear words undo nothing."""
    if reading.ask is not None:
        return say(desk, turn, sorry(NothingToUndo(reading.ask.question, hint=WHICH)))
    if reading.patient is None and reading.day is None:
        return undo(desk, turn)
    with desk.database.read() as connection:
        practice_id, since = turn.snapshot.practice.id, turn.today - ledger_rows.LOOK_BACK
        entries = looks.own_entries(connection, practice_id, turn.actor.staff_id, since, turn.today)
    meant = [
        e for e in entries if e.patient_id == (reading.patient or e.patient_id) and e.day == (reading.day or e.day)
    ]
    if not meant:
        return say(desk, turn, sorry(NothingToUndo("You have no such entry.", hint="Nothing was undone.")))
    act_id = meant[-1].id.partition(".")[0]
    if sum(entry.id.startswith(f"{act_id}.") for entry in entries) > 1:
        return say(desk, turn, sorry(NothingToUndo("That entry was logged together with others.", hint=WHICH)))
    return undo(desk, turn, act_id)


def amend(desk: Desk, turn: Turn, reading: Reading) -> Answer:
    """Change the last entry as the sentence says: minutes, patient, day or activity.

    A patient said beside other changes tells which entry is meant; when the last one is another's, ask.
    """
    changed = EntryDraft(patient=reading.patient, minutes=reading.minutes, day=reading.day, activity=reading.activity)
    last = _last(desk, turn)
    if last and changed.patient not in (None, last.patient_id) and (changed.minutes or changed.day or changed.activity):
        both = EntryDraft(
            patient=changed.patient,
            minutes=changed.minutes or last.minutes,
            day=changed.day or last.day,
            activity=changed.activity or last.activity,
        )
        return question(desk, turn, replace(Pending.of(turn, (both,), OTHER_PATIENT), entry_id=last.id))

    def work(connection: Connection) -> Answer:
        last = ledger_rows.last_entry(connection, turn.request())
        if last is None:
            raise NothingToUndo(NO_ENTRY, hint="Nothing was changed.")
        return record(desk, turn, lambda c: ledger.edit(c, desk.keyring, turn.request(), last, changed))(connection)

    return conduct(desk, turn, work)


def ask_amend(desk: Desk, turn: Turn, reading: Reading) -> Answer:
    """The sentence corrects something, but not clearly: ask with the last entry's form at hand."""
    entry = _last(desk, turn)
    if entry is None or reading.ask is None:
        return say(desk, turn, sorry(NothingToUndo(NO_ENTRY, hint="Nothing was changed.")))
    about = reading.ask.about  # what is asked about is open, the rest stands as it is
    row = EntryDraft(
        patient=None if about is About.PATIENT else entry.patient_id,
        minutes=None if about is About.MINUTES else entry.minutes,
        day=None if about is About.DATE else entry.day,
        activity=entry.activity,
    )
    return question(desk, turn, replace(Pending.of(turn, (row,), reading.ask), entry_id=entry.id))


def how_to_amend(desk: Desk, turn: Turn) -> Answer:
    """What to say when it is not said what changes."""
    if _last(desk, turn) is None:
        return say(desk, turn, sorry(NothingToUndo(NO_ENTRY, hint="Nothing was changed.")))
    return say(desk, turn, plainly("Say what changes, as in `edit 25 min`, or press Edit under the entry."))


def _last(desk: Desk, turn: Turn) -> TimeEntry | None:
    """The person's last standing entry."""
    with desk.database.read() as connection:
        last = ledger_rows.last_entry(connection, turn.request())
        return ledger_rows.get(connection, turn.snapshot.practice.id, last) if last else None
