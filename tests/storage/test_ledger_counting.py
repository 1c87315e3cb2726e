"""What a logged entry counts for: by the credential of its day, and once when it was said twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ccm.billing import PatientMonth
from ccm.errors import Duplicate
from ccm.records import CredentialKind
from tests.conftest import HandClock
from tests.storage.office import Office

TODAY = date(2026, 3, 10)


# --- credentials


@pytest.mark.parametrize(
    ("by", "counted"),
    [
        pytest.param("nina", {"staff_minutes": 25}, id="clinical staff"),
        pytest.param("doc", {"qhp_minutes": 25}, id="billing practitioner"),
        pytest.param("fred", {"other_minutes": 25}, id="front desk"),
    ],
)
def test_the_credential_decides_where_minutes_stand(office: Office, by: str, counted: dict[str, int]) -> None:
    office.log(25, by=by)

    assert office.stored() == office.fresh() == PatientMonth(entries=1, **counted)


def test_the_credential_is_that_of_the_service_date(office: Office) -> None:
    """A medical assistant licensed on March 5th: the week before counts differently, whenever it is written down."""
    office.hire("fred")
    office.hire("fred", since=date(2026, 3, 5), kind=CredentialKind.CLINICAL_STAFF, title="MA")

    before, after = office.entry(10, by="fred", day=date(2026, 3, 4)), office.entry(20, by="fred")

    assert (before.credential, after.credential) == (CredentialKind.NON_CLINICAL, CredentialKind.CLINICAL_STAFF)
    assert office.stored() == PatientMonth(staff_minutes=20, other_minutes=10, entries=2)


def test_a_later_change_of_credential_leaves_earlier_entries_as_they_were(office: Office) -> None:
    office.log(10)

    office.hire("nina", since=TODAY, kind=CredentialKind.NON_CLINICAL, title="office")

    assert office.total() == 10


# --- duplicates


def test_the_same_again_within_ten_minutes_asks(office: Office, clock: HandClock) -> None:
    office.log(12)
    clock.advance(minutes=9, seconds=59)

    with pytest.raises(Duplicate):
        office.log(12)

    assert office.total() == 12


def test_the_same_again_later_needs_a_look_and_is_not_counted(office: Office, clock: HandClock) -> None:
    office.log(12)
    clock.advance(minutes=10)

    entry = office.entry(12)

    assert entry.flags == {"duplicate"}
    assert office.stored() == PatientMonth(staff_minutes=12, review_minutes=12, entries=2)


@pytest.mark.parametrize("minutes_later", [1, 60])
def test_the_same_again_counts_when_it_is_meant(office: Office, clock: HandClock, minutes_later: int) -> None:
    office.log(12)
    clock.advance(minutes=minutes_later)

    entry = office.entry(12, confirmed=True)

    assert entry.flags == {"confirmed"}
    assert office.total() == 24


@pytest.mark.parametrize(
    "differs",
    [
        pytest.param({"minutes": 13}, id="minutes"),
        pytest.param({"patient": "nguyen"}, id="patient"),
        pytest.param({"activity": "education"}, id="activity"),
        pytest.param({"day": date(2026, 3, 9)}, id="day"),
        pytest.param({"by": "cora"}, id="person"),
    ],
)
def test_what_differs_in_anything_is_no_duplicate(office: Office, differs: dict[str, Any]) -> None:
    office.log(12)

    assert office.entry(**differs).flags == frozenset()


def test_what_was_undone_may_be_logged_again(office: Office) -> None:
    office.log(12)
    office.undo()

    assert office.entry(12).flags == frozenset()
    assert office.total() == 12


def test_one_sentence_that_says_the_same_twice_asks(office: Office) -> None:
    with pytest.raises(Duplicate):
        office.log_all(office.draft(12), office.draft(12))

    assert office.total() == 0
