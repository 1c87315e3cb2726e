"""Delivers the outbox: exactly once as the reader sees it, though Slack knows no idempotency key.

Claim, commit, post outside any transaction, record. A claim whose earlier fate is unknown first looks in Slack's
history, and not before Slack had time to settle. `tests/simulation` shows that each of these steps is needed.
"""

from __future__ import annotations

import hmac
import logging
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from ccm.errors import BadSetting
from reminders.outcomes import Later, Outcome, Refused, Sender, Sent, Unknown
from storage import outbox
from storage.database import Database
from storage.messages import Message
from storage.sealing import Keyring, Unsealable

log = logging.getLogger(__name__)

USES = {"respond": 4, "update": 8}
"""How often a repeatable message of unknown fate is tried; a response_url takes five posts, one is left for others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverySettings:
    """All in seconds.

    timeout_s: the client's; connect, TLS and answer may each take so long.
    settle_s: how late Slack may accept or show a message after the post failed.
    deadline_s: how long after the claim a post may still start.
    pace_s: between two posts to one channel. look_back_s: how far Slack's clock may be behind ours.
    """

    timeout_s: float = 10
    settle_s: float = 60
    margin_s: float = 5
    deadline_s: float = 2
    pace_s: float = 1
    look_back_s: float = 600

    def __post_init__(self) -> None:
        if self.deadline_s > self.margin_s:
            raise BadSetting("The delivery deadline must not be longer than the margin of the lease.")

    @property
    def lease_s(self) -> float:
        """A claim lasts until its post would have settled, however late it started."""
        return 3 * self.timeout_s + self.settle_s + self.margin_s


@dataclass(frozen=True, slots=True)
class _Unproven:
    """The look-up failed: the fate is as unknown as before."""

    look_after_s: float | None = None


def awake_s() -> float:
    """Seconds on a clock that nobody sets and that counts a suspended machine too."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def deliver_one(
    database: Database,
    keyring: Keyring,
    clock: Callable[[], datetime],
    sender: Sender,
    settings: DeliverySettings,
    *,
    practice_id: str,
    ticks: Callable[[], float] = awake_s,
) -> bool:
    """Take the practice's next message, deliver it and record what came of it; tell whether there may be more.

    An error of the database leaves the message to its lease.
    """
    begun = ticks()  # before the lease starts, so that no pause goes unseen
    with database.begin() as connection:
        claimed = outbox.claim(
            connection, practice_id=practice_id, now=clock(), lease_s=settings.lease_s, pace_s=settings.pace_s
        )
    if claimed is None:
        return False
    errand = _Errand(database, clock, sender, settings, ticks, claimed, keyring)
    errand.run(begun)
    return True


