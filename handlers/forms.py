"""Opening the form, suggesting patients in it, and saving it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from ccm.access import Action, demand
from ccm.errors import CcmError, NothingToUndo
from ccm.readings import EntryDraft
from ccm.records import Surface
from ccm.sensitive import refuse_sensitive
from handlers import form
from handlers.answers import Answer, plainly
from handlers.conduct import say
from handlers.log import understand
from handlers.pending import Origin, Pending
from handlers.questions import resume, store
from handlers.turns import Desk, Turn, in_direct
from storage import drafts, ledger_rows, looks

OpenView = Callable[[str, dict[str, Any]], None]
"""Opens a modal with a trigger id; raises when Slack does not take it any more."""
RECENT = timedelta(days=14)
NO_FORM = "Slack did not open the form in time. Nothing was changed; please try again."


def open_log(desk: Desk, turn: Turn, open_view: OpenView, words: str = "") -> None:
    """Open the form to log, pre-filled with whatever `words` say."""
    demand(turn.actor, Action.LOG)
    row = _understood(turn, words)
    _open(desk, turn, open_view, Pending.of(turn, (row,)))


def open_question(desk: Desk, turn: Turn, open_view: OpenView, draft_id: str, origin: Origin | None) -> None:
    """Open the form for a question's only row; the question becomes the answer when it is saved."""
    pending = resume(desk, turn, draft_id)
    if pending is None:
        raise NothingToUndo("This question has expired.", hint="Nothing was saved; please say it again.")
    _open(desk, turn, open_view, replace(pending, root=pending.root or draft_id, origin=origin))


def open_edit(desk: Desk, turn: Turn, open_view: OpenView, entry_id: str | None, origin: Origin | None) -> None:
    """Open the form for a standing entry, or for the person's last one. Raises NothingToUndo."""
    demand(turn.actor, Action.LOG)
    request = turn.request()
    with desk.database.read() as connection:
        known = entry_id or ledger_rows.last_entry(connection, request)
        entry = ledger_rows.get(connection, request.practice.id, known) if known else None
    if entry is None:
        raise NothingToUndo("You have no entry to edit.", hint="`/ccm today` shows what you logged today.")
    row = EntryDraft(patient=entry.patient_id, minutes=entry.minutes, day=entry.day, activity=entry.activity)
    _open(desk, turn, open_view, replace(Pending.of(turn, (row,)), entry_id=entry.id, origin=origin))


def suggest(desk: Desk, turn: Turn, typed: str) -> list[dict[str, Any]]:
    """Options for the patient picker. Raises NotAllowed: who may not log is shown no patient."""
    demand(turn.actor, Action.LOG)
    with desk.database.read() as connection:
        first = turn.today - RECENT
        own = looks.own_entries(connection, turn.snapshot.practice.id, turn.actor.staff_id, first, turn.today)
    recent = list(dict.fromkeys(entry.patient_id for entry in reversed(own)))
    return form.options(turn, typed, recent)


def save(desk: Desk, turn: Turn, view: dict[str, Any]) -> dict[str, Any]:
    """Save what was filled in; gives what the ack carries: nothing closes the form, errors stand beside fields."""
    draft_id = view["private_metadata"]
    pending = resume(desk, turn, draft_id)
    if pending is None:
        text = "This form has expired. Nothing was saved; please open it again."
        return {"response_action": "update", "view": form.notice("Expired", text)}
    row, note, ticked = form.values(view)
    if errors := _errors(turn, row, note):
        return {"response_action": "errors", "errors": errors}
    if row.minutes and row.minutes > form.LONG and not ticked:
        again = form.view(turn, draft_id, row, editing=bool(pending.entry_id), confirm=True)
        return {"response_action": "update", "view": again}
    store(desk, pending.resumed(turn, draft_id), replace(pending, rows=(row,), note=note))
    return {}


def _errors(turn: Turn, row: EntryDraft, note: str | None) -> dict[str, str]:
    errors = form.problems(turn, row)
    try:
        refuse_sensitive(note or "")
    except CcmError as error:
        errors[form.NOTE] = f"{error} Please take it out."
    return errors


def _understood(turn: Turn, words: str) -> EntryDraft:
    if not words.strip():
        return EntryDraft()
    reading = understand(turn, words)
    rows = reading.entries or reading.draft
    return rows[0] if len(rows) == 1 else EntryDraft()


def _open(desk: Desk, turn: Turn, open_view: OpenView, pending: Pending) -> None:
    with desk.database.begin() as connection:
        request = replace(turn.request(), source_key=f"form:{turn.source_key}")
        draft_id = drafts.put(connection, desk.keyring, request, pending.dump())
    view = form.view(turn, draft_id, pending.rows[0], editing=bool(pending.entry_id))
    open_view(turn.trigger_id, view)


def not_opened(desk: Desk, turn: Turn) -> Answer:
    """What to say when Slack refused to open the form: beside the receipt or question, whose buttons are still good."""
    beside = turn if turn.surface is not Surface.BUTTON else replace(turn, carry=in_direct(turn.direct))
    return say(desk, beside, plainly(NO_FORM))
