"""A prepared statement gives what the same statement gives through SQLAlchemy, only sooner."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from storage.prepared import Prepared, insert_of
from storage.schema import act, audit, channel, practice, staff, time_entry
from tests.storage.office import Office

AT = datetime(2026, 3, 10, 11, 0, 0, 123456, tzinfo=timezone(timedelta(hours=-5)))
_FOUND = Prepared(
    select(time_entry).where(time_entry.c.practice_id == bindparam("practice_id")).order_by(time_entry.c.seq)
)


def test_rows_are_the_same_as_through_sqlalchemy(office: Office) -> None:
    """Days, instants, booleans, bytes and whole minutes come out as what they went in as."""
    entry = office.entry(12, clerical=True, note="cough")
    office.edit(entry.id, minutes=20)

    with office.database.read() as connection:
        mine = _FOUND.all(connection, {"practice_id": office.practice_id})
        theirs = [dict(row) for row in connection.execute(select(time_entry).order_by(time_entry.c.seq)).mappings()]

    assert mine == theirs
    assert [{name: type(value) for name, value in row.items()} for row in mine] == [
        {name: type(value) for name, value in row.items()} for row in theirs
    ]
    assert (type(mine[0]["day"]), type(mine[0]["minutes"]), mine[0]["clerical"]) == (date, int, True)


@pytest.mark.parametrize(
    "at", [AT, AT.astimezone(UTC), AT.replace(microsecond=0)], ids=["local", "utc", "whole second"]
)
def test_an_instant_goes_in_and_comes_out_as_the_same_instant(office: Office, at: datetime) -> None:
    row = {"practice_id": office.practice_id, "channel_id": "C1", "allowed_at": at}
    with office.database.begin() as connection:
        Prepared(insert_of(channel, *row)).run(connection, row)

    with office.database.read() as connection:
        prepared = Prepared(select(channel)).first(connection, {})
        plain = connection.execute(select(channel)).one()

    assert prepared is not None
    assert prepared["allowed_at"] == plain.allowed_at == at
    assert prepared["allowed_at"].tzinfo is UTC


def test_instants_sort_by_time(office: Office) -> None:
    """With and without fractions of a second, on both databases."""
    instants = [AT + timedelta(microseconds=step) for step in (0, 1, 876_544, 876_545, 10_000_000)]
    with office.database.begin() as connection:
        for number, at in enumerate(reversed(instants)):
            row = {"practice_id": office.practice_id, "channel_id": f"C{number}", "allowed_at": at}
            Prepared(insert_of(channel, *row)).run(connection, row)

    with office.database.read() as connection:
        found = connection.execute(select(channel.c.allowed_at).order_by(channel.c.allowed_at)).scalars().all()

    assert found == instants


def test_an_instant_without_a_zone_is_refused(office: Office) -> None:
    row = {"practice_id": office.practice_id, "channel_id": "C1", "allowed_at": datetime(2026, 3, 10)}  # noqa: DTZ001

    with pytest.raises(ValueError, match="zone"), office.database.begin() as connection:
        Prepared(insert_of(channel, *row)).run(connection, row)


def test_nothing_found_is_none(office: Office) -> None:
    with office.database.read() as connection:
        assert _FOUND.first(connection, {"practice_id": "nobody"}) is None
        assert _FOUND.all(connection, {"practice_id": "nobody"}) == []


def test_a_missing_value_is_an_error_and_not_a_null(office: Office) -> None:
    with pytest.raises(KeyError), office.database.read() as connection:
        _FOUND.first(connection, {})


def test_it_runs_in_the_callers_transaction(office: Office) -> None:
    row = {"practice_id": office.practice_id, "channel_id": "C1", "allowed_at": AT}

    def fail() -> None:
        with office.database.begin() as connection:
            Prepared(insert_of(channel, *row)).run(connection, row)
            assert connection.execute(select(channel)).one().channel_id == "C1"
            raise KeyError

    with pytest.raises(KeyError):
        fail()

    assert office.size(channel) == 0


def test_an_error_has_the_same_type_as_through_sqlalchemy(office: Office) -> None:
    row = {"practice_id": "nobody", "channel_id": "C1", "allowed_at": AT}

    with pytest.raises(IntegrityError), office.database.begin() as connection:
        Prepared(insert_of(channel, *row)).run(connection, row)


def test_each_dialect_has_its_own_statement(office: Office) -> None:
    row = {name: bindparam(name, type_=channel.c[name].type) for name in ("practice_id", "channel_id", "allowed_at")}
    put = Prepared(
        {
            kind.dialect().name: kind.insert(channel)
            .values(row)
            .on_conflict_do_nothing()
            .returning(channel.c.channel_id)  # type: ignore[attr-defined]
            for kind in (sqlite, postgresql)
        }
    )
    given = {"practice_id": office.practice_id, "channel_id": "C1", "allowed_at": AT}

    with office.database.begin() as connection:
        outcomes = [put.first(connection, given), put.first(connection, given)]

    assert outcomes == [{"channel_id": "C1"}, None]


@pytest.mark.parametrize("value", ["100%", "a'b", 'a"b', "%(x)s", ":x ?", "é😀"])
def test_no_value_is_read_as_sql(office: Office, value: str) -> None:
    named = Prepared(select(staff.c.name).where(staff.c.name == bindparam("name")))
    with office.database.begin() as connection:
        connection.execute(text("UPDATE staff SET name = :name"), {"name": value})
        assert named.first(connection, {"name": value}) == {"name": value}


def test_the_writers_of_the_record_name_every_column() -> None:
    """A column added to the schema and forgotten by its writer would silently stay empty."""
    from storage import acts, ledger_rows

    assert {column.name for column in act.columns} == set(acts._COLUMNS)
    assert {*time_entry.c.keys()} - {"seq"} == set(ledger_rows._INSERT._statement.compile().params)  # type: ignore[union-attr]
    assert {"practice_id", "seq"} <= {column.name for column in audit.primary_key}
    assert practice.c.zone.nullable is False
