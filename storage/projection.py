"""The stored result of `ccm.billing.count_month`: refreshed in every writing transaction, rebuilt by one command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from ccm.billing import RULE_VERSION, PatientMonth, count_month
from ccm.months import ServiceMonth
from ccm.records import CredentialKind, TimeEntry
from storage.prepared import Prepared
from storage.schema import patient_month, time_entry

MonthKey = tuple[str, ServiceMonth]
"""A patient's id and a service month."""

END_OF_LEDGER = 2**62
_KEY = ("practice_id", "patient_id", "month")
_COUNTS = ("staff_minutes", "qhp_minutes", "review_minutes", "other_minutes", "entries", "minutes_to_next")
_ZERO = dict.fromkeys(_COUNTS[:5], 0) | {"minutes_to_next": None, "rule_version": RULE_VERSION}

_ROW = {column.name: bindparam(column.name, type_=column.type) for column in patient_month.columns}
_sqlite_upsert = sqlite.insert(patient_month).values(_ROW)
_postgres_upsert = postgresql.insert(patient_month).values(_ROW)
_CHANGED = (*_COUNTS, "rule_version", "refreshed_at")
_UPSERT = Prepared(
    {
        "sqlite": _sqlite_upsert.on_conflict_do_update(
            index_elements=_KEY, set_={name: _sqlite_upsert.excluded[name] for name in _CHANGED}
        ),
        "postgresql": _postgres_upsert.on_conflict_do_update(
            index_elements=_KEY, set_={name: _postgres_upsert.excluded[name] for name in _CHANGED}
        ),
    }
)
_SEED = postgresql.insert(patient_month).values(_ROW).on_conflict_do_nothing()
_LOCK = (
    select(patient_month.c.month)
    .where(
        patient_month.c.practice_id == bindparam("practice_id"),
        patient_month.c.patient_id == bindparam("patient_id"),
        patient_month.c.month == bindparam("month"),
    )
    .with_for_update()
)
_CREDENTIALS = {kind.value: kind for kind in CredentialKind}
_t = time_entry.c
_ENTRIES = Prepared(
    select(
        _t.id, _t.patient_id, _t.staff_id, _t.day, _t.minutes, _t.activity, _t.credential, _t.reverses_id, _t.flags,
        _t.program, _t.clerical, _t.outcome, _t.entered_at,
    )
    .where(
        _t.practice_id == bindparam("practice_id"),
        _t.patient_id == bindparam("patient_id"),
        _t.month == bindparam("month"),
        _t.seq <= bindparam("until"),
    )
    .order_by(_t.seq)
)  # fmt: skip


def lock_months(connection: Connection, practice_id: str, keys: Iterable[MonthKey], now: datetime) -> None:
    """Make this transaction the only writer of these patient-months; locked in one order, so never a deadlock."""
    if connection.dialect.name == "sqlite":
        return  # one writer
    for patient_id, month in sorted(keys):
        key = {"practice_id": practice_id, "patient_id": patient_id, "month": str(month)}
        connection.execute(_SEED, key | _ZERO | {"refreshed_at": now})
        connection.execute(_LOCK, key)


def entries_of(
    connection: Connection, practice_id: str, key: MonthKey, *, until: int = END_OF_LEDGER
) -> list[TimeEntry]:
    """All ledger rows of a patient-month in ledger order, reversing ones too; as it stood at position `until`."""
    wanted = {"practice_id": practice_id, "patient_id": key[0], "month": str(key[1]), "until": until}
    return [entry_from(row) for row in _ENTRIES.all(connection, wanted)]


def entry_from(row: Mapping[str, Any] | RowMapping) -> TimeEntry:
    """A ledger row as a value."""
    return TimeEntry(
        id=row["id"],
        patient_id=row["patient_id"],
        staff_id=row["staff_id"],
        day=row["day"],
        minutes=row["minutes"],
        activity=row["activity"],
        credential=_CREDENTIALS[row["credential"]],
        reverses_id=row["reverses_id"],
        flags=frozenset(row["flags"].split(",")) if row["flags"] else frozenset(),
        program=row["program"],
        clerical=row["clerical"],
        outcome=row["outcome"],
        entered_at=row["entered_at"],
    )


def refresh(
    connection: Connection, practice_id: str, key: MonthKey, entries: Iterable[TimeEntry], now: datetime
) -> PatientMonth:
    """Count the month afresh from all its rows and store the result."""
    counted = count_month(entries)
    row = {"practice_id": practice_id, "patient_id": key[0], "month": str(key[1]), "refreshed_at": now}
    row |= {name: getattr(counted, name) for name in _COUNTS} | {"rule_version": RULE_VERSION}
    _UPSERT.run(connection, row)
    return counted
