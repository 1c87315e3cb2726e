"""Exactly once in every interleaving that some hundred seeds find; and each guard that is taken away is missed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event, insert

from storage import outbox
from storage.database import Database, open_database
from storage.schema import outbox as table
from storage.schema import practice as practice_table
from storage.sealing import Keyring
from tests.simulation.outbox_world import SETTINGS, START, TAIL_S, World

QUICK = range(300)
LONG = range(1000, 21000)


@pytest.fixture
def make(sqlite_url: str, keyring: Keyring) -> Iterator[Callable[..., World]]:
    database = open_database(sqlite_url)
    event.listen(database.writer, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    with database.begin() as connection:
        row = {"id": "riverside", "name": "Riverside", "zone": "UTC", "created_at": START}
        connection.execute(insert(practice_table).values(row))
    yield partial(_lived, database, keyring)
    database.close()


def _lived(database: Database, keyring: Keyring, seed: int, **mutation: Any) -> World:
    world = World(seed=seed, database=database, keyring=keyring, practice_id="riverside", **mutation)
    world.run()
    return world


def test_every_message_is_read_exactly_once(make: Callable[..., World]) -> None:
    _all_live_well(make, QUICK)


@pytest.mark.soak
def test_every_message_is_read_exactly_once_in_twenty_thousand_histories(make: Callable[..., World]) -> None:
    _all_live_well(make, LONG)


def _all_live_well(make: Callable[..., World], seeds: range) -> None:
    ill, crashes, pauses = [], 0, 0
    for seed in seeds:
        world = make(seed)
        crashes, pauses = crashes + world.crashes, pauses + world.pauses
        if not world.is_well():
            ill.append(seed)

    assert ill == []
    assert min(crashes, pauses) > 3 * len(seeds), "the faults did happen"


def test_the_same_seed_gives_the_same_history(make: Callable[..., World]) -> None:
    first, second = make(7), make(7)

    assert [(at, text) for at, _, text in first.taken] == [(at, text) for at, _, text in second.taken]


# Each guard of the protocol, taken away, must be missed: otherwise the simulation proves nothing.


def test_a_look_up_before_slack_has_settled_is_caught(make: Callable[..., World]) -> None:
    _is_caught(make, settings=replace(SETTINGS, settle_s=0))


def test_a_settle_time_shorter_than_slacks_tail_is_caught(make: Callable[..., World]) -> None:
    _is_caught(make, settings=replace(SETTINGS, settle_s=TAIL_S / 2))


def test_posting_again_without_a_look_up_is_caught(make: Callable[..., World]) -> None:
    _is_caught(make, looks=False)


def test_posting_without_a_deadline_is_caught(make: Callable[..., World]) -> None:
    _is_caught(make, watches=False)


def test_changing_a_row_without_the_fence_is_caught(
    make: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "_held", lambda claimed: table.c.seq == claimed.seq)

    _is_caught(make)


def test_a_fence_that_forgets_the_attempt_is_caught(
    make: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "_held", lambda claimed: (table.c.seq == claimed.seq) & (table.c.state == "sending"))

    _is_caught(make)


def test_a_lease_that_is_not_renewed_after_the_look_up_is_caught(
    make: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "renew", lambda *_, **__: True)

    _is_caught(make)


def test_marking_before_sending_is_caught(make: Callable[..., World], monkeypatch: pytest.MonkeyPatch) -> None:
    claim = outbox.claim

    def claim_and_mark(connection: Any, **how: Any) -> outbox.Claim | None:
        claimed = claim(connection, **how)
        if claimed is not None:
            outbox.mark_sent(connection, claimed, now=how["now"], ts=None)
        return claimed

    monkeypatch.setattr(outbox, "claim", claim_and_mark)

    _is_caught(make)


def test_letting_a_cards_versions_overtake_each_other_is_caught(
    make: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "_NEXT", _without_order())

    _is_caught(make)


def _without_order() -> Any:
    """The claim, but of any due message, the newest first."""
    free = outbox.select(table).where(
        table.c.practice_id == outbox.bindparam("practice_id"), outbox._OPEN, table.c.not_before <= outbox._NOW
    )
    return free.order_by(table.c.seq.desc()).limit(1)


def _is_caught(make: Callable[..., World], **mutation: Any) -> None:
    assert any(not make(seed, **mutation).is_well() for seed in QUICK)
