"""The form to log or edit an entry: a modal, and modals show codes only, never names."""

from __future__ import annotations

from datetime import date
from typing import Any

from ccm.activities import LABELS
from ccm.finding import age_band, search
from ccm.readings import EntryDraft
from ccm.roster import RosterPatient
from handlers.answers import Block, says, small
from handlers.turns import Turn

SAVE, SUGGEST = "form.save", "form.patient"
PATIENT, MINUTES, ACTIVITY, DAY, NOTE, CONFIRM = "patient", "minutes", "activity", "day", "note", "confirm"
MOST_OPTIONS = 100
NOTE_MOST = 500
LONG = 60


def view(turn: Turn, draft_id: str, row: EntryDraft, *, editing: bool, confirm: bool = False) -> dict[str, Any]:
    """The modal, pre-filled with what is known; `confirm` adds the tick for more than an hour."""
    chosen = turn.snapshot.roster.get(row.patient) if row.patient else None
    blocks = [_patient(turn, chosen), _minutes(row), _activity(row), _day(row.day or turn.today)]
    blocks.append(_input(NOTE, "Note", _note(), optional=True))
    if confirm:
        blocks.append(_input(CONFIRM, "More than an hour in one entry", _confirm(), optional=True))
    blocks.append(small("Please no phone number, birth date or social security number in the note."))
    return {
        "type": "modal",
        "callback_id": SAVE,
        "private_metadata": draft_id,
        "title": _plain("Edit entry" if editing else "Log care time"),
        "submit": _plain("Save"),
        "close": _plain("Cancel"),
        "blocks": blocks,
    }


def notice(title: str, text: str) -> dict[str, Any]:
    """A modal that only says something."""
    return {"type": "modal", "title": _plain(title), "close": _plain("Close"), "blocks": [says(text)]}


def values(view_state: dict[str, Any]) -> tuple[EntryDraft, str | None, bool]:
    """What was filled in: the row, the note, and whether the tick for more than an hour was set."""
    state = view_state["state"]["values"]
    patient = (_of(state, PATIENT, "selected_option") or {}).get("value")
    activity = (_of(state, ACTIVITY, "selected_option") or {}).get("value")
    day = _of(state, DAY, "selected_date")
    minutes = _of(state, MINUTES, "value")
    row = EntryDraft(
        patient=patient,
        minutes=int(minutes) if minutes and minutes.isdecimal() else None,
        day=date.fromisoformat(day) if day else None,
        activity=activity,
    )
    ticked = bool(_of(state, CONFIRM, "selected_options"))
    return row, (_of(state, NOTE, "value") or "").strip() or None, ticked


def problems(turn: Turn, row: EntryDraft) -> dict[str, str]:
    """What is wrong, by block, to stand beside the field."""
    found = {}
    if row.patient is None or turn.snapshot.roster.get(row.patient) is None:
        found[PATIENT] = "Choose a patient from the list."
    if row.minutes is None or not 0 < row.minutes < 24 * 60:
        found[MINUTES] = "Whole minutes, at least 1 and less than a day."
    if row.day is None or row.day > turn.today:
        found[DAY] = "Choose today or a day before."
    elif turn.actor.credential_on(row.day) is None:
        found[DAY] = "You were not on the staff list on that day."
    elif turn.snapshot.practice.closed_through and str(turn.snapshot.practice.closed_through) >= f"{row.day:%Y-%m}":
        found[DAY] = "That month is closed. A supervisor can approve a late correction."
    return found


def options(turn: Turn, typed: str, recent: list[str]) -> list[Block]:
    """Patients for the picker: code and age band; without anything typed, the person's own recent ones."""
    roster = turn.snapshot.roster
    found = search(roster, typed, MOST_OPTIONS) if typed.strip() else [p for i in recent if (p := roster.get(i))]
    return [_option(turn, patient) for patient in found[:MOST_OPTIONS]]


def _option(turn: Turn, patient: RosterPatient) -> Block:
    return {"text": _plain(f"{patient.code} · {age_band(patient.born, turn.today)}"), "value": patient.id}


def _patient(turn: Turn, chosen: RosterPatient | None) -> Block:
    element: Block = {"type": "external_select", "action_id": SUGGEST, "min_query_length": 0}
    element["placeholder"] = _plain("Type a name, code or MRN")
    if chosen:
        element["initial_option"] = _option(turn, chosen)
    return _input(PATIENT, "Patient", element, hint="Here only codes are shown.")


def _minutes(row: EntryDraft) -> Block:
    element: Block = {"type": "number_input", "action_id": MINUTES, "is_decimal_allowed": False, "min_value": "1"}
    if row.minutes:
        element["initial_value"] = str(row.minutes)
    return _input(MINUTES, "Minutes", element | {"max_value": "1439"})


def _activity(row: EntryDraft) -> Block:
    listed = [{"text": _plain(label), "value": slug} for slug, label in LABELS.items()]
    element: Block = {"type": "static_select", "action_id": ACTIVITY, "options": listed}
    element["placeholder"] = _plain("What was it?")
    if row.activity:
        element["initial_option"] = {"text": _plain(LABELS[row.activity]), "value": row.activity}
    return _input(ACTIVITY, "Activity", element, optional=True)


def _day(day: date) -> Block:
    return _input(DAY, "Day", {"type": "datepicker", "action_id": DAY, "initial_date": day.isoformat()})


def _note() -> Block:
    return {"type": "plain_text_input", "action_id": NOTE, "multiline": True, "max_length": NOTE_MOST}


def _confirm() -> Block:
    tick = {"text": _plain("Yes, the minutes are right"), "value": "yes"}
    return {"type": "checkboxes", "action_id": CONFIRM, "options": [tick]}


def _input(block_id: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Block:
    block = {"type": "input", "block_id": block_id, "label": _plain(label), "element": element, "optional": optional}
    return block | ({"hint": _plain(hint)} if hint else {})


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def _of(state: dict[str, Any], block_id: str, key: str) -> Any:
    elements = state.get(block_id) or {}
    return next((element.get(key) for element in elements.values()), None)
