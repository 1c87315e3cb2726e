"""What is written stays written: the database itself refuses to change the record, and rows that cannot be true."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Table, insert, text
from sqlalchemy.exc import DBAPIError

from storage import ids
from storage.database import Database
from storage.schema import act, audit, patient, patient_month, time_entry
from tests.storage.office import Office

KEPT = [act, time_entry, audit]


def row_of(office: Office, table: Table) -> dict[str, Any]:
    return dict(office.rows(table)[0]._mapping)


def sql(office: Office, statement: str, **given: Any) -> None:
    with office.database.begin() as connection:
        connection.execute(text(statement), given)


@pytest.mark.parametrize("table", KEPT, ids=lambda table: table.name)
@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE {table} SET practice_id = practice_id", id="update"),
        pytest.param("UPDATE {table} SET {column} = {column} WHERE practice_id = 'riverside'", id="update of one"),
        pytest.param("DELETE FROM {table}", id="delete"),
        pytest.param("DELETE FROM {table} WHERE practice_id = 'riverside'", id="delete of one"),
    ],
)
def test_the_record_refuses_change(office: Office, table: Table, statement: str) -> None:
    office.log(12)
    before = office.rows(table)

    with pytest.raises(DBAPIError, match="append-only"):
        sql(office, statement.format(table=table.name, column=list(table.columns)[-1].name))

    assert office.rows(table) == before


@pytest.mark.postgres
@pytest.mark.parametrize("table", KEPT, ids=lambda table: table.name)
def test_the_record_refuses_truncation(postgres_office: Office, table: Table) -> None:
    postgres_office.log(12)

    with pytest.raises(DBAPIError, match="append-only"):
        sql(postgres_office, f"TRUNCATE {table.name} CASCADE")

    assert postgres_office.total() == 12


@pytest.mark.parametrize("table", KEPT, ids=lambda table: table.name)
def test_the_record_refuses_replacement(sqlite_office: Office, table: Table) -> None:
    """SQLite's REPLACE takes the old row out without a delete trigger, unless told otherwise."""
    sqlite_office.log(12)
    row = row_of(sqlite_office, table)

    with pytest.raises(DBAPIError, match="append-only"), sqlite_office.database.begin() as connection:
        connection.execute(insert(table).prefix_with("OR REPLACE"), row)


@pytest.mark.parametrize("minutes", [0, -5, 19.5, 1440, 0.5], ids=str)
def test_minutes_that_cannot_be_are_refused_by_the_database(office: Office, minutes: float) -> None:
    """PostgreSQL made 20 minutes of 19.5."""
    office.log(12)
    row = row_of(office, time_entry) | {"id": ids.new_id(), "minutes": minutes}
    del row["seq"]
    columns = ", ".join(row)
    binds = ", ".join(str(minutes) if name == "minutes" else f":{name}" for name in row)

    with pytest.raises(DBAPIError):  # written out in the statement
        sql(office, f"INSERT INTO time_entry ({columns}) VALUES ({binds})", **_plain(row))  # noqa: S608
    with pytest.raises(DBAPIError), office.database.begin() as connection:  # and as a value
        connection.execute(insert(time_entry), row)

    assert office.total() == 12


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"month": "2026-02"}, id="a month that is not the day's"),
        pytest.param({"credential": "plumber"}, id="an unknown credential"),
        pytest.param({"reverses_id": "0123456789abcdef01234567"}, id="taking out a row that is not there"),
        pytest.param({"act_id": "0123456789abcdef01234567"}, id="of an act that is not there"),
        pytest.param({"patient_id": "0123456789abcdef01234567"}, id="of a patient who is not there"),
        pytest.param({"staff_id": "0123456789abcdef01234567"}, id="of a person who is not there"),
        pytest.param({"words_cell_id": "0123456789abcdef01234567"}, id="with words that are not there"),
    ],
)
def test_rows_that_cannot_be_true_are_refused_by_the_database(office: Office, changed: dict[str, Any]) -> None:
    office.log(12)
    row = row_of(office, time_entry) | {"id": ids.new_id()} | changed
    del row["seq"]

    with pytest.raises(DBAPIError), office.database.begin() as connection:
        connection.execute(insert(time_entry), row)


def test_a_row_is_taken_out_once(office: Office) -> None:
    office.log(12)
    office.undo()
    row = dict(office.rows(time_entry)[-1]._mapping) | {"id": ids.new_id()}
    del row["seq"]

    with pytest.raises(DBAPIError), office.database.begin() as connection:
        connection.execute(insert(time_entry), row)


def test_an_act_is_undone_once(office: Office) -> None:
    office.log(12)
    office.undo()
    row = next(dict(each._mapping) for each in office.rows(act) if each.undoes_id)

    with pytest.raises(DBAPIError), office.database.begin() as connection:
        connection.execute(insert(act), row | {"id": ids.new_id(), "source_key": "cmd:other"})


@pytest.mark.parametrize(
    ("table", "column"),
    [
        pytest.param(time_entry, "patient_id", id="an entry for their patient"),
        pytest.param(time_entry, "staff_id", id="an entry by their nurse"),
        pytest.param(time_entry, "entered_by_id", id="an entry typed by their nurse"),
        pytest.param(time_entry, "act_id", id="an entry of their act"),
        pytest.param(time_entry, "reverses_id", id="taking out their entry"),
        pytest.param(time_entry, "words_cell_id", id="an entry with their words"),
        pytest.param(act, "staff_id", id="an act of their nurse"),
        pytest.param(act, "undoes_id", id="undoing their act"),
        pytest.param(patient, "person_cell_id", id="a patient with their cell"),
        pytest.param(patient, "owner_id", id="a patient of their nurse"),
        pytest.param(patient_month, "patient_id", id="a month of their patient"),
    ],
)
def test_nothing_refers_across_practices(two_offices: tuple[Office, Office], table: Table, column: str) -> None:
    ours, theirs = two_offices
    for office in two_offices:
        office.log(12)
    with ours.database.read() as connection:
        rows = {row.practice_id: dict(row._mapping) for row in connection.execute(table.select())}
    row, foreign = rows[ours.practice_id], rows[theirs.practice_id]
    taken = {"owner_id": foreign_staff(theirs), "undoes_id": foreign.get("id"), "reverses_id": foreign.get("id")}
    fresh = {"id": ids.new_id(), "source_key": "cmd:other", "code": "P-OTHER", "mrn_index": b"other"}
    made = row | {name: value for name, value in fresh.items() if name in row}
    made |= {column: taken.get(column, foreign[column])} | ({"month": "2026-01"} if table is patient_month else {})
    made.pop("seq", None)

    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), ours.database.begin() as connection:
        connection.execute(insert(table), made)


def foreign_staff(office: Office) -> str:
    return office.actor("nina").staff_id


def test_an_emptied_cell_table_is_refused_while_rows_point_at_it(office: Office, database: Database) -> None:
    office.log(12)

    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        sql(office, "DELETE FROM phi_cell")


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Values as both drivers take them in a textual statement."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
