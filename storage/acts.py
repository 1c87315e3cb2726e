"""Acts: one row per request that writes, unique by the request's identity, with the answer that was given.

A redelivered or double-clicked request finds its act, changes nothing and gets the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from ccm.records import Actor, Practice, Surface
from storage.ids import new_id
from storage.prepared import Prepared, insert_of
from storage.schema import act, answer
from storage.sealing import Keyring, Sealed


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
_ANSWER = (
    select(act.c.id, answer.c.key_id, answer.c.sealed)
    .join(answer, (answer.c.practice_id == act.c.practice_id) & (answer.c.act_id == act.c.id))
    .where(act.c.practice_id == bindparam("practice_id"), act.c.source_key == bindparam("source_key"))
)
_ACTED = select(act.c.id).where(
    act.c.practice_id == bindparam("practice_id"), act.c.source_key == bindparam("source_key")
)
_KEEP = Prepared(insert_of(answer, *(column.name for column in answer.columns)))
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


def has_acted(connection: Connection, request: Request) -> bool:
    """Whether this very request stands in the record."""
    key = {"practice_id": request.practice.id, "source_key": request.source_key}
    return connection.execute(_ACTED, key).first() is not None


def get_act(connection: Connection, practice_id: str, act_id: str) -> Row[Any] | None:
    """The act's row, or None for an id that is not of this practice."""
    return connection.execute(_ONE, {"practice_id": practice_id, "act_id": act_id}).first()


def keep_answer(connection: Connection, keyring: Keyring, request: Request, act_id: str, text: str) -> None:
    """Remember, sealed, what this act was answered with."""
    sealed = keyring.seal(text, practice_id=request.practice.id, kind="answer", row_id=act_id)
    row = {
        "practice_id": request.practice.id,
        "act_id": act_id,
        "key_id": sealed.key_id,
        "sealed": sealed.data,
        "created_at": request.at,
    }
    _KEEP.run(connection, row)


def answer_to(connection: Connection, keyring: Keyring, practice_id: str, source_key: str) -> str | None:
    """The answer kept for a request that has acted before; None when it has not, or the answer was erased since."""
    row = connection.execute(_ANSWER, {"practice_id": practice_id, "source_key": source_key}).first()
    if row is None:
        return None
    return keyring.open(Sealed(row.key_id, row.sealed), practice_id=practice_id, kind="answer", row_id=row.id)


def erase_answers(connection: Connection, before: datetime) -> int:
    """Erase answers older than `before`; gives how many. Their requests stay known and still act only once."""
    return connection.execute(delete(answer).where(answer.c.created_at < before)).rowcount
