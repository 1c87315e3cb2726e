"""Exactly once, in every interleaving that a few hundred seeds find - and the simulation bites when a guard is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event, insert

from storage import outbox
from storage.database import open_database
from storage.schema import outbox as table
from storage.schema import practice as practice_table
from storage.sealing import Keyring
from tests.simulation.outbox_world import NO_SETTLE, SHORT_SETTLE, START, World, histories

QUICK = range(300)
LONG = range(1000, 21000)


@pytest.fixture
def make(sqlite_url: str, keyring: Keyring) -> Iterator[Callable[..., World]]:
    database = open_database(sqlite_url)
    event.listen(database.writer, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    with database.begin() as connection:
        row = {"id": "riverside", "name": "Riverside", "zone": "UTC", "created_at": START}
        connection.execute(insert(practice_table).values(row))
    yield partial(_world, database, keyring)
    database.close()


def _world(database: Any, keyring: Keyring, seed: int, **mutation: Any) -> World:
    return World(seed=seed, database=database, keyring=keyring, practice_id="riverside", **mutation)


def _lives_well(make: Callable[..., World], seeds: range) -> None:
    worlds = list(histories(seeds, make))

    assert [(world.seed, world.faults()) for world in worlds if world.faults() != (0, 0)] == []
    assert sum(world.crashes for world in worlds) > 5 * len(worlds), "the faults did happen"
    assert sum(world.pauses for world in worlds) > 5 * len(worlds)


def test_every_message_is_read_exactly_once(make: Callable[..., World]) -> None:
    _lives_well(make, QUICK)
