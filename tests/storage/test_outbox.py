"""The outbox keeps one message per cause and hands it to one worker at a time; who lost the lease changes nothing."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Select

from storage import outbox
from storage.database import Database, open_database
from storage.messages import Message
from storage.sealing import Keyring, Unsealable
from tests.outbox_at_hand import Outbox

SECOND = timedelta(seconds=1)


@pytest.fixture
def box(database: Database, keyring: Keyring, practice: str, clock: Any) -> Outbox:
    return Outbox(database, keyring, practice, clock)


def test_one_cause_gives_one_message(box: Outbox) -> None:
    assert box.put(key="thr|p17|2026-03|20|U7") is True
    assert box.put(key="thr|p17|2026-03|20|U7", text="again") is False

    assert box.claim_text() == "hello"
    assert box.claim() is None


def test_a_message_put_in_a_transaction_that_fails_was_never_put(box: Outbox) -> None:
    message = Message(kind="post", channel="D1", text="never")

    with suppress(RuntimeError), box.database.begin() as connection:
        outbox.put(
            connection, box.keyring, practice_id=box.practice_id, dedup_key="k", message=message, now=box.clock()
        )
        raise RuntimeError

    assert box.claim() is None


def test_a_message_comes_back_as_it_was_put(box: Outbox) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "12 min – *Lopez*"}}]
    message = Message(kind="post", channel="D1", text="An entry was saved.", blocks=blocks, thread_ts="1.2")
    with box.database.begin() as connection:
        outbox.put(
            connection, box.keyring, practice_id=box.practice_id, dedup_key="k", message=message, now=box.clock()
        )

    claimed = box.claim()

    assert claimed is not None
    assert outbox.open_message(claimed, box.keyring) == message


def test_words_stand_sealed_and_open_only_in_their_own_row(box: Outbox) -> None:
    box.put("Lopez reached 20 minutes")
    box.put("Ng reached 20 minutes", channel="D2")
    first, second = box.claim(), box.claim()

    assert first is not None
    assert second is not None
    assert b"Lopez" not in first.sealed.data
    moved = outbox.Claim(**{name: getattr(first, name) for name in first.__slots__} | {"sealed": second.sealed})
    with pytest.raises(Unsealable):
        outbox.open_message(moved, box.keyring)


@pytest.mark.parametrize(
    "address",
    [{"kind": "update"}, {"kind": "respond"}, {"kind": "ephemeral"}, {"kind": "post", "channel": ""}],
    ids=lambda address: address["kind"],
)
def test_a_message_without_its_address_cannot_be_made(address: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="lacks its address"):
        Message(**{"channel": "D1"} | address)


def test_a_practice_never_sees_another_ones_messages(
    database: Database, keyring: Keyring, two_practices: tuple[str, str], clock: Any
) -> None:
    ours, theirs = (Outbox(database, keyring, practice_id, clock) for practice_id in two_practices)
    assert ours.put("ours", key="same cause")
    assert theirs.put("theirs", key="same cause")

    assert theirs.claim_text() == "theirs"
    assert theirs.claim() is None
    assert theirs.backlog().waiting == 0
    assert ours.backlog().waiting == 1


def test_a_claimed_message_is_nobody_elses_until_the_lease_ends(box: Outbox) -> None:
    box.put()
    first = box.claim(lease_s=75)

    box.pass_time(74)
    assert box.claim() is None
    box.pass_time(2)
    second = box.claim()

    assert first is not None
    assert second is not None
    assert (first.attempt, first.is_unsure) == (1, False)
    assert (second.attempt, second.is_unsure) == (2, True)


def test_a_renewed_lease_starts_anew(box: Outbox) -> None:
    box.put()
    claimed = box.claim(lease_s=75)
    box.pass_time(70)

    assert box.change(outbox.renew, claimed, lease_s=75) is True

    box.pass_time(70)
    assert box.claim() is None


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (outbox.give_back, {"after_s": 0}),
        (outbox.leave_unsure, {"settle_s": 60}),
        (outbox.bury, {"code": "expired"}),
        (outbox.close_unsure, {}),
        (outbox.renew, {"lease_s": 75}),
    ],
    ids=["give back", "leave unsure", "bury", "close", "renew"],
)
def test_who_lost_the_lease_changes_nothing(box: Outbox, change: Any, what: dict[str, Any]) -> None:
    box.put()
    paused = box.claim(lease_s=75)
    box.pass_time(76)
    box.claim()
    before = box.row()

    assert box.change(change, paused, **what) is False

    assert box.row() == before


def test_who_lost_the_lease_may_still_say_that_slack_took_it(box: Outbox) -> None:
    box.put()
    paused = box.claim(lease_s=75)
    box.pass_time(76)
    successor = box.claim()

    assert box.change(outbox.mark_sent, paused, ts="17.1") is True
    assert box.change(outbox.give_back, successor, after_s=0) is False

    assert (box.row().state, box.row().slack_ts) == ("sent", "17.1")
    assert box.claim() is None


def test_a_cards_next_version_waits_for_a_repeated_one_though_its_first_sender_says_it_is_sent(box: Outbox) -> None:
    """Seed 4528: the first sender woke late and freed the lane while its successor's request was still under way."""
    box.put("12 min", kind="update", ts="17.1")
    box.put("15 min", kind="update", ts="17.1")
    paused = box.claim(lease_s=75)
    box.pass_time(76)
    assert box.claim_text() == "12 min"

    assert box.change(outbox.mark_sent, paused, ts="17.1") is True

    assert box.claim() is None


