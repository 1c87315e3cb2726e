"""The question back: what was understood, buttons for what is open. Until one is pressed nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from ccm.access import Action, demand
from ccm.activities import label
from ccm.errors import Duplicate, Refused
from ccm.readings import About, Ask, EntryDraft
from handlers.answers import Answer, Block, actions, button, plainly, says, small
from handlers.cards import MOST_LINES, day_text, plain_who, who
from handlers.conduct import ALREADY, CANCELLED, conduct, given, record
from handlers.pending import Pending, fill, is_open
from handlers.turns import Desk, Turn
from storage import acts, drafts, ledger

PICK, YES, FORM, CANCEL = "ask.pick", "ask.yes", "ask.form", "ask.cancel"
MOST_BUTTONS = 20
OFFERED_MINUTES = (5, 10, 15, 20, 30)
NOT_YET = "Nothing is saved yet. This question expires in 30 minutes."
TWICE = Ask(about=About.CONFIRM, question="You logged the same entry moments ago. Was this a second one?")


def store(desk: Desk, turn: Turn, pending: Pending) -> Answer:
    """Write the rows, or change the entry being edited; when the same stands already from moments ago, ask instead."""

    def act(connection: Connection) -> ledger.Done | None:
        request, rows, note = turn.request(), pending.rows, pending.note
        if pending.entry_id:
            return ledger.edit(connection, desk.keyring, request, pending.entry_id, rows[0], note=note)
        return ledger.log(connection, desk.keyring, request, rows, note=note, confirmed=pending.confirmed)

    try:
        return conduct(desk, turn, record(desk, turn, act))
    except Duplicate:
        asked_turn = replace(turn, source_key=f"{turn.source_key}|twice")  # the receipt is a message of its own
        return question(desk, asked_turn, replace(pending, ask=TWICE))


def question(desk: Desk, turn: Turn, pending: Pending) -> Answer:
    """Ask about what is open; the state waits in a draft. Who may not log is not asked: the choices are patients."""

    def work(connection: Connection) -> Answer:
        demand(turn.actor, Action.LOG)
        return _asked(desk, connection, turn, pending)

    return conduct(desk, turn, work)


def with_question(desk: Desk, turn: Turn, pending: Pending, saved: Answer) -> Answer:
    """What was clear is saved and said; what is doubtful is asked about in the same breath."""
    asked_turn = replace(turn, source_key=f"{turn.source_key}|ask")
    asked = question(desk, asked_turn, pending)
    return Answer(text=saved.text, blocks=(*saved.blocks, {"type": "divider"}, *asked.blocks))


def resume(desk: Desk, turn: Turn, draft_id: str) -> Pending | None:
    """The state of a question, or None when it has expired or is somebody else's."""
    with desk.database.read() as connection:
        kept = drafts.get(connection, desk.keyring, turn.request(), draft_id)
    return Pending.load(kept) if kept else None


def picked(desk: Desk, turn: Turn, value: str) -> Answer:
    """A button that fills one open field was pressed; `value` is "draft field index"."""
    draft_id, field, index = value.split(" ")
    pending = resume(desk, turn, draft_id)
    if pending is None or pending.ask is None:
        return _gone(desk, turn)
    chosen = {
        "patient": pending.ask.candidates,
        "minutes": pending.ask.minutes or OFFERED_MINUTES,
        "day": _days(pending.ask, turn),
    }[field][int(index)]
    place = next(i for i, row in enumerate(pending.rows) if getattr(row, field) is None)
    rows = list(pending.rows)
    rows[place] = fill(rows[place], **{field: chosen})
    return go_on(desk, turn, draft_id, replace(pending, rows=tuple(rows), ask=None))


def confirmed(desk: Desk, turn: Turn, draft_id: str) -> Answer:
    """ "Yes, log it" was pressed."""
    pending = resume(desk, turn, draft_id)
    if pending is None:
        return _gone(desk, turn)
    return go_on(desk, turn, draft_id, replace(pending, confirmed=True, ask=None))


