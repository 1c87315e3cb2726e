"""SQLite's one writer, with group commit: works that wait for their turn together are made durable together.

A commit costs more than the work it keeps, so whoever leaves while others wait hands the open transaction on instead of
committing it, and returns only when the last one has committed for all. Alone, a work is a plain transaction.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine

from ccm.errors import Busy

MOST_WORKS = 16
"""Works committed together at most: the first must not wait long for the last."""
LOOK_EVERY_S = 0.1


@dataclass(slots=True)
class _Batch:
    """One open transaction and the works done in it."""

    works: int = 0
    done: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None


class GroupWriter:
    """Transactions on one kept connection, one thread at a time."""

    def __init__(self, engine: Engine, budget_s: float) -> None:
        self._engine, self._budget_s = engine, budget_s
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = 0
        self._connection: Connection | None = None
        self._batch: _Batch | None = None
        self._patience_ms = 0

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction that is durable when the block has been left; Busy when its turn did not come in time."""
        begun = time.monotonic()
        self._take_turn()
        try:
            connection = self._ready(self._budget_s - (time.monotonic() - begun))
            batch = self._batch or self._open(connection)
            yield from self._work(connection, batch)
        finally:
            self._leave()
        self._await(batch)

    def close(self) -> None:
        """Give the connection back."""
        with self._turn:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _take_turn(self) -> None:
        if self._turn.acquire(blocking=False):
            return
        with self._counting:
            self._waiting += 1
        mine = self._turn.acquire(timeout=self._budget_s)
        with self._counting:
            self._waiting -= 1
        if not mine:
            raise _not_saved()

    def _ready(self, left_s: float) -> Connection:
        """The kept connection; it waits for other processes as long as is left of the budget."""
        if self._connection is None:
            self._connection, self._patience_ms = self._engine.connect(), 0
        patience_ms = max(100, round(left_s * 10) * 100)
        if patience_ms != self._patience_ms:
            self._say(self._connection, f"PRAGMA busy_timeout={patience_ms}")
            self._patience_ms = patience_ms
        return self._connection

    def _open(self, connection: Connection) -> _Batch:
        self._say(connection, "BEGIN IMMEDIATE")
        self._batch = _Batch()
        return self._batch

    def _work(self, connection: Connection, batch: _Batch) -> Iterator[Connection]:
        """One work: alone it is the transaction, among others a savepoint in it."""
        alone = batch.works == 0
        if not alone:
            self._say(connection, "SAVEPOINT work")
        try:
            yield connection
        except BaseException:
            self._take_back(connection, batch, alone=alone)
            raise
        if not alone:
            self._say(connection, "RELEASE work")
        batch.works += 1

    def _take_back(self, connection: Connection, batch: _Batch, *, alone: bool) -> None:
        if not connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
            self._end(batch, _not_saved())
        elif alone:
            self._say(connection, "ROLLBACK")
            self._end(batch, None)
        else:
            self._say(connection, "ROLLBACK TO work")
            self._say(connection, "RELEASE work")

    def _leave(self) -> None:
        """Commit unless somebody waits who will; then let the next one in."""
        with self._counting:
            handed_on = self._waiting > 0
        try:
            if self._batch is not None and not (handed_on and self._batch.works < MOST_WORKS):
                self._commit(self._batch)
        finally:
            self._turn.release()

    def _commit(self, batch: _Batch) -> None:
        connection = self._connection
        assert connection is not None
        try:
            self._say(connection, "COMMIT")
            self._end(batch, None)
        except Exception as error:  # noqa: BLE001 - every work of the batch must learn of it
            if connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
                self._say(connection, "ROLLBACK")
            self._end(batch, error)

    def _end(self, batch: _Batch, error: Exception | None) -> None:
        self._batch = None
        batch.error = error
        batch.done.set()

    def _await(self, batch: _Batch) -> None:
        """Until the batch is durable; should the one it was handed to have given up, commit it here."""
        while not batch.done.wait(LOOK_EVERY_S):
            if self._turn.acquire(blocking=False):
                try:
                    if self._batch is batch:
                        self._commit(batch)
                finally:
                    self._turn.release()
        if batch.error is not None:
            raise _not_saved() from batch.error

    @staticmethod
    def _say(connection: Connection, statement: str) -> None:
        try:
            connection.connection.cursor().execute(statement).close()
        except sqlite3.OperationalError as error:
            raise _not_saved() from error


def _not_saved() -> Busy:
    return Busy("The record is not reachable right now.", hint="Nothing was saved. Please try again in a moment.")
