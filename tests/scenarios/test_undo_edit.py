"""Taking back and correcting: reversing rows, never a change of what was written."""

from __future__ import annotations

from datetime import date

import pytest

from ccm.records import Role
from sandbox import Person
from tests.scenarios.office import Office


@pytest.mark.parametrize("words", ["/ccm undo", "scratch that", "undo", "/ccm scratch that"])
def test_undo_reverses_the_last_entry_with_a_row_of_its_own(office: Office, nina: Person, words: str) -> None:
    nina.types("/ccm log 12m med rec Lopez")

    nina.types(words)

    undone = nina.sees("Undone", new=True)
    assert undone.has("Taken out: 12 min")
    assert undone.has("March 2026: 0 of 20 min, 20 to go")
    entry, reversal = office.rows()
    assert (reversal.reverses_id, reversal.minutes) == (entry.id, 12)
    assert office.month("Lopez").counted == 0


def test_undo_by_button_replaces_the_receipt(office: Office, nina: Person) -> None:
    nina.types("12 min med rec Lopez")
    nina.sees("Saved", new=True)

    nina.clicks("Undo")

    nina.sees("Undone", new=True)
    nina.does_not_see("Saved", quiet=0.05)
    assert office.entries() == []


def test_a_double_click_on_undo_undoes_once_and_still_says_what_it_did(office: Office, nina: Person) -> None:
    """The second click used to put "That was undone already." over the receipt of the first."""
    nina.types("5 min call Chen")
    nina.sees("Saved", new=True)
    nina.types("12 min med rec Lopez")
    nina.sees("Saved", new=True)

    nina.clicks("Undo", times=2)

    nina.sees("Undone", new=True)
    nina.does_not_see("already", quiet=0.05)
    assert office.minutes() == [5]


def test_undo_twice_takes_back_two_entries_and_then_says_there_is_none(office: Office, nina: Person) -> None:
    nina.types("/ccm log 12m med rec Lopez")
    nina.types("/ccm log 5m call Chen")

    for _ in range(3):
        nina.types("/ccm undo")

    nina.sees("You have no entry to undo.", new=True)
    assert office.entries() == []
    assert len(office.rows()) == 4


def test_an_old_undo_button_takes_back_its_own_entry_not_the_last(office: Office, nina: Person) -> None:
    nina.types("/ccm log 12m med rec Lopez")
    first = nina.sees("12 min", new=True)
    nina.types("/ccm log 5m call Chen")

    nina.clicks("Undo", on=first)

    nina.sees("Taken out: 12 min", new=True)
    assert office.minutes() == [5]


def test_an_undo_button_of_what_was_undone_otherwise_says_so(office: Office, nina: Person) -> None:
    nina.types("/ccm log 12m med rec Lopez")
    receipt = nina.sees("12 min", new=True)
    nina.types("/ccm undo")

    nina.clicks("Undo", on=receipt)

    nina.sees("undone already", new=True)
    assert len(office.rows()) == 2


def test_everybody_undoes_their_own(office: Office, nina: Person, cora: Person) -> None:
    nina.types("/ccm log 12m med rec Lopez")
    cora.types("/ccm log 5m call Lopez")

    nina.types("/ccm undo")

    assert office.minutes() == [5]
    assert office.month("Lopez").counted == 5


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("make that 25", (25, "Lopez", date(2026, 3, 10))),
        ("/ccm edit 25 min", (25, "Lopez", date(2026, 3, 10))),
        ("wrong patient, it was Chen", (12, "Chen", date(2026, 3, 10))),
        ("/ccm edit wrong patient, it was Chen", (12, "Chen", date(2026, 3, 10))),
        ("that was yesterday", (12, "Lopez", date(2026, 3, 9))),
    ],
)
def test_a_correction_is_a_reversal_and_a_new_row(
    office: Office, nina: Person, words: str, expected: tuple[int, str, date]
) -> None:
    nina.types("12 min med rec Lopez")

    nina.types(words)

    nina.sees("Changed", new=True)
    minutes, last, day = expected
    original, reversal, corrected = office.rows()
    assert reversal.reverses_id == original.id
    assert (corrected.minutes, corrected.patient_id, corrected.day) == (minutes, office.patient(last), day)
    assert corrected.activity == "medication_management"
    assert office.month("Lopez").counted == (minutes if last == "Lopez" else 0)
    assert office.audited("time.edit") == 1


def test_undoing_a_correction_puts_the_first_entry_back(office: Office, nina: Person) -> None:
    nina.types("12 min med rec Lopez")
    nina.types("make that 25")
    nina.sees("Changed", new=True)

    nina.clicks("Undo")

    nina.sees("Undone", new=True)
    assert office.minutes() == [12]
    assert office.month("Lopez").counted == 12


