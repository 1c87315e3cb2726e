"""The only writer of time. Rows are added, never changed: a correction is a reversing row and, where needed, a new one.

Every function runs in the caller's write transaction, in this order: claim the request's identity, lock the
patient-months, lock the audit chain, read, decide, write, refresh the projection, audit. `None` means the request has
acted before; whatever is raised undoes the whole transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from ccm.access import Action, demand
from ccm.billing import PatientMonth, live
from ccm.errors import NotAllowed, NothingToUndo
from ccm.months import ServiceMonth
from ccm.readings import EntryDraft
from ccm.records import TimeEntry
from storage import acts, audit, cells, ledger_checks, ledger_rows, projection
from storage.acts import Request
from storage.ledger_rows import Words
from storage.projection import MonthKey
from storage.sealing import Keyring


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What an act did: rows now standing, rows taken out, and the months it touched as they are after it."""

    act_id: str
    kind: str
    added: tuple[TimeEntry, ...]
    removed: tuple[TimeEntry, ...]
    months: dict[MonthKey, PatientMonth]


def log(
    connection: Connection,
    keyring: Keyring,
    request: Request,
    drafts: Sequence[EntryDraft],
    *,
    note: str | None = None,
    confirmed: bool = False,
) -> Done | None:
    """Store the rows of one sentence, all or none.

    confirmed: the person has answered the question whether a repeated entry is meant.
    Raises: NotAllowed, Refused (day, month, minutes), Duplicate (ask first), UnknownPatient.
    """
    demand(request.actor, Action.LOG)
    for draft in drafts:
        ledger_checks.check(request, draft)
    act_id = acts.begin_act(connection, request, "log")
    if act_id is None:
        return None
    months = _lock(connection, request, {_key(draft) for draft in drafts})
    words = _keep_words(connection, keyring, request, note)
    added = []
    for draft in drafts:
        standing = months[_key(draft)]
        flags = ledger_checks.flags(request, draft, standing, confirmed=confirmed)
        entry = ledger_rows.add(connection, request, act_id, draft, words, flags=flags)
        standing.append(entry)
        added.append(entry)
    return _finish(
        connection, keyring, request, Done(act_id=act_id, kind="log", added=tuple(added), removed=(), months={}), months
    )


def undo(connection: Connection, keyring: Keyring, request: Request, act_id: str | None = None) -> Done | None:
    """Take back one's last act, or the act named: its rows are reversed, rows it had reversed stand again.

    Raises: NothingToUndo, NotAllowed (another's act), Refused (closed month).
    """
    demand(request.actor, Action.LOG)
    if acts.has_acted(connection, request):
        return None
    if (target := act_id or ledger_rows.last_act(connection, request)) is None:
        raise NothingToUndo("You have no entry to undo.", hint="`/ccm today` shows what you logged today.")
    own_id = acts.begin_act(connection, request, "undo", undoes_id=target)
    if own_id is None:
        raise NothingToUndo("That was undone already.", hint="Nothing was changed now.")
    ledger_checks.own_act(connection, request, target)
    rows = ledger_rows.of_act(connection, request.practice.id, target)
    months = _lock(connection, request, {_key(row) for row in rows})
    standing = {entry.id: entry for entries in months.values() for entry in live(entries)}
    removed = [standing[row.id] for row in rows if row.id in standing]
    if not removed:
        raise NothingToUndo("That entry was changed or undone already.", hint="Nothing was changed now.")
    for entry in removed:
        ledger_checks.open_month(request, entry.day)
        months[_key(entry)].append(ledger_rows.reverse(connection, request, own_id, entry, reason="undo"))
    added = _restore(connection, request, own_id, target, months)
    done = Done(act_id=own_id, kind="undo", added=added, removed=tuple(removed), months={})
    return _finish(connection, keyring, request, done, months)


