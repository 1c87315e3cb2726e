"""Messages that must be delivered: written with what causes them, claimed, settled. Only this module touches `outbox`.

    pending -> sending -> sent | dead        sending: nobody knows its fate until somebody proves it

A claim is a lease. Whoever lost it can no longer change the row (`_held`), save to say that Slack took a post.
Leases and settle times are of the database server's clock on PostgreSQL, of the injected clock (`now`) on SQLite.
Messages of a lane (`Message.lane`) go in the order they were put. A post of unknown fate holds the others back for one
settle time, a card's change until its fate is known, lest an old version overwrite a new one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Instant
from storage.ids import new_id
from storage.messages import KEPT, Message
from storage.schema import outbox
from storage.sealing import Keyring, Sealed

UNKNOWN = "unknown"
"""The code of a message that was given up, or closed, without knowing whether its reader has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One message in our hands until the lease ends. `is_unsure`: an earlier claim's fate is not known."""

    seq: int
    practice_id: str
    id: str
    delivery_id: str
    attempt: int
    is_unsure: bool
    created_at: datetime
    expires_at: datetime
    sealed: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A message that will not be delivered, and the code that says why."""

    id: str
    kind: str
    code: str
    died_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What is not delivered. `oldest_s`: since when the oldest message waits [s]; scheduled ones do not wait."""

    waiting: int
    unsure: int
    oldest_s: float


def _first_of_its_lane() -> ColumnElement[bool]:
    """No earlier message of the lane is waiting, in flight, or holds it back with its unknown fate."""
    earlier, now = outbox.alias("earlier"), bindparam("now", type_=Instant)
    waits = and_(earlier.c.state == "pending", or_(earlier.c.attempt > 0, earlier.c.not_before <= now))
    flies = and_(earlier.c.state == "sending", or_(earlier.c.unsure_until.is_(None), earlier.c.unsure_until > now))
    return ~exists().where(
        earlier.c.practice_id == outbox.c.practice_id,
        earlier.c.lane == outbox.c.lane,
        earlier.c.sent_at.is_(None),
        earlier.c.seq < outbox.c.seq,
        or_(waits, flies),
    )


def _within_pace() -> ColumnElement[bool]:
    """The channel's last post is long enough ago, whichever replica sent it."""
    last = outbox.alias("last")
    just_sent = exists().where(
        last.c.practice_id == outbox.c.practice_id,
        last.c.lane == outbox.c.lane,
        last.c.sent_at > bindparam("paced", type_=Instant),
        last.c.kind == "post",
    )
    return or_(outbox.c.kind != "post", ~just_sent)


def _held_until(at: datetime | ColumnElement[datetime]) -> ColumnElement[datetime | None]:
    """An unknown post holds its lane back until the first such moment; null holds it back to the end."""
    return case((outbox.c.kind == "post", func.coalesce(outbox.c.unsure_until, at)))


