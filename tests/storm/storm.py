"""A storm: real bot processes, many people at once, `kill -9` at random moments; then every account must agree."""

from __future__ import annotations

import itertools
import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from ccm.billing import count_month, live
from ccm.months import ServiceMonth
from sandbox import Sandbox
from sandbox.delivery import Delivery
from storage import audit, people, projection
from storage.database import Database, open_database
from storage.schema import outbox, patient, practice, time_entry
from storage.sealing import load_keyring
from tests.scenarios.office import environment

ROOT = Path(__file__).parents[2]
STAFF = ("nina", "cora", "sam", "drew", "frank")
SLOWEST_LEASE_S = 12.0
"""A message claimed by a killed bot is free again after its lease: three timeouts, the settling, five seconds."""

Job = tuple[str, str, int]
"""Who logs, for which patient code, how many minutes: no two jobs alike, so that no job is a duplicate of another."""


@dataclass(slots=True)
class Storm:
    """One storm on one database.

    commands, messages: what was sent for each job. kills: how often a bot was killed.
    """

    slack: Sandbox
    url: str
    key_file: Path
    log: Path
    replicas: int = 1
    seed: int = 1
    part_of_messages: float = 0.5
    commands: dict[Job, Delivery] = field(default_factory=dict)
    messages: dict[Job, Delivery] = field(default_factory=dict)
    kills: int = 0
    _bots: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def rages(self, kills: int, threads: int = 6) -> None:
        """Send from many threads while bots are killed so often; then let the last ones finish their work."""
        chance = random.Random(self.seed)
        with self._running():
            jobs = self._jobs(chance)
            senders = [threading.Thread(target=self._send, args=(jobs, n)) for n in range(threads)]
            for sender in senders:
                sender.start()
            try:
                for _ in range(kills):
                    time.sleep(chance.uniform(0.05, 1.0))
                    self._kill(chance.randrange(self.replicas))
            finally:
                self._over.set()
                for sender in senders:
                    sender.join()
            self._wait_settled()

    @contextmanager
    def _running(self) -> Iterator[None]:
        self._bots = [self._bot() for _ in range(self.replicas)]
        try:
            self.slack.wait_connected(self.replicas)
            yield
        finally:
            for bot in self._bots:
                bot.terminate()
            for bot in self._bots:
                bot.wait(20)

    def _bot(self) -> subprocess.Popen[bytes]:
        env = environment(
            DATABASE_URL=self.url,
            CCM_KEY_FILE=str(self.key_file),
            SLACK_API_URL=self.slack.api_url,
            SLACK_BOT_TOKEN=self.slack.bot_token,
            SLACK_APP_TOKEN=self.slack.app_token,
            CCM_DELIVERY_PACE_S="0",
            CCM_DELIVERY_SETTLE_S="0.5",
            CCM_DELIVERY_TIMEOUT_S="1",
            CCM_PING_INTERVAL_S="1",
        )
        with self.log.open("ab") as out:
            return subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=ROOT, env=env, stdout=out, stderr=out)

    def _kill(self, number: int) -> None:
        killed = self._bots[number]
        assert killed.poll() is None, f"the bot ended by itself, see {self.log}"
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        self.kills += 1
        self._bots[number] = self._bot()
        assert self.slack.wait_for(lambda: self.slack.connections >= self.replicas or None, 30), "no bot came back"

    def _jobs(self, chance: random.Random) -> Iterator[Job]:
        with open_once(self.url) as database, database.read() as connection:
            codes = sorted(connection.execute(select(patient.c.code)).scalars())
        jobs = list(itertools.product(STAFF, codes, range(1, 60)))
        chance.shuffle(jobs)
        return iter(jobs)

    def _send(self, jobs: Iterator[Job], number: int) -> None:
        chance = random.Random(self.seed * 1000 + number)
        while not self._over.is_set():
            with self._turn:
                job = next(jobs)
            user, code, minutes = job
            words = f"log {minutes} min med rec {code}"
            if chance.random() < self.part_of_messages:
                self.messages[job] = sent = self.slack.person(user).types(words)  # type: ignore[assignment]
            else:
                self.commands[job] = sent = self.slack.command("/ccm", words, user=user)
                if sent.is_acked and chance.random() < 0.3:
                    self.slack.redeliver(Delivery(kind=sent.kind, payload=sent.payload))
            if not sent.is_acked:
                time.sleep(0.2)

    def _wait_settled(self) -> None:
        """Until Slack redelivers nothing more and every message has been delivered."""
        ends = time.monotonic() + 2 * SLOWEST_LEASE_S
        with open_once(self.url) as database:
            while time.monotonic() < ends:
                self.slack.wait_quiet(0.1)
                retrying = self.slack.ask(lambda: len(self.slack.slack.socket.tasks))
                with database.read() as connection:
                    waiting = connection.execute(
                        select(outbox.c.id).where(outbox.c.state.in_(["pending", "sending"]))
                    ).all()
                if not waiting and not retrying:
                    return
                time.sleep(0.2)
        raise AssertionError(f"{len(waiting)} messages wait, {retrying} envelopes are on their way")


