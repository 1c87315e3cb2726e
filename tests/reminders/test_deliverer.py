"""The workers: woken or not they deliver, in order, at Slack's pace; no error ends them, and they stop when told."""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ccm.errors import Busy
from reminders.delivery import Deliverer
from reminders.outcomes import Outcome
from storage.database import Database
from storage.messages import Message
from storage.sealing import Keyring
from tests.delivery_at_hand import Office


@pytest.fixture
def office(database: Database, keyring: Keyring, practice: str, clock: Any) -> Office:
    return Office(database, keyring, practice, clock)


@pytest.fixture
def start() -> Iterator[Callable[..., Deliverer]]:
    started: list[Deliverer] = []

    def starts(deliver: Callable[[], bool], **how: Any) -> Deliverer:
        started.append(Deliverer(deliver, **how))
        started[-1].start()
        return started[-1]

    yield starts
    for deliverer in started:
        assert deliverer.stop()


def test_workers_deliver_what_an_earlier_run_left_and_what_they_are_woken_for(
    office: Office, start: Callable[..., Deliverer]
) -> None:
    office.put("left")
    deliverer = start(office.deliver, tick_s=60)
    _wait(lambda: office.slack.said == ["left"])

    office.put("new")
    deliverer.wake()

    _wait(lambda: office.slack.said == ["left", "new"])


def test_workers_look_by_themselves_when_nobody_woke_them(office: Office, start: Callable[..., Deliverer]) -> None:
    start(office.deliver, tick_s=0.05)

    office.put()

    _wait(lambda: office.slack.said == ["hello"])


def test_several_workers_keep_every_channels_order_and_double_nothing(
    office: Office, start: Callable[..., Deliverer]
) -> None:
    for number in range(60):
        office.put(f"{number % 6}:{number // 6}", channel=f"D{number % 6}")
    workers = [start(office.deliver, tick_s=0.05) for _ in range(2)]

    _wait(lambda: len(office.slack.said) >= 60)
    for worker in workers:
        worker.stop()

    for channel in range(6):
        of_channel = [text for text in office.slack.said if text.startswith(f"{channel}:")]
        assert of_channel == [f"{channel}:{n}" for n in range(10)]


def test_a_channel_gets_at_most_one_post_a_pace(office: Office, start: Callable[..., Deliverer]) -> None:
    office.settings = replace(office.settings, pace_s=0.2)
    moments: list[float] = []
    if office.database.is_sqlite:
        began, real = office.clock.now, time.monotonic()
        clock: Any = lambda: began + timedelta(seconds=time.monotonic() - real)  # noqa: E731 - a clock that runs
        office.clock = clock
    healthy = office.slack.post

    def noted(message: Message, key: str) -> Outcome:
        moments.append(time.monotonic())
        return healthy(message, key)

    office.slack.post = noted  # type: ignore[method-assign]
    for number in range(4):
        office.put(str(number))
    start(office.deliver, tick_s=0.02)

    _wait(lambda: len(moments) == 4)
    assert min(later - earlier for earlier, later in itertools.pairwise(moments)) >= 0.19


def test_a_worker_outlives_every_error_and_tells_each_cause_once(
    start: Callable[..., Deliverer], caplog: pytest.LogCaptureFixture
) -> None:
    calls: list[None] = []

    def failing() -> bool:
        calls.append(None)
        raise Busy("The record is not reachable right now.")

    start(failing, tick_s=0.01, workers=1)

    _wait(lambda: len(calls) > 5)
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == [
        "delivery is in trouble: Busy"
    ]


def test_stopping_waits_for_the_message_in_hand(start: Callable[..., Deliverer]) -> None:
    at_work, done = threading.Event(), threading.Event()

    def slow() -> bool:
        at_work.set()
        time.sleep(0.2)
        done.set()
        return False

    deliverer = start(slow, workers=1, tick_s=60)
    at_work.wait(5)

    assert deliverer.stop() is True
    assert done.is_set()


def _wait(until: Callable[[], bool]) -> None:
    ends = time.monotonic() + 10
    while not until():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.01)
