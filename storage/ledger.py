"""The only writer of time. Rows are added, never changed: a correction is a reversing row and, where needed, a new one.

Every function runs in the caller's write transaction, in this order: claim the request's identity, lock the
patient-months, lock the audit chain, read, decide, write, refresh the projection, audit. `None` means the request has
acted before; whatever is raised undoes the whole transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from sqlalchemy import Connection

from ccm.access import Action, demand
from ccm.billing import PatientMonth, count_month, live
from ccm.errors import NothingToUndo
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
    act_id = acts.begin_act(connection, request, "log")
    if act_id is None:
        return None
    for draft in drafts:
        ledger_checks.check(connection, request, draft)
    months = _lock(connection, request, {_key(draft) for draft in drafts})
    words = _keep_words(connection, keyring, request, note)
    added = []
    for number, draft in enumerate(drafts):
        standing = months[_key(draft)]
        flags = ledger_checks.flags(request, draft, standing, confirmed=confirmed)
        entry = ledger_rows.add(connection, request, f"{act_id}.{number}", draft, words, flags=flags)
        standing.append(entry)
        added.append(entry)
    done = Done(act_id=act_id, kind="log", added=tuple(added), removed=(), months={})
    return _finish(connection, keyring, request, done, months)


def undo(connection: Connection, keyring: Keyring, request: Request, act_id: str | None = None) -> Done | None:
    """Take back one's last act, or the act named: its rows are reversed, rows it had reversed stand again.

    Raises: NothingToUndo, NotAllowed (another's act), Refused (closed month).
    """
    demand(request.actor, Action.LOG)
    if acts.earlier(connection, request):
        return None
    if (target := act_id or ledger_rows.last_act(connection, request)) is None:
        raise NothingToUndo("You have no entry to undo.", hint="`/ccm today` shows what you logged today.")
    ledger_checks.own_act(connection, request, target)
    own_id = acts.begin_act(connection, request, "undo", undoes_id=target)
    if own_id is None and acts.earlier(connection, request):
        return None  # the same request, delivered to two of us at once
    if own_id is None:
        raise NothingToUndo("That was undone already.", hint="Nothing was changed now.")
    rows = ledger_rows.of_act(connection, request.practice.id, target)
    months = _lock(connection, request, {_key(row) for row in rows})
    standing = {entry.id: entry for entries in months.values() for entry in live(entries)}
    removed = [standing[row.id] for row in rows if row.id in standing]
    if not removed:
        raise NothingToUndo("That entry was changed or undone already.", hint="Nothing was changed now.")
    for number, entry in enumerate(removed):
        ledger_checks.open_month(request, entry.day)
        row_id = f"{own_id}.{number}"
        months[_key(entry)].append(ledger_rows.reverse(connection, request, row_id, entry, reason="undo"))
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
    """Replace one entry: a reversing row and a new one. `changed` and `note` hold what is new; None keeps the old.

    Raises: NothingToUndo (it does not stand any more), NotAllowed (another's entry), Refused (day, month, minutes),
    UnknownPatient.
    """
    demand(request.actor, Action.LOG)
    act_id = acts.begin_act(connection, request, "edit")
    if act_id is None:
        return None
    row = ledger_checks.own_row(connection, request, entry_id)
    old, draft = projection.entry_from(row), _merge(ledger_rows.draft_of(row), changed)
    ledger_checks.check(connection, request, draft)
    ledger_checks.open_month(request, old.day)
    months = _lock(connection, request, {_key(old), _key(draft)})
    if old.id not in {entry.id for entry in live(months[_key(old)])}:
        raise NothingToUndo("That entry was changed or undone already.", hint="Nothing was changed now.")
    months[_key(old)].append(ledger_rows.reverse(connection, request, f"{act_id}.0", old, reason="edit"))
    words = _keep_words(connection, keyring, request, note)
    words = words if note else replace(words, note_cell_id=row["note_cell_id"], note_hash=row["note_hash"])
    flags = ledger_checks.flags(request, draft, months[_key(draft)], confirmed=True)
    added = ledger_rows.add(connection, request, f"{act_id}.1", draft, words, flags=flags)
    months[_key(draft)].append(added)
    done = Done(act_id=act_id, kind="edit", added=(added,), removed=(old,), months={})
    return _finish(connection, keyring, request, done, months)


def done_before(connection: Connection, request: Request) -> Done | None:
    """What this very request did when it first came, with the months as they stood right after; None when it is new.

    Told from the ledger alone: rows later than the act's own are left out of the count.
    """
    practice_id = request.practice.id
    if (known := acts.earlier(connection, request)) is None:
        return None
    act_id, kind = known
    rows = ledger_rows.of_act(connection, practice_id, act_id)
    reversed_ids = [row.reverses_id for row in rows if row.reverses_id]
    removed = [entry for each in reversed_ids if (entry := ledger_rows.get(connection, practice_id, each))]
    until = ledger_rows.last_seq(connection, practice_id, act_id)
    months = {
        key: count_month(projection.entries_of(connection, practice_id, key, until=until))
        for key in {_key(row) for row in rows}
    }
    added = tuple(row for row in rows if row.reverses_id is None)
    return Done(act_id=act_id, kind=kind, added=added, removed=tuple(removed), months=months)


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


def _merge(old: EntryDraft, changed: EntryDraft) -> EntryDraft:
    """The old row with what is given; its clock times hold only as long as its day and minutes do."""
    said = {each.name: getattr(changed, each.name) for each in fields(changed)}
    merged = replace(old, **{name: value for name, value in said.items() if value is not None and value is not False})
    if (merged.day, merged.minutes) == (old.day, old.minutes):
        return merged
    return replace(merged, start=changed.start, end=changed.end)


def _restore(
    connection: Connection, request: Request, own_id: str, target: str, months: dict[MonthKey, list[TimeEntry]]
) -> tuple[TimeEntry, ...]:
    """Undoing an edit puts the row it had replaced back, as a copy."""
    restored = []
    for number, row in enumerate(ledger_rows.reversed_by_edit(connection, request.practice.id, target)):
        ledger_checks.open_month(request, row.day)
        copy = ledger_rows.copy(connection, request, f"{own_id}.r{number}", row.id)
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
