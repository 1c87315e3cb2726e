"""The order in which the outbox hands out messages: each lane's own, and none waits for another's trouble."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from storage import outbox
from storage.database import Database
from storage.sealing import Keyring
from tests.outbox_at_hand import Outbox


@pytest.fixture
def box(database: Database, keyring: Keyring, practice: str, clock: Any) -> Outbox:
    return Outbox(database, keyring, practice, clock)


def test_messages_of_a_channel_go_one_after_the_other_as_they_were_put(box: Outbox) -> None:
    for number in range(3):
        box.put(str(number))

    first = box.claim()
    assert box.claim() is None, "the first is in flight"
    box.change(outbox.give_back, first, after_s=10)
    assert box.claim() is None, "the first waits for Slack"
    box.pass_time(11)
    said = []
    while claimed := box.claim():
        said.append(outbox.open_message(claimed, box.keyring).text)
        box.change(outbox.mark_sent, claimed, ts=said[-1])

    assert said == ["0", "1", "2"]


def test_channels_do_not_wait_for_each_other(box: Outbox) -> None:
    box.put("to one", channel="D1")
    box.put("to another", channel="D2")

    assert box.claim_text() == "to one"
    assert box.claim_text() == "to another"


def test_a_dead_letter_lets_the_others_pass(box: Outbox) -> None:
    box.put("poison")
    box.put("fine")
    box.change(outbox.bury, box.claim(), code="channel_not_found")

    assert box.claim_text() == "fine"


def test_an_unknown_fate_holds_its_channel_for_one_settle_only(box: Outbox) -> None:
    box.put("first")
    box.put("second")
    box.change(outbox.leave_unsure, box.claim(), settle_s=60)

    box.pass_time(59)
    assert box.claim() is None
    box.pass_time(2)
    unsure = box.claim()
    assert box.claim_text() == "second", "it does not wait for the look-up of the first"
    box.change(outbox.leave_unsure, unsure, settle_s=60)

    assert box.claim() is None


def test_a_worker_that_died_holds_its_channel_for_one_lease_only(box: Outbox) -> None:
    box.put("first")
    box.put("second")
    box.claim(lease_s=75)

    box.pass_time(76)

    assert box.claim_text() == "first"
    assert box.claim_text() == "second"


def test_a_later_change_of_a_card_never_overtakes_an_earlier_one(box: Outbox) -> None:
    box.put("12 min", kind="update", ts="17.1")
    box.put("15 min", kind="update", ts="17.1")
    for _ in range(3):
        box.change(outbox.leave_unsure, box.claim(), settle_s=5)
        assert box.claim() is None
        box.pass_time(6)

    box.put("an answer", channel="D1")
    assert box.claim_text() == "12 min"
    assert box.claim_text() == "an answer", "only the card waits"
    assert box.claim() is None


def test_a_scheduled_message_waits_and_holds_nobody(box: Outbox) -> None:
    now = box.clock() if box.database.is_sqlite else _server_now(box)
    box.put("tomorrow's", not_before=now + timedelta(hours=20))
    box.put("today's")

    assert box.claim_text() == "today's"
    assert box.claim() is None
    assert box.backlog().oldest_s < 5
    box.pass_time(20 * 3600 + 1)
    assert box.claim_text() == "tomorrow's"


def test_a_channel_gets_one_post_a_second_and_other_kinds_at_once(box: Outbox) -> None:
    box.put("first")
    box.put("second")
    box.change(outbox.mark_sent, box.claim(pace_s=60), ts="17.1")

    assert box.claim(pace_s=60) is None
    box.put("elsewhere", channel="D2")
    assert box.claim_text(pace_s=60) == "elsewhere"
    box.pass_time(61)
    assert box.claim_text(pace_s=60) == "second"


def _server_now(box: Outbox) -> Any:
    with box.database.read() as connection:
        return connection.execute(select(func.clock_timestamp())).scalar_one()
