"""Reading the record for screens: a person's day, a patient's month. Every look at a patient is itself audited."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, bindparam, select

from ccm.billing import PatientMonth, count_month, live
from ccm.months import ServiceMonth
from ccm.records import TimeEntry
from storage import audit, projection
from storage.acts import Request
from storage.projection import entry_from
from storage.schema import time_entry
from storage.sealing import Keyring

_DAY = (
    select(time_entry)
    .where(
        time_entry.c.practice_id == bindparam("practice_id"),
        time_entry.c.staff_id == bindparam("staff_id"),
        time_entry.c.day >= bindparam("first"),
        time_entry.c.day <= bindparam("last"),
    )
    .order_by(time_entry.c.seq)
)


def own_entries(connection: Connection, practice_id: str, staff_id: str, first: date, last: date) -> list[TimeEntry]:
    """The standing entries of one person from `first` through `last`, in the order they were made."""
    key = {"practice_id": practice_id, "staff_id": staff_id, "first": first, "last": last}
    return live(entry_from(row) for row in connection.execute(_DAY, key).mappings())


def patient_month(
    connection: Connection, keyring: Keyring, request: Request, patient_id: str, month: ServiceMonth
) -> tuple[list[TimeEntry], PatientMonth]:
    """A patient's standing entries and their count, with an audit row that this person looked."""
    rows = projection.entries_of(connection, request.practice.id, (patient_id, month))
    audit.append(
        connection,
        keyring,
        practice_id=request.practice.id,
        at=request.at,
        actor=request.actor.staff_id,
        action="patient.looked",
        object_kind="patient",
        object_id=patient_id,
        details={"month": str(month), "surface": request.surface.value},
    )
    return live(rows), count_month(rows)
