"""Acts: one row per request that writes, unique by the request's identity: however often it comes, it acts once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from ccm.records import Actor, Practice, Surface
from storage.ids import new_id
from storage.prepared import Prepared
from storage.schema import act


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request of one person, however often it is delivered.

    source_key: its identity at Slack, see docs/decisions/0003. words: as typed. said_at: when it was said (an event's
    own `ts`), which decides what "today" is. at: when it is being processed; both aware.
    """

    practice: Practice
    actor: Actor
    source_key: str
    surface: Surface
    words: str
    said_at: datetime
    at: datetime

    @property
    def today(self) -> date:
        """The clinic's day on which it was said."""
        return self.practice.day_of(self.said_at)


_COLUMNS = ("practice_id", "id", "source_key", "kind", "staff_id", "surface", "undoes_id", "at")
_ROW = {name: bindparam(name, type_=act.c[name].type) for name in _COLUMNS}
_CLAIM = Prepared(
    {
        "sqlite": sqlite.insert(act).values(_ROW).on_conflict_do_nothing().returning(act.c.id),
        "postgresql": postgresql.insert(act).values(_ROW).on_conflict_do_nothing().returning(act.c.id),
    }
)
_ACTED = Prepared(
    select(act.c.id, act.c.kind).where(
        act.c.practice_id == bindparam("practice_id"), act.c.source_key == bindparam("source_key")
    )
)
_ONE = select(act).where(act.c.practice_id == bindparam("practice_id"), act.c.id == bindparam("act_id"))


def begin_act(connection: Connection, request: Request, kind: str, *, undoes_id: str | None = None) -> str | None:
    """Claim the request's identity and give the new act's id; None when it has acted before."""
    row = {
        "practice_id": request.practice.id,
        "id": new_id(),
        "source_key": request.source_key,
        "kind": kind,
        "staff_id": request.actor.staff_id,
        "surface": request.surface.value,
        "undoes_id": undoes_id,
        "at": request.at,
    }
    made = _CLAIM.first(connection, row)
    return made["id"] if made else None


def earlier(connection: Connection, request: Request) -> tuple[str, str] | None:
    """The id and kind of the act that this very request was before; None when it is new."""
    key = {"practice_id": request.practice.id, "source_key": request.source_key}
    row = _ACTED.first(connection, key)
    return (row["id"], row["kind"]) if row else None


def get_act(connection: Connection, practice_id: str, act_id: str) -> Row[Any] | None:
    """The act's row, or None for an id that is not of this practice."""
    return connection.execute(_ONE, {"practice_id": practice_id, "act_id": act_id}).first()
