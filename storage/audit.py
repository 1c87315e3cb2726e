"""The audit trail: one row per write, look and refusal, each linked to the one before by a keyed hash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, literal_column, select

from storage.prepared import Prepared, insert_of
from storage.schema import audit, practice
from storage.sealing import Keyring

GENESIS = b"\0" * 32
"""What the first row of a practice's chain is linked to."""

_TAIL = Prepared(
    select(audit.c.seq, audit.c.mac)
    .where(audit.c.practice_id == bindparam("practice_id"))
    .order_by(audit.c.seq.desc())
    .limit(literal_column("1"))
)
# NO KEY UPDATE: rows that merely refer to the practice may be written meanwhile, else two of them would deadlock here.
_LOCK = select(practice.c.id).where(practice.c.id == bindparam("practice_id")).with_for_update(key_share=True)
_INSERT = Prepared(insert_of(audit, *(column.name for column in audit.columns)))
_ALL = select(audit).where(audit.c.practice_id == bindparam("practice_id")).order_by(audit.c.seq)


def lock_chain(connection: Connection, practice_id: str) -> None:
    """Make this transaction the only one that appends to the practice's chain until it ends."""
    if connection.dialect.name != "sqlite":  # on SQLite a write transaction is alone already
        connection.execute(_LOCK, {"practice_id": practice_id})


def append(
    connection: Connection,
    keyring: Keyring,
    *,
    practice_id: str,
    at: datetime,
    actor: str,
    action: str,
    object_kind: str,
    object_id: str,
    details: Mapping[str, object] | None = None,
) -> None:
    """Add a row to the chain, in the caller's transaction. `details` holds ids, counts and hashes, never words."""
    lock_chain(connection, practice_id)
    tail = _TAIL.first(connection, {"practice_id": practice_id})
    seq, previous = (tail["seq"] + 1, tail["mac"]) if tail else (1, GENESIS)
    row = {
        "practice_id": practice_id,
        "seq": seq,
        "at": at,
        "actor": actor,
        "action": action,
        "object_kind": object_kind,
        "object_id": object_id,
        "details": json.dumps(details or {}, sort_keys=True, separators=(",", ":")),
    }
    _INSERT.run(connection, row | {"prev_mac": previous, "mac": keyring.chain(previous, canonical(row))})


def canonical(row: Mapping[str, Any]) -> bytes:
    """The bytes a link signs: every column of the row but the links, in fixed order."""
    at = row["at"]
    assert isinstance(at, datetime)
    columns = ("practice_id", "seq", "actor", "action", "object_kind", "object_id", "details")
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps([stamp, *(row[column] for column in columns)]).encode()


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a walk over the chain found: rows seen, and the first bad `seq` (None: the chain is whole)."""

    rows: int
    first_bad: int | None


def verify_chain(connection: Connection, keyring: Keyring, practice_id: str) -> ChainReport:
    """Recompute every link; edits, deletions, insertions and reorderings all break it."""
    previous, expected = GENESIS, 1
    try:
        for row in connection.execute(_ALL, {"practice_id": practice_id}).mappings():
            whole = row["seq"] == expected and row["prev_mac"] == previous
            if not whole or keyring.chain(previous, canonical(dict(row))) != row["mac"]:
                return ChainReport(expected - 1, expected)
            previous, expected = row["mac"], expected + 1
    except (ValueError, TypeError):  # SQLite keeps any value in any column; ours are all readable
        return ChainReport(expected - 1, expected)
    return ChainReport(expected - 1, None)
