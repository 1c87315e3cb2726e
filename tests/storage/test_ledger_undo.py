"""Undo adds rows that take others out: once, one's own, and as far back as one likes."""

from __future__ import annotations

from datetime import date

import pytest

from ccm.billing import PatientMonth
from ccm.errors import NotAllowed, NothingToUndo, Refused
from storage.schema import act, time_entry
from tests.storage.office import FEBRUARY, MARCH, Office

TODAY = date(2026, 3, 10)


def test_undo_adds_a_row_that_takes_the_entry_out(office: Office) -> None:
    entry = office.entry(12)

    done = office.undo()

    assert done is not None
    assert done.removed == (entry,)
    kept, reversing = office.rows(time_entry)
    assert (kept.id, kept.minutes, kept.reverses_id) == (entry.id, 12, None)
    assert (reversing.minutes, reversing.reverses_id, reversing.reason) == (12, entry.id, "undo")
    assert office.stored() == office.fresh() == PatientMonth()


def test_the_same_undo_twice_acts_once(office: Office) -> None:
    office.log(5)
    office.log(12)
    assert office.undo(key="act:1") is not None
    before = office.sizes()

    assert office.undo(key="act:1") is None

    assert office.sizes() == before
    assert office.total() == 5


def test_two_clicks_on_one_undo_button_undo_once(office: Office) -> None:
    """Each click is a request of its own, but both name the same act."""
    office.log(5)
    act_id = office.log(12).act_id  # type: ignore[union-attr]
    office.undo(act_id, key="act:click1")

    with pytest.raises(NothingToUndo):
        office.undo(act_id, key="act:click2")

    assert office.total() == 5


def test_undo_twice_goes_back_further(office: Office) -> None:
    for minutes in (5, 7, 11):
        office.log(minutes)

    office.undo()
    assert office.total() == 12
    office.undo()
    assert office.total() == 5
    office.undo()
    assert office.total() == 0
    with pytest.raises(NothingToUndo):
        office.undo()


def test_undo_takes_all_rows_of_the_sentence(office: Office) -> None:
    office.log_all(office.draft(10), office.draft(15, "nguyen"), office.draft(5, day=date(2026, 2, 27)))

    office.undo()

    assert (office.total(), office.total("nguyen"), office.total(month=FEBRUARY)) == (0, 0, 0)


def test_undo_is_of_ones_own_last_act(office: Office) -> None:
    office.log(5, by="cora")
    office.log(7, by="nina")
    office.log(9, by="cora")

    office.undo(by="nina")

    assert office.total() == 14


def test_a_colleagues_act_is_not_undone(office: Office) -> None:
    act_id = office.log(12, by="cora").act_id  # type: ignore[union-attr]
    before = office.sizes()

    with pytest.raises(NotAllowed, match="colleague"):
        office.undo(act_id, by="nina")

    assert office.sizes() == before
    assert office.undo(act_id, by="cora") is not None  # and her own undo still works


@pytest.mark.parametrize("act_id", ["", "0123456789abcdef01234567"], ids=["none so far", "an id nobody knows"])
def test_nothing_to_undo_is_a_sentence(office: Office, act_id: str) -> None:
    """An unknown act was an error of the database."""
    with pytest.raises(NothingToUndo):
        office.undo(act_id or None)

    assert office.size(act) == 0


def test_an_entry_of_a_closed_month_stays(office: Office) -> None:
    act_id = office.log(12).act_id  # type: ignore[union-attr]
    office.close(MARCH)

    with pytest.raises(Refused, match="closed"):
        office.undo(act_id)

    assert office.total() == 12


def test_undo_after_a_refused_undo_works(office: Office) -> None:
    act_id = office.log(12).act_id  # type: ignore[union-attr]
    office.close(MARCH)
    with pytest.raises(Refused):
        office.undo(act_id, key="act:1")
    office.close(None)

    assert office.undo(act_id, key="act:1") is not None
    assert office.total() == 0
