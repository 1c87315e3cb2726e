"""Brings a database to this program's schema; Alembic without an ini file, from inside the wheel.

Alembic is imported only when there is something to do: an ordinary start asks one table for one version.
"""

from __future__ import annotations

from importlib.resources import files

from sqlalchemy import Connection, inspect, text

from ccm.errors import BadSetting
from storage.database import Database

HEAD = "0001"
"""The schema this program needs: the newest file in `migrations/versions` (held by a test)."""
LOCK = 0x63636D  # "ccm": one migrator at a time on PostgreSQL


def bring_up_to_date(database: Database) -> None:
    """Upgrade an empty or older database; BadSetting for one that a newer program has upgraded already."""
    with database.read() as connection:
        found = version_of(connection)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise BadSetting(
            f"This database is of a newer version of the program (schema {found}).", hint="Install that version."
        )
    migrate(database)


def version_of(connection: Connection) -> str | None:
    """The schema version found; None: an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(database: Database) -> None:
    """Upgrade to the newest schema in one transaction; a failed step leaves the old schema as it was."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("storage") / "migrations").replace("%", "%%"))
    engine = database.reader if database.is_sqlite else database.writer  # SQLite's writer begins its own transactions
    with engine.begin() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("PRAGMA user_version = 1")  # a write: waits here for another migrator
        else:
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
