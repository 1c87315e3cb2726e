"""What can come of a delivery, and what is asked of whoever sends: plain values between the outbox and Slack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from storage.messages import Message


@dataclass(frozen=True, slots=True)
class Sent:
    """Its reader has it; `ts` is Slack's name for it, where it has one."""

    ts: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Surely not taken, and trying again would not help."""

    code: str


@dataclass(frozen=True, slots=True)
class Later:
    """Surely not taken; trying again helps. `retry_after_s`: as told by Slack; None when nobody told."""

    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been taken."""


Outcome = Sent | Refused | Later | Unknown


class Sender(Protocol):
    """Sends for one practice. `delivery_key` is opaque and rides with the message, so that it can be found again."""

    def post(self, message: Message, delivery_key: str) -> Outcome:
        """Send once; never try twice by itself."""

    def find(self, message: Message, delivery_key: str, since: datetime) -> Outcome | None:
        """Look for a message sent since then: Sent, None when it is not there, else why the look-up failed."""
