"""A clinic at hand: its staff and patients, and the ledger's verbs, each in a transaction of its own."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from ccm.billing import PatientMonth, count_month
from ccm.months import ServiceMonth
from ccm.readings import EntryDraft
from ccm.records import Actor, CredentialKind, Practice, Role, Surface, TimeEntry
from storage import ledger, patients, people, practices, projection
from storage.acts import Request
from storage.database import Database
from storage.ledger import Done
from storage.patients import Person
from storage.schema import act, audit, patient_month, phi_cell, time_entry
from storage.schema import patient as patient_table
from storage.sealing import Keyring

HIRED = date(2020, 1, 1)
MARCH, FEBRUARY = ServiceMonth(2026, 3), ServiceMonth(2026, 2)
STAFF = {
    "nina": (CredentialKind.CLINICAL_STAFF, "RN", Role.MEMBER),
    "cora": (CredentialKind.CLINICAL_STAFF, "LPN", Role.COORDINATOR),
    "doc": (CredentialKind.QHP, "MD", Role.MEMBER),
    "fred": (CredentialKind.NON_CLINICAL, "front desk", Role.MEMBER),
    "bill": (CredentialKind.NON_CLINICAL, "billing", Role.BILLER),
}
PEOPLE = {
    "lopez": Person(mrn="0042", first="Maria", last="Lopez", born=date(1950, 3, 31)),
    "nguyen": Person(mrn="7781", first="Anh", last="Nguyen", born=date(1944, 12, 1)),
}


class Office:
    """One practice. Staff and patients go by the keys of `STAFF` and `PEOPLE`; days default to today's."""

    def __init__(self, database: Database, keyring: Keyring, practice_id: str, clock: Callable[[], datetime]) -> None:
        self.database, self.keyring, self.practice_id, self.clock = database, keyring, practice_id, clock
        self.keys = itertools.count(1)
        self.patients: dict[str, str] = {}
        self.actors: dict[str, Actor] = {}

    @classmethod
    def furnished(cls, *given: Any) -> Office:
        """An office with one nurse and all patients; others of the cast are hired when they first ask."""
        office = cls(*given)
        with office.database.begin() as connection:
            office._hire(connection, "nina", HIRED)
            for name, person in PEOPLE.items():
                office._admit(connection, name, person)
        office.reload()
        return office

    def hire(self, name: str, *, since: date = HIRED, **other: Any) -> None:
        """Put a member of the cast on the staff list, or change her credential from `since` on."""
        with self.database.begin() as connection:
            self._hire(connection, name, since, **other)
        self.reload()

    def admit(self, name: str, person: Person) -> str:
        """Import a patient."""
        with self.database.begin() as connection:
            return self._admit(connection, name, person)

    def _hire(self, connection: Connection, name: str, since: date, **other: Any) -> None:
        kind, title, role = STAFF[name]
        given = {"kind": kind, "title": title, "roles": [role], "name": name.title(), "user_id": user_id(name)} | other
        people.add(connection, practice_id=self.practice_id, since=since, now=self.clock(), **given)

    def _admit(self, connection: Connection, name: str, person: Person) -> str:
        outcome = patients.put(connection, self.keyring, self.practice_id, person, self.clock())
        index = self.keyring.blind_index(patients.normal_mrn(person.mrn))
        found = select(patient_table.c.id).where(
            patient_table.c.practice_id == self.practice_id, patient_table.c.mrn_index == index
        )
        self.patients[name] = connection.execute(found).scalar_one()
        return outcome

    def close(self, month: ServiceMonth | None) -> None:
        """Close a month, or reopen all."""
        closed = text("UPDATE practice SET closed_through = :month WHERE id = :practice_id")
        with self.database.begin() as connection:
            connection.execute(closed, {"month": str(month) if month else None, "practice_id": self.practice_id})
        self.reload()

    def reload(self) -> None:
        with self.database.read() as connection:
            self.practice: Practice = practices.load(connection, self.practice_id)[0]
            today = self.practice.day_of(self.clock())
            found = people.actors(connection, self.practice_id, today)
        self.actors = {name: found[user_id(name)] for name in STAFF if user_id(name) in found}

    def actor(self, name: str) -> Actor:
        """A member of the cast as the bot knows her now."""
        if name not in self.actors:
            self.hire(name)
        return self.actors[name]

    @property
    def today(self) -> date:
        return self.practice.day_of(self.clock())

    def request(self, by: str = "nina", key: str | None = None, said_at: datetime | None = None) -> Request:
        """A request nobody made before, or the one named by `key`."""
        return Request(
            practice=self.practice,
            actor=self.actor(by),
            source_key=key or f"cmd:{next(self.keys)}",
            surface=Surface.COMMAND,
            words="12m care plan Lopez",
            said_at=said_at or self.clock(),
            at=self.clock(),
        )

    def draft(self, minutes: int | None = 12, patient: str | None = "lopez", **other: Any) -> EntryDraft:
        given = {"day": self.today, "activity": "care_plan"} | other
        return EntryDraft(minutes=minutes, patient=self.patients.get(patient or "", patient), **given)

    def log(self, minutes: int = 12, patient: str = "lopez", *, by: str = "nina", key: str | None = None,
            said_at: datetime | None = None, note: str | None = None, confirmed: bool = False, **other: Any,
            ) -> Done | None:  # fmt: skip
        return self.log_all(
            self.draft(minutes, patient, **other), by=by, key=key, said_at=said_at, note=note, confirmed=confirmed
        )

    def log_all(self, *drafts: EntryDraft, by: str = "nina", key: str | None = None, said_at: datetime | None = None,
                **how: Any) -> Done | None:  # fmt: skip
        request = self.request(by, key, said_at)
        with self.database.begin() as connection:
            return ledger.log(connection, self.keyring, request, drafts, **how)

    def entry(self, minutes: int = 12, patient: str = "lopez", **other: Any) -> TimeEntry:
        """Log one row and give it."""
        done = self.log(minutes, patient, **other)
        assert done is not None
        return done.added[0]

    def undo(self, act_id: str | None = None, *, by: str = "nina", key: str | None = None) -> Done | None:
        request = self.request(by, key)
        with self.database.begin() as connection:
            return ledger.undo(connection, self.keyring, request, act_id)

    def edit(self, entry_id: str, *, by: str = "nina", key: str | None = None, note: str | None = None,
             patient: str | None = None, **changed: Any) -> Done | None:  # fmt: skip
        draft = EntryDraft(patient=patient and self.patients[patient], **changed)
        request = self.request(by, key)
        with self.database.begin() as connection:
            return ledger.edit(connection, self.keyring, request, entry_id, draft, note=note)

    def fresh(self, patient: str = "lopez", month: ServiceMonth = MARCH) -> PatientMonth:
        """The month counted anew from all its rows."""
        with self.database.read() as connection:
            key = (self.patients[patient], month)
            return count_month(projection.entries_of(connection, self.practice_id, key))

    def stored(self, patient: str = "lopez", month: ServiceMonth = MARCH) -> PatientMonth:
        """The month as the projection has it."""
        mine = patient_month.c.patient_id == self.patients[patient], patient_month.c.month == str(month)
        with self.database.read() as connection:
            row = connection.execute(select(patient_month).where(*mine)).mappings().first()
        names = ("staff_minutes", "qhp_minutes", "review_minutes", "other_minutes", "entries")
        return PatientMonth(**{name: row[name] for name in names}) if row else PatientMonth()

    def total(self, patient: str = "lopez", month: ServiceMonth = MARCH) -> int:
        """Minutes that count; the stored row and a fresh count must agree on all of it."""
        assert self.stored(patient, month) == self.fresh(patient, month)
        return self.stored(patient, month).counted

    def size(self, table: Table) -> int:
        """How many rows of this practice stand in a table."""
        with self.database.read() as connection:
            mine = table.c.practice_id == self.practice_id
            return connection.execute(select(func.count()).select_from(table).where(mine)).scalar_one()

    def sizes(self) -> list[int]:
        """How many rows the record has, table by table: the same before and after when nothing was written."""
        return [self.size(table) for table in (act, time_entry, audit, phi_cell)]

    def rows(self, table: Table) -> list[Any]:
        """All rows of a table, of whatever practice, in the order of its key."""
        with self.database.read() as connection:
            return list(connection.execute(select(table).order_by(*table.primary_key.columns)))


def user_id(name: str) -> str:
    """Slack's id of a member of the cast."""
    return f"U0{name.upper()}"


def at(day: str, clock: str = "16:00") -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=UTC)


def moved(entry: TimeEntry, **changed: Any) -> TimeEntry:
    """An entry that differs in what is given."""
    return replace(entry, **changed)
