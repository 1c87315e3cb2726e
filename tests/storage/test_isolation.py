"""Two practices in one database, with staff and patients of the same names and numbers: neither reaches the other's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ccm.billing import PatientMonth
from ccm.errors import CcmError, NothingToUndo, UnknownPatient
from storage import acts, cells, drafts, ledger_rows, looks, patients, people, practices, projection
from storage.directory import Directory, Snapshot
from storage.ledger import Done
from storage.schema import audit, practice, staff, time_entry
from storage.sealing import Unsealable
from tests.storage.office import MARCH, Office, user_id

Two = tuple[Office, Office]


def logged(office: Office, *given: Any, **how: Any) -> Done:
    done = office.log(*given, **how)
    assert done is not None
    return done


def snapshot(office: Office) -> Snapshot:
    return Directory(office.practice_id, office.keyring).current(office.database, office.clock())


def reading(office: Office, look: Callable[..., Any]) -> Any:
    with office.database.read() as connection:
        return look(connection)


def test_the_same_numbers_stand_in_both(two_offices: Two) -> None:
    """User ids, MRNs and request identities repeat themselves between workspaces."""
    ours, theirs = two_offices

    assert logged(ours, 12, key="cmd:same").added[0].minutes == 12
    assert logged(theirs, 30, key="cmd:same").added[0].minutes == 30

    assert (ours.total(), theirs.total()) == (12, 30)
    assert ours.actor("nina").user_id == theirs.actor("nina").user_id
    assert ours.actor("nina").staff_id != theirs.actor("nina").staff_id


def test_their_patient_takes_none_of_our_minutes(two_offices: Two) -> None:
    ours, theirs = two_offices

    with pytest.raises(UnknownPatient):
        ours.log(12, theirs.patients["lopez"])

    assert (ours.size(time_entry), theirs.size(time_entry)) == (0, 0)


def test_our_entry_is_not_moved_to_their_patient(two_offices: Two) -> None:
    ours, theirs = two_offices
    entry = ours.entry(12)
    ours.patients["theirs"] = theirs.patients["lopez"]

    with pytest.raises(UnknownPatient):
        ours.edit(entry.id, patient="theirs")

    assert (ours.total(), theirs.total()) == (12, 0)


@pytest.mark.parametrize(
    "reach",
    [
        pytest.param(lambda ours, done: ours.undo(done.act_id), id="undo"),
        pytest.param(lambda ours, done: ours.edit(done.added[0].id, minutes=1), id="edit"),
        pytest.param(lambda ours, done: ours.undo(), id="undo of the last"),
    ],
)
def test_their_entries_are_out_of_our_hands(two_offices: Two, reach: Callable[[Office, Done], Any]) -> None:
    ours, theirs = two_offices
    done = logged(theirs, 12)

    with pytest.raises(NothingToUndo):
        reach(ours, done)

    assert theirs.total() == 12


def test_nothing_of_theirs_is_read(two_offices: Two) -> None:
    ours, theirs = two_offices
    done = logged(theirs, 12, key="cmd:theirs")
    entry, row = done.added[0], theirs.rows(time_entry)[0]
    request, nina = ours.request(key="cmd:theirs"), theirs.actor("nina").staff_id

    def look(connection: Any) -> list[Any]:
        with pytest.raises(LookupError):
            cells.read(connection, ours.keyring, practice_id=ours.practice_id, cell_id=row.words_cell_id)
        return [
            ledger_rows.get(connection, ours.practice_id, entry.id),
            ledger_rows.of_act(connection, ours.practice_id, done.act_id),
            ledger_rows.last_entry(connection, request),
            acts.get_act(connection, ours.practice_id, done.act_id),
            acts.earlier(connection, request),
            projection.entries_of(connection, ours.practice_id, (entry.patient_id, MARCH)),
            looks.own_entries(connection, ours.practice_id, nina, entry.day, entry.day),
        ]

    assert not any(reading(ours, look))


def test_a_look_at_their_patient_shows_nothing_and_stands_in_our_trail(two_offices: Two) -> None:
    ours, theirs = two_offices
    theirs.log(12)
    before = theirs.size(audit)
    request = ours.request()

    with ours.database.begin() as connection:
        seen = looks.patient_month(connection, ours.keyring, request, theirs.patients["lopez"], MARCH)

    assert seen == ([], PatientMonth())
    assert (ours.size(audit), theirs.size(audit)) == (1, before)


def test_our_roster_holds_our_patients_alone(two_offices: Two) -> None:
    ours, theirs = two_offices

    rosters = [
        reading(office, lambda c, office=office: patients.roster(c, office.keyring, office.practice_id, {}))
        for office in two_offices
    ]

    found = [{each.id for each in roster.values()} for roster in rosters]
    assert found == [set(ours.patients.values()), set(theirs.patients.values())]
    assert not found[0] & found[1]


def test_a_change_of_a_patient_here_leaves_the_one_there(two_offices: Two) -> None:
    ours, theirs = two_offices

    with ours.database.begin() as connection:
        changed = patients.Person(mrn="0042", first="Marta", last="Lopes")
        assert patients.put(connection, ours.keyring, ours.practice_id, changed, ours.clock()) == "changed"
        patients.bump(connection, ours.practice_id)

    seen = snapshot(theirs)
    (lopez,) = seen.roster.numbered("0042")
    assert (lopez.first, lopez.last, seen.version[0]) == ("Maria", "Lopez", 1)


def test_our_staff_is_not_theirs(two_offices: Two) -> None:
    ours, theirs = two_offices

    with ours.database.begin() as connection:
        people.remove(connection, ours.practice_id, user_id("nina"), ours.today)
        practices.allow_channel(connection, ours.practice_id, "C1", ours.clock())

    seen = {office.practice_id: snapshot(office) for office in two_offices}
    assert user_id("nina") not in seen[ours.practice_id].actors
    assert user_id("nina") in seen[theirs.practice_id].actors
    assert (seen[ours.practice_id].channels, seen[theirs.practice_id].channels) == ({"C1"}, frozenset())


def test_their_question_is_not_ours_to_answer(two_offices: Two) -> None:
    ours, theirs = two_offices
    theirs_asked, ours_asked = theirs.request(key="cmd:q"), ours.request(key="cmd:q")

    with ours.database.begin() as connection:
        draft_id = drafts.put(connection, theirs.keyring, theirs_asked, "theirs")
        own_id = drafts.put(connection, ours.keyring, ours_asked, "ours")

    assert draft_id != own_id
    assert reading(ours, lambda c: drafts.get(c, ours.keyring, ours_asked, draft_id)) is None
    assert reading(ours, lambda c: drafts.get(c, ours.keyring, ours_asked, own_id)) == "ours"


def test_their_cell_does_not_open_as_ours(two_offices: Two) -> None:
    """Even a row copied over by hand in the database stays shut."""
    ours, theirs = two_offices
    sealed = theirs.keyring.seal("secret", practice_id=theirs.practice_id, kind="words", row_id="1")

    with pytest.raises(Unsealable):
        ours.keyring.open(sealed, practice_id=ours.practice_id, kind="words", row_id="1")


def test_a_workspace_belongs_to_one_practice(two_offices: Two) -> None:
    ours, theirs = two_offices

    with ours.database.begin() as connection:
        practices.bind_team(connection, ours.practice_id, "T1")
        practices.bind_team(connection, ours.practice_id, "T1")
    with pytest.raises(CcmError), ours.database.begin() as connection:
        practices.bind_team(connection, ours.practice_id, "T2")
    with pytest.raises(CcmError), ours.database.begin() as connection:
        practices.bind_team(connection, theirs.practice_id, "T1")

    with ours.database.read() as connection:
        assert {each.id: each.team_id for each in practices.listed(connection)} == {"riverside": "T1", "hillside": None}


def test_the_same_user_is_one_person_in_each_practice(two_offices: Two) -> None:
    ours, _ = two_offices

    with ours.database.read() as connection:
        rows = connection.execute(staff.select().where(staff.c.user_id == user_id("nina"))).all()
        known = connection.execute(practice.select()).all()

    assert len(rows) == len(known) == 2
