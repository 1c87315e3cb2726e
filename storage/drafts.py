"""Questions that wait for an answer: what was understood so far, sealed, for thirty minutes, then erased."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.acts import Request
from storage.ids import new_id
from storage.schema import draft
from storage.sealing import Keyring, Sealed

LIFETIME = timedelta(minutes=30)
"""As long as Slack's own response_url."""

_PUT = {
    "sqlite": sqlite.insert(draft).on_conflict_do_nothing().returning(draft.c.id),
    "postgresql": postgresql.insert(draft).on_conflict_do_nothing().returning(draft.c.id),
}
_SAME = select(draft.c.id).where(
    draft.c.practice_id == bindparam("practice_id"), draft.c.source_key == bindparam("source_key")
)
_GET = select(draft).where(draft.c.practice_id == bindparam("practice_id"), draft.c.id == bindparam("draft_id"))


def put(connection: Connection, keyring: Keyring, request: Request, text: str) -> str:
    """Keep a question's state; the same request again gets the same draft's id."""
    draft_id, practice_id = new_id(), request.practice.id
    sealed = keyring.seal(text, practice_id=practice_id, kind="draft", row_id=draft_id)
    row = {
        "practice_id": practice_id,
        "id": draft_id,
        "staff_id": request.actor.staff_id,
        "source_key": request.source_key,
        "key_id": sealed.key_id,
        "sealed": sealed.data,
        "created_at": request.at,
        "expires_at": request.at + LIFETIME,
    }
    made = connection.execute(_PUT[connection.dialect.name], row).scalar()
    key = {"practice_id": practice_id, "source_key": request.source_key}
    return made or str(connection.execute(_SAME, key).scalar_one())


def get(connection: Connection, keyring: Keyring, request: Request, draft_id: str) -> str | None:
    """A question's state; None when it is not this person's, or its time is over."""
    row = connection.execute(_GET, {"practice_id": request.practice.id, "draft_id": draft_id}).first()
    if row is None or row.staff_id != request.actor.staff_id or row.expires_at <= request.at:
        return None
    sealed = Sealed(row.key_id, row.sealed)
    return keyring.open(sealed, practice_id=request.practice.id, kind="draft", row_id=draft_id)


def erase_old(connection: Connection, now: datetime) -> int:
    """Erase every question whose time is over; gives how many."""
    return connection.execute(delete(draft).where(draft.c.expires_at <= now)).rowcount