def test_a_second_message_for_one_cause_is_noticed(box: Outbox) -> None:
    box.put()
    claimed = box.claim()
    box.change(outbox.mark_sent, claimed, ts="17.1")

    assert box.change(outbox.mark_sent, claimed, ts="17.1") is True
    assert box.change(outbox.mark_sent, claimed, ts="17.2") is False

    assert box.row().slack_ts == "17.1"


def test_what_was_surely_refused_is_tried_again_when_slack_said(box: Outbox) -> None:
    box.put()
    box.change(outbox.give_back, box.claim(), after_s=30)

    box.pass_time(29)
    assert box.claim() is None
    box.pass_time(2)
    claimed = box.claim()

    assert claimed is not None
    assert claimed.is_unsure is False


def test_dead_letters_tell_ids_and_codes(box: Outbox) -> None:
    box.put()
    claimed = box.claim()
    box.change(outbox.bury, claimed, code="user_not_found")
    since = box.row().not_before

    with box.database.read() as connection:
        found = outbox.dead_letters(connection, practice_id=box.practice_id, since=since)
        later = outbox.dead_letters(connection, practice_id=box.practice_id, since=since + SECOND)

    assert claimed is not None
    assert [(letter.id, letter.kind, letter.code) for letter in found] == [(claimed.id, "post", "user_not_found")]
    assert later == []


def test_the_backlog_tells_how_much_waits_and_since_when(box: Outbox) -> None:
    assert box.backlog() == outbox.Backlog(waiting=0, unsure=0, oldest_s=0.0)
    box.put()
    box.put(channel="D2")
    box.pass_time(90)
    box.claim()

    backlog = box.backlog()

    assert (backlog.waiting, backlog.unsure) == (1, 1)
    assert backlog.oldest_s == pytest.approx(90, abs=2)


def test_many_workers_at_once_share_the_messages_and_never_one(box: Outbox) -> None:
    for number in range(60):
        box.put(str(number), channel=f"D{number % 20}")
    got: list[str] = []

    def work() -> None:
        while claimed := box.claim():
            got.append(claimed.id)
            box.change(outbox.mark_sent, claimed, ts="17.1")

    workers = [threading.Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(got) == len(set(got))
    assert box.claim() is None or box.backlog().waiting > 0, "a worker may leave early while a channel is in flight"


def test_the_claim_reads_only_what_is_open(sqlite_url: str) -> None:
    """A year of delivered messages must not slow the next one down; on PostgreSQL a benchmark times it."""
    database = open_database(sqlite_url)
    with database.begin() as connection:
        plan = _plan(connection, outbox._NEXT)
    database.close()

    assert "USING INDEX ix_outbox_open" in plan
    assert "SCAN" not in plan


def _plan(connection: Connection, statement: Select[Any]) -> str:
    compiled = statement.compile(connection, compile_kwargs={"render_postcompile": True})
    values = tuple("0" for _ in compiled.positiontup or [])
    return str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values).all())
