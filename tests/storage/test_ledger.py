"""Logging, told by what it does to the record: nothing is lost, doubled or invented."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from ccm.activities import LABELS
from ccm.billing import PatientMonth
from ccm.errors import CcmError, NotAllowed, Refused, UnknownPatient
from storage import cells, ledger_rows
from storage.schema import act, audit, time_entry
from tests.conftest import HandClock
from tests.storage.office import FEBRUARY, MARCH, Office, at

TODAY = date(2026, 3, 10)


# --- log


def test_a_logged_entry_counts_in_its_month(office: Office) -> None:
    done = office.log(12)

    assert done is not None
    assert (done.kind, done.removed, len(done.added)) == ("log", (), 1)
    assert done.months == {(office.patients["lopez"], MARCH): PatientMonth(staff_minutes=12, entries=1)}
    assert office.total() == 12
    assert office.total("nguyen") == 0


def test_a_row_keeps_all_that_was_said(office: Office) -> None:
    office.log(
        30, activity="education", start=time(0, 0), end=time(0, 30), outcome="reached", program="RPM", clerical=True
    )

    (row,) = office.rows(time_entry)
    assert (row.minutes, row.start_minute, row.end_minute) == (30, 0, 30)
    assert (row.activity, row.outcome, row.program, row.clerical) == ("education", "reached", "RPM", True)
    assert (row.day, row.month, row.credential, row.title) == (TODAY, "2026-03", "clinical_staff", "RN")
    assert row.staff_id == row.entered_by_id == office.actors["nina"].staff_id
    assert row.entered_at == office.clock()


def test_the_words_and_the_note_are_kept_sealed_and_hashed(office: Office) -> None:
    office.log(note="asked about her cough")

    (row,) = office.rows(time_entry)
    with office.database.read() as connection:
        words, note = (
            cells.read(connection, office.keyring, practice_id=office.practice_id, cell_id=cell_id)
            for cell_id in (row.words_cell_id, row.note_cell_id)
        )
    assert (words, note) == ("12m care plan Lopez", "asked about her cough")
    assert row.words_hash == office.keyring.fingerprint(words)
    assert row.note_hash == office.keyring.fingerprint(note)


def test_the_same_request_twice_acts_once(office: Office) -> None:
    first = office.log(12, key="cmd:again")
    before = office.sizes()

    second = office.log(12, key="cmd:again")

    assert first is not None
    assert second is None
    assert office.sizes() == before
    assert office.total() == 12


@pytest.mark.parametrize(
    "meanwhile",
    [
        pytest.param(lambda office: office.close(MARCH), id="its month was closed"),
        pytest.param(lambda office: office.hire("nina", since=date(2026, 3, 11)), id="her dates were corrected"),
    ],
)
def test_a_redelivery_is_known_whatever_goes_against_it_by_now(office: Office, meanwhile: Any) -> None:
    """It was told "nothing was saved" although its first delivery had been."""
    office.log(12, key="cmd:late")
    meanwhile(office)

    assert office.log(12, key="cmd:late") is None
    assert office.total() == 12


def test_all_rows_of_a_sentence_are_stored_together(office: Office) -> None:
    done = office.log_all(office.draft(10), office.draft(15, "nguyen"), office.draft(5, day=date(2026, 2, 27)))

    assert done is not None
    assert len({row.act_id for row in office.rows(time_entry)}) == 1
    assert (office.total(), office.total("nguyen"), office.total(month=FEBRUARY)) == (10, 15, 5)


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param({"minutes": 0}, id="no minutes"),
        pytest.param({"minutes": -5}, id="negative"),
        pytest.param({"minutes": 1440}, id="a whole day"),
        pytest.param({"minutes": None}, id="minutes still open"),
        pytest.param({"patient": None}, id="patient still open"),
        pytest.param({"patient": "0123456789abcdef01234567"}, id="a patient nobody knows"),
        pytest.param({"day": None}, id="day still open"),
        pytest.param({"day": date(2026, 3, 11)}, id="tomorrow"),
        pytest.param({"day": date(2019, 12, 31)}, id="before she was hired"),
        pytest.param({"day": date(2026, 2, 28)}, id="a closed month"),
    ],
)
def test_one_bad_row_keeps_all_rows_of_a_sentence_out(office: Office, bad: dict[str, Any]) -> None:
    office.close(FEBRUARY)
    before = office.sizes()

    with pytest.raises(CcmError) as refused:
        office.log_all(office.draft(10), office.draft(**bad))

    assert isinstance(refused.value, Refused | UnknownPatient)
    assert office.sizes() == before
    assert office.total() == 0


def test_a_refused_request_may_be_sent_again(office: Office) -> None:
    """A refusal must not use up the request's identity."""
    office.close(MARCH)
    with pytest.raises(Refused, match="closed"):
        office.log(12, key="cmd:retry")
    office.close(None)

    assert office.log(12, key="cmd:retry") is not None


