"""The outbox keeps one message per cause and hands it to one worker at a time; who lost the lease changes nothing."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Interval, Select, cast, func, select, update

from storage import outbox
from storage.database import Database, open_database
from storage.messages import Message
from storage.schema import outbox as table
from storage.sealing import Keyring, Unsealable

SECOND = timedelta(seconds=1)


class Outbox:
    """The outbox of one practice, each call in a transaction of its own."""

    def __init__(self, database: Database, keyring: Keyring, practice_id: str, clock: Any) -> None:
        self.database, self.keyring, self.practice_id, self.clock = database, keyring, practice_id, clock
        self.count = 0

    def put(self, text: str = "hello", channel: str = "D1", key: str = "", **more: Any) -> bool:
        self.count += 1
        schedule = {name: more.pop(name) for name in ("not_before", "expires_at") if name in more}
        message = Message(kind=more.pop("kind", "post"), channel=channel, text=text, **more)
        with self.database.begin() as connection:
            return outbox.put(
                connection,
                self.keyring,
                practice_id=self.practice_id,
                dedup_key=key or f"test|{self.count}",
                message=message,
                now=self.clock(),
                **schedule,
            )

    def claim(self, lease_s: float = 75, pace_s: float = 0) -> outbox.Claim | None:
        with self.database.begin() as connection:
            return outbox.claim(
                connection, practice_id=self.practice_id, now=self.clock(), lease_s=lease_s, pace_s=pace_s
            )

    def claim_text(self, **how: float) -> str | None:
        claimed = self.claim(**how)
        return claimed and outbox.open_message(claimed, self.keyring).text

    def change(self, change: Any, claimed: outbox.Claim | None, **what: Any) -> bool:
        assert claimed is not None
        with self.database.begin() as connection:
            return change(connection, claimed, now=self.clock(), **what)

    def row(self) -> Any:
        with self.database.read() as connection:
            return connection.execute(select(table)).one()

    def backlog(self) -> outbox.Backlog:
        with self.database.begin() as connection:
            return outbox.backlog(connection, practice_id=self.practice_id, now=self.clock())

    def pass_time(self, seconds: float) -> None:
        """Move the clock on SQLite; on PostgreSQL, whose server's clock counts, move the rows back instead."""
        if self.database.is_sqlite:
            return self.clock.advance(seconds=seconds)
        by = cast(timedelta(seconds=seconds), Interval)
        columns = ("not_before", "unsure_until", "sent_at", "created_at")
        with self.database.begin() as connection:
            connection.execute(update(table).values({name: table.c[name] - by for name in columns}))
        return None


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


def _server_now(box: Outbox) -> Any:
    with box.database.read() as connection:
        return connection.execute(select(func.clock_timestamp())).scalar_one()