@contextmanager
def open_once(url: str) -> Iterator[Database]:
    """The database for a look from outside."""
    database = open_database(url)
    try:
        yield database
    finally:
        database.close()


@dataclass(frozen=True, slots=True)
class Account:
    """What the record, Slack and the storm itself say happened."""

    stored: Counter[Job]
    said_saved: set[Job]
    said_unsaved: set[Job]
    acked_messages: set[Job]
    answers: Counter[Job]
    totals_agree: bool
    chain_is_whole: bool
    dead: int

    @property
    def lost(self) -> set[Job]:
        """Told to be saved, or a message acked, and not there."""
        return (self.said_saved | self.acked_messages) - set(self.stored)

    @property
    def doubled(self) -> set[Job]:
        """There more than once."""
        return {job for job, times in self.stored.items() if times > 1}

    @property
    def lied(self) -> set[Job]:
        """Told not to be saved, and there."""
        return self.said_unsaved & set(self.stored)


def account(storm: Storm) -> Account:
    """Read the record and everybody's screens."""
    keyring = load_keyring(storm.key_file)
    with open_once(storm.url) as database, database.read() as connection:
        practice_id = connection.execute(select(practice.c.id)).scalar_one()
        codes = {row.id: row.code for row in connection.execute(select(patient.c.id, patient.c.code))}
        rows = connection.execute(select(time_entry).order_by(time_entry.c.seq)).mappings()
        entries = live(projection.entry_from(row) for row in rows)
        today = max((entry.day for entry in entries), default=None)
        assert today is not None, "nothing was stored at all"
        names = {a.staff_id: a.user_id[2:].lower() for a in people.actors(connection, practice_id, today).values()}
        stored = Counter((names[e.staff_id], codes[e.patient_id], e.minutes) for e in entries)
        dead = connection.execute(text("SELECT count(*) FROM outbox WHERE state = 'dead'")).scalar_one()
        return Account(
            stored=stored,
            said_saved=_acked_with(storm.commands, "*Saved*"),
            said_unsaved=_acked_with(storm.commands, "Nothing was saved"),
            acked_messages={job for job, sent in storm.messages.items() if sent.is_acked},
            answers=_answers(storm),
            totals_agree=_totals_agree(connection, practice_id),
            chain_is_whole=audit.verify_chain(connection, keyring, practice_id).first_bad is None,
            dead=int(dead),
        )


def _acked_with(sent: dict[Job, Delivery], words: str) -> set[Job]:
    return {job for job, one in sent.items() if one.is_acked and words in json.dumps(one.ack_payload)}


def _answers(storm: Storm) -> Counter[Job]:
    """How many receipts stand in direct messages for each job that was one."""
    found: Counter[Job] = Counter()
    for user in STAFF:
        said = [
            json.dumps(one.get("blocks"), ensure_ascii=False) for one in storm.slack.history(user) if one.get("bot_id")
        ]
        for job in storm.messages:
            if job[0] == user:
                found[job] += sum(f"*{job[2]} min* · " in blocks and f"({job[1]})" in blocks for blocks in said)
    return found


def _totals_agree(connection: Any, practice_id: str) -> bool:
    """Each patient-month as stored is what its rows say, and all of them together are all minutes."""
    months = connection.execute(text("SELECT patient_id, month, staff_minutes, qhp_minutes, other_minutes, entries "
                                     "FROM patient_month")).all()  # fmt: skip
    for row in months:
        counted = count_month(projection.entries_of(connection, practice_id, (row[0], ServiceMonth.parse(row[1]))))
        if (counted.staff_minutes, counted.qhp_minutes, counted.other_minutes, counted.entries) != tuple(row[2:]):
            return False
    rows = connection.execute(select(time_entry)).mappings()
    return sum(sum(row[2:5]) for row in months) == sum(
        entry.minutes for entry in live(map(projection.entry_from, rows))
    )
