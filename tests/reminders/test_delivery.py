"""Delivery as its reader sees it: once; in order; and when it is not known, looked up before it is said again."""

from __future__ import annotations

import hashlib
import hmac
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Interval, cast, select, update

from ccm.errors import BadSetting, Busy
from reminders.delivery import USES, Deliverer, DeliverySettings, deliver_one
from reminders.outcomes import Later, Outcome, Refused, Sent, Unknown
from storage import outbox
from storage.database import Database
from storage.messages import Message
from storage.schema import outbox as table
from storage.sealing import Keyring

SETTINGS = DeliverySettings(pace_s=0)


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


class Office:
    """An outbox of one practice and the means to deliver it."""

    def __init__(self, database: Database, keyring: Keyring, practice_id: str, clock: Any) -> None:
        self.database, self.keyring, self.practice_id, self.clock = database, keyring, practice_id, clock
        self.slack = FakeSlack()
        self.ticks = time.monotonic
        self.settings = SETTINGS
        self.count = 0

    def put(self, text: str = "hello", kind: str = "post", channel: str = "D1", **more: Any) -> None:
        self.count += 1
        expires_at = more.pop("expires_at", None)
        message = Message(kind=kind, channel=channel, text=text, **more)  # type: ignore[arg-type]
        with self.database.begin() as connection:
            outbox.put(
                connection,
                self.keyring,
                practice_id=self.practice_id,
                dedup_key=str(self.count),
                message=message,
                now=self.clock(),
                expires_at=expires_at,
            )

    def deliver(self, **how: Any) -> bool:
        how = {"practice_id": self.practice_id, "ticks": self.ticks} | how
        return deliver_one(self.database, self.keyring, self.clock, self.slack, self.settings, **how)

    def deliver_all(self) -> None:
        while self.deliver():
            pass

    def pass_time(self, seconds: float) -> None:
        """Move the clock on SQLite; on PostgreSQL, whose server's clock counts, move the rows back instead."""
        self.clock.advance(seconds=seconds)
        if not self.database.is_sqlite:
            by = cast(timedelta(seconds=seconds), Interval)
            columns = ("not_before", "unsure_until", "sent_at", "created_at")
            with self.database.begin() as connection:
                connection.execute(update(table).values({name: table.c[name] - by for name in columns}))

    def rows(self) -> list[Any]:
        with self.database.read() as connection:
            return list(connection.execute(select(table).order_by(table.c.seq)))

    def states(self) -> list[tuple[str, str | None]]:
        return [(row.state, row.error) for row in self.rows()]


@pytest.fixture
def office(database: Database, keyring: Keyring, practice: str, clock: Any) -> Office:
    return Office(database, keyring, practice, clock)


def test_a_message_is_posted_once_and_kept_with_slacks_name_for_it(office: Office) -> None:
    office.put()

    assert office.deliver() is True
    assert office.deliver() is False

    assert office.slack.said == ["hello"]
    assert (office.rows()[0].state, office.rows()[0].slack_ts) == ("sent", "17.1")


def test_the_key_that_rides_along_tells_nothing_and_is_the_messages_own(office: Office) -> None:
    office.put("one")
    office.put("two")
    office.deliver_all()

    keys = [key for key, _ in office.slack.taken]

    assert len(set(keys)) == 2
    assert all(len(key) == 64 and row.delivery_id not in key for key, row in zip(keys, office.rows(), strict=True))


def test_rate_limits_are_honoured_and_keep_the_order(office: Office) -> None:
    office.put("first")
    office.put("second")
    office.slack.answers = [Later(30)]

    office.deliver_all()
    assert office.slack.said == []
    office.pass_time(31)
    office.deliver_all()

    assert office.slack.said == ["first", "second"]
    assert office.slack.asked == 0, "what was surely refused needs no look-up"


def test_without_a_told_time_each_try_waits_longer(office: Office) -> None:
    office.put()
    office.slack.answers = [Later(), Later()]
    office.deliver_all()

    office.pass_time(2.5)
    office.deliver_all()
    office.pass_time(2.5)
    assert office.deliver() is False
    office.pass_time(2.5)
    office.deliver_all()

    assert office.slack.said == ["hello"]


