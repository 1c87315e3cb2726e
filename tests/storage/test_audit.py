"""The audit trail is a chain: what is changed behind the program's back is found, and the first bad row named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, insert, text

from ccm.months import ServiceMonth
from storage import audit, looks
from storage.audit import ChainReport, verify_chain
from storage.patients import Person
from storage.schema import audit as table
from tests.conftest import HandClock
from tests.storage.office import MARCH, Office

ROWS = 6


@pytest.fixture
def chain(office: Office, clock: HandClock) -> Office:
    """A practice with six links."""
    for minutes in range(1, ROWS + 1):
        office.log(minutes)
        clock.advance(seconds=61)
    return office


def report(office: Office) -> ChainReport:
    with office.database.read() as connection:
        return verify_chain(connection, office.keyring, office.practice_id)


def tamper(office: Office, change: Callable[[Connection], object]) -> None:
    """Change the table as somebody with all rights to the database, but without the key."""
    with office.database.begin() as connection:
        if office.database.is_sqlite:
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER audit_refuses_{verb}"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        change(connection)
        if not office.database.is_sqlite:
            connection.execute(text("ALTER TABLE audit ENABLE TRIGGER USER"))


def sql(*statements: str) -> Callable[[Connection], object]:
    return lambda connection: [connection.execute(text(statement)) for statement in statements]


def again(seq: int, **changed: Any) -> Callable[[Connection], object]:
    """Insert a copy of a row, as row `seq`."""

    def change(connection: Connection) -> None:
        row = dict(connection.execute(table.select().where(table.c.seq == 2)).mappings().one())
        connection.execute(insert(table), row | {"seq": seq} | changed)

    return change


SHIFT = "UPDATE audit SET seq = seq + 1000 WHERE seq >= 3"
BACK = "UPDATE audit SET seq = seq - 999 WHERE seq >= 1000"


def inserted(connection: Connection) -> None:
    """Push the rows from the third on by one and put a forged row in between."""
    sql(SHIFT, BACK)(connection)
    again(3)(connection)


def swapped(connection: Connection) -> None:
    """Exchange everything but the numbers of rows three and five."""
    sql(
        "UPDATE audit SET seq = 1000 WHERE seq = 3",
        "UPDATE audit SET seq = 3 WHERE seq = 5",
        "UPDATE audit SET seq = 5 WHERE seq = 1000",
    )(connection)


def test_an_untouched_chain_is_whole(chain: Office) -> None:
    assert report(chain) == ChainReport(ROWS, None)


def test_an_empty_chain_is_whole(office: Office) -> None:
    assert report(office) == ChainReport(0, None)


@pytest.mark.parametrize("column", ["actor", "action", "object_kind", "object_id", "details"])
def test_an_edited_row_is_named(chain: Office, column: str) -> None:
    tamper(chain, sql(f"UPDATE audit SET {column} = 'x' WHERE seq = 4"))  # noqa: S608

    assert report(chain) == ChainReport(3, 4)


@pytest.mark.parametrize(
    ("change", "first_bad"),
    [
        pytest.param(sql("UPDATE audit SET at = '2026-03-10 16:00:01.000000' WHERE seq = 2"), 2, id="another instant"),
        pytest.param(sql("UPDATE audit SET mac = prev_mac WHERE seq = 3"), 3, id="another mac"),
        pytest.param(sql("UPDATE audit SET prev_mac = mac WHERE seq = 3"), 3, id="another link"),
        pytest.param(sql("DELETE FROM audit WHERE seq = 1"), 1, id="the first deleted"),
        pytest.param(sql("DELETE FROM audit WHERE seq = 4"), 4, id="one deleted"),
        pytest.param(sql("DELETE FROM audit WHERE seq IN (3, 4)"), 3, id="cut out of the middle"),
        pytest.param(
            sql("DELETE FROM audit WHERE seq = 4", "UPDATE audit SET seq = seq - 1 WHERE seq = 5"), 4,
            id="one deleted and the next moved up",
        ),
        pytest.param(inserted, 3, id="one inserted"),
        pytest.param(again(ROWS + 1), ROWS + 1, id="one appended"),
        pytest.param(again(0), 1, id="one put in front"),
        pytest.param(swapped, 3, id="two swapped"),
    ],
)  # fmt: skip
def test_what_was_tampered_with_is_named(chain: Office, change: Callable[[Connection], object], first_bad: int) -> None:
    tamper(chain, change)

    assert report(chain) == ChainReport(first_bad - 1, first_bad)


def test_a_tail_cut_off_shows_in_the_number_of_rows(chain: Office) -> None:
    """Only an anchor kept elsewhere can tell it; the report gives what to compare with."""
    tamper(chain, sql("DELETE FROM audit WHERE seq >= 5"))

    assert report(chain) == ChainReport(4, None)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("UPDATE audit SET at = 'yesterday' WHERE seq = 3", id="an instant that is none"),
        pytest.param("UPDATE audit SET at = 7 WHERE seq = 3", id="a number for an instant"),
        pytest.param("UPDATE audit SET mac = 'text' WHERE seq = 3", id="text for a mac"),
        pytest.param("UPDATE audit SET details = x'ff00' WHERE seq = 3", id="bytes for details"),
        pytest.param("UPDATE audit SET details = 3 WHERE seq = 3", id="a number for details"),
    ],
)
def test_a_row_that_cannot_even_be_read_is_named(sqlite_office: Office, change: str) -> None:
    """SQLite keeps any value in any column; the walk ended in an error instead of an answer."""
    for minutes in range(1, 5):
        sqlite_office.log(minutes)
    tamper(sqlite_office, sql(change))

    assert report(sqlite_office) == ChainReport(2, 3)


def test_a_chain_does_not_pass_for_anothers(two_offices: tuple[Office, Office]) -> None:
    ours, theirs = two_offices
    for office in two_offices:
        office.log(1)
        office.log(2)
    swap = (
        "UPDATE audit SET practice_id = 'hillside', seq = 100 WHERE practice_id = 'riverside' AND seq = 2",
        "UPDATE audit SET practice_id = 'riverside' WHERE practice_id = 'hillside' AND seq = 2",
        "UPDATE audit SET seq = 2 WHERE seq = 100",
    )

    tamper(ours, sql(*swap))

    assert (report(ours), report(theirs)) == (ChainReport(1, 2), ChainReport(1, 2))


def test_the_chain_goes_on_after_a_refused_act(chain: Office) -> None:
    def fail(connection: Connection) -> None:
        append(connection, chain)
        raise RuntimeError

    with pytest.raises(RuntimeError), chain.database.begin() as connection:
        fail(connection)

    chain.log(50)

    assert report(chain) == ChainReport(ROWS + 1, None)


def append(connection: Connection, office: Office) -> None:
    audit.append(
        connection, office.keyring, practice_id=office.practice_id, at=office.clock(), actor="U0STRANGER",
        action="refused", object_kind="surface", object_id="command", details={"b": 2, "a": 1},
    )  # fmt: skip


def test_details_are_written_in_one_way_only(office: Office) -> None:
    with office.database.begin() as connection:
        append(connection, office)

    assert office.rows(table)[0].details == '{"a":1,"b":2}'


def test_a_look_at_a_patient_is_itself_recorded(office: Office) -> None:
    office.log(12)
    request = office.request("cora")
    with office.database.begin() as connection:
        entries, counted = looks.patient_month(
            connection, office.keyring, request, office.patients["lopez"], ServiceMonth(2026, 3)
        )

    assert ([entry.minutes for entry in entries], counted) == ([12], office.fresh(month=MARCH))
    row = office.rows(table)[-1]
    assert (row.actor, row.action, row.object_id) == (
        office.actor("cora").staff_id, "patient.looked", office.patients["lopez"],
    )  # fmt: skip


def test_no_word_about_a_patient_stands_in_the_trail(office: Office) -> None:
    canary = Person(mrn="CANARYMRN", first="Canaryfirst", last="Canarylast", preferred="Canarynick")
    office.admit("canary", canary)

    entry = office.entry(12, "canary", note="canarynote")
    office.edit(entry.id, minutes=20, note="canarynote two")
    office.undo()
    with office.database.begin() as connection:
        looks.patient_month(connection, office.keyring, office.request(), office.patients["canary"], MARCH)

    trail = " ".join(str(value) for row in office.rows(table) for value in row)
    assert len(office.rows(table)) == 4
    assert "canary" not in trail.lower()
    assert "care plan" not in trail
