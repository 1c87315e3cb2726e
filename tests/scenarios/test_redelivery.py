"""Whatever Slack delivers twice acts once, and gets the same answer; whatever it garbles harms nobody else."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from sandbox import Person, hearing
from sandbox.delivery import Delivery
from tests.scenarios.office import Office, pressed, staffed_channel


def _answers(nina: Person) -> list[str]:
    """What the bot said to her, without the time it said it."""
    return [one.text for one in nina.messages() if one.raw.get("user") != nina.id]


@pytest.mark.parametrize(
    "words", ["log 12m med rec Lopez", "edit 25 min", "undo", "log 12m med rec Jensen", "log 12m med rec Smith"]
)
def test_a_command_redelivered_gets_the_same_answer(office: Office, nina: Person, words: str) -> None:
    nina.types("/ccm log 7m call Chen")
    before = len(_answers(nina))
    first = nina.types(f"/ccm {words}")
    assert first is not None
    rows = len(office.rows())

    again = office.slack.redeliver(Delivery(kind="slash_commands", payload=first.payload))

    assert again.ack_payload == first.ack_payload
    assert len(office.rows()) == rows
    assert len(_answers(nina)) == before + 1


def test_the_answer_stays_the_same_though_more_was_logged_since(office: Office, nina: Person) -> None:
    first = nina.types("/ccm log 12m med rec Lopez")
    assert first is not None
    nina.types("/ccm undo")

    again = office.slack.redeliver(Delivery(kind="slash_commands", payload=first.payload))

    assert again.ack_payload is not None
    assert "Saved" in str(again.ack_payload)
    assert "12 min" in str(again.ack_payload)
    assert office.entries() == []


@pytest.mark.parametrize(
    "words",
    ["12 min med rec Lopez", "make that 25", "scratch that", "12 min med rec Jensen", "what did I log today?",
     "how many minutes does Lopez have?", "hello there", "12 min dob 3/4/1948 Lopez"],
)  # fmt: skip
def test_a_message_redelivered_is_answered_once(office: Office, nina: Person, words: str) -> None:
    nina.types("7 min call Chen")
    nina.sees("Saved", new=True)
    said = nina.types(words)
    assert said is not None
    office.settles()
    rows, answers = len(office.rows()), _answers(nina)

    for _ in range(3):
        office.slack.redeliver(said)

    office.settles()
    assert len(office.rows()) == rows
    assert _answers(nina) == answers
    assert len(answers) == 2


def test_a_correction_redelivered_after_its_entry_was_undone_says_nothing_new(office: Office, nina: Person) -> None:
    nina.types("12 min med rec Lopez")
    nina.sees("Saved", new=True)
    corrected = nina.types("make that 25")
    nina.sees("Changed", new=True)
    nina.types("undo")
    nina.types("undo")
    office.settles()
    answers = _answers(nina)
    assert corrected is not None

    office.slack.redeliver(corrected)

    office.settles()
    assert _answers(nina) == answers
    assert office.entries() == []


def test_a_mention_redelivered_counts_once_and_is_answered_once(office: Office, nina: Person) -> None:
    channel = staffed_channel(office)
    said = nina.mentions("log 12m med rec Lopez", in_=channel)
    nina.sees("Saved", new=True)
    assert said is not None

    office.slack.redeliver(said)

    office.settles()
    assert office.minutes() == [12]
    assert len([one for one in nina.messages() if one.has("Saved")]) == 1


def test_the_same_message_as_two_kinds_of_event_counts_once(office: Office, nina: Person) -> None:
    channel = staffed_channel(office)
    said = nina.mentions("log 12m med rec Lopez", in_=channel)
    nina.sees("Saved", new=True)
    assert said is not None

    other = said.payload | {"event_id": "Ev0ANOTHER"}
    office.slack.redeliver(Delivery(kind="events_api", payload=other))

    office.settles()
    assert office.minutes() == [12]


def test_many_deliveries_at_once_make_one_entry_and_the_right_total(office: Office, nina: Person) -> None:
    nina.types("/ccm log 5m call Lopez")
    first = nina.types("/ccm log 12m med rec Lopez")
    assert first is not None
    payload = first.payload | {"trigger_id": "one.and.the.same"}
    office.waits(700)
    answers: list[Any] = []

    def deliver() -> None:
        answers.append(office.slack.redeliver(Delivery(kind="slash_commands", payload=payload)).ack_payload)

    threads = [threading.Thread(target=deliver) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(answer == answers[0] for answer in answers)
    assert sorted(office.minutes()) == [5, 12, 12]
    assert (office.month("Lopez").counted, office.month("Lopez").review_minutes) == (17, 12)


def test_distinct_commands_at_once_are_all_counted(office: Office) -> None:
    def log(minutes: int) -> None:
        office.slack.command("/ccm", f"log {minutes} min med rec Lopez", user="nina")

    threads = [threading.Thread(target=log, args=(minutes,)) for minutes in range(1, 21)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(office.minutes()) == list(range(1, 21))
    assert office.month("Lopez").counted == 210
    assert office.audited("time.log") == 20


def test_a_connection_lost_and_renewed_loses_nothing(office: Office, nina: Person) -> None:
    office.slack.disconnect()
    nina.types("/ccm log 5m call Chen")
    nina.sees("Saved", new=True)
    office.settles()
    office.slack.wait_connected()

    nina.types("12 min med rec Lopez")

    nina.sees("Saved", new=True)
    assert sorted(office.minutes()) == [5, 12]


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("slash_commands", {"command": "/ccm", "team_id": "T0CLINIC"}),
        ("slash_commands", {"command": "/unknown", "text": "x"}),
        ("events_api", {"type": "event_callback", "event": {"type": "message", "channel_type": "im"}}),
        ("events_api", {"type": "event_callback", "event": {"type": "app_mention", "user": "U0NINA"}}),
        ("events_api", {"type": "event_callback", "event": {"type": "something_new"}}),
        ("interactive", {"type": "block_actions", "user": {"id": "U0NINA"}, "actions": [{"action_id": "undo.click"}]}),
        ("interactive", {"type": "block_actions", "actions": [{"action_id": "nobody.knows"}], "user": {"id": "U0"}}),
        ("interactive", {"type": "view_submission", "user": {"id": "U0NINA"}, "view": {"callback_id": "form.save"}}),
        ("interactive", {"type": "view_closed", "user": {"id": "U0NINA"}, "view": {"callback_id": "form.save"}}),
        ("interactive", {"type": "a_new_kind"}),
    ],
)  # fmt: skip
def test_a_garbled_envelope_stops_nobody_else(office: Office, nina: Person, kind: Any, payload: dict[str, Any]) -> None:
    office.slack.set_pace(ack_wait=0.5)
    office.slack.redeliver(Delivery(kind=kind, payload=payload))
    office.slack.set_pace(ack_wait=3.0)

    nina.types("/ccm log 12m med rec Lopez")

    nina.sees("12 of 20 min", new=True)
    assert office.minutes() == [12]


@pytest.mark.parametrize("value", ["", "x patient 99", "0" * 24])
@pytest.mark.parametrize("action", ["undo.click", "edit.open", "ask.pick.0", "ask.yes", "ask.cancel", "patient.show.0"])
def test_a_button_with_a_value_nobody_made_is_answered_without_harm(
    office: Office, nina: Person, action: str, value: str
) -> None:
    nina.types("/ccm log 12m med rec Lopez")
    receipt = nina.sees("Saved", new=True)
    click = pressed(office, receipt, "Undo")
    click.payload["actions"][0] |= {"action_id": action, "value": value}
    office.slack.redeliver(click)

    office.settles()
    assert click.is_acked
    assert nina.modal is None or (action, value) == ("edit.open", "")  # the form of her last entry
    assert office.minutes() == [12] or (action, value) == ("undo.click", "")  # as /ccm undo does


def test_events_nobody_asked_for_are_acked(office: Office) -> None:
    event = {"type": "reaction_added", "user": "U0NINA", "reaction": "eyes"}
    delivery = Delivery(kind="events_api", payload=hearing.event_payload(office.slack.slack, event))

    assert office.slack.redeliver(delivery).is_acked