def test_a_correction_that_fits_two_patients_offers_both_and_keeps_the_rest(office: Office, nina: Person) -> None:
    """It used to ask "Which one?" without offering anybody, and called the minutes open."""
    nina.types("12 min med rec Lopez")

    nina.types("wrong patient, it was Jensen")

    question = nina.sees("Two patients match. Which one?", new=True)
    assert question.has("12 min · Medication management · which patient?")
    nina.clicks("Karen Jensen")
    nina.sees("Changed", new=True)
    (entry,) = office.entries()
    assert (entry.minutes, entry.patient_id) == (12, office.patient("Jensen", "Karen"))


def test_a_correction_to_a_vague_day_asks_for_the_day_alone(office: Office, nina: Person) -> None:
    nina.types("12 min med rec Lopez")

    nina.types("that was last week")

    assert nina.sees("On which day", new=True).has("12 min · Medication management · Maria Lopez")
    nina.clicks("Yesterday")
    nina.sees("Changed", new=True)
    assert [entry.day for entry in office.entries()] == [date(2026, 3, 9)]


def test_a_correction_to_vague_minutes_asks_for_them(office: Office, nina: Person) -> None:
    nina.types("12 min med rec Lopez")

    nina.types("that was 15 or 20 min")
    nina.sees("How many minutes was it", new=True)
    assert office.minutes() == [12]
    nina.clicks("20 min")

    nina.sees("Changed", new=True)
    assert office.minutes() == [20]


@pytest.mark.parametrize("words", ["make that 25", "that was 15 or 20 min", "/ccm edit", "/ccm edit 25 min", "edit"])
def test_without_an_entry_there_is_nothing_to_correct(office: Office, nina: Person, words: str) -> None:
    nina.types(words)

    nina.sees("You have no entry to", new=True)
    assert nina.modal is None
    assert office.rows() == []


def test_the_edit_button_opens_the_form_and_the_receipt_becomes_the_new_one(office: Office, nina: Person) -> None:
    nina.types("12 min med rec Lopez")
    nina.sees("Saved", new=True)

    nina.clicks("Edit")
    assert nina.modal is not None
    assert nina.modal.has("12")
    nina.fills(Minutes="15", Note="called twice")
    nina.submits()

    receipt = nina.sees("Changed", new=True)
    assert receipt.has("15 min · Medication management · Maria Lopez")
    nina.does_not_see("Saved", quiet=0.05)
    assert office.minutes() == [15]


def test_the_edit_command_opens_the_last_entrys_form(office: Office, nina: Person) -> None:
    nina.types("/ccm log 12m med rec Lopez")

    nina.types("/ccm edit")
    nina.fills(Minutes="15")
    nina.submits()

    nina.sees("Changed", new=True)
    assert office.minutes() == [15]


def test_two_edits_of_one_entry_change_it_once(office: Office, nina: Person) -> None:
    nina.types("/ccm log 12m med rec Lopez")
    nina.clicks("Edit", times=2)
    nina.fills(Minutes="15")
    nina.submits()
    nina.sees("Changed", new=True)

    nina.fills(Minutes="18")
    nina.submits()

    nina.sees("changed or undone already", new=True)
    assert office.minutes() == [15]


def test_an_entry_of_a_closed_month_can_be_neither_undone_nor_changed(office: Office, nina: Person) -> None:
    nina.types("/ccm log 12m med rec Lopez")
    receipt = nina.sees("12 min", new=True)
    office.closes_month("2026-03")

    nina.clicks("Undo", on=receipt)
    nina.sees("That month is closed.", new=True)
    nina.types("make that 25")
    nina.sees("That month is closed.", new=True)

    assert office.minutes() == [12]


def test_an_old_button_of_somebody_demoted_since_does_nothing(office: Office, nina: Person) -> None:
    nina.types("12 min med rec Lopez")
    nina.sees("Saved", new=True)
    office.hires("U0NINA", roles=(Role.BILLER,), since=date(2026, 3, 10))

    nina.clicks("Undo")

    nina.sees("Your role does not include this", new=True)
    assert office.minutes() == [12]


def test_an_old_button_of_somebody_who_left_shows_the_patient_no_more(office: Office, nina: Person) -> None:
    nina.types("12 min med rec Lopez")
    nina.sees("Saved", new=True)
    office.dismisses("U0NINA")

    nina.clicks("Undo")

    nina.sees("staff list", new=True)
    nina.does_not_see("Maria Lopez", quiet=0.05)
    assert office.minutes() == [12]
    assert office.audited("refused") == 1
