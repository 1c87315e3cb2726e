"""Delivery as its reader sees it: once, in order, at Slack's pace; what cannot be delivered is told by code alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from ccm.errors import BadSetting
from reminders.delivery import DeliverySettings
from reminders.outcomes import Later, Refused
from storage.database import Database
from storage.schema import outbox as table
from storage.sealing import Keyring
from tests.delivery_at_hand import Office


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


def test_a_post_starts_within_the_deadline_or_not_at_all(office: Office) -> None:
    office.put()
    times = iter([0.0, 2.0])

    office.deliver(ticks=lambda: next(times))

    assert office.slack.said == []
    assert office.rows()[0].state == "pending", "nothing was posted, so it need not wait for the lease"
    office.deliver_all()
    assert office.slack.said == ["hello"]


def test_an_expired_message_is_not_posted_any_more(office: Office) -> None:
    office.put(expires_at=office.clock() + timedelta(hours=1))
    office.clock.advance(hours=2)

    office.deliver_all()

    assert office.slack.said == []
    assert office.states() == [("dead", "expired")]


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
