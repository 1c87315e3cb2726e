"""An office that delivers: an outbox at hand, and a Slack that does what it is told to."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reminders.delivery import DeliverySettings, deliver_one
from reminders.outcomes import Outcome, Sent
from storage.database import Database
from storage.messages import Message
from storage.sealing import Keyring
from tests.outbox_at_hand import Outbox


@dataclass
class FakeSlack:
    """Does what the next of `answers` says, and what Slack does when it says nothing: takes the message."""

    answers: list[Outcome | Exception] = field(default_factory=list)
    looks: list[Outcome | Exception] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)
    asked: int = 0

    def post(self, message: Message, delivery_key: str) -> Outcome:
        answer = self.answers.pop(0) if self.answers else Sent()
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Sent):
            return self.take(message, delivery_key)
        return answer

    def take(self, message: Message, delivery_key: str) -> Sent:
        self.taken.append((delivery_key, message.text))
        return Sent(message.ts or f"17.{len(self.taken)}")

    def find(self, message: Message, delivery_key: str, since: datetime) -> Outcome | None:
        self.asked += 1
        if self.looks:
            look = self.looks.pop(0)
            if isinstance(look, Exception):
                raise look
            return look
        places = [place for place, (key, _) in enumerate(self.taken, start=1) if key == delivery_key]
        return Sent(f"17.{places[0]}") if places else None

    @property
    def said(self) -> list[str]:
        return [text for _, text in self.taken]


class Office(Outbox):
    """An outbox and the means to deliver it."""

    def __init__(self, database: Database, keyring: Keyring, practice_id: str, clock: Any) -> None:
        super().__init__(database, keyring, practice_id, clock)
        self.slack = FakeSlack()
        self.settings = DeliverySettings(pace_s=0)

    def deliver(self, ticks: Callable[[], float] = time.monotonic) -> bool:
        return deliver_one(
            self.database,
            self.keyring,
            self.clock,
            self.slack,
            self.settings,
            practice_id=self.practice_id,
            ticks=ticks,
        )

    def deliver_all(self) -> None:
        while self.deliver():
            pass

    def states(self) -> list[tuple[str, str | None]]:
        return [(row.state, row.error) for row in self.rows()]
