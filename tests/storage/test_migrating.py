"""The migrations lead to exactly the schema the program speaks of, once, and back again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from ccm.errors import BadSetting
from storage import migrating
from storage.database import Database, open_database
from storage.schema import metadata
from tests.postgres_server import PostgresServer
from tests.storage.office import Office


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without anything in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'ccm.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    yield server.create("fresh")
    server.drop("fresh")


on_both = pytest.mark.parametrize(
    "empty_url", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


def config(connection: Any) -> Config:
    made = Config()
    made.set_main_option("script_location", str(files("storage") / "migrations"))
    made.attributes["connection"] = connection
    return made


def version(database: Database) -> str | None:
    with database.read() as connection:
        return migrating.version_of(connection)


def tables(database: Database) -> set[str]:
    with database.read() as connection:
        return set(inspect(connection).get_table_names())


def test_the_migrations_lead_to_the_schema(database: Database) -> None:
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": False})
        differences = compare_metadata(context, metadata)

    assert differences == []


def test_head_is_the_newest_migration() -> None:
    script = ScriptDirectory(str(files("storage") / "migrations"))

    assert script.get_heads() == [migrating.HEAD]
    assert script.get_bases() == ["0001"]


@on_both
def test_an_empty_database_is_brought_up_to_date_and_left_alone_then(empty_url: str) -> None:
    database = open_database(empty_url)
    assert version(database) is None

    migrating.bring_up_to_date(database)
    assert version(database) == migrating.HEAD
    assert tables(database) == {*metadata.tables, "alembic_version"}
    migrating.bring_up_to_date(database)

    assert version(database) == migrating.HEAD
    database.close()


def test_a_database_of_a_newer_program_is_refused(database: Database) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(BadSetting, match="newer version") as refused:
        migrating.bring_up_to_date(database)

    assert "9999" in str(refused.value)
    assert version(database) == "9999"
    with database.begin() as connection:  # for the tests after this one
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": migrating.HEAD})


@on_both
def test_two_bots_that_start_together_migrate_once(empty_url: str) -> None:
    both = [open_database(empty_url) for _ in range(2)]
    start = threading.Barrier(2)

    def bring_up(database: Database) -> None:
        start.wait(5)
        migrating.bring_up_to_date(database)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(bring_up, both))

    assert [version(each) for each in both] == [migrating.HEAD] * 2
    for each in both:
        each.close()


@on_both
def test_a_migration_that_fails_leaves_nothing(empty_url: str) -> None:
    """The last statement of the first migration fails: its triggers are there already."""
    database = open_database(empty_url)
    with database.writer.begin() as connection:
        connection.execute(text("CREATE TABLE patient_month (id INTEGER)"))

    with pytest.raises(Exception, match="already exists"):
        migrating.bring_up_to_date(database)

    assert tables(database) <= {"patient_month", "alembic_version"}
    assert version(database) is None
    database.close()


@on_both
def test_a_database_goes_back_to_nothing(empty_url: str) -> None:
    database = open_database(empty_url)
    migrating.migrate(database)

    with database.writer.begin() as connection:
        command.downgrade(config(connection), "base")
    assert tables(database) == {"alembic_version"}
    migrating.migrate(database)

    assert version(database) == migrating.HEAD
    database.close()


def test_a_furnished_record_goes_back_as_well(sqlite_office: Office) -> None:
    """Rows that point at each other, and triggers that refuse, must not keep an operator from going back."""
    entry = sqlite_office.entry(12)
    sqlite_office.edit(entry.id, minutes=20)
    sqlite_office.undo()

    with sqlite_office.database.writer.begin() as connection:
        command.downgrade(config(connection), "base")

    assert tables(sqlite_office.database) == {"alembic_version"}


@pytest.mark.parametrize("name", ["with space", "100%", "ünïcode", "a'quote"])
def test_the_path_of_the_database_may_be_odd(tmp_path: Path, name: str) -> None:
    database = open_database(f"sqlite:///{tmp_path / name / 'ccm.db'}")

    migrating.bring_up_to_date(database)

    assert version(database) == migrating.HEAD
    database.close()
