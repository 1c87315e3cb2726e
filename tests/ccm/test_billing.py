"""A patient-month is counted from its rows alone: in any order, by credential, without what was taken out."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm.billing import FIRST_STEP, PatientMonth, count_month, live
from ccm.records import CredentialKind, TimeEntry

STAFF, QHP, OFFICE = CredentialKind.CLINICAL_STAFF, CredentialKind.QHP, CredentialKind.NON_CLINICAL


def entry(id: str, minutes: int = 12, credential: CredentialKind = STAFF, **other: Any) -> TimeEntry:
    return TimeEntry(
        id=id, patient_id="p1", staff_id="s1", day=date(2026, 3, 10), minutes=minutes, activity="care_plan",
        credential=credential, **other,
    )  # fmt: skip


def out(of: TimeEntry) -> TimeEntry:
    """The row that takes an entry out."""
    return replace(of, id=f"{of.id}!", reverses_id=of.id)


def test_a_month_without_entries_is_nothing() -> None:
    assert count_month([]) == PatientMonth()


def test_minutes_stand_by_what_they_are() -> None:
    found = count_month(
        [
            entry("1", 10),
            entry("2", 5),
            entry("3", 7, QHP),
            entry("4", 3, OFFICE),
            entry("5", 4, program="RPM"),
            entry("6", 6, flags=frozenset({"duplicate"})),
            entry("7", 2, QHP, outcome="no_answer"),
        ]
    )

    assert found == PatientMonth(staff_minutes=15, qhp_minutes=7, review_minutes=6, other_minutes=9, entries=7)
    assert found.counted == 22


def test_a_row_taken_out_adds_nothing_and_neither_does_the_row_that_takes_it_out() -> None:
    first, second = entry("1", 10), entry("2", 5)

    assert count_month([first, second, out(first)]) == PatientMonth(staff_minutes=5, entries=1)
    assert live([first, second, out(first)]) == [second]


def test_a_row_that_takes_out_one_of_elsewhere_adds_nothing() -> None:
    """An edit that moved the patient leaves only the taking-out row's partner elsewhere."""
    assert count_month([out(entry("gone"))]) == PatientMonth()


@pytest.mark.parametrize(
    ("minutes", "missing"),
    [(0, 20), (1, 19), (19, 1), (20, None), (21, None), (400, None)],
)
def test_the_first_code_is_reached_at_twenty_minutes_sharp(minutes: int, missing: int | None) -> None:
    month = PatientMonth(staff_minutes=minutes)

    assert month.minutes_to_next == missing


def test_staff_and_practitioner_pool_toward_the_first_code() -> None:
    assert PatientMonth(staff_minutes=12, qhp_minutes=8).minutes_to_next is None
    assert PatientMonth(staff_minutes=12, qhp_minutes=7).minutes_to_next == 1


@pytest.mark.parametrize("kind", ["review_minutes", "other_minutes"])
def test_minutes_that_do_not_count_bring_no_code_nearer(kind: str) -> None:
    assert PatientMonth(**{kind: 100}).minutes_to_next == FIRST_STEP


rows = st.lists(
    st.tuples(st.integers(1, 1439), st.sampled_from([STAFF, QHP, OFFICE]), st.booleans(), st.booleans(), st.booleans()),
    max_size=12,
)


@given(rows, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_no_order_and_no_history_changes_the_sum(made: list[Any], dice: random.Random) -> None:
    entries, alive = [], 0
    for number, (minutes, credential, clerical, doubled, is_gone) in enumerate(made):
        flags = frozenset({"duplicate"} if doubled else ())
        row = entry(str(number), minutes, credential, clerical=clerical, flags=flags)
        entries += [row, out(row)] if is_gone else [row]
        alive += 0 if is_gone else minutes
    shuffled = entries.copy()
    dice.shuffle(shuffled)

    found = count_month(shuffled)

    assert found == count_month(entries)
    assert found.counted + found.review_minutes + found.other_minutes == alive
    assert found.entries == len(live(entries))