@dataclass(frozen=True, slots=True)
class _Errand:
    """One claimed message on its way."""

    database: Database
    clock: Callable[[], datetime]
    sender: Sender
    settings: DeliverySettings
    ticks: Callable[[], float]
    claimed: outbox.Claim
    keyring: Keyring

    def run(self, begun: float) -> None:
        try:
            message = outbox.open_message(self.claimed, self.keyring)
        except (Unsealable, ValueError, TypeError):
            return self._bury("unreadable")
        key = hmac.digest(self.keyring.delivery_key, self.claimed.delivery_id.encode(), "sha256").hex()
        if self.claimed.is_unsure:
            known = self._earlier_fate(message, key)
            if known is not None:
                return self._record(message, known)
            begun = self.ticks()
            if not self._change(outbox.renew, lease_s=self.settings.lease_s):
                return None
        return self._record(message, self._post(message, key, begun))

    def _post(self, message: Message, key: str, begun: float) -> Outcome:
        if self._is_expired():
            return Refused("expired")
        if self.ticks() - begun >= self.settings.deadline_s:
            return Later(0)
        return self._guarded(lambda: self.sender.post(message, key)) or Unknown()

    def _earlier_fate(self, message: Message, key: str) -> Outcome | _Unproven | None:
        """What became of the earlier attempt; None when it is right to post (again)."""
        if message.is_repeatable:
            return Refused(outbox.UNKNOWN) if self.claimed.attempt > USES[message.kind] else None
        if not message.is_findable:
            return Unknown()
        since = self.claimed.created_at - timedelta(seconds=self.settings.look_back_s)
        found = self._guarded(lambda: self.sender.find(message, key, since))
        if isinstance(found, Later | Unknown):
            if self._is_expired():
                return Refused(outbox.UNKNOWN)
            return _Unproven(found.retry_after_s if isinstance(found, Later) else None)
        return found

    def _record(self, message: Message, outcome: Outcome | _Unproven) -> None:
        match outcome:
            case Sent(ts):
                if not self._change(outbox.mark_sent, ts=ts):
                    log.error("outbox %s: duplicate seen", self.claimed.id)
            case Refused(code):
                self._bury(code)
            case Later(retry_after_s):
                told = retry_after_s if retry_after_s is not None else 2.0 ** min(self.claimed.attempt, 6)
                self._change(outbox.give_back, after_s=told)
            case _Unproven(look_after_s):
                told = look_after_s if look_after_s is not None else self._settle_s()
                self._change(outbox.leave_unsure, settle_s=told)
            case Unknown() if message.is_repeatable or message.is_findable:
                self._change(outbox.leave_unsure, settle_s=self._settle_s())
            case Unknown():
                self._change(outbox.close_unsure)

    def _settle_s(self) -> float:
        return self.settings.settle_s * min(self.claimed.attempt, 5)

    def _guarded(self, ask: Callable[[], Outcome | None]) -> Outcome | None:
        """A sender that breaks leaves the fate unknown; its error may hold words, so only its kind is logged."""
        try:
            return ask()
        except Exception as error:  # noqa: BLE001 - one broken message must not stop the others
            log.error("outbox %s: the sender broke, %s", self.claimed.id, type(error).__name__)
            return Unknown()

    def _is_expired(self) -> bool:
        return self.claimed.expires_at <= self.clock()

    def _bury(self, code: str) -> None:
        if self._change(outbox.bury, code=code):
            log.warning("outbox %s: dead letter, %s", self.claimed.id, code)

    def _change(self, change: Callable[..., bool], **what: object) -> bool:
        with self.database.begin() as connection:
            return change(connection, self.claimed, now=self.clock(), **what)


class Deliverer:
    """A few threads that deliver when woken, and look every second in case nobody woke them.

    deliver: `deliver_one` with all it needs; True when there may be more.
    """

    def __init__(self, deliver: Callable[[], bool], *, workers: int = 3, tick_s: float = 1.0) -> None:
        self._deliver = deliver
        self._tick_s = tick_s
        self._stopping = threading.Event()
        self._calls: queue.Queue[None] = queue.Queue(maxsize=workers)
        self._trouble = ""
        self._threads = [
            threading.Thread(target=self._work, name=f"deliver-{n}", daemon=True) for n in range(1, workers + 1)
        ]

    def start(self) -> None:
        """Begin, with what an earlier run left."""
        for thread in self._threads:
            thread.start()
        self.wake()

    def wake(self) -> None:
        """Say that there is something to deliver; returns at once."""
        with suppress(queue.Full):  # as many looks as there are workers are still to come
            self._calls.put_nowait(None)

    def stop(self, timeout_s: float = 15) -> bool:
        """Let each worker finish its message; False when one did not in time (its lease then covers it)."""
        self._stopping.set()
        for _ in self._threads:
            self.wake()
        until = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        while not self._stopping.is_set():
            with suppress(queue.Empty):
                self._calls.get(timeout=self._tick_s)
            while not self._stopping.is_set() and self._deliver_safely():
                self.wake()  # another worker may help

    def _deliver_safely(self) -> bool:
        try:
            more = self._deliver()
        except Exception as error:  # noqa: BLE001 - a worker outlives every error; the lease covers the message
            if (trouble := type(error).__name__) != self._trouble:
                log.error("delivery is in trouble: %s", trouble)
            self._trouble = trouble
            return False
        self._trouble = ""
        return more
