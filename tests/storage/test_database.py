"""Connections are as safe as they say, and a transaction is whole or nothing."""

from __future__ import annotations

import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import IntegrityError

from ccm.errors import BadSetting
from storage.database import WRITE_BUDGET_S, Database, open_database
from storage.schema import practice
from tests.postgres_server import PostgresServer
from tests.storage.office import Office
from tests.storage.test_races import together

PRAGMAS = {
    "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "recursive_triggers": 1,
}  # fmt: skip


def name_practice(connection: Connection, name: str) -> None:
    connection.execute(text("UPDATE practice SET name = :name"), {"name": name})


def name_of(database: Database) -> str:
    with database.read() as connection:
        return str(connection.execute(select(practice.c.name)).scalar_one())


# --- connections


@pytest.mark.parametrize("how", ["begin", "read", "glance"])
def test_every_sqlite_connection_is_set_up(sqlite_office: Office, how: str) -> None:
    barrier = threading.Barrier(3)

    def ask() -> dict[str, Any]:
        with getattr(sqlite_office.database, how)() as connection:
            if how != "begin":
                barrier.wait(5)  # so that each thread has a connection of its own
            return {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in PRAGMAS}

    assert together(ask, ask, ask) == [PRAGMAS] * 3


def test_writers_wait_no_longer_than_the_budget(sqlite_office: Office) -> None:
    with sqlite_office.database.begin() as connection:
        patience_ms = connection.execute(text("PRAGMA busy_timeout")).scalar()

    assert patience_ms is not None
    assert 0 < patience_ms <= WRITE_BUDGET_S * 1000


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Staff names, ids, days and minutes stand in it in clear; others on the machine could read them."""
    database = open_database(f"sqlite:///{tmp_path / 'deep' / 'ccm.db'}")
    with database.writer.begin() as connection:
        connection.execute(text("CREATE TABLE t (a)"))

    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in (tmp_path / "deep").iterdir()}
    assert set(modes.values()) == {"0o600"}, modes
    database.close()


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("statement_timeout", "1500ms"),
        ("lock_timeout", "1s"),
        ("idle_in_transaction_session_timeout", "10s"),
        ("TimeZone", "UTC"),
        ("DateStyle", "ISO, MDY"),
    ],
)
def test_every_postgres_connection_is_set_up(postgres_database: Database, setting: str, value: str) -> None:
    for how in (postgres_database.begin, postgres_database.read, postgres_database.glance):
        with how() as connection:
            assert connection.execute(text(f"SHOW {setting}")).scalar() == value


@pytest.mark.postgres
def test_a_server_that_writes_dates_its_own_way_takes_entries(
    postgres_office: Office, postgres_server: PostgresServer, postgres_url: str
) -> None:
    """The check that an entry's month is its day's reads the day as text."""
    postgres_server.execute("ALTER DATABASE ccm SET datestyle = 'SQL, DMY'")
    other = open_database(postgres_url)
    try:
        office = Office(other, postgres_office.keyring, postgres_office.practice_id, postgres_office.clock)
        office.patients = postgres_office.patients
        office.reload()
        office.log(12)
    finally:
        other.close()
        postgres_server.execute("ALTER DATABASE ccm RESET datestyle")

    assert postgres_office.total() == 12


@pytest.mark.parametrize(
    "url",
    ["", "ccm.db", "sqlite://", "sqlite:///:memory:", "mysql://u:p@h/d", "postgres://u:secret@h/d", "oracle://x"],
    ids=lambda url: url or "nothing",
)
def test_an_address_that_cannot_be_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(BadSetting, match="DATABASE_URL") as refused:
        open_database(url)

    assert "secret" not in f"{refused.value} {refused.value.hint}"


# --- transactions


def test_what_goes_wrong_leaves_nothing(office: Office) -> None:
    before = name_of(office.database)

    def fail() -> None:
        with office.database.begin() as connection:
            name_practice(connection, "Half")
            raise KeyError

    with pytest.raises(KeyError):
        fail()

    assert name_of(office.database) == before


def test_what_is_left_stands_for_everybody(office: Office, database_url: str) -> None:
    with office.database.begin() as connection:
        name_practice(connection, "Whole")

    other = open_database(database_url)
    assert name_of(other) == "Whole"
    other.close()


def test_who_fails_among_others_takes_only_her_own_work_along(office: Office, database_url: str) -> None:
    """SQLite's writers may share one commit."""
    entered = threading.Event()
    go_on = threading.Event()

    def log(minutes: int) -> Callable[[], Any]:
        return lambda: office.log(minutes)

    def first() -> None:
        with office.database.begin():
            entered.set()
            go_on.wait(5)

    def fail() -> None:
        with office.database.begin() as connection:
            name_practice(connection, "Half")
            connection.execute(insert(practice), {"id": office.practice_id})  # a second of that id

    def failing() -> str:
        try:
            fail()
        except IntegrityError:
            return "failed"
        return "stood"

    def conductor() -> None:
        entered.wait(5)
        time.sleep(0.1)  # the others stand in line by now
        go_on.set()

    outcomes = together(first, conductor, log(1), failing, log(2), failing, log(4))

    assert [each for each in outcomes if isinstance(each, str)] == ["failed", "failed"]
    other = open_database(database_url)
    assert name_of(other) != "Half"
    other.close()
    assert office.total() == 7


def test_a_reader_sees_one_moment(office: Office) -> None:
    """On PostgreSQL each statement of a report saw another moment."""
    with office.database.read() as connection:
        first = connection.execute(select(practice.c.name)).scalar()
        with office.database.begin() as writing:
            name_practice(writing, "Changed")
        second = connection.execute(select(practice.c.name)).scalar()

    assert first == second
    assert name_of(office.database) == "Changed"
