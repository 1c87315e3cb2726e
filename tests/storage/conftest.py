"""A furnished practice, on either kind of database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.database import Database, open_database
from storage.sealing import Keyring
from tests.conftest import HandClock, add_practice
from tests.storage.office import Office


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
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[Database]:
    opened = open_database(postgres_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_office(sqlite_database: Database, keyring: Keyring, clock: HandClock) -> Office:
    practice_id = add_practice(sqlite_database, "riverside", clock.now)
    return Office.furnished(sqlite_database, keyring, practice_id, clock)


@pytest.fixture
def postgres_office(postgres_database: Database, keyring: Keyring, clock: HandClock) -> Office:
    practice_id = add_practice(postgres_database, "riverside", clock.now)
    return Office.furnished(postgres_database, keyring, practice_id, clock)
