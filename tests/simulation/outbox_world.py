"""A small world with a virtual clock, in which the product's own delivery code crashes and pauses at every step.

Two replicas run `deliver_one` on one database. Each is a greenlet; wherever it leaves the product's code (the clock,
a transaction's start, its commit, Slack) the world may stop it for a while, kill it, or let the other one run. Slack
fails three posts in ten, and takes some of them seconds after it told that they failed. One seed, one history.
"""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from greenlet import getcurrent, greenlet
from sqlalchemy import Connection, delete, func, select

from ccm.errors import Busy
from reminders.delivery import DeliverySettings, deliver_one
from reminders.outcomes import Later, Outcome, Sent, Unknown
from storage import outbox
from storage.database import Database
from storage.messages import Message
from storage.schema import outbox as table
from storage.sealing import Keyring

START = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
TAIL_S = 8.0
"""How much later than it failed Slack may still take a post; the settle time must be longer."""
SETTINGS = DeliverySettings(timeout_s=2 / 3, settle_s=10, margin_s=2, deadline_s=2, pace_s=1)
POSTS = 6
VERSIONS = 3
"""Of one card, put one after the other; the reader must end with the last."""
CALM_AT = 90.0
"""From then on nothing fails any more and the rest must be delivered."""
END = 1500.0


class Crash(BaseException):
    """kill -9: nothing of ours may catch it."""


@dataclass(slots=True, kw_only=True)
class World:
    """One seed's history. The mutants of the protocol change `settings`, `looks` or `watches`."""

    seed: int
    database: Database
    keyring: Keyring
    practice_id: str
    settings: DeliverySettings = SETTINGS
    looks: bool = True  # whether the history is asked at all
    watches: bool = True  # whether the deadline's clock runs
    now: float = 0.0
    crashes: int = 0
    pauses: int = 0
    taken: list[tuple[float, str, str]] = field(default_factory=list)
    locked: bool = False
    hub: Any = None
    queue: list[tuple[float, int, Any]] = field(default_factory=list)
    turns: int = 0
    chance: random.Random = field(default_factory=random.Random)

    def run(self) -> None:
        """Live through the whole history."""
        self.chance.seed(self.seed)
        self.hub = getcurrent()
        with self.database.begin() as connection:
            connection.execute(delete(table))
        for process in (self._writes, self._delivers, self._delivers):
            self._sleep_until(0.0, greenlet(process))
        while self.queue and self.now < END and not self._is_over():
            self.now, _, process = heapq.heappop(self.queue)
            process.switch()
        for _, _, process in self.queue:
            process.throw()  # GreenletExit, which ends it quietly

    def faults(self) -> tuple[int, int]:
        """How many messages no reader has, and how many readers have once more than they should."""
        count = Counter(text for _, _, text in self.taken)
        lost = sum(not count[f"post {n}"] for n in range(POSTS))
        return lost, sum(max(0, count[f"post {n}"] - 1) for n in range(POSTS))

    def card(self) -> str:
        """The version of the card that its reader sees in the end."""
        return max((taken for taken in self.taken if taken[2].startswith("version")), default=(0.0, "", ""))[2]

    def is_well(self) -> bool:
        """Exactly once, and the card as it should be."""
        return self.faults() == (0, 0) and self.card() == f"version {VERSIONS - 1}"

    # Time

    def clock(self) -> datetime:
        """The injected clock, also of the leases."""
        self.step()
        return START + timedelta(seconds=self.now)

    def ticks(self) -> float:
        """What a process measures its deadline by."""
        self.step()
        return self.now if self.watches else 0.0

    def step(self, takes: float = 0.01) -> None:
        """A place where the process may die or stop for a while."""
        if self.now < CALM_AT:
            fate = self.chance.random()
            if fate < 0.02:
                self.crashes += 1
                raise Crash
            if fate < (0.03 if self.locked else 0.06):  # a pause that holds the lock stops the others too
                self.pauses += 1
                takes += self.chance.uniform(1, 40)
        self._sleep(takes * self.chance.random() * 2)

    def _sleep(self, seconds: float) -> None:
        self._sleep_until(self.now + seconds, getcurrent())
        self.hub.switch()

    def _sleep_until(self, at: float, process: Any) -> None:
        self.turns += 1
        heapq.heappush(self.queue, (at, self.turns, process))

    def _is_over(self) -> bool:
        if self.now < CALM_AT or any(at > self.now for at, _, _ in self.taken):
            return False
        with self.database.read() as connection:
            return connection.scalar(select(func.count(table.c.sent_at))) == POSTS + VERSIONS

    # Processes

    def _writes(self) -> None:
        posts = [Message(kind="post", channel=f"D{n % 3}", text=f"post {n}") for n in range(POSTS)]
        versions = [Message(kind="update", channel="D0", ts="1.0", text=f"version {n}") for n in range(VERSIONS)]
        for message in posts + versions:
            self._sleep(self.chance.uniform(0, 5))
            while self.locked:
                self._sleep(0.1)
            with self.database.begin() as connection:
                outbox.put(
                    connection,
                    self.keyring,
                    practice_id=self.practice_id,
                    dedup_key=message.text,
                    message=message,
                    now=START + timedelta(seconds=self.now),
                )

    def _delivers(self) -> None:
        while True:
            try:
                more = deliver_one(
                    self,
                    self.keyring,
                    self.clock,
                    self,
                    self.settings,
                    practice_id=self.practice_id,
                    ticks=self.ticks,
                )
            except (Busy, Crash):
                more = False
            self._sleep(0.05 if more else self.chance.uniform(1, 3))

    # The database, as the product sees it: one writer, and a wait for it that ends

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        self.step()
        patience = self.now + 1.5
        while self.locked:
            if self.now > patience:
                raise Busy("locked")
            self._sleep(0.1)
        self.locked = True
        try:
            with self.database.begin() as connection:
                yield connection
                self.step()
        finally:
            self.locked = False
        self.step()

    # Slack, as the product sees it

    def post(self, message: Message, delivery_key: str) -> Outcome:
        """Take the message, or not, or later; the answer tells not always which."""
        fate = self.chance.random() if self.now < CALM_AT else 1.0
        if fate < 0.05:
            return Later(self.chance.uniform(1, 20))
        if fate < 0.08:
            return Later()
        if fate < 0.13:
            return self._no_answer()
        late = self.chance.uniform(0, TAIL_S) if fate < 0.30 else 0.0
        if late:
            waited = self.chance.choice([0.1, 3 * self.settings.timeout_s])
            self.taken.append((self.now + waited + late, delivery_key, message.text))
            return self._no_answer(waited)
        self.taken.append((self.now, delivery_key, message.text))
        ts = message.ts or str(len(self.taken))
        self.step(0.3)
        return Sent(ts)

    def find(self, message: Message, delivery_key: str, since: datetime) -> Outcome | None:
        """What the channel's history shows by now."""
        self.step(0.5)
        if not self.looks:
            return None
        if self.now < CALM_AT and self.chance.random() < 0.1:
            return self.chance.choice([Later(3.0), Unknown()])
        for place, (at, key, _) in enumerate(self.taken, start=1):
            if key == delivery_key and at <= self.now:
                self.step(0.5)
                return Sent(str(place))
        self.step(0.5)
        return None

    def _no_answer(self, waited: float = 0.1) -> Outcome:
        self._sleep(waited)
        self.step()
        return Unknown()
