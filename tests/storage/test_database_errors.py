"""Errors of the database tell what broke and never a value: they may be logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.prepared import Prepared, insert_of
from storage.schema import staff, time_entry
from tests.storage.office import Office

CANARY = "Canarylast"


def core(connection: Connection, row: dict[str, Any]) -> None:
    connection.execute(insert(staff), row)


def prepared(connection: Connection, row: dict[str, Any]) -> None:
    Prepared(insert_of(staff, *row)).run(connection, row)


@pytest.mark.parametrize("write", [core, prepared])
@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"practice_id": CANARY}, id="no such practice"),
        pytest.param({"user_id": "U0NINA", "id": CANARY}, id="there already"),
        pytest.param({"name": None, "user_id": CANARY}, id="nothing where something must be"),
    ],
)
def test_an_error_tells_no_value(office: Office, write: Callable[..., None], wrong: dict[str, Any]) -> None:
    """PostgreSQL quotes the whole refused row."""
    row = {
        "practice_id": office.practice_id, "id": CANARY, "user_id": CANARY, "name": CANARY, "active": True,
        "created_at": office.clock(),
    }  # fmt: skip

    with pytest.raises(DBAPIError) as told, office.database.begin() as connection:
        write(connection, row | wrong)

    assert CANARY not in everything_of(told.value)


def test_a_refused_entry_tells_no_value(office: Office) -> None:
    office.log(12)
    row = dict(office.rows(time_entry)[0]._mapping) | {"id": "0123", "minutes": 1777}
    del row["seq"]

    with pytest.raises(DBAPIError) as told, office.database.begin() as connection:
        connection.execute(insert(time_entry), row)

    assert "1777" not in everything_of(told.value)
    assert office.patients["lopez"] not in everything_of(told.value)


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("SELECT CAST(:value AS INTEGER)", id="not a number"),
        pytest.param("UPDATE practice SET display = :value", id="too long"),
        pytest.param("SELECT CAST(:value AS DATE)", id="not a day"),
    ],
)
def test_input_the_server_cannot_read_is_not_quoted(postgres_office: Office, statement: str) -> None:
    with pytest.raises(DBAPIError) as told, postgres_office.database.begin() as connection:
        connection.execute(text(statement), {"value": CANARY})

    assert CANARY not in everything_of(told.value)


def everything_of(error: BaseException) -> str:
    """The text of an error and of all it came from, as a traceback would show it."""
    texts, at = "", error
    while at is not None:
        texts += f"{at!s} {at!r} {at.args!r}\n"
        at = at.__cause__ or at.__context__  # type: ignore[assignment]
    return texts


def test_no_engine_shows_what_it_sends(database: Database) -> None:
    engines: tuple[Engine, ...] = (database.writer, database.reader, database.glancer)

    assert all(engine.hide_parameters for engine in engines)
    assert not any(engine.echo for engine in engines)
