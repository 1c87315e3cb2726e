"""Opens the database and its transactions: SQLite with one writer, PostgreSQL by URL alone.

`begin()` is a write transaction: on SQLite the one writer's, started with BEGIN IMMEDIATE, so that it waits at its
start and never fails half-way for a lock. `read()` is a snapshot that queues behind nobody.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import NullPool

from ccm.errors import BadSetting, Busy
from storage.grouping import GroupWriter, Result

WRITE_BUDGET_S = 1.5
"""How long a write may wait for its turn: an honest "not saved" must still reach Slack within its 3 seconds."""
POSTGRES_OPTIONS = (
    "-c statement_timeout=1500 -c lock_timeout=1000 -c idle_in_transaction_session_timeout=10000 "
    "-c timezone=UTC -c datestyle=ISO"
)


@dataclass(frozen=True, slots=True)
class Database:
    """One database of one deployment; safe for threads."""

    writer: Engine
    reader: Engine
    glancer: Engine
    group: GroupWriter | None
    kept: threading.local = field(default_factory=threading.local)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.writer.dialect.name == "sqlite"

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A write transaction, committed at the end of the block; Busy when the database did not take it in time."""
        with _honest(), (self.group or self.writer).begin() as connection:
            yield connection

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Do a work in a write transaction and give what it gives once it is durable.

        On SQLite works of many threads share a commit; the work must wait for nothing but the database.
        """
        with _honest():
            if self.group is not None:
                return self.group.write(work)
            with self.writer.begin() as connection:
                return work(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view for reading; Busy when the database does not answer."""
        with _honest(), self.reader.begin() as connection:
            yield connection

    @contextmanager
    def glance(self) -> Iterator[Connection]:
        """For one short statement outside any transaction; on SQLite each thread keeps its connection for it."""
        with _honest():
            if not self.is_sqlite:
                with self.glancer.connect() as connection:
                    yield connection
                return
            if (kept := getattr(self.kept, "connection", None)) is None:
                kept = self.kept.connection = self.glancer.connect()
            yield kept

    def close(self) -> None:
        """Give all connections back."""
        if self.group is not None:
            self.group.close()
        for engine in (self.writer, self.reader, self.glancer):
            engine.dispose()


def read_url(url: str) -> URL:
    """A DATABASE_URL in its parts; BadSetting when it is none."""
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise BadSetting("DATABASE_URL is not a database address.", hint="Example: sqlite:///var/ccm.db") from None


def open_database(url: str) -> Database:
    """Engines for a DATABASE_URL; BadSetting for one that cannot be read."""
    parsed = read_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            return _open_sqlite(parsed)
        case "postgresql":
            return _open_postgres(parsed)
        case other:
            raise BadSetting(f"DATABASE_URL: {other} is not supported.", hint="Use sqlite or postgresql.")


def _open_sqlite(url: URL) -> Database:
    if not url.database or url.database == ":memory:":
        raise BadSetting("DATABASE_URL: SQLite needs a file.", hint="Example: sqlite:///var/ccm.db")
    _prepare_file(Path(url.database))
    # What begins its own transactions: the one writer, and glances, which need none.
    plain = create_engine(url, hide_parameters=True, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    reader = create_engine(url, hide_parameters=True, pool_size=8, max_overflow=8, pool_timeout=WRITE_BUDGET_S)
    for engine in (plain, reader):
        event.listen(engine, "connect", _sqlite_connection)
    event.listen(reader, "begin", _begin)
    return Database(plain, reader, plain, GroupWriter(plain, WRITE_BUDGET_S))


def _prepare_file(path: Path) -> None:
    """A new file is its owner's alone; SQLite gives its companions the same rights."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)


def _sqlite_connection(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # NORMAL may lose acknowledged entries in a power cut
        f"busy_timeout={int(WRITE_BUDGET_S * 1000)}",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "recursive_triggers=ON",  # else INSERT OR REPLACE takes append-only rows out unseen
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.connection.cursor().execute("BEGIN").close()


def _open_postgres(url: URL) -> Database:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=12,
        max_overflow=8,
        pool_timeout=WRITE_BUDGET_S,
        connect_args={"options": POSTGRES_OPTIONS, "connect_timeout": 2},
    )
    seeing = engine.execution_options(isolation_level="REPEATABLE READ")
    return Database(engine, seeing, engine.execution_options(isolation_level="AUTOCOMMIT"), None)


@contextmanager
def _honest() -> Iterator[None]:
    """Turn "the database did not take it" into Busy; a broken rule of ours stays the error it is."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        raise _busy() from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise _busy() from error
        _hide_values(error)
        raise


def _hide_values(error: DBAPIError) -> None:
    """PostgreSQL quotes the refused row beside what broke, and input it could not read: keep only what broke."""
    told = getattr(error.orig, "diag", None)
    if error.orig is None or told is None:
        return
    unreadable = str(told.sqlstate).startswith("22")
    error.orig.args = (told.sqlstate if unreadable else told.message_primary,)
    error.args = (f"({type(error.orig).__name__}) {error.orig}",)


def _busy() -> Busy:
    return Busy("The record is not reachable right now.", hint="Nothing was saved. Please try again in a moment.")
