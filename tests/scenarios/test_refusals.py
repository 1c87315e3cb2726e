"""Whoever is not staff learns nothing, wherever they knock; a refusal is one constant sentence and one audit row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ccm.records import Role
from handlers.gate import STRANGER
from sandbox import CannotDo, Person
from sandbox.seeing import Shown
from tests.scenarios.office import CANARIES, Office, pressed, staffed_channel


def _unknown(office: Office) -> str:
    return "stranger"


def _guest(office: Office) -> str:
    office.hires("U0GUEST")  # even one on the staff list
    return "guest"


def _channel_guest(office: Office) -> str:
    office.hires("U0SOLO")
    return "solo"


def _of_another_workspace(office: Office) -> str:
    office.hires("U0CONNIE")
    return "connie"


def _workflow_bot(office: Office) -> str:
    office.hires("U0STRANGER")
    office.slack.change_user("stranger", is_workflow_bot=True)
    return "stranger"


def _app_user(office: Office) -> str:
    office.hires("U0STRANGER")
    office.slack.change_user("stranger", is_app_user=True)
    return "stranger"


def _removed(office: Office) -> str:
    office.dismisses("U0FRANK")
    return "frank"


def _deactivated(office: Office) -> str:
    office.slack.change_user("frank", deleted=True)
    return "frank"


def _made_a_guest(office: Office) -> str:
    office.person("frank").types("/ccm today")  # known as a member a moment ago
    office.slack.change_user("frank", is_restricted=True)
    office.settles()
    return "frank"


def _without_a_role(office: Office) -> str:
    office.hires("U0STRANGER", roles=(Role.MEMBER,), since=date(2026, 3, 20))  # begins next week
    return "stranger"


KINDS = [_unknown, _guest, _channel_guest, _of_another_workspace, _workflow_bot, _app_user, _removed, _deactivated,
         _made_a_guest, _without_a_role]  # fmt: skip


def _by_command(office: Office, person: Person) -> None:
    person.types("/ccm log 12m med rec Lopez")


def _by_bare_command(office: Office, person: Person) -> None:
    person.types("/ccm")


def _by_look(office: Office, person: Person) -> None:
    person.types("/ccm patient Lopez")


def _by_message(office: Office, person: Person) -> None:
    person.types("12 min med rec Lopez")


def _by_mention(office: Office, person: Person) -> None:
    channel = staffed_channel(office)
    office.slack.slack.world.change_channel(
        channel, members=office.slack.slack.world.channel(channel).members | {person.id}
    )
    person.mentions("log 12m med rec Lopez", in_=channel)


def _by_shortcut(office: Office, person: Person) -> None:
    person.shortcut("log.global")


SURFACES = [_by_command, _by_bare_command, _by_look, _by_message, _by_mention, _by_shortcut]


@pytest.mark.parametrize("surface", SURFACES, ids=lambda each: each.__name__[4:])
@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.__name__[1:])
def test_the_answer_is_constant_and_tells_nothing(
    office: Office, kind: Callable[[Office], str], surface: Callable[[Office, Person], None]
) -> None:
    person = office.person(kind(office))
    before = len(person.visible())

    surface(office, person)

    answer = _answer(office, person, before)
    assert answer.has(STRANGER)
    assert _words(answer) == (STRANGER, "Nothing was saved. If you work here, ask your administrator to add you.")
    assert person.modal is None
    assert office.rows() == []
    assert office.count("draft") == 0
    assert office.audited("refused") == 1
    assert office.audited("patient.looked") == 0


@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.__name__[1:])
def test_home_is_bare(office: Office, kind: Callable[[Office], str]) -> None:
    person = office.person(kind(office))

    person.opens_home()

    home = person.sees(STRANGER, new=True)
    assert home.surface == "home"
    assert home.buttons == []
    assert office.audited("refused") == 1


@pytest.mark.parametrize("button", ["Undo", "Edit", "Mary Jensen", "Fill in a form", "Never mind"])
@pytest.mark.parametrize("kind", [_removed, _deactivated, _made_a_guest], ids=lambda each: each.__name__[1:])
def test_an_old_button_does_nothing_any_more(office: Office, kind: Callable[[Office], str], button: str) -> None:
    frank = office.person("frank")
    frank.types("12 min med rec Lopez")
    receipt = frank.sees("Saved", new=True)
    frank.types("5 min call Jensen")
    question = frank.sees("Which one?", new=True)
    kind(office)

    seen = receipt if button in receipt.buttons else question
    office.slack.redeliver(pressed(office, seen, button, "U0FRANK"))

    office.settles()
    assert office.minutes() == [12]
    assert frank.modal is None
    assert office.audited("refused") == 1
    changed = next(one for one in frank.messages() if one.ts == seen.ts)
    assert changed.has(STRANGER)  # the patient is not shown to them any longer


@pytest.mark.parametrize("kind", [_removed, _deactivated, _made_a_guest], ids=lambda each: each.__name__[1:])
def test_an_open_form_neither_suggests_nor_saves(office: Office, kind: Callable[[Office], str]) -> None:
    frank = office.person("frank")
    frank.types("/ccm")
    frank.chooses("Patient", office.code("Lopez"), typed="lop")
    frank.fills(Minutes="12")
    kind(office)
    office.settles()

    if kind is not _made_a_guest:  # that one typed a command since, over the form
        with pytest.raises(CannotDo):
            frank.chooses("Patient", office.code("Chen"), typed="chen")
    frank.submits()

    frank.sees(STRANGER, new=True)
    assert frank.modal is None
    assert office.rows() == []


def test_another_bot_is_not_answered_at_all(office: Office) -> None:
    channel = staffed_channel(office)
    slack = office.slack.slack
    slack.world.change_channel(channel, members=slack.world.channel(channel).members | {"U0ROBO"})
    message = {"type": "message", "user": "U0ROBO", "bot_id": "B0ROBO", "ts": "1773158400.000900"}
    event = message | {"type": "app_mention", "text": "<@U0CCMTIME> log 12m med rec Lopez", "channel": channel}

    office.slack.redeliver(_event(office, event))
    office.slack.redeliver(_event(office, event | {"type": "message", "channel_type": "im", "channel": "D0ROBO"}))

    office.settles()
    assert office.rows() == []
    assert office.slack.calls("chat.postMessage") == []
    assert office.slack.calls("chat.postEphemeral") == []


def test_a_request_of_another_workspace_is_acked_and_not_answered(office: Office, nina: Person) -> None:
    delivery = nina.types("/ccm today")
    assert delivery is not None
    from sandbox.delivery import Delivery

    foreign = delivery.payload | {"team_id": "T0ELSEWHERE", "text": "log 12m med rec Lopez", "trigger_id": "other"}
    sent = office.slack.redeliver(Delivery(kind="slash_commands", payload=foreign))

    assert sent.is_acked
    assert not sent.ack_payload
    assert office.rows() == []


def test_when_slack_cannot_say_who_it_is_nobody_is_let_in(office: Office, nina: Person) -> None:
    office.slack.faults.put("500_before", "users.info", times=5)

    nina.types("/ccm log 12m med rec Lopez")

    nina.sees(STRANGER, new=True)
    assert office.rows() == []

    office.slack.faults.clear()
    nina.types("/ccm log 12m med rec Lopez")
    nina.sees("Saved", new=True)


def test_a_refusal_says_the_same_whether_the_patient_exists_or_not(office: Office) -> None:
    stella = office.person("stranger")

    stella.types("/ccm patient Lopez")
    known = _words(stella.sees(STRANGER, new=True))
    stella.types("/ccm patient Nobody")
    unknown = _words(stella.sees(STRANGER, new=True))

    assert known == unknown
    assert not any(name in " ".join(known) for name in CANARIES)


def _answer(office: Office, person: Person, before: int) -> Shown:
    office.settles()
    shown = person.sees(STRANGER, timeout=2)
    answers = [one for one in person.visible()[before:] if one.raw.get("user") != person.id]
    assert len(answers) == 1
    return shown


def _words(answer: Shown) -> tuple[str, ...]:
    return tuple(line for line in answer.text.splitlines() if line)


def _event(office: Office, event: dict[str, object]):  # type: ignore[no-untyped-def]
    from sandbox import hearing
    from sandbox.delivery import Delivery

    return Delivery(kind="events_api", payload=hearing.event_payload(office.slack.slack, event))
