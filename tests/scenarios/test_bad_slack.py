"""A Slack that fails: answers arrive late rather than twice, forms that do not open say so, nothing said is lost."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox import Person
from tests.scenarios.office import Office


def _receipts(nina: Person) -> int:
    return len([one for one in nina.messages() if one.has("Saved")])


@pytest.mark.parametrize("fault", ["429", "500_before", "500_after", "reset_before", "reset_after", "hang"])
def test_the_answer_to_a_message_arrives_once_whatever_slack_does(office: Office, nina: Person, fault: Any) -> None:
    office.slack.faults.put(fault, "chat.postMessage")

    said = nina.types("12 min med rec Lopez")

    assert said is not None
    assert said.is_acked
    office.delivers(nina, "Saved")
    office.settles()
    assert _receipts(nina) == 1
    assert office.minutes() == [12]


@pytest.mark.parametrize("fault", ["429", "500_before", "reset_after"])
def test_a_receipt_is_replaced_in_the_end(office: Office, nina: Person, fault: Any) -> None:
    nina.types("12 min med rec Lopez")
    nina.sees("Saved", new=True)
    office.slack.faults.put(fault, "chat.update")

    nina.clicks("Undo")

    office.delivers(nina, "Undone")
    assert office.entries() == []


def test_a_command_needs_nothing_of_slack_but_its_ack(office: Office, nina: Person) -> None:
    nina.types("/ccm today")
    office.slack.faults.by_chance(1.0, seed=1, kinds=["500_before"])

    nina.types("/ccm log 12m med rec Lopez")

    nina.sees("Saved", new=True)
    office.slack.faults.clear()


@pytest.mark.parametrize("fault", ["429", "500_before", "reset_before"])
def test_a_form_that_does_not_open_says_so(office: Office, nina: Person, fault: Any) -> None:
    office.slack.faults.put(fault, "views.open")

    nina.types("/ccm")

    nina.sees("Slack did not open the form in time.", new=True)
    nina.types("/ccm")
    assert nina.modal is not None


def test_a_form_that_does_not_open_takes_neither_receipt_nor_question_away(office: Office, nina: Person) -> None:
    """The sorry sentence used to replace the message whose button was pressed, and with it the other buttons."""
    nina.types("12 min med rec Lopez")
    receipt = nina.sees("Saved", new=True)
    nina.types("12 min med rec Jensen")
    question = nina.sees("Which one?", new=True)

    for button, seen in (("Edit", receipt), ("Fill in a form", question)):
        office.slack.faults.put("500_before", "views.open")
        nina.clicks(button, on=seen)
        nina.sees("Slack did not open the form in time.", new=True)

    assert nina.sees("Saved").buttons == ["Undo", "Edit"]
    assert nina.sees("Which one?").buttons == question.buttons


def test_a_press_after_slacks_three_seconds_finds_the_form_shut(office: Office, nina: Person) -> None:
    office.slack.set_pace(trigger_life=0.0)

    nina.types("/ccm")

    nina.sees("Slack did not open the form in time.", new=True)
    office.slack.set_pace(trigger_life=3.0)


def test_home_that_cannot_be_published_is_logged_without_a_word_of_it(
    office: Office, nina: Person, written: Any
) -> None:
    office.slack.faults.put("500_before", "views.publish")

    nina.opens_home()

    office.settles()
    assert '"event": "home_not_published"' in written.getvalue()
    nina.opens_home()
    nina.sees("Your care time", new=True)


def test_somebody_who_cannot_be_written_to_holds_nobody_else_back(office: Office, nina: Person, sam: Person) -> None:
    office.slack.faults.put("500_before", "chat.postMessage", times=1)
    nina.types("12 min med rec Lopez")

    sam.types("5 min call Chen")

    sam.sees("Saved", new=True, timeout=2)
    office.delivers(nina, "Saved")


def test_answers_to_one_person_keep_their_order(office: Office, nina: Person) -> None:
    office.slack.faults.put("429", "chat.postMessage")

    for minutes in (3, 4, 5):
        nina.types(f"{minutes} min med rec Lopez")

    office.delivers(nina, "12 of 20 min")
    told = [one for one in nina.messages() if one.has("Saved")]
    assert [one.has(f"{minutes} min · ") for one, minutes in zip(told, (3, 4, 5), strict=True)] == [True] * 3
