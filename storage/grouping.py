"""SQLite's one writer, with group commit: works that come while one is written are written and committed together.

A commit costs more than the work it keeps, and two threads in each other's way cost more still. So whoever comes first
leads: the leader does what has queued up by then, each work in a savepoint of one transaction, and commits for all.
The others sleep until their own work is durable, or has failed alone.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from ccm.errors import Busy

MOST_WORKS = 16
"""Works committed together at most: the first must not wait long for the last."""
Result = TypeVar("Result")


def _held() -> threading.Lock:
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass(slots=True)
class _Item:
    """One work and what became of it; its thread sleeps on `woken` unless it leads."""

    work: Callable[[Connection], Any]
    woken: threading.Lock = field(default_factory=_held)
    leads: bool = False
    result: Any = None
    error: BaseException | None = None


class GroupWriter:
    """Write transactions on one kept connection, one at a time."""

    def __init__(self, engine: Engine, budget_s: float) -> None:
        self._engine, self._budget_s = engine, budget_s
        self._turn = threading.Lock()
        self._queueing = threading.Lock()
        self._queue: list[_Item] = []
        self._is_led = False
        self._connection: Connection | None = None
        self._patience_ms = 0

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction of one's own, durable when the block has been left; Busy when its turn did not come in time."""
        with self._turned() as connection:
            try:
                yield connection
            except BaseException:
                self._roll_back(connection)
                raise
            self._commit(connection)

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Do a work in a transaction, perhaps with others', and give what it gives once it is durable.

        What the work raises takes back the work alone and is raised here; Busy when nothing could be written.
        """
        item = _Item(work)
        with self._queueing:
            self._queue.append(item)
            item.leads, self._is_led = not self._is_led, True
        if not item.leads:
            item.woken.acquire()
        if item.leads:
            self._lead()
        if item.error is not None:
            raise item.error
        result: Result = item.result
        return result

    def close(self) -> None:
        """Give the connection back."""
        with self._turn:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _lead(self) -> None:
        """Do one batch, the leader's own work first among them, then wake who was in it and who leads next."""
        batch: list[_Item] = []
        try:
            with self._turned() as connection:
                batch = self._taken()
                self._do(connection, batch)
        except BaseException as error:  # noqa: BLE001 - everybody in the batch must learn of it
            batch = batch or self._taken()
            for item in batch:
                item.error = item.error or error
        finally:
            self._hand_over(batch)

    def _taken(self) -> list[_Item]:
        with self._queueing:
            batch, self._queue = self._queue[:MOST_WORKS], self._queue[MOST_WORKS:]
        return batch

    def _hand_over(self, batch: list[_Item]) -> None:
        with self._queueing:
            heir = self._queue[0] if self._queue else None
            self._is_led = heir is not None
            if heir is not None:
                heir.leads = True
                heir.woken.release()
        for item in batch:
            if not item.leads:
                item.woken.release()

    def _do(self, connection: Connection, batch: list[_Item]) -> None:
        """Every work in turn; the first needs no savepoint, since nothing stands before it."""
        done: list[_Item] = []
        for item in batch:
            if not _is_open(connection):
                _say(connection, "BEGIN IMMEDIATE")
            if done:
                _say(connection, "SAVEPOINT work")
            try:
                item.result = item.work(connection)
            except BaseException as error:  # noqa: BLE001 - it is raised where the work came from
                item.error = error
                self._take_back(connection, done)
            else:
                if done:
                    _say(connection, "RELEASE work")
                done.append(item)
        if done:
            self._commit(connection)

    def _take_back(self, connection: Connection, done: list[_Item]) -> None:
        """Undo the work that failed; should SQLite itself have given up the transaction, nothing of it stands."""
        if not done:
            self._roll_back(connection)
        elif _is_open(connection):
            _say(connection, "ROLLBACK TO work")
            _say(connection, "RELEASE work")
        else:
            for item in done:
                item.error = _not_saved()
            done.clear()

    @contextmanager
    def _turned(self) -> Iterator[Connection]:
        """The connection in an open transaction, for one thread."""
        begun = time.monotonic()
        if not self._turn.acquire(timeout=self._budget_s):
            raise _not_saved()
        try:
            connection = self._ready(self._budget_s - (time.monotonic() - begun))
            _say(connection, "BEGIN IMMEDIATE")
            yield connection
        finally:
            self._turn.release()

    def _ready(self, left_s: float) -> Connection:
        """The kept connection; it waits for other processes as long as is left of the budget."""
        if self._connection is None:
            self._connection, self._patience_ms = self._engine.connect(), 0
        patience_ms = max(100, round(left_s * 10) * 100)
        if patience_ms != self._patience_ms:
            _say(self._connection, f"PRAGMA busy_timeout={patience_ms}")
            self._patience_ms = patience_ms
        return self._connection

    def _commit(self, connection: Connection) -> None:
        try:
            _say(connection, "COMMIT")
        except BaseException:
            self._roll_back(connection)
            raise

    def _roll_back(self, connection: Connection) -> None:
        if _is_open(connection):
            _say(connection, "ROLLBACK")


def _is_open(connection: Connection) -> bool:
    """Whether a transaction is open: SQLite ends one by itself after some errors, as when the disk is full."""
    return bool(connection.connection.dbapi_connection.in_transaction)  # type: ignore[union-attr]


def _say(connection: Connection, statement: str) -> None:
    try:
        connection.connection.cursor().execute(statement).close()
    except sqlite3.OperationalError as error:
        raise _not_saved() from error


def _not_saved() -> Busy:
    return Busy("The record is not reachable right now.", hint="Nothing was saved. Please try again in a moment.")
