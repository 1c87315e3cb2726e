"""What every room's tests stand on: keys, a clock set by hand, and a fresh database of either kind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from storage.database import Database, open_database
from storage.migrating import migrate
from storage.schema import practice as practice_table
from storage.sealing import Keyring, create_key_file, load_keyring
from tests.postgres_server import PostgresServer, running_server

ZONE = "America/Chicago"


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        """Move on by `seconds=`, `minutes=`, `hours=` or `days=`."""
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> HandClock:
    """Tuesday, 2026-03-10, 11:00 at the clinic."""
    return HandClock(datetime(2026, 3, 10, 16, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "ccm.key"
    create_key_file(path)
    return path


@pytest.fixture(scope="session")
def keyring(key_file: Path) -> Keyring:
    return load_keyring(key_file)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "ccm.db"
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Started by the first test that asks for PostgreSQL; without a server those tests fail."""
    with running_server() as server:
        server.create_migrated("ccm")
        yield server


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A migrated SQLite file of this test's own."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'ccm.db')}"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    """The session's PostgreSQL database, migrated and emptied for this test."""
    postgres_server.empty("ccm")
    return postgres_server.url("ccm")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The test runs once on each kind of database."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def practice(database: Database, clock: HandClock) -> str:
    """The id of the one practice there is."""
    return add_practice(database, "riverside", clock.now)


@pytest.fixture
def two_practices(database: Database, clock: HandClock) -> tuple[str, str]:
    """The ids of two practices that must never see each other."""
    return add_practice(database, "riverside", clock.now), add_practice(database, "hillside", clock.now)


def add_practice(database: Database, practice_id: str, now: datetime) -> str:
    """Insert a practice in the clinic's zone; gives its id."""
    row = {"id": practice_id, "name": practice_id.title(), "zone": ZONE, "created_at": now}
    with database.begin() as connection:
        connection.execute(insert(practice_table).values(row))
    return practice_id
