"""The practice held in memory is the practice as it is now, and is loaded only where something changed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from ccm.records import Role
from storage import patients, people, practices
from storage.database import Database, open_database
from storage.directory import Directory, Snapshot
from storage.patients import Person
from tests.conftest import HandClock
from tests.storage.office import Office, at, user_id


@pytest.fixture
def directory(office: Office) -> Directory:
    return Directory(office.practice_id, office.keyring)


def now(office: Office, directory: Directory) -> Snapshot:
    return directory.current(office.database, office.clock())


def bump(office: Office) -> None:
    with office.database.begin() as connection:
        patients.bump(connection, office.practice_id)


def opened_cells(snapshot: Snapshot) -> set[int]:
    return {id(each) for each in snapshot.opened.values()}


def test_it_holds_staff_patients_and_channels(office: Office, directory: Directory) -> None:
    with office.database.begin() as connection:
        practices.allow_channel(connection, office.practice_id, "C1", office.clock())
        practices.allow_channel(connection, office.practice_id, "C1", office.clock())

    snapshot = now(office, directory)

    assert (snapshot.practice.id, snapshot.day) == (office.practice_id, date(2026, 3, 10))
    assert snapshot.actors[user_id("nina")].roles == {Role.MEMBER}
    assert {each.last for each in snapshot.roster} == {"Lopez", "Nguyen"}
    assert snapshot.channels == {"C1"}


def test_without_a_change_it_is_the_same_snapshot(office: Office, directory: Directory) -> None:
    assert now(office, directory) is now(office, directory)


def test_a_patient_of_another_process_is_there_with_the_next_request(
    office: Office, directory: Directory, database_url: str
) -> None:
    now(office, directory)

    other = open_database(database_url)
    with other.begin() as connection:
        person = Person(mrn="1", first="Ada", last="Newman")
        patients.put(connection, office.keyring, office.practice_id, person, office.clock())
        patients.bump(connection, office.practice_id)
    other.close()

    assert "Newman" in {each.last for each in now(office, directory).roster}


def test_only_changed_patients_are_opened_again(office: Office, directory: Directory) -> None:
    before = now(office, directory)
    office.admit("lopez", Person(mrn="0042", first="Maria", last="Lopez-Diaz"))
    bump(office)

    after = now(office, directory)

    assert {each.last for each in after.roster} == {"Lopez-Diaz", "Nguyen"}
    assert len(opened_cells(before) & opened_cells(after)) == 1


def test_a_change_of_staff_leaves_the_roster_as_it_is(office: Office, directory: Directory) -> None:
    before = now(office, directory)
    office.hire("cora")

    after = now(office, directory)

    assert after.roster is before.roster
    assert user_id("cora") in after.actors


def test_a_person_removed_is_gone_with_the_next_request(office: Office, directory: Directory) -> None:
    now(office, directory)

    with office.database.begin() as connection:
        people.remove(connection, office.practice_id, user_id("nina"), office.today)

    assert user_id("nina") not in now(office, directory).actors


def test_a_channel_forgotten_is_gone_with_the_next_request(office: Office, directory: Directory) -> None:
    with office.database.begin() as connection:
        practices.allow_channel(connection, office.practice_id, "C1", office.clock())
    assert now(office, directory).channels == {"C1"}

    with office.database.begin() as connection:
        assert practices.forget_channel(connection, office.practice_id, "C1")
        assert not practices.forget_channel(connection, office.practice_id, "C9")

    assert now(office, directory).channels == frozenset()


def test_at_midnight_of_the_clinic_roles_are_read_anew(office: Office, directory: Directory, clock: HandClock) -> None:
    office.hire("nina", since=date(2026, 3, 11), roles=[Role.SUPERVISOR])
    clock.now = at("2026-03-11", "04:59")
    assert now(office, directory).actors[user_id("nina")].roles == {Role.MEMBER}

    clock.now = at("2026-03-11", "05:00")

    assert now(office, directory).actors[user_id("nina")].roles == {Role.SUPERVISOR}


def test_an_unchanged_practice_costs_one_short_question(office: Office, directory: Directory) -> None:
    now(office, directory)
    asked: list[str] = []
    for engine in {office.database.reader, office.database.glancer}:
        event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    now(office, directory)

    assert len(asked) <= 1


def test_many_threads_see_a_change_at_once(office: Office, directory: Directory) -> None:
    now(office, directory)
    office.admit("new", Person(mrn="1", first="Ada", last="Newman"))
    bump(office)

    def look(_number: int) -> Any:
        return len(now(office, directory).roster)

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(look, range(12))) == {3}


def test_a_closed_month_is_known_with_the_next_request(office: Office, database: Database) -> None:
    """Closing must bump a version; until there is a verb for it, reading it is what is held here."""
    from tests.storage.office import FEBRUARY

    office.close(FEBRUARY)

    with database.read() as connection:
        assert practices.load(connection, office.practice_id)[0].closed_through == FEBRUARY
