"""Patients: who they are stands sealed in a cell of their own; the row holds code, status and the MRN's keyed hash."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from ccm.roster import RosterPatient
from storage import cells, practices
from storage.ids import new_code, new_id
from storage.schema import patient, phi_cell
from storage.sealing import Keyring, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What a practice knows of a patient's identity. `mrn` is text with its leading zeros."""

    mrn: str
    first: str
    last: str
    preferred: str | None = None
    suffix: str | None = None
    born: date | None = None
    deceased: bool = False


_BY_MRN = select(patient).where(
    patient.c.practice_id == bindparam("practice_id"), patient.c.mrn_index == bindparam("mrn_index")
)
_ROWS = select(patient.c.id, patient.c.code, patient.c.person_cell_id, patient.c.status).where(
    patient.c.practice_id == bindparam("practice_id")
)
_CELLS = select(phi_cell.c.id, phi_cell.c.key_id, phi_cell.c.sealed).where(
    phi_cell.c.practice_id == bindparam("practice_id"), phi_cell.c.id.in_(bindparam("cell_ids", expanding=True))
)
CHUNK = 500
"""Cells opened per statement."""


def put(connection: Connection, keyring: Keyring, practice_id: str, person: Person, now: datetime) -> str:
    """Add or update one patient by MRN; gives "new", "changed" or "unchanged". The caller bumps the roster version."""
    mrn_index = keyring.blind_index(normal_mrn(person.mrn))
    key: dict[str, Any] = {"practice_id": practice_id, "mrn_index": mrn_index}
    row = connection.execute(_BY_MRN, key).first()
    text = _dump(person)
    if row is None:
        cell_id, _ = cells.keep(connection, keyring, practice_id=practice_id, kind="person", text=text)
        status = "deceased" if person.deceased else "active"
        values = key | {"id": new_id(), "person_cell_id": cell_id, "status": status, "created_at": now}
        connection.execute(insert(patient), values | {"code": _free_code(connection, practice_id)})
        return "new"
    status = "deceased" if person.deceased else row.status
    if status == row.status and text == cells.read(
        connection, keyring, practice_id=practice_id, cell_id=row.person_cell_id
    ):
        return "unchanged"
    cell_id, _ = cells.keep(connection, keyring, practice_id=practice_id, kind="person", text=text)
    mine = (patient.c.practice_id == practice_id) & (patient.c.id == row.id)
    connection.execute(update(patient).where(mine).values(person_cell_id=cell_id, status=status))
    return "changed"


def normal_mrn(mrn: str) -> str:
    """The form in which two MRNs are compared: leading zeros matter, case and blanks do not."""
    return "".join(mrn.split()).upper()


def roster(
    connection: Connection, keyring: Keyring, practice_id: str, opened: dict[str, RosterPatient]
) -> dict[str, RosterPatient]:
    """All patients by cell id; cells in `opened` (an earlier answer) are not opened again."""
    found = {row.person_cell_id: row for row in connection.execute(_ROWS, {"practice_id": practice_id})}
    people = {cell_id: opened[cell_id] for cell_id in found.keys() & opened.keys()}
    closed = sorted(found.keys() - opened.keys())
    for start in range(0, len(closed), CHUNK):
        wanted = {"practice_id": practice_id, "cell_ids": closed[start : start + CHUNK]}
        for cell_id, key_id, sealed in connection.execute(_CELLS, wanted):
            text = keyring.open(Sealed(key_id, sealed), practice_id=practice_id, kind="person", row_id=cell_id)
            people[cell_id] = _roster_patient(found[cell_id].id, found[cell_id].code, json.loads(text))
    return people


def _roster_patient(patient_id: str, code: str, known: dict[str, Any]) -> RosterPatient:
    born = known.pop("born")
    return RosterPatient(id=patient_id, code=code, born=date.fromisoformat(born) if born else None, **known)


def _dump(person: Person) -> str:
    known = {name: getattr(person, name) for name in ("mrn", "first", "last", "preferred", "suffix")}
    return json.dumps(known | {"born": person.born.isoformat() if person.born else None}, sort_keys=True)


def _free_code(connection: Connection, practice_id: str) -> str:
    while True:
        code = new_code()
        taken = select(patient.c.id).where(patient.c.practice_id == practice_id, patient.c.code == code)
        if connection.execute(taken).first() is None:
            return code


def bump(connection: Connection, practice_id: str) -> None:
    """Tell every running bot that patients changed."""
    practices.bump_roster(connection, practice_id)
