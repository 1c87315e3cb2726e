"""An acknowledged entry is never lost nor doubled, and every answer comes once, however often the bot is killed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Pace, Sandbox
from storage import patients
from storage.database import open_database
from storage.patients import Person
from storage.sealing import Keyring
from tests.scenarios.office import CANARIES, TUESDAY, furnish
from tests.storm.storm import Account, Storm, account

# Slack's waits in a hurry: it misses an ack after a second and delivers events again until a bot is back.
STORMY = Pace(ack_wait=1.0, retry_delays=(0.2, 0.5, 1.0, 2.0, 4.0, 8.0), duplicate_rate=0.2)


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(pace=STORMY) as sandbox:
        yield sandbox


@pytest.fixture
def on_sqlite(
    slack: Sandbox, sqlite_template: Path, keyring: Keyring, key_file: Path, tmp_path: Path
) -> Iterator[Storm]:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'ccm.db')}"
    yield from _storm(slack, url, keyring, key_file, tmp_path, replicas=1)


@pytest.fixture
def on_postgres(slack: Sandbox, postgres_url: str, keyring: Keyring, key_file: Path, tmp_path: Path) -> Iterator[Storm]:
    yield from _storm(slack, postgres_url, keyring, key_file, tmp_path, replicas=2)


def _storm(slack: Sandbox, url: str, keyring: Keyring, key_file: Path, home: Path, *, replicas: int) -> Iterator[Storm]:
    database = open_database(url)
    practice_id = furnish(database, keyring)
    with database.begin() as connection:
        for number in range(100):
            stormy = Person(mrn=f"9{number:05}", first="Gale", last=f"Storm{number:03}")
            patients.put(connection, keyring, practice_id, stormy, TUESDAY)
    database.close()
    storm = Storm(slack, url, key_file, home / "bot.log", replicas)
    yield storm
    written = storm.log.read_text()
    assert not re.search("|".join(rf"\b{re.escape(word)}" for word in (*CANARIES, "Gale", "Storm")), written)
    assert "xoxb-" not in written
    assert "xapp-" not in written
    assert "Traceback" not in written


def _all_is_well(storm: Storm, found: Account) -> None:
    print(  # noqa: T201 - the figures of a run, shown with -s
        f"{storm.kills} kills, {len(storm.commands)} commands, {len(storm.messages)} messages, "
        f"{len(found.said_saved) + len(found.acked_messages)} acknowledged, {sum(found.stored.values())} stored, "
        f"{len(found.lost)} lost, {len(found.doubled)} doubled"
    )
    assert found.lost == set()
    assert found.doubled == set()
    assert found.lied == set()
    assert found.totals_agree
    assert found.chain_is_whole
    assert found.dead == 0
    answered = {job: found.answers[job] for job in storm.messages if found.answers[job] != 1}
    assert {job: n for job, n in answered.items() if job in found.stored} == {}
    assert all(n == 0 for n in answered.values())
    assert storm.slack.lint_findings == []
    assert len(found.said_saved) + len(found.acked_messages) > 10 * storm.kills


def test_three_kills_in_a_storm_of_commands_lose_and_double_nothing(on_sqlite: Storm) -> None:
    """The quick one: without messages there is no lease of a killed bot to wait for."""
    on_sqlite.part_of_messages = 0.0

    on_sqlite.rages(kills=3)

    _all_is_well(on_sqlite, account(on_sqlite))


@pytest.mark.storm
@pytest.mark.timeout(300)
def test_twenty_five_kills_in_a_storm_lose_and_double_nothing(on_sqlite: Storm) -> None:
    on_sqlite.rages(kills=25)

    _all_is_well(on_sqlite, account(on_sqlite))


@pytest.mark.storm
@pytest.mark.postgres
@pytest.mark.timeout(300)
def test_two_replicas_killed_in_turn_lose_and_double_nothing(on_postgres: Storm) -> None:
    on_postgres.rages(kills=15)

    _all_is_well(on_postgres, account(on_postgres))


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(2, 7))
def test_a_long_storm_on_sqlite(on_sqlite: Storm, seed: int) -> None:
    on_sqlite.seed = seed

    on_sqlite.rages(kills=40)

    _all_is_well(on_sqlite, account(on_sqlite))


@pytest.mark.soak
@pytest.mark.postgres
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(2, 7))
def test_a_long_storm_on_two_replicas(on_postgres: Storm, seed: int) -> None:
    on_postgres.seed = seed

    on_postgres.rages(kills=40)

    _all_is_well(on_postgres, account(on_postgres))
