"""Rows of the ledger table in and out; `ledger.py` decides, this module only writes and reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, exists, select

from ccm.months import ServiceMonth
from ccm.readings import EntryDraft
from ccm.records import TimeEntry
from storage.acts import Request
from storage.prepared import Prepared, insert_of
from storage.projection import entry_from
from storage.schema import act, time_entry


@dataclass(frozen=True, slots=True)
class Words:
    """Cells of an act's original words and note, each with its keyed hash."""

    words_cell_id: str | None
    words_hash: bytes | None
    note_cell_id: str | None = None
    note_hash: bytes | None = None


LOOK_BACK = timedelta(days=92)
"""How far back, by service date, "my last entry" is looked for; older ones are named, not last."""
_INSERT = Prepared(insert_of(time_entry, *(column.name for column in time_entry.columns if column.name != "seq")))
_of_practice = time_entry.c.practice_id == bindparam("practice_id")
_ONE = select(time_entry).where(_of_practice, time_entry.c.id == bindparam("entry_id"))
_OF_ACT = (
    select(time_entry)
    .where(_of_practice, time_entry.c.id >= bindparam("from_id"), time_entry.c.id < bindparam("to_id"))
    .order_by(time_entry.c.seq)
)
_undone = exists().where(act.c.practice_id == time_entry.c.practice_id, act.c.undoes_id == time_entry.c.act_id)
_reversing = time_entry.alias("reversing")
_gone = exists().where(
    _reversing.c.practice_id == time_entry.c.practice_id, _reversing.c.reverses_id == time_entry.c.id
)
_LAST_LIVE = (
    select(time_entry.c.id, time_entry.c.act_id)
    .where(
        _of_practice, time_entry.c.staff_id == bindparam("staff_id"), time_entry.c.day >= bindparam("since"),
        time_entry.c.entered_by_id == bindparam("staff_id"), time_entry.c.reverses_id.is_(None), ~_gone, ~_undone,
    )
    .order_by(time_entry.c.seq.desc())
    .limit(1)
)  # fmt: skip


def add(
    connection: Connection, request: Request, row_id: str, draft: EntryDraft, words: Words, *, flags: frozenset[str]
) -> TimeEntry:
    """Write one new row from a checked draft."""
    assert draft.day is not None  # checked before
    credential = request.actor.credential_on(draft.day)
    assert credential is not None
    row = _stamp(request, row_id) | {
        "patient_id": draft.patient,
        "staff_id": request.actor.staff_id,
        "day": draft.day,
        "month": str(ServiceMonth.of(draft.day)),
        "minutes": draft.minutes,
        "start_minute": _minute(draft.start),
        "end_minute": _minute(draft.end),
        "activity": draft.activity,
        "outcome": draft.outcome,
        "program": draft.program,
        "clerical": draft.clerical,
        "credential": credential.kind.value,
        "title": credential.title,
        "words_cell_id": words.words_cell_id,
        "words_hash": words.words_hash,
        "note_cell_id": words.note_cell_id,
        "note_hash": words.note_hash,
        "reverses_id": None,
        "reason": None,
        "flags": ",".join(sorted(flags)),
    }
    _INSERT.run(connection, row)
    return entry_from(row)


def reverse(connection: Connection, request: Request, row_id: str, entry: TimeEntry, *, reason: str) -> TimeEntry:
    """Write the row that takes `entry` out: same patient, day and minutes, pointing at it."""
    return _again(connection, request, row_id, entry.id, reverses_id=entry.id, reason=reason)


def copy(connection: Connection, request: Request, row_id: str, entry_id: str) -> TimeEntry:
    """Write a row like an earlier one, standing again after an undo."""
    return _again(connection, request, row_id, entry_id, reverses_id=None, reason="restored")


def get(connection: Connection, practice_id: str, entry_id: str) -> TimeEntry | None:
    """One row, or None for an id that is not of this practice."""
    row = find(connection, practice_id, entry_id)
    return entry_from(row) if row else None


def find(connection: Connection, practice_id: str, entry_id: str) -> RowMapping | None:
    """One row with all its columns, or None for an id that is not of this practice."""
    return connection.execute(_ONE, {"practice_id": practice_id, "entry_id": entry_id}).mappings().first()


def draft_of(row: RowMapping) -> EntryDraft:
    """What a person once said, as a draft that may be changed."""
    return EntryDraft(
        patient=row["patient_id"],
        minutes=row["minutes"],
        day=row["day"],
        activity=row["activity"],
        start=_clock(row["start_minute"]),
        end=_clock(row["end_minute"]),
        outcome=row["outcome"],
        program=row["program"],
        clerical=row["clerical"],
    )


def of_act(connection: Connection, practice_id: str, act_id: str) -> list[TimeEntry]:
    """All rows of one act in ledger order."""
    return [entry_from(row) for row in _rows(connection, practice_id, act_id)]


def last_seq(connection: Connection, practice_id: str, act_id: str) -> int:
    """The ledger position of an act's last row."""
    return max((int(row["seq"]) for row in _rows(connection, practice_id, act_id)), default=0)


def reversed_by_edit(connection: Connection, practice_id: str, act_id: str) -> list[TimeEntry]:
    """The rows an edit had replaced."""
    rows = _rows(connection, practice_id, act_id)
    gone = [row["reverses_id"] for row in rows if row["reverses_id"] and row["reason"] == "edit"]
    return [entry for entry_id in gone if (entry := get(connection, practice_id, entry_id))]


def last_act(connection: Connection, request: Request) -> str | None:
    """The person's last act that still has a standing row."""
    return _last(connection, request, "act_id")


def last_entry(connection: Connection, request: Request) -> str | None:
    """The person's last standing row."""
    return _last(connection, request, "id")


def _rows(connection: Connection, practice_id: str, act_id: str) -> Sequence[RowMapping]:
    key = {"practice_id": practice_id, "from_id": f"{act_id}.", "to_id": f"{act_id}/"}
    return connection.execute(_OF_ACT, key).mappings().all()


def _last(connection: Connection, request: Request, column: str) -> str | None:
    since = request.today - LOOK_BACK
    key = {"practice_id": request.practice.id, "staff_id": request.actor.staff_id, "since": since}
    row = connection.execute(_LAST_LIVE, key).first()
    return getattr(row, column) if row else None


def _again(
    connection: Connection, request: Request, row_id: str, entry_id: str, *, reverses_id: str | None, reason: str
) -> TimeEntry:
    key = {"practice_id": request.practice.id, "entry_id": entry_id}
    old = connection.execute(_ONE, key).mappings().one()
    row = {column: value for column, value in old.items() if column != "seq"}
    row |= _stamp(request, row_id) | {"reverses_id": reverses_id, "reason": reason}
    _INSERT.run(connection, row)
    return entry_from(row)


def _stamp(request: Request, row_id: str) -> dict[str, Any]:
    return {
        "practice_id": request.practice.id,
        "id": row_id,
        "act_id": row_id.partition(".")[0],
        "entered_by_id": request.actor.staff_id,
        "surface": request.surface.value,
        "source_key": request.source_key,
        "entered_at": request.at,
    }


def _minute(clock: time | None) -> int | None:
    return None if clock is None else clock.hour * 60 + clock.minute


def _clock(minute: int | None) -> time | None:
    return None if minute is None else time(*divmod(minute, 60))
