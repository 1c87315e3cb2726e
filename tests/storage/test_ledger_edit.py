"""An edit replaces an entry by two new rows, keeps what it leaves open, and can itself be undone."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from ccm.errors import NotAllowed, NothingToUndo, Refused
from storage import cells
from storage.schema import time_entry
from tests.storage.office import FEBRUARY, Office

TODAY = date(2026, 3, 10)


def test_an_edit_replaces_the_entry_by_two_new_rows(office: Office) -> None:
    entry = office.entry(12)

    done = office.edit(entry.id, minutes=20)

    assert done is not None
    assert ([e.id for e in done.removed], [e.minutes for e in done.added]) == ([entry.id], [20])
    old, reversing, new = office.rows(time_entry)
    assert (old.minutes, reversing.minutes, new.minutes) == (12, 12, 20)
    assert (reversing.reverses_id, reversing.reason, new.reverses_id) == (entry.id, "edit", None)
    assert office.total() == 20


def test_an_edit_moves_minutes_to_another_patient_or_month(office: Office) -> None:
    entry = office.entry(12)

    first = office.edit(entry.id, patient="nguyen")
    assert (office.total(), office.total("nguyen")) == (0, 12)
    assert first is not None
    office.edit(first.added[0].id, day=date(2026, 2, 27))

    assert (office.total("nguyen"), office.total("nguyen", FEBRUARY)) == (0, 12)


def test_what_an_edit_leaves_open_stays(office: Office) -> None:
    """The note and the clock times were lost with the first correction of anything else."""
    entry = office.entry(
        30, start=time(0, 0), end=time(0, 30), outcome="reached", program="RPM", clerical=True, note="cough"
    )

    office.edit(entry.id, activity="education")

    old, _, new = office.rows(time_entry)
    kept = ("minutes", "start_minute", "end_minute", "outcome", "program", "clerical", "note_cell_id", "note_hash")
    assert [getattr(new, name) for name in kept] == [getattr(old, name) for name in kept]
    assert new.note_cell_id is not None
    assert new.activity == "education"


def test_other_minutes_end_the_clock_times(office: Office) -> None:
    entry = office.entry(30, start=time(9, 0), end=time(9, 30))

    office.edit(entry.id, minutes=25)

    new = office.rows(time_entry)[-1]
    assert (new.minutes, new.start_minute, new.end_minute) == (25, None, None)


def test_a_new_note_replaces_the_old_one(office: Office) -> None:
    entry = office.entry(note="cough")

    office.edit(entry.id, note="no cough")

    new = office.rows(time_entry)[-1]
    with office.database.read() as connection:
        said = cells.read(connection, office.keyring, practice_id=office.practice_id, cell_id=new.note_cell_id)
    assert said == "no cough"


def test_the_same_edit_twice_acts_once(office: Office) -> None:
    entry = office.entry(12)
    office.edit(entry.id, minutes=20, key="view:1")
    before = office.sizes()

    assert office.edit(entry.id, minutes=20, key="view:1") is None

    assert office.sizes() == before
    assert office.total() == 20


def test_an_entry_is_edited_only_while_it_stands(office: Office) -> None:
    entry = office.entry(12)
    office.edit(entry.id, minutes=20)

    with pytest.raises(NothingToUndo, match="changed or undone"):
        office.edit(entry.id, minutes=30)

    assert office.total() == 20


def test_undo_of_an_edit_puts_the_old_entry_back(office: Office) -> None:
    entry = office.entry(12)
    office.edit(entry.id, patient="nguyen", minutes=20, day=date(2026, 2, 27))

    done = office.undo()

    assert done is not None
    assert [(e.patient_id, e.minutes, e.day) for e in done.added] == [(office.patients["lopez"], 12, TODAY)]
    assert (office.total(), office.total("nguyen", FEBRUARY)) == (12, 0)


def test_undo_after_the_undo_of_an_edit_takes_the_entry_itself(office: Office) -> None:
    office.log(5)
    entry = office.entry(12)
    office.edit(entry.id, minutes=20)

    office.undo()
    assert office.total() == 17
    office.undo()
    assert office.total() == 5
    office.undo()
    assert office.total() == 0


def test_undo_of_an_edit_puts_nothing_back_into_a_closed_month(office: Office) -> None:
    """The entry was moved from February to March, then February was closed: its total changed behind the claim."""
    entry = office.entry(12, day=date(2026, 2, 27))
    office.edit(entry.id, day=TODAY)
    office.close(FEBRUARY)

    with pytest.raises(Refused, match="closed"):
        office.undo()

    assert (office.total(month=FEBRUARY), office.total()) == (0, 12)


@pytest.mark.parametrize("moved_to", [date(2026, 2, 20), TODAY], ids=["inside it", "out of it"])
def test_an_entry_of_a_closed_month_is_not_edited(office: Office, moved_to: date) -> None:
    entry = office.entry(12, day=date(2026, 2, 27))
    office.close(FEBRUARY)

    with pytest.raises(Refused, match="closed"):
        office.edit(entry.id, day=moved_to)

    assert (office.total(month=FEBRUARY), office.total()) == (12, 0)


def test_a_named_undo_leaves_what_was_edited_since(office: Office) -> None:
    """The button under a receipt of three rows, of which one was changed afterwards."""
    done = office.log_all(office.draft(1), office.draft(2), office.draft(4))
    assert done is not None
    office.edit(done.added[1].id, minutes=8)

    office.undo(done.act_id)

    assert office.total() == 8


def test_a_colleagues_entry_is_not_edited(office: Office) -> None:
    entry = office.entry(12, by="cora")

    with pytest.raises(NotAllowed, match="colleague"):
        office.edit(entry.id, by="nina", minutes=1)

    assert office.total() == 12


def test_an_entry_nobody_knows_is_not_edited(office: Office) -> None:
    with pytest.raises(NothingToUndo, match="not there"):
        office.edit("0123456789abcdef01234567", minutes=1)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"minutes": 0}, id="no minutes"),
        pytest.param({"minutes": 1440}, id="a whole day"),
        pytest.param({"day": date(2026, 3, 11)}, id="tomorrow"),
        pytest.param({"day": date(2019, 12, 31)}, id="before she was hired"),
    ],
)
def test_an_edit_obeys_the_rules_of_an_entry(office: Office, changed: dict[str, Any]) -> None:
    entry = office.entry(12)
    before = office.sizes()

    with pytest.raises(Refused):
        office.edit(entry.id, **changed)

    assert office.sizes() == before
    assert office.total() == 12
