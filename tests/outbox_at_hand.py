"""An outbox at hand: the product's functions, each in a transaction of its own, and time that passes when told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Interval, cast, select, update

from storage import outbox
from storage.database import Database
from storage.messages import Message
from storage.schema import outbox as table
from storage.sealing import Keyring


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

    def rows(self) -> list[Any]:
        with self.database.read() as connection:
            return list(connection.execute(select(table).order_by(table.c.seq)))

    def row(self) -> Any:
        (row,) = self.rows()
        return row

    def backlog(self) -> outbox.Backlog:
        with self.database.begin() as connection:
            return outbox.backlog(connection, practice_id=self.practice_id, now=self.clock())

    def pass_time(self, seconds: float) -> None:
        """Move the clock on; on PostgreSQL, whose server's clock counts for leases, also move the rows back."""
        self.clock.advance(seconds=seconds)
        if self.database.is_sqlite:
            return
        by = cast(timedelta(seconds=seconds), Interval)
        columns = ("not_before", "unsure_until", "sent_at", "created_at")
        with self.database.begin() as connection:
            connection.execute(update(table).values({name: table.c[name] - by for name in columns}))