def test_a_refusal_makes_a_dead_letter_logged_by_id_and_code_alone(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.put("Lopez reached 20 minutes")
    office.put("fine")
    office.slack.answers = [Refused("channel_not_found")]

    office.deliver_all()

    assert office.states() == [("dead", "channel_not_found"), ("sent", None)]
    assert caplog.messages == [f"outbox {office.rows()[0].id}: dead letter, channel_not_found"]


def test_an_unknown_fate_is_looked_up_only_after_slack_had_time_to_settle(office: Office) -> None:
    office.put()
    office.slack.answers = [Unknown()]
    office.deliver_all()

    office.pass_time(59)
    assert office.deliver() is False
    office.slack.take(Message(kind="post", channel="D1", text="hello"), _key(office))  # Slack took it, late
    office.pass_time(2)
    office.deliver_all()

    assert office.slack.said == ["hello"]
    assert office.slack.asked == 1
    assert office.states() == [("sent", None)]


def test_what_the_history_does_not_show_is_posted_again(office: Office) -> None:
    office.put()
    office.slack.answers = [Unknown()]
    office.deliver_all()

    office.pass_time(61)
    office.deliver_all()

    assert office.slack.said == ["hello"]
    assert office.slack.asked == 1


@pytest.mark.parametrize("died", ["before the post", "after the post"])
def test_a_worker_that_died_is_made_good_after_its_lease(office: Office, died: str) -> None:
    office.put()
    posts = {"before the post": KeyboardInterrupt(), "after the post": Sent()}

    def dying(message: Message, key: str) -> Outcome:
        if isinstance(posts[died], Sent):
            office.slack.take(message, key)
        raise KeyboardInterrupt  # not an Exception: nothing catches it, like kill -9

    healthy, office.slack.post = office.slack.post, dying  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        office.deliver()
    office.slack.post = healthy  # type: ignore[method-assign]
    assert office.deliver() is False
    office.pass_time(SETTINGS.lease_s + 1)
    office.deliver_all()

    assert office.slack.said == ["hello"]
    assert office.states() == [("sent", None)]


@pytest.mark.parametrize(
    ("look", "after_s"),
    [(Later(3), 4), (Unknown(), 121), (RuntimeError("a page was torn"), 121)],
    ids=["rate limited", "no answer", "broken"],
)
def test_a_failed_look_up_proves_nothing_and_is_repeated(
    office: Office, look: Outcome | Exception, after_s: float
) -> None:
    office.put()
    office.slack.answers, office.slack.looks = [Unknown()], [look]
    office.deliver_all()
    office.pass_time(61)
    office.deliver_all()
    assert office.slack.said == []

    office.pass_time(after_s)
    office.deliver_all()

    assert office.slack.asked == 2
    assert office.slack.said == ["hello"]


def test_a_channel_whose_history_cannot_be_read_makes_a_dead_letter_rather_than_a_second_message(
    office: Office,
) -> None:
    office.put()
    office.slack.answers, office.slack.looks = [Unknown()], [Refused("missing_scope")]
    office.deliver_all()
    office.pass_time(61)
    office.deliver_all()

    assert office.states() == [("dead", "missing_scope")]


def test_a_post_starts_within_the_deadline_or_not_at_all(office: Office) -> None:
    office.put()
    times = iter([0.0, 2.0])

    office.deliver(ticks=lambda: next(times))

    assert office.slack.said == []
    assert office.rows()[0].state == "pending", "nothing was posted, so it need not wait for the lease"
    office.deliver_all()
    assert office.slack.said == ["hello"]


def test_a_slow_look_up_takes_nothing_from_the_deadline(office: Office) -> None:
    office.put()
    office.slack.answers = [Unknown()]
    office.deliver_all()
    office.pass_time(61)
    times = iter([0.0, 30.0, 30.1])

    office.deliver(ticks=lambda: next(times))

    assert office.slack.said == ["hello"]


def test_who_was_paused_in_the_look_up_posts_nothing(office: Office) -> None:
    office.put()
    office.slack.answers = [Unknown()]
    office.deliver_all()
    office.pass_time(61)
    healthy = office.slack.find

    def paused(message: Message, key: str, since: datetime) -> Outcome | None:
        found = healthy(message, key, since)
        office.slack.find = healthy  # type: ignore[method-assign]
        office.pass_time(SETTINGS.lease_s + 1)
        office.deliver()  # another worker
        return found

    office.slack.find = paused  # type: ignore[method-assign]
    office.deliver_all()

    assert office.slack.said == ["hello"]


def test_an_expired_message_is_not_posted_any_more(office: Office) -> None:
    office.put(expires_at=office.clock() + timedelta(hours=1))
    office.clock.advance(hours=2)

    office.deliver_all()

    assert office.slack.said == []
    assert office.states() == [("dead", "expired")]


def test_an_expired_message_of_unknown_fate_is_looked_up_first(office: Office) -> None:
    office.put("arrived", channel="D1", expires_at=office.clock() + timedelta(seconds=30))
    office.put("not seen", channel="D2", expires_at=office.clock() + timedelta(seconds=30))
    office.slack.answers = [Unknown(), Unknown()]
    office.deliver_all()
    office.pass_time(61)
    office.slack.looks = [Sent("17.1"), Unknown()]

    office.deliver_all()

    assert office.states() == [("sent", None), ("dead", "unknown")]


def test_a_cards_change_of_unknown_fate_is_repeated_without_a_look_up(office: Office) -> None:
    office.put("12 min", "update", ts="17.9")
    office.slack.answers = [Unknown()]

    office.deliver_all()
    office.pass_time(61)
    office.deliver_all()

    assert office.slack.said == ["12 min"]
    assert office.slack.asked == 0


def test_an_answer_to_a_response_url_leaves_a_use_for_others(office: Office) -> None:
    office.put("saved", "respond", response_url="https://hooks.slack.test/1", replace_original=True)
    office.slack.answers = [Unknown()] * 9
    for _ in range(9):
        office.deliver_all()
        office.pass_time(301)

    assert 9 - len(office.slack.answers) == USES["respond"] == 4
    assert office.states() == [("dead", "unknown")]


@pytest.mark.parametrize(
    "message",
    [{"kind": "ephemeral", "user": "U1"}, {"kind": "respond", "response_url": "https://hooks.slack.test/1"}],
    ids=lambda message: message["kind"],
)
def test_what_can_neither_be_found_nor_repeated_counts_as_sent(office: Office, message: dict[str, Any]) -> None:
    office.put(**message)
    office.slack.answers = [Unknown()]

    office.deliver_all()
    office.pass_time(3600)
    office.deliver_all()

    assert office.slack.said == []
    assert office.states() == [("sent", "unknown")]


def test_an_unreadable_row_does_not_block_the_others(office: Office) -> None:
    office.put("poison")
    office.put("fine")
    with office.database.begin() as connection:
        connection.execute(update(table).where(table.c.seq == office.rows()[0].seq).values(sealed=b"torn" * 9))

    office.deliver_all()

    assert office.slack.said == ["fine"]
    assert office.states() == [("dead", "unreadable"), ("sent", None)]


def test_a_sender_that_breaks_leaves_the_fate_unknown_and_says_no_words(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.put("Lopez reached 20 minutes")
    office.slack.answers = [KeyError("Lopez")]

    office.deliver_all()

    assert office.rows()[0].state == "sending"
    assert caplog.messages == [f"outbox {office.rows()[0].id}: the sender broke, KeyError"]


def test_a_duplicate_is_counted_in_the_log(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.put()
    healthy = office.slack.post

    def slow(message: Message, key: str) -> Outcome:
        office.slack.post = healthy  # type: ignore[method-assign]
        office.pass_time(SETTINGS.lease_s + 1)
        office.deliver()  # another worker, while Slack has not taken ours yet
        return healthy(message, key)

    office.slack.post = slow  # type: ignore[method-assign]
    office.deliver()

    assert office.slack.said == ["hello", "hello"], "what no client can close without a key of the server's"
    assert caplog.messages == [f"outbox {office.rows()[0].id}: duplicate seen"]


def test_nobody_delivers_another_practices_messages(
    database: Database, keyring: Keyring, two_practices: tuple[str, str], clock: Any
) -> None:
    ours, theirs = (Office(database, keyring, practice_id, clock) for practice_id in two_practices)
    ours.put()

    theirs.deliver_all()

    assert theirs.slack.said == []


def test_a_deadline_longer_than_the_margin_stops_the_start() -> None:
    with pytest.raises(BadSetting):
        DeliverySettings(deadline_s=6, margin_s=5)


# The workers


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
    office.settings = replace(SETTINGS, pace_s=0.2)
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
    assert min(later - earlier for earlier, later in zip(moments, moments[1:], strict=False)) >= 0.19


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


def _key(office: Office) -> str:
    """The key the office would give its first message."""
    delivery_id = office.rows()[0].delivery_id
    return hmac.new(office.keyring.delivery_key, delivery_id.encode(), hashlib.sha256).hexdigest()


def _wait(until: Callable[[], bool]) -> None:
    ends = time.monotonic() + 10
    while not until():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.01)
