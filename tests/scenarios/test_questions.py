"""When unsure, ask: until the answer nothing is stored, and the answer counts once however often it is given."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sandbox import Person
from storage import drafts
from tests.scenarios.office import TUESDAY, Office, pressed

HALF_AN_HOUR = 30 * 60


@pytest.mark.parametrize(
    ("sentence", "question", "choice", "expected"),
    [
        ("12m med rec Jensen", "Two patients match", "Mary Jensen", (12, "Jensen", "Mary", 10)),
        ("log 12m med rec lpez", "by exactly that name", "Maria Lopez", (12, "Lopez", "", 10)),
        ("15 or 20 min med rec Lopez", "How many minutes", "20 min", (20, "Lopez", "", 10)),
        ("spent a while with Lopez on med rec", "How many minutes", "20 min", (20, "Lopez", "", 10)),
        ("log 0m med rec Lopez", "at least one minute", "5 min", (5, "Lopez", "", 10)),
        ("log 19.5 min med rec Lopez", "whole minutes", "20 min", (20, "Lopez", "", 10)),
        ("log 12m med rec Lopez tomorrow", "not come yet", "Yesterday", (12, "Lopez", "", 9)),
        ("log 12m med rec Lopez last week", "On which day", "Today", (12, "Lopez", "", 10)),
        ("61 min med rec Lopez", "more than an hour", "Yes, log it", (61, "Lopez", "", 10)),
    ],
)
@pytest.mark.parametrize("surface", ["command", "message"])
def test_a_question_is_asked_and_its_answer_saved(
    office: Office, nina: Person, surface: str, sentence: str, question: str, choice: str,
    expected: tuple[int, str, str, int],
) -> None:  # fmt: skip
    nina.types(f"/ccm {sentence}" if surface == "command" else sentence)

    asked = nina.sees(question, new=True)
    assert asked.has("Nothing is saved yet.")
    assert office.rows() == []
    nina.clicks(choice)

    minutes, last, first, day = expected
    receipt = nina.sees(f"{minutes} min", new=True)
    assert receipt.has("Saved")
    assert receipt.ts == asked.ts  # the question became the receipt
    (entry,) = office.entries()
    assert (entry.minutes, entry.day) == (minutes, date(2026, 3, day))
    assert entry.patient_id == office.patient(last, first)


def test_a_question_nobody_answers_stores_nothing_and_is_erased(office: Office, nina: Person) -> None:
    nina.types("12 min med rec Jensen")
    nina.sees("Which one?", new=True)
    assert office.count("draft") == 1

    office.waits(HALF_AN_HOUR + 1)
    with office.bot.database.begin() as connection:
        assert drafts.erase_old(connection, office.bot.desk.clock()) == 1

    assert office.rows() == []
    assert office.count("draft") == 0


@pytest.mark.parametrize("button", ["Mary Jensen", "Never mind", "Fill in a form"])
def test_an_expired_question_says_so(office: Office, nina: Person, button: str) -> None:
    nina.types("12 min med rec Jensen")
    nina.sees("Which one?", new=True)
    office.waits(HALF_AN_HOUR + 1)

    nina.clicks(button)

    nina.sees("This question has expired.", new=True)
    nina.sees("Nothing was saved", new=True)
    assert office.rows() == []


def test_never_mind_stores_nothing(office: Office, nina: Person) -> None:
    nina.types("12 min med rec Jensen")
    nina.sees("Which one?", new=True)

    nina.clicks("Never mind")

    nina.sees("All right, nothing was saved.", new=True)
    nina.does_not_see("Mary Jensen", quiet=0.05)
    assert office.rows() == []


def test_never_mind_is_believed_by_a_choice_that_comes_later(office: Office, nina: Person) -> None:
    """A pick behind "Never mind" used to save what had just been said not to be saved."""
    nina.types("/ccm log 12m med rec Jensen")
    question = nina.sees("Which one?", new=True)

    nina.clicks("Never mind")
    nina.sees("nothing was saved", new=True)
    office.slack.redeliver(pressed(office, question, "Mary Jensen"))

    office.settles()
    assert office.rows() == []
    nina.sees("All right, nothing was saved.")


def test_never_mind_behind_a_choice_does_not_deny_what_was_saved(office: Office, nina: Person) -> None:
    """It used to say "nothing was saved" over the receipt."""
    nina.types("/ccm log 12m med rec Jensen")
    question = nina.sees("Which one?", new=True)

    nina.clicks("Mary Jensen")
    nina.sees("Saved", new=True)
    office.slack.redeliver(pressed(office, question, "Never mind"))

    office.settles()
    nina.sees("Saved")
    nina.does_not_see("nothing was saved", quiet=0.05)
    assert office.minutes() == [12]


def test_a_double_click_saves_once(office: Office, nina: Person) -> None:
    nina.types("12 min med rec Jensen")
    nina.sees("Which one?", new=True)

    nina.clicks("Mary Jensen", times=2)

    nina.sees("Saved", new=True)
    office.settles()
    assert office.minutes() == [12]


def test_clicks_on_different_patients_save_the_first_and_say_so(office: Office, nina: Person) -> None:
    nina.types("/ccm log 12m med rec Jensen")
    question = nina.sees("Which one?", new=True)

    nina.clicks("Mary Jensen")
    nina.sees("Saved", new=True)
    office.slack.redeliver(pressed(office, question, "Karen Jensen"))

    office.settles()
    nina.sees("Mary Jensen")
    nina.does_not_see("Karen Jensen", quiet=0.05)
    assert [entry.patient_id for entry in office.entries()] == [office.patient("Jensen", "Mary")]


def test_two_open_fields_are_asked_one_after_the_other(office: Office, nina: Person) -> None:
    nina.types("spent a while with Jensen on med rec")
    nina.sees("Two patients match", new=True)

    nina.clicks("Karen Jensen")
    nina.sees("How many minutes", new=True)
    assert office.rows() == []
    nina.clicks("10 min")

    nina.sees("10 min · Medication management · Karen Jensen", new=True)
    assert office.minutes() == [10]


def test_a_sentence_with_one_doubtful_patient_saves_nothing_before_the_answer(office: Office, nina: Person) -> None:
    nina.types("12 min med rec Lopez and 5 min call w/ Jensen")
    assert nina.sees("Which one?", new=True).has("Maria Lopez")
    assert office.rows() == []

    nina.clicks("Karen Jensen")

    nina.sees("Saved", new=True)
    assert sorted(office.minutes()) == [5, 12]


def test_a_question_can_be_answered_in_the_form(office: Office, nina: Person) -> None:
    nina.types("12 min med rec Smith")
    question = nina.sees("I found no patient by that name", new=True)

    nina.clicks("Fill in a form")
    nina.chooses("Patient", office.code("Lopez"), typed="lop")
    nina.submits()

    receipt = nina.sees("Saved", new=True)
    assert receipt.ts == question.ts
    assert office.minutes() == [12]


def test_the_same_entry_again_is_asked_about(office: Office, nina: Person) -> None:
    nina.types("/ccm log 12m med rec Lopez")

    nina.types("/ccm log 12m med rec Lopez")
    nina.sees("Was this a second one?", new=True)
    assert office.minutes() == [12]
    nina.clicks("Yes, log it")

    nina.sees("24 min", new=True)
    assert office.minutes() == [12, 12]
    assert office.month("Lopez").counted == 24


def test_the_same_entry_ten_minutes_later_is_kept_and_needs_a_look(office: Office, nina: Person) -> None:
    nina.types("/ccm log 12m med rec Lopez")
    office.waits(601)

    nina.types("/ccm log 12m med rec Lopez")

    nina.sees("needs a look: the same entry stands already", new=True)
    nina.sees("12 of 20 min, 8 to go (+ 12 in review)", new=True)
    assert (office.month("Lopez").counted, office.month("Lopez").review_minutes) == (12, 12)


def test_the_receipt_of_a_second_one_is_shown_though_a_question_stood_there(office: Office, nina: Person) -> None:
    """Question, choice, "was this a second one?", yes: the receipt shared its key with the question and never came."""
    for _ in range(2):
        nina.types("12 min med rec Jensen")
        nina.sees("Which one?", new=True)
        nina.clicks("Mary Jensen")
        office.settles()

    nina.sees("Was this a second one?", new=True)
    nina.clicks("Yes, log it")

    receipt = nina.sees("24 min", new=True)
    assert receipt.has("Saved")
    nina.does_not_see("Was this a second one?", quiet=0.05)
    assert office.minutes() == [12, 12]


def test_a_second_one_can_be_declined(office: Office, nina: Person) -> None:
    nina.types("12 min med rec Lopez")
    nina.sees("Saved", new=True)
    nina.types("12 min med rec Lopez")
    nina.sees("Was this a second one?", new=True)

    nina.clicks("Never mind")

    nina.sees("All right, nothing was saved.", new=True)
    assert office.minutes() == [12]


def test_a_refused_choice_can_be_followed_by_a_good_one(office: Office) -> None:
    """Of two quick clicks the refused one used to keep the receipt of the other from being shown."""
    office.hires("U0STRANGER", since=date(2026, 3, 10))
    stella = office.person("stranger")
    stella.types("/ccm log 12m med rec Lopez tomorrow")
    question = stella.sees("On which day", new=True)

    stella.clicks("Yesterday")
    stella.sees("You were not on the staff list on that day.", new=True)
    office.slack.redeliver(pressed(office, question, "Today", "U0STRANGER"))

    stella.sees("Saved", timeout=3)
    assert [entry.day for entry in office.entries()] == [date(2026, 3, 10)]


def test_a_question_belongs_to_who_was_asked(office: Office, nina: Person, cora: Person) -> None:
    nina.types("/ccm log 12m med rec Jensen")
    question = nina.sees("Which one?", new=True)

    office.slack.redeliver(pressed(office, question, "Mary Jensen", "U0CORA"))

    office.settles()
    assert office.rows() == []


def test_what_is_too_long_to_read_cannot_be_confirmed(office: Office, nina: Person) -> None:
    """There used to be a button "Yes, log it" under a question with nothing to log."""
    nina.types("/ccm log " + "x" * 4000)

    asked = nina.sees("too long for me to read", new=True)
    assert "Yes, log it" not in asked.buttons
    assert office.rows() == []


def test_more_minutes_than_a_day_has_can_be_confirmed_by_nobody(office: Office, nina: Person) -> None:
    nina.types("/ccm log 2000 min med rec Lopez")

    office.settles()
    if "Yes, log it" in nina.messages()[-1].buttons:
        nina.clicks("Yes, log it")
        nina.sees("less than a day", new=True)
    assert office.rows() == []


def test_a_question_says_the_day_it_was_said_even_when_answered_after_midnight(office: Office, nina: Person) -> None:
    office.goes_to(TUESDAY + timedelta(hours=12, minutes=50))  # 23:50 at the clinic
    nina.types("12 min med rec Jensen")
    nina.sees("Which one?", new=True)
    office.waits(20 * 60)

    nina.clicks("Mary Jensen")

    nina.sees("Saved", new=True)
    assert office.entries()[0].day == date(2026, 3, 10)
