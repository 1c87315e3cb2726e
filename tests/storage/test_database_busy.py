"""Waiting ends in time, with the truth: nothing was saved, and trying again helps."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, select, text

from ccm.errors import Busy
from storage.database import WRITE_BUDGET_S, Database, open_database
from storage.prepared import Prepared
from storage.schema import practice
from tests.postgres_server import PostgresServer
from tests.storage.office import Office
from tests.storage.test_races import together


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


def test_a_full_disk_is_busy_and_what_was_acknowledged_stands(sqlite_office: Office) -> None:
    """Writers may share one commit: whoever was told "saved" is saved, whoever was not is not."""

    def allow(pages: int) -> None:
        with sqlite_office.database.begin() as connection:
            connection.execute(text(f"PRAGMA max_page_count={pages}"))

    def log_until_full(number: int) -> Callable[[], list[int]]:
        def log() -> list[int]:
            acknowledged = []
            for minutes in range(1 + number * 30, 31 + number * 30):
                try:
                    sqlite_office.log(minutes)
                except Busy:
                    continue
                acknowledged.append(minutes)
            return acknowledged

        return log

    with sqlite_office.database.begin() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    allow(pages + 4)

    acknowledged = [minutes for each in together(*(log_until_full(number) for number in range(6))) for minutes in each]

    assert len(acknowledged) < 6 * 30
    assert sqlite_office.total() == sum(acknowledged)
    allow(2**30)
    assert sqlite_office.log(1439) is not None
