"""Brings a database to this program's schema; Alembic without an ini file, from inside the wheel."""

from __future__ import annotations

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database import Database

LOCK = 0x63636D  # "ccm": one migrator at a time on PostgreSQL


def migrate(database: Database) -> None:
    """Upgrade to the newest schema in one transaction; a failed step leaves the old schema as it was."""
    with database.writer.begin() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def schema_state(connection: Connection) -> tuple[str | None, str]:
    """The schema version found (None: an empty database) and the one this program needs."""
    found = MigrationContext.configure(connection).get_current_revision()
    needed = ScriptDirectory.from_config(_config()).get_current_head()
    assert needed is not None, "the wheel ships at least one migration"
    return found, needed


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("storage") / "migrations").replace("%", "%%"))
    return config
