"""Connections are as safe as they say, waiting ends in time, and errors tell nothing about a person."""

from __future__ import annotations

import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from ccm.errors import BadSetting, Busy
from storage.database import WRITE_BUDGET_S, Database, open_database
from storage.prepared import Prepared, insert_of
from storage.schema import practice, staff, time_entry
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


@contextmanager
def held_elsewhere(path: str) -> Iterator[None]:
    """Another process has the write lock of the SQLite file."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def file_of(database: Database) -> str:
    return str(database.writer.url.database)


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


# --- busy


def test_a_lock_held_elsewhere_is_busy_in_time(sqlite_office: Office) -> None:
    """Who waited for other threads first and for the other process then waited twice the budget, past Slack's limit."""
    sqlite_office.log(5)

    def timed() -> float:
        since = time.monotonic()
        with pytest.raises(Busy):
            sqlite_office.log(12)
        return time.monotonic() - since

    def later() -> float:
        time.sleep(0.2)
        return timed()

    with held_elsewhere(file_of(sqlite_office.database)):
        waited = together(timed, timed, later, later)

    assert max(waited) < WRITE_BUDGET_S + 0.5
    assert sqlite_office.total() == 5
    assert sqlite_office.log(12) is not None


def test_reading_goes_on_while_the_lock_is_held(sqlite_office: Office) -> None:
    sqlite_office.log(5)

    with held_elsewhere(file_of(sqlite_office.database)):
        assert sqlite_office.total() == 5


@pytest.mark.postgres
def test_a_row_held_elsewhere_is_busy_in_time(postgres_office: Office, postgres_url: str) -> None:
    postgres_office.log(5)
    other = open_database(postgres_url)
    with other.begin() as connection:
        connection.execute(text("SELECT 1 FROM patient_month FOR UPDATE"))
        since = time.monotonic()
        with pytest.raises(Busy):
            postgres_office.log(12)
        waited = time.monotonic() - since
    other.close()

    assert waited < WRITE_BUDGET_S + 0.4
    assert postgres_office.total() == 5


@pytest.mark.postgres
def test_a_statement_that_takes_too_long_is_busy(postgres_database: Database) -> None:
    def sleep() -> None:
        with postgres_database.begin() as connection:
            connection.execute(text("SET LOCAL statement_timeout = 20"))
            connection.execute(text("SELECT pg_sleep(5)"))

    with pytest.raises(Busy):
        sleep()


@pytest.mark.postgres
def test_connections_cut_by_the_server_are_busy_and_made_anew(
    postgres_office: Office, postgres_server: PostgresServer
) -> None:
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'ccm'"

    def log_while_cut() -> None:
        with postgres_office.database.begin() as connection:
            name_practice(connection, "Half")
            postgres_server.execute(cut)
            connection.execute(text("SELECT 1"))

    with pytest.raises(Busy):
        log_while_cut()

    assert postgres_office.log(12) is not None
    assert name_of(postgres_office.database) != "Half"


@pytest.mark.postgres
def test_a_prepared_statement_on_a_cut_connection_is_busy_too(
    postgres_office: Office, postgres_server: PostgresServer
) -> None:
    look = Prepared(select(practice.c.id))

    def look_while_cut() -> None:
        with postgres_office.database.begin() as connection:
            look.all(connection, {})
            postgres_server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'ccm'")
            look.all(connection, {})

    with pytest.raises(Busy):
        look_while_cut()

    assert postgres_office.log(12) is not None


# --- errors

CANARY = "Canarylast"


def core(connection: Connection, row: dict[str, Any]) -> None:
    connection.execute(insert(staff), row)


def prepared(connection: Connection, row: dict[str, Any]) -> None:
    Prepared(insert_of(staff, *row)).run(connection, row)


@pytest.mark.parametrize("write", [core, prepared])
@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"practice_id": CANARY}, id="no such practice"),
        pytest.param({"user_id": "U0NINA", "id": CANARY}, id="there already"),
        pytest.param({"name": None, "user_id": CANARY}, id="nothing where something must be"),
    ],
)
def test_an_error_tells_no_value(office: Office, write: Callable[..., None], wrong: dict[str, Any]) -> None:
    """PostgreSQL quotes the whole refused row."""
    row = {
        "practice_id": office.practice_id, "id": CANARY, "user_id": CANARY, "name": CANARY, "active": True,
        "created_at": office.clock(),
    }  # fmt: skip

    with pytest.raises(DBAPIError) as told, office.database.begin() as connection:
        write(connection, row | wrong)

    assert CANARY not in everything_of(told.value)


def test_a_refused_entry_tells_no_value(office: Office) -> None:
    office.log(12)
    row = dict(office.rows(time_entry)[0]._mapping) | {"id": "0123", "minutes": 1777}
    del row["seq"]

    with pytest.raises(DBAPIError) as told, office.database.begin() as connection:
        connection.execute(insert(time_entry), row)

    assert "1777" not in everything_of(told.value)
    assert office.patients["lopez"] not in everything_of(told.value)


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("SELECT CAST(:value AS INTEGER)", id="not a number"),
        pytest.param("UPDATE practice SET display = :value", id="too long"),
        pytest.param("SELECT CAST(:value AS DATE)", id="not a day"),
    ],
)
def test_input_the_server_cannot_read_is_not_quoted(postgres_office: Office, statement: str) -> None:
    with pytest.raises(DBAPIError) as told, postgres_office.database.begin() as connection:
        connection.execute(text(statement), {"value": CANARY})

    assert CANARY not in everything_of(told.value)


def everything_of(error: BaseException) -> str:
    """The text of an error and of all it came from, as a traceback would show it."""
    texts, at = "", error
    while at is not None:
        texts += f"{at!s} {at!r} {at.args!r}\n"
        at = at.__cause__ or at.__context__  # type: ignore[assignment]
    return texts


def test_no_engine_shows_what_it_sends(database: Database) -> None:
    engines: tuple[Engine, ...] = (database.writer, database.reader, database.glancer)

    assert all(engine.hide_parameters for engine in engines)
    assert not any(engine.echo for engine in engines)