_COLUMNS = {"practice_id", "id", "dedup_key", "delivery_id", "kind", "lane", "key_id", "sealed", "expires_at"}
_ROW = {name: bindparam(name, type_=outbox.c[name].type) for name in sorted(_COLUMNS)}
_START, _NOW = bindparam("not_before", type_=Instant), bindparam("now", type_=Instant)
_SERVER_NOW = type_coerce(func.clock_timestamp(), Instant)
_ONCE = ("practice_id", "dedup_key")
_PUT = {
    "sqlite": sqlite.insert(outbox)
    .values(**_ROW, created_at=_NOW, not_before=func.coalesce(_START, _NOW))
    .on_conflict_do_nothing(index_elements=_ONCE)
    .returning(outbox.c.id),
    "postgresql": postgresql.insert(outbox)
    .values(**_ROW, created_at=_SERVER_NOW, not_before=func.coalesce(_START, _SERVER_NOW))
    .on_conflict_do_nothing(index_elements=_ONCE)
    .returning(outbox.c.id),
}
_OPEN = outbox.c.state.in_([literal_column("'pending'"), literal_column("'sending'")])  # as in the partial index
_NEXT = (
    select(outbox)
    .where(outbox.c.practice_id == bindparam("practice_id"), _OPEN, outbox.c.not_before <= _NOW)
    .where(_first_of_its_lane(), _within_pace())
    .order_by(outbox.c.seq)
    .limit(1)
    .with_for_update(skip_locked=True, of=outbox)
)
_TAKE = (
    update(outbox)
    .where(
        outbox.c.seq == bindparam("seen_seq"),
        outbox.c.attempt == bindparam("seen_attempt"),
        outbox.c.state == bindparam("seen_state"),
    )
    .values(
        state="sending",
        attempt=outbox.c.attempt + 1,
        not_before=bindparam("until", type_=Instant),
        unsure_until=case((outbox.c.state == "sending", _held_until(_NOW)), else_=outbox.c.unsure_until),
    )
    .returning(outbox.c.attempt)
)


def put(
    connection: Connection,
    keyring: Keyring,
    *,
    practice_id: str,
    dedup_key: str,
    message: Message,
    now: datetime,
    expires_at: datetime | None = None,
    not_before: datetime | None = None,
) -> bool:
    """Write a message in the caller's transaction; False when its cause already has one."""
    row_id = new_id()
    words = {f.name: value for f in fields(message) if (value := getattr(message, f.name))}
    sealed = keyring.seal(json.dumps(words), practice_id=practice_id, kind="outbox", row_id=row_id)
    row = {
        "practice_id": practice_id,
        "id": row_id,
        "dedup_key": dedup_key,
        "delivery_id": new_id(),
        "kind": message.kind,
        "lane": message.lane,
        "key_id": sealed.key_id,
        "sealed": sealed.data,
        "expires_at": expires_at or max(now, not_before or now) + KEPT[message.kind],
        "not_before": not_before,
        "now": now,
    }
    return connection.execute(_PUT[connection.dialect.name], row).first() is not None


def claim(
    connection: Connection, *, practice_id: str, now: datetime, lease_s: float, pace_s: float = 0
) -> Claim | None:
    """Take the next message of a practice for `lease_s` seconds; None when there is none to send now."""
    at = _lease_now(connection, now)
    key = {"practice_id": practice_id, "now": at, "paced": at - timedelta(seconds=pace_s)}
    row = connection.execute(_NEXT, key).first()
    if row is None:
        return None
    seen = {"seen_seq": row.seq, "seen_attempt": row.attempt, "seen_state": row.state}
    until = at + timedelta(seconds=lease_s)
    attempt = connection.execute(_TAKE, seen | {"now": at, "until": until}).scalar()
    return attempt and Claim(
        seq=row.seq,
        practice_id=row.practice_id,
        id=row.id,
        delivery_id=row.delivery_id,
        attempt=attempt,
        is_unsure=row.state == "sending",
        created_at=row.created_at,
        expires_at=row.expires_at,
        sealed=Sealed(row.key_id, row.sealed),
    )


def open_message(claimed: Claim, keyring: Keyring) -> Message:
    """The words of a claimed row; Unsealable, ValueError or TypeError when they are not what was put."""
    words = keyring.open(claimed.sealed, practice_id=claimed.practice_id, kind="outbox", row_id=claimed.id)
    return Message(**json.loads(words))


def renew(connection: Connection, claimed: Claim, *, now: datetime, lease_s: float) -> bool:
    """Start the lease anew; False when another has the message by now."""
    return _change(connection, claimed, not_before=_lease_now(connection, now) + timedelta(seconds=lease_s))


