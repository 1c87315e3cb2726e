"""A furnished practice on either kind of database. Opening and migrating is done once, emptying before each test."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import Database, open_database
from storage.schema import metadata
from storage.sealing import Keyring
from tests.conftest import HandClock, add_practice
from tests.postgres_server import PostgresServer
from tests.storage.office import Office

EMPTY_POSTGRES = "; ".join(
    ["SET LOCAL session_replication_role = replica", *(f"DELETE FROM {table.name}" for table in metadata.sorted_tables)]  # noqa: S608
)
"""Quicker than TRUNCATE for a few rows; the role keeps the append-only triggers quiet."""


@pytest.fixture(scope="session")
def shared_sqlite(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("shared") / "ccm.db"
    shutil.copy(sqlite_template, path)
    with closing(open_database(f"sqlite:///{path}")) as opened:
        yield opened


@pytest.fixture(scope="session")
def shared_postgres(postgres_server: PostgresServer) -> Iterator[Database]:
    with closing(open_database(postgres_server.create_migrated("shared"))) as opened:
        yield opened


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, sqlite_template: Path) -> Database:
    """Each kind of database, empty; opened once for all tests of this room."""
    found: Database = request.getfixturevalue(f"shared_{request.param}")
    if found.is_sqlite:
        empty_sqlite(Path(str(found.writer.url.database)), sqlite_template)
    else:
        empty_postgres(found)
    return found


@pytest.fixture
def database_url(database: Database) -> str:
    """The address of this test's database, for who opens it once more."""
    return database_url_of(database)


def database_url_of(database: Database) -> str:
    return database.writer.url.render_as_string(hide_password=False)


def empty_sqlite(path: Path, template: Path) -> None:
    """Give the open file the template's content."""
    with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(path)) as target:
        target.execute("PRAGMA synchronous=OFF")
        source.backup(target)


def empty_postgres(database: Database) -> None:
    with database.begin() as connection:
        connection.exec_driver_sql(EMPTY_POSTGRES)


@pytest.fixture
def office(database: Database, keyring: Keyring, practice: str, clock: HandClock) -> Office:
    return Office.furnished(database, keyring, practice, clock)


@pytest.fixture
def two_offices(
    database: Database, keyring: Keyring, two_practices: tuple[str, str], clock: HandClock
) -> tuple[Office, Office]:
    """Two practices in one database, with the same cast."""
    ours, theirs = (Office.furnished(database, keyring, each, clock) for each in two_practices)
    return ours, theirs


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """A file of this test's own."""
    with closing(open_database(sqlite_url)) as opened:
        yield opened


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[Database]:
    """With connections of this test's own."""
    with closing(open_database(postgres_url)) as opened:
        yield opened


@pytest.fixture
def sqlite_office(sqlite_database: Database, keyring: Keyring, clock: HandClock) -> Office:
    practice_id = add_practice(sqlite_database, "riverside", clock.now)
    return Office.furnished(sqlite_database, keyring, practice_id, clock)


@pytest.fixture
def postgres_office(postgres_database: Database, keyring: Keyring, clock: HandClock) -> Office:
    practice_id = add_practice(postgres_database, "riverside", clock.now)
    return Office.furnished(postgres_database, keyring, practice_id, clock)
