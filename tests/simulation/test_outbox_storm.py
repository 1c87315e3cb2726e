"""Real processes, killed at random, against a Slack that fails three calls in ten: each message is read once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ccm.errors import Busy
from sandbox import Pace, Sandbox
from storage import outbox
from storage.database import Database, open_database
from storage.messages import Message
from storage.sealing import Keyring
from tests.conftest import add_practice
from tests.postgres_server import running_server

ROOT = Path(__file__).parents[2]
DMS = ("D0NINA", "D0CORA", "D0SAM")
KINDS = ("429", "500_before", "500_after", "reset_before", "reset_after", "hang", "slow")


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(pace=Pace(hang=1.0)) as sandbox:
        yield sandbox


@dataclass(frozen=True, kw_only=True)
class Storm:
    """Who is delivered for, and where the words go."""

    url: str
    database: Database
    key_file: Path
    keyring: Keyring
    practice: str
    slack: Sandbox

    def rages(self, kills: int, messages: int, upset: Callable[[int, _Nursery], None]) -> None:
        """Put messages while `upset` disturbs their senders `kills` times; then it clears up and all is counted."""
        faulty = ("chat.postMessage", "conversations.history")
        self.slack.faults.by_chance(0.3, seed=kills, kinds=KINDS, methods=faulty)
        with _nursery(
            [self.url, str(self.key_file), self.practice, self.slack.api_url, self.slack.bot_token]
        ) as nursery:
            for _ in range(1 if self.database.is_sqlite else 2):
                nursery.start()
            for number in range(kills):
                for text in range(number * messages // kills, (number + 1) * messages // kills):
                    _put(self, str(text))
                upset(number, nursery)
            self.slack.faults.clear()
            _wait_until_delivered(self)
        self.slack.wait_quiet()

        count = Counter(said["text"] for channel in DMS for said in self.slack.history(channel))
        assert {text: times for text, times in count.items() if times > 1} == {}
        assert len(count) == messages


@pytest.mark.parametrize(
    ("kills", "messages"), [(10, 40), pytest.param(250, 1600, marks=pytest.mark.soak)], ids=["quick", "long"]
)
def test_every_message_is_read_exactly_once_though_its_senders_are_killed(
    database_url: str,
    database: Database,
    key_file: Path,
    keyring: Keyring,
    practice: str,
    slack: Sandbox,
    kills: int,
    messages: int,
) -> None:
    chance = random.Random(kills)

    def kill(number: int, nursery: _Nursery) -> None:
        time.sleep(chance.uniform(0.03, 0.7))
        nursery.kill(chance.choice(nursery.alive))
        nursery.start()

    storm = Storm(
        url=database_url, database=database, key_file=key_file, keyring=keyring, practice=practice, slack=slack
    )
    storm.rages(kills, messages, kill)


@pytest.mark.soak
@pytest.mark.postgres
def test_every_message_is_read_exactly_once_though_the_server_crashes_and_senders_are_paused(
    key_file: Path, keyring: Keyring, slack: Sandbox
) -> None:
    chance = random.Random(20)

    def upset(number: int, nursery: _Nursery) -> None:
        time.sleep(chance.uniform(0.1, 0.7))
        paused = chance.choice(nursery.alive)
        os.kill(paused, signal.SIGSTOP)
        if number % 3 == 0:
            server.crash()
            server.start(fsync=True)
        time.sleep(chance.uniform(0.5, 2.5))
        os.kill(paused, signal.SIGCONT)
        if number % 2:
            nursery.kill(chance.choice(nursery.alive))
            nursery.start()

    with running_server(fsync=True) as server:
        url = server.create_migrated("storm")
        database = open_database(url)
        practice = add_practice(database, "riverside", datetime.now(UTC))
        storm = Storm(url=url, database=database, key_file=key_file, keyring=keyring, practice=practice, slack=slack)
        storm.rages(60, 600, upset)
        database.close()


def _put(storm: Storm, text: str) -> None:
    message = Message(kind="post", channel=DMS[int(text) % len(DMS)], text=text)
    while True:
        with suppress(Busy), storm.database.begin() as connection:
            outbox.put(
                connection,
                storm.keyring,
                practice_id=storm.practice,
                dedup_key=text,
                message=message,
                now=datetime.now(UTC),
            )
            return


def _wait_until_delivered(storm: Storm) -> None:
    ends = time.monotonic() + 1200
    while True:
        with storm.database.read() as connection:
            left = outbox.backlog(connection, practice_id=storm.practice, now=datetime.now(UTC))
        if left.waiting + left.unsure == 0:
            return
        assert time.monotonic() < ends, f"{left} not delivered"
        time.sleep(0.1)


class _Nursery:
    """Starts delivering processes in a few milliseconds each."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.alive: list[int] = []

    def start(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.alive.append(int(self.process.stdout.readline()))

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        self.alive.remove(pid)


@contextmanager
def _nursery(arguments: list[str]) -> Iterator[_Nursery]:
    command = [sys.executable, "-m", "tests.simulation.storm_worker", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        nursery = _Nursery(process)
        try:
            yield nursery
        finally:
            for pid in list(nursery.alive):
                nursery.kill(pid)