def mark_sent(connection: Connection, claimed: Claim, *, now: datetime, ts: str | None) -> bool:
    """Slack took it. False when it had taken it before under another `ts`: a duplicate.

    A post is sent whoever says so. A card's change counts only from who holds it: the successor may be repeating it
    just now, and the next version must wait for that.
    """
    values = {
        "state": "sent",
        "sent_at": func.coalesce(outbox.c.sent_at, _lease_now(connection, now)),
        "slack_ts": func.coalesce(outbox.c.slack_ts, ts),
        "error": None,
    }
    known = and_(outbox.c.seq == claimed.seq, outbox.c.kind == "post")
    statement = update(outbox).where(or_(known, _held(claimed))).values(values).returning(outbox.c.slack_ts)
    row = connection.execute(statement).first()
    return row is None or row.slack_ts == ts


def close_unsure(connection: Connection, claimed: Claim, *, now: datetime) -> bool:
    """Count a best-effort message as sent although nobody knows."""
    return _change(connection, claimed, state="sent", sent_at=_lease_now(connection, now), error=UNKNOWN)


def give_back(connection: Connection, claimed: Claim, *, now: datetime, after_s: float) -> bool:
    """It was surely not taken: try again in `after_s` seconds."""
    return _change(
        connection, claimed, state="pending", not_before=_lease_now(connection, now) + timedelta(seconds=after_s)
    )


def leave_unsure(connection: Connection, claimed: Claim, *, now: datetime, settle_s: float) -> bool:
    """Nobody knows whether it was taken: look in `settle_s` seconds."""
    until = _lease_now(connection, now) + timedelta(seconds=settle_s)
    return _change(connection, claimed, not_before=until, unsure_until=_held_until(until))


def bury(connection: Connection, claimed: Claim, *, now: datetime, code: str) -> bool:
    """It will not be delivered; `code` says why."""
    return _change(connection, claimed, state="dead", not_before=_lease_now(connection, now), error=code[:60])


def dead_letters(connection: Connection, *, practice_id: str, since: datetime) -> list[DeadLetter]:
    """Messages given up since then, oldest first: ids and codes for a supervisor's digest."""
    rows = connection.execute(
        select(outbox.c.id, outbox.c.kind, outbox.c.error, outbox.c.not_before)
        .where(outbox.c.practice_id == practice_id, outbox.c.state == "dead", outbox.c.not_before >= since)
        .order_by(outbox.c.not_before, outbox.c.seq)
    )
    return [DeadLetter(id=row.id, kind=row.kind, code=row.error, died_at=row.not_before) for row in rows]


def backlog(connection: Connection, *, practice_id: str, now: datetime) -> Backlog:
    """What the health check asks: how much is undelivered, and for how long."""
    at = _lease_now(connection, now)
    unsure = case((outbox.c.state == "sending", 1), else_=0)
    waits = or_(outbox.c.attempt > 0, outbox.c.not_before <= at)
    row = connection.execute(
        select(func.count(), func.coalesce(func.sum(unsure), 0), func.min(case((waits, outbox.c.created_at)))).where(
            outbox.c.practice_id == practice_id, _OPEN
        )
    ).one()
    count, in_doubt, since = row
    return Backlog(waiting=count - in_doubt, unsure=in_doubt, oldest_s=(at - (since or at)).total_seconds())


def _change(connection: Connection, claimed: Claim, **values: object) -> bool:
    statement = update(outbox).where(_held(claimed)).values(values).returning(outbox.c.seq)
    return connection.execute(statement).first() is not None


def _held(claimed: Claim) -> ColumnElement[bool]:
    """The fence: the row is as our claim left it. A paused worker must not undo its successor's work."""
    return and_(outbox.c.seq == claimed.seq, outbox.c.attempt == claimed.attempt, outbox.c.state == "sending")


def _lease_now(connection: Connection, now: datetime) -> datetime:
    """The time leases are measured by: never a replica's own clock where there may be several."""
    if connection.dialect.name == "sqlite":
        return now
    return connection.execute(select(_SERVER_NOW)).scalar_one()
