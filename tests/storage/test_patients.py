"""Patients: known by MRN, named in sealed cells, each with a code of her own."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from ccm.roster import RosterPatient
from storage import ids, patients
from storage.patients import Person, normal_mrn
from storage.schema import patient, phi_cell
from tests.storage.office import PEOPLE, Office

FULL = Person(
    mrn="00123", first="José", last="de la Cruz", preferred="Pepe", suffix="Jr.", born=date(1950, 2, 28)
)  # fmt: skip


def roster(office: Office, opened: dict[str, RosterPatient] | None = None) -> dict[str, RosterPatient]:
    with office.database.read() as connection:
        return patients.roster(connection, office.keyring, office.practice_id, opened or {})


def test_all_that_is_known_comes_back(office: Office) -> None:
    assert office.admit("jose", FULL) == "new"

    (found,) = (each for each in roster(office).values() if each.mrn == "00123")
    assert found == RosterPatient(
        id=office.patients["jose"], code=found.code, mrn="00123", first="José", last="de la Cruz",
        preferred="Pepe", suffix="Jr.", born=date(1950, 2, 28),
    )  # fmt: skip


def test_the_same_again_changes_nothing(office: Office) -> None:
    office.admit("jose", FULL)
    rows = office.size(patient), office.size(phi_cell)

    assert office.admit("jose", FULL) == "unchanged"
    assert (office.size(patient), office.size(phi_cell)) == rows


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"last": "Cruz"}, id="name"),
        pytest.param({"born": None}, id="birth date taken out"),
        pytest.param({"preferred": None}, id="preferred name taken out"),
        pytest.param({"deceased": True}, id="died"),
    ],
)
def test_a_change_keeps_id_and_code(office: Office, changed: dict[str, object]) -> None:
    office.admit("jose", FULL)
    before = next(row for row in office.rows(patient) if row.id == office.patients["jose"])

    assert office.admit("jose", replace(FULL, **changed)) == "changed"  # type: ignore[arg-type]

    after = next(row for row in office.rows(patient) if row.id == before.id)
    assert (after.code, after.mrn_index, after.created_at) == (before.code, before.mrn_index, before.created_at)
    assert after.status == ("deceased" if "deceased" in changed else "active")


def test_a_file_that_does_not_say_so_brings_nobody_back_to_life(office: Office) -> None:
    office.admit("jose", replace(FULL, deceased=True))

    assert office.admit("jose", FULL) == "unchanged"
    assert {row.status for row in office.rows(patient) if row.id == office.patients["jose"]} == {"deceased"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("ab 12", "AB12", True, id="case and blanks do not count"),
        pytest.param("0042", "42", False, id="leading zeros do"),
        pytest.param("4-2", "42", False, id="signs do"),
    ],
)
def test_when_two_mrns_are_one(office: Office, one: str, other: str, same: bool) -> None:
    assert (normal_mrn(one) == normal_mrn(other)) is same

    office.admit("one", replace(FULL, mrn=one + "x"))
    assert (office.admit("other", replace(FULL, mrn=other + "x")) != "new") is same


def test_cells_opened_before_are_not_opened_again(office: Office) -> None:
    first = roster(office)
    office.admit("lopez", replace(PEOPLE["lopez"], first="Mary"))

    second = roster(office, first)

    kept = first.keys() & second.keys()
    assert len(kept) == 1
    assert all(second[cell_id] is first[cell_id] for cell_id in kept)
    assert {each.first for each in second.values()} == {"Mary", "Anh"}


def test_more_patients_than_one_statement_opens(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patients, "CHUNK", 3)
    for number in range(8):
        office.admit(f"n{number}", Person(mrn=f"9{number}", first="A", last=f"B{number}"))

    assert len(roster(office)) == 10


def test_codes_are_short_unlike_and_never_given_twice(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = [row.code for row in office.rows(patient)]
    drawn = iter([taken[0], taken[1], "P-22222"])
    monkeypatch.setattr(patients, "new_code", lambda: next(drawn))

    office.admit("jose", FULL)

    assert "P-22222" in {row.code for row in office.rows(patient)}
    assert all(re.fullmatch(r"P-[2-9A-HJKMNP-Z]{5}", ids.new_code()) for _ in range(200))
    assert len({ids.new_id() for _ in range(1000)}) == 1000
