"""When it is not known whether Slack took a message: look, wait or repeat, so that its reader has it once."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

import pytest

from reminders.delivery import USES
from reminders.outcomes import Later, Outcome, Refused, Sent, Unknown
from storage.database import Database
from storage.messages import Message
from storage.sealing import Keyring
from tests.delivery_at_hand import Office


@pytest.fixture
def office(database: Database, keyring: Keyring, practice: str, clock: Any) -> Office:
    return Office(database, keyring, practice, clock)


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
    office.pass_time(office.settings.lease_s + 1)
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
        office.pass_time(office.settings.lease_s + 1)
        office.deliver()  # another worker
        return found

    office.slack.find = paused  # type: ignore[method-assign]
    office.deliver_all()

    assert office.slack.said == ["hello"]


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
    office.put("12 min", kind="update", ts="17.9")
    office.slack.answers = [Unknown()]

    office.deliver_all()
    office.pass_time(61)
    office.deliver_all()

    assert office.slack.said == ["12 min"]
    assert office.slack.asked == 0


def test_an_answer_to_a_response_url_leaves_a_use_for_others(office: Office) -> None:
    office.put("saved", kind="respond", response_url="https://hooks.slack.test/1", replace_original=True)
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


def test_a_duplicate_is_counted_in_the_log(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.put()
    healthy = office.slack.post

    def slow(message: Message, key: str) -> Outcome:
        office.slack.post = healthy  # type: ignore[method-assign]
        office.pass_time(office.settings.lease_s + 1)
        office.deliver()  # another worker, while Slack has not taken ours yet
        return healthy(message, key)

    office.slack.post = slow  # type: ignore[method-assign]
    office.deliver()

    assert office.slack.said == ["hello", "hello"], "what no client can close without a key of the server's"
    assert caplog.messages == [f"outbox {office.rows()[0].id}: duplicate seen"]


def _key(office: Office) -> str:
    """The key the office would give its first message."""
    delivery_id = office.rows()[0].delivery_id
    return hmac.new(office.keyring.delivery_key, delivery_id.encode(), hashlib.sha256).hexdigest()