def cancelled(desk: Desk, turn: Turn, draft_id: str) -> Answer:
    """ "Never mind" was pressed: nothing can be saved by this question any more, nor is it denied if it was."""
    pending = resume(desk, turn, draft_id)
    if pending is None:
        return _gone(desk, turn)
    closing = pending.resumed(turn, draft_id)

    def work(connection: Connection) -> Answer:
        act_id = acts.begin_act(connection, closing.request(), "cancel")
        if act_id is None:
            return given(closing, connection) or plainly(ALREADY)
        return plainly(CANCELLED)

    return conduct(desk, closing, work)


def go_on(desk: Desk, turn: Turn, draft_id: str, pending: Pending) -> Answer:
    """Store when everything is known, else ask about the next open field."""
    pending = replace(pending, root=pending.root or draft_id)
    about = next((open_field(row) for row in pending.rows if is_open(row)), None)
    if about is not None:
        return question(desk, turn, replace(pending, ask=Ask(about=about, question=_QUESTIONS[about])))
    return store(desk, pending.resumed(turn, draft_id), pending)


def open_field(row: EntryDraft) -> About:
    """What to ask first about an open row."""
    if row.patient is None:
        return About.PATIENT
    return About.MINUTES if row.minutes is None else About.DATE


_QUESTIONS = {
    About.PATIENT: "Which patient was it?",
    About.MINUTES: "How many minutes was it?",
    About.DATE: "Which day was it?",
}


def _gone(desk: Desk, turn: Turn) -> Answer:
    def refuse(_connection: Connection) -> Answer:
        raise Refused("This question has expired.", hint="Nothing was saved; please say it again.")

    return conduct(desk, turn, refuse)


def _asked(desk: Desk, connection: Connection, turn: Turn, pending: Pending) -> Answer:
    draft_id = drafts.put(connection, desk.keyring, turn.request(), pending.dump())
    assert pending.ask is not None
    understood = [says(_row_text(turn, row)) for row in pending.rows[:MOST_LINES]]
    blocks = (
        says(f":grey_question: *{pending.ask.question}*"),
        *understood,
        *_choices(turn, draft_id, pending),
        small(NOT_YET),
    )
    return Answer(text="One question about CCM time", blocks=blocks)


def _row_text(turn: Turn, row: EntryDraft) -> str:
    parts = [
        f"*{row.minutes} min*" if row.minutes else "_how many minutes?_",
        label(row.activity),
        who(turn.snapshot, row.patient) if row.patient else "_which patient?_",
        day_text(row.day, turn.today) if row.day else "_which day?_",
    ]
    return "I understood: " + " · ".join(parts)


def _choices(turn: Turn, draft_id: str, pending: Pending) -> list[Block]:
    ask = pending.ask
    assert ask is not None
    fields = {About.PATIENT: "patient", About.MINUTES: "minutes", About.DATE: "day"}
    labels = {
        About.PATIENT: [plain_who(turn.snapshot, each) for each in ask.candidates[:MOST_BUTTONS]],
        About.MINUTES: [f"{minutes} min" for minutes in ask.minutes or OFFERED_MINUTES],
        About.DATE: [day_text(day, turn.today).capitalize() for day in _days(ask, turn)],
    }.get(ask.about, [])
    picks = [
        button(text, f"{PICK}.{n}", f"{draft_id} {fields[ask.about]} {n}")
        for n, text in enumerate(labels)
        if any(getattr(row, fields[ask.about]) is None for row in pending.rows)
    ]
    may_confirm = ask.about is About.CONFIRM and not any(is_open(row) for row in pending.rows)
    last = [button("Yes, log it", YES, draft_id, style="primary")] if may_confirm else []
    if len(pending.rows) == 1:
        last.append(button("Fill in a form", FORM, draft_id))
    last.append(button("Never mind", CANCEL, draft_id))
    return ([actions(*picks)] if picks else []) + [actions(*last)]


def _days(ask: Ask, turn: Turn) -> tuple[date, ...]:
    return ask.days or (turn.today, turn.today - timedelta(days=1))