def test_an_unknown_patient_is_a_sentence_and_not_an_error_of_the_database(office: Office) -> None:
    with pytest.raises(UnknownPatient):
        office.log(12, "0123456789abcdef01234567")


def test_an_entry_on_the_last_evening_counts_for_the_month_of_the_clinics_day(office: Office, clock: HandClock) -> None:
    """22:30 on March 31st in Chicago is April already in Greenwich."""
    clock.now = at("2026-04-01", "03:30")

    entry = office.entry(12)

    assert entry.day == date(2026, 3, 31)
    assert entry.flags == frozenset()
    assert office.total(month=MARCH) == 12


def test_what_was_said_before_midnight_and_handled_after_it_is_of_the_day_it_was_said(office: Office) -> None:
    with pytest.raises(Refused, match="ahead"):
        office.log(12, said_at=at("2026-03-09", "16:00"), day=TODAY)

    assert office.entry(12, said_at=at("2026-03-09", "16:00"), day=date(2026, 3, 9)).day == date(2026, 3, 9)


def test_every_activity_fits_its_column(office: Office) -> None:
    done = office.log_all(*(office.draft(1, activity=activity) for activity in LABELS))

    assert done is not None
    assert [entry.activity for entry in done.added] == list(LABELS)


def test_the_longest_outcome_fits_its_column(office: Office) -> None:
    """PostgreSQL refused it as one character too long, and with it the minutes."""
    entry = office.entry(12, outcome="language_barrier_interpreter_used")

    assert entry.outcome == "language_barrier_interpreter_used"
    assert office.total() == 12


@pytest.mark.parametrize(
    ("minutes", "day", "flags"),
    [
        pytest.param(60, TODAY, set(), id="sixty today"),
        pytest.param(61, TODAY, {"over_60"}, id="sixty-one"),
        pytest.param(20, date(2026, 3, 1), set(), id="first of this month"),
        pytest.param(20, date(2026, 2, 28), {"late"}, id="last of the month before"),
        pytest.param(90, date(2026, 2, 28), {"late", "over_60"}, id="late and long"),
    ],
)
def test_late_and_long_entries_are_flagged_and_count(office: Office, minutes: int, day: date, flags: set[str]) -> None:
    entry = office.entry(minutes, day=day)

    assert entry.flags == flags
    assert office.total(month=FEBRUARY if "late" in flags else MARCH) == minutes


def test_a_role_without_the_right_to_log_logs_nothing(office: Office) -> None:
    with pytest.raises(NotAllowed):
        office.log(by="bill")

    assert office.size(act) == 0


# --- the record as a whole


def test_rows_are_only_ever_added(office: Office, clock: HandClock) -> None:
    seen: list[Any] = []
    entry = office.entry(12)
    steps: list[Any] = [
        lambda: office.edit(entry.id, minutes=20),
        lambda: office.undo(),
        lambda: office.log(7, "nguyen"),
        lambda: office.undo(),
    ]

    for step in steps:
        step()
        rows = office.rows(time_entry)
        assert rows[: len(seen)] == seen
        assert all(row.minutes > 0 for row in rows)
        seen = rows


def test_every_act_leaves_one_audit_row(office: Office) -> None:
    entry = office.entry(12)
    office.edit(entry.id, minutes=20)
    office.undo()

    assert [row.action for row in office.rows(audit)] == ["time.log", "time.edit", "time.undo"]
    assert {row.object_id for row in office.rows(audit)} == {row.id for row in office.rows(act)}


def test_the_last_entry_is_the_last_that_stands(office: Office) -> None:
    with office.database.read() as connection:
        assert ledger_rows.last_entry(connection, office.request()) is None
    first, second = office.entry(5), office.entry(7)
    office.undo()
    office.log(9, by="cora")

    with office.database.read() as connection:
        assert ledger_rows.last_entry(connection, office.request()) == first.id
        gone = connection.execute(
            select(time_entry.c.reverses_id).where(time_entry.c.reverses_id.is_not(None))
        ).scalar()
    assert gone == second.id


def test_a_whole_month_of_days_counts_in_its_month(office: Office) -> None:
    day = date(2026, 2, 1)
    while day <= TODAY:
        office.log(1, day=day)
        day += timedelta(days=1)

    assert (office.total(month=FEBRUARY), office.total()) == (28, 10)
