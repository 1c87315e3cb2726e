"""Real processes, killed at random, against a Slack that fails three calls in ten: each message is read once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox import Pace, Sandbox
from storage import outbox
from storage.database import Database
from storage.messages import Message
from storage.sealing import Keyring

ROOT = Path(__file__).parents[2]
KINDS = ("429", "500_before", "500_after", "reset_before", "reset_after", "hang", "slow")


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(pace=Pace(hang=1.0)) as sandbox:
        yield sandbox


@pytest.mark.parametrize(
    ("kills", "messages"), [(10, 40), pytest.param(250, 1600, marks=pytest.mark.soak)], ids=["quick", "long"]
)
def test_every_message_is_read_exactly_once_though_its_senders_are_killed(
    database: Database,
    database_url: str,
    keyring: Keyring,
    key_file: Path,
    practice: str,
    slack: Sandbox,
    kills: int,
    messages: int,
) -> None:
    chance = random.Random(kills)
    slack.faults.by_chance(0.3, seed=kills, kinds=KINDS, methods=("chat.postMessage", "conversations.history"))
    arguments = [database_url, str(key_file), practice, slack.api_url, slack.bot_token]
    with _nursery(arguments) as nursery:
        replicas = [nursery.start() for _ in range(1 if database.is_sqlite else 2)]
        for number in range(kills):
            for text in range(number * messages // kills, (number + 1) * messages // kills):
                _put(database, keyring, practice, str(text))
            time.sleep(chance.uniform(0.03, 0.7))
            victim = chance.randrange(len(replicas))
            os.kill(replicas[victim], signal.SIGKILL)
            replicas[victim] = nursery.start()
        slack.faults.clear()
        _wait_until_delivered(database, practice)
        for replica in replicas:
            os.kill(replica, signal.SIGKILL)
    slack.wait_quiet()

    count = Counter(said["text"] for channel in ("D0NINA", "D0CORA", "D0SAM") for said in slack.history(channel))
    assert {text: times for text, times in count.items() if times > 1} == {}
    assert len(count) == messages


def _put(database: Database, keyring: Keyring, practice: str, text: str) -> None:
    channel = ("D0NINA", "D0CORA", "D0SAM")[int(text) % 3]
    with database.begin() as connection:
        outbox.put(
            connection,
            keyring,
            practice_id=practice,
            dedup_key=text,
            message=Message(kind="post", channel=channel, text=text),
            now=datetime.now(UTC),
        )


def _wait_until_delivered(database: Database, practice: str) -> None:
    ends = time.monotonic() + 1200
    while True:
        with database.read() as connection:
            left = outbox.backlog(connection, practice_id=practice, now=datetime.now(UTC))
        if left.waiting + left.unsure == 0:
            return
        assert time.monotonic() < ends, f"{left} not delivered"
        time.sleep(0.1)


class _Nursery:
    """Starts delivering processes in a few milliseconds each."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def start(self) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@contextmanager
def _nursery(arguments: list[str]) -> Iterator[_Nursery]:
    command = [sys.executable, "-m", "tests.simulation.storm_worker", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        yield _Nursery(process)