def edit(
    connection: Connection,
    keyring: Keyring,
    request: Request,
    entry_id: str,
    changed: EntryDraft,
    *,
    note: str | None = None,
) -> Done | None:
    """Replace one entry: a reversing row and a new one. `changed` holds the new values; None in it keeps the old.

    Raises: NothingToUndo (it does not stand any more), NotAllowed (another's entry), Refused (day, month, minutes).
    """
    demand(request.actor, Action.LOG)
    old = ledger_rows.get(connection, request.practice.id, entry_id)
    if old is None:
        raise NothingToUndo("That entry is not there.", hint="Nothing was changed.")
    if request.actor.staff_id not in (old.staff_id, ledger_rows.entered_by(connection, request.practice.id, entry_id)):
        raise NotAllowed("That entry is a colleague's.", hint="Nothing was changed. Ask the person who logged it.")
    draft = _merge(old, changed)
    ledger_checks.check(request, draft)
    ledger_checks.open_month(request, old.day)
    act_id = acts.begin_act(connection, request, "edit")
    if act_id is None:
        return None
    months = _lock(connection, request, {_key(old), _key(draft)})
    if old.id not in {entry.id for entry in live(months[_key(old)])}:
        raise NothingToUndo("That entry was changed or undone already.", hint="Nothing was changed now.")
    months[_key(old)].append(ledger_rows.reverse(connection, request, act_id, old, reason="edit"))
    words = _keep_words(connection, keyring, request, note)
    flags = ledger_checks.flags(request, draft, months[_key(draft)], confirmed=True)
    added = ledger_rows.add(connection, request, act_id, draft, words, flags=flags)
    months[_key(draft)].append(added)
    done = Done(act_id=act_id, kind="edit", added=(added,), removed=(old,), months={})
    return _finish(connection, keyring, request, done, months)


def _key(row: TimeEntry | EntryDraft) -> MonthKey:
    patient = row.patient_id if isinstance(row, TimeEntry) else row.patient
    assert patient is not None
    assert row.day is not None
    return patient, ServiceMonth.of(row.day)


def _lock(connection: Connection, request: Request, keys: set[MonthKey]) -> dict[MonthKey, list[TimeEntry]]:
    """Lock the months, then the chain, and only then read."""
    projection.lock_months(connection, request.practice.id, keys, request.at)
    audit.lock_chain(connection, request.practice.id)
    return {key: projection.entries_of(connection, request.practice.id, key) for key in keys}


def _keep_words(connection: Connection, keyring: Keyring, request: Request, note: str | None) -> Words:
    practice_id = request.practice.id
    said = cells.keep(connection, keyring, practice_id=practice_id, kind="words", text=request.words)
    noted = cells.keep(connection, keyring, practice_id=practice_id, kind="note", text=note) if note else (None, None)
    return Words(*said, *noted)


def _merge(old: TimeEntry, changed: EntryDraft) -> EntryDraft:
    return replace(
        changed,
        patient=changed.patient or old.patient_id,
        minutes=old.minutes if changed.minutes is None else changed.minutes,
        day=changed.day or old.day,
        activity=changed.activity or old.activity,
        outcome=changed.outcome or old.outcome,
        program=changed.program or old.program,
        clerical=changed.clerical or old.clerical,
    )


def _restore(
    connection: Connection, request: Request, own_id: str, target: str, months: dict[MonthKey, list[TimeEntry]]
) -> tuple[TimeEntry, ...]:
    """Undoing an edit puts the row it had replaced back, as a copy."""
    restored = []
    for row in ledger_rows.reversed_by_edit(connection, request.practice.id, target):
        copy = ledger_rows.copy(connection, request, own_id, row.id)
        months.setdefault(_key(copy), []).append(copy)
        restored.append(copy)
    return tuple(restored)


def _finish(
    connection: Connection, keyring: Keyring, request: Request, done: Done, months: dict[MonthKey, list[TimeEntry]]
) -> Done:
    counted = {
        key: projection.refresh(connection, request.practice.id, key, entries, request.at)
        for key, entries in months.items()
    }
    audit.append(
        connection,
        keyring,
        practice_id=request.practice.id,
        at=request.at,
        actor=request.actor.staff_id,
        action=f"time.{done.kind}",
        object_kind="act",
        object_id=done.act_id,
        details={
            "added": [[e.id, e.patient_id, e.day.isoformat(), e.minutes] for e in done.added],
            "removed": [e.id for e in done.removed],
            "surface": request.surface.value,
        },
    )
    return replace(done, months=counted)
