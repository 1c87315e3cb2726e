"""Log, undo and edit, told by what they do to the record: nothing is lost, doubled or invented."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from ccm.billing import PatientMonth
from ccm.errors import CcmError, Duplicate, NotAllowed, NothingToUndo, Refused, UnknownPatient
from ccm.records import CredentialKind
from storage import cells, ledger_rows
from storage.schema import act, audit, phi_cell, time_entry
from tests.conftest import HandClock
from tests.storage.office import FEBRUARY, MARCH, Office, at

TODAY = date(2026, 3, 10)
WRITTEN = (act, time_entry, audit, phi_cell)


def sizes(office: Office) -> list[int]:
    return [office.size(table) for table in WRITTEN]


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
    before = sizes(office)

    second = office.log(12, key="cmd:again")

    assert first is not None
    assert second is None
    assert sizes(office) == before
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
    before = sizes(office)

    with pytest.raises(CcmError) as refused:
        office.log_all(office.draft(10), office.draft(**bad))

    assert isinstance(refused.value, Refused | UnknownPatient)
    assert sizes(office) == before
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


# --- undo


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
    before = sizes(office)

    assert office.undo(key="act:1") is None

    assert sizes(office) == before
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
    before = sizes(office)

    with pytest.raises(NotAllowed, match="colleague"):
        office.undo(act_id, by="nina")

    assert sizes(office) == before
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


# --- edit


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
    before = sizes(office)

    assert office.edit(entry.id, minutes=20, key="view:1") is None

    assert sizes(office) == before
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
    before = sizes(office)

    with pytest.raises(Refused):
        office.edit(entry.id, **changed)

    assert sizes(office) == before
    assert office.total() == 12


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
