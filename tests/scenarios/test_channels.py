"""Where the bot may speak: direct messages, and allow-listed private channels with nobody but staff in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers.gate import ELSEWHERE
from sandbox import Person
from tests.scenarios.office import Office, pressed, staffed_channel


def _public(office: Office) -> str:
    office.allows("C0GENERAL")
    return "C0GENERAL"


def _public_with_staff_only(office: Office) -> str:
    office.slack.add_channel("open", kind="public", members=["nina", "sam"])
    office.allows("C0OPEN")
    return "C0OPEN"


def _shared_with_another_workspace(office: Office) -> str:
    office.allows("C0PARTNER")
    return "C0PARTNER"


def _flagged(flag: str) -> Callable[[Office], str]:
    def make(office: Office) -> str:
        channel = staffed_channel(office)
        office.slack.change_channel(channel, **{flag: True})
        return channel

    make.__name__ = f"_{flag}"
    return make


def _group_message(office: Office) -> str:
    office.allows("G0GROUPDM")
    return "G0GROUPDM"


def _not_allowed(office: Office) -> str:
    office.slack.add_channel("unlisted", members=["nina", "sam"])
    return "C0UNLISTED"


def _with_a_stranger(office: Office) -> str:
    office.slack.add_channel("mixed", members=["nina", "stranger"])
    office.allows("C0MIXED")
    return "C0MIXED"


def _with_another_bot(office: Office) -> str:
    office.slack.add_channel("robots", members=["nina", "robo"])
    office.allows("C0ROBOTS")
    return "C0ROBOTS"


def _with_somebody_removed(office: Office) -> str:
    channel = staffed_channel(office)
    office.dismisses("U0CORA")
    return channel


PLACES = [_public, _public_with_staff_only, _shared_with_another_workspace, _flagged("is_pending_ext_shared"),
          _flagged("is_org_shared"), _flagged("is_shared"), _flagged("is_ext_shared"), _group_message, _not_allowed,
          _with_a_stranger, _with_another_bot, _with_somebody_removed]  # fmt: skip


@pytest.mark.parametrize("place", PLACES, ids=lambda each: each.__name__[1:])
@pytest.mark.parametrize("words", ["log 12m med rec Lopez", "patient Jensen"])
def test_a_command_elsewhere_is_refused(
    office: Office, nina: Person, place: Callable[[Office], str], words: str
) -> None:
    channel = place(office)

    nina.types(f"/ccm {words}", in_=channel)

    answer = nina.sees(ELSEWHERE, new=True)
    assert answer.surface == "ephemeral"
    assert not answer.has("Lopez")
    assert not answer.has("Jensen")
    assert office.rows() == []
    assert office.audited("refused") == 1


@pytest.mark.parametrize("place", PLACES, ids=lambda each: each.__name__[1:])
def test_a_mention_elsewhere_is_refused_to_the_person_alone(
    office: Office, nina: Person, place: Callable[[Office], str]
) -> None:
    channel = place(office)
    before = len(office.slack.history(channel))

    nina.mentions("log 12m med rec Lopez", in_=channel)

    if channel == "G0GROUPDM":  # Slack tells apps of no mention there
        office.settles()
    else:
        answer = nina.sees(ELSEWHERE, new=True)
        assert (answer.surface, answer.channel) == ("ephemeral", channel)
        assert office.audited("refused") == 1
    assert len(office.slack.history(channel)) == before + 1  # her own words
    assert office.slack.history(nina.dm) == []
    assert office.rows() == []


def test_in_an_allowed_channel_a_command_is_answered_to_the_person_alone(
    office: Office, nina: Person, cora: Person
) -> None:
    channel = staffed_channel(office)

    nina.types("/ccm log 12m med rec Lopez", in_=channel)

    answer = nina.sees("12 min", new=True)
    assert (answer.surface, answer.channel) == ("ephemeral", channel)
    cora.does_not_see("12 min", quiet=0.05)
    assert office.slack.history(channel) == []


def test_a_question_in_an_allowed_channel_becomes_its_answer(office: Office, nina: Person) -> None:
    channel = staffed_channel(office)
    nina.types("/ccm log 12m med rec Jensen", in_=channel)
    nina.sees("Which one?", new=True)

    nina.clicks("Mary Jensen")

    receipt = nina.sees("Saved", new=True)
    assert (receipt.surface, receipt.channel) == ("ephemeral", channel)
    assert office.minutes() == [12]


def test_once_a_stranger_joins_the_channel_is_silent_at_once(office: Office, nina: Person) -> None:
    channel = staffed_channel(office)
    nina.mentions("log 12m med rec Lopez", in_=channel)
    nina.sees("Saved", new=True)

    office.slack.join("stranger", channel)
    office.settles()
    nina.mentions("log 5m call Chen", in_=channel)

    nina.sees(ELSEWHERE, new=True)
    assert office.minutes() == [12]


def test_an_old_button_is_refused_once_a_stranger_is_in_the_channel(office: Office, nina: Person) -> None:
    channel = staffed_channel(office)
    nina.types("/ccm log 12m med rec Lopez", in_=channel)
    receipt = nina.sees("Saved", new=True)
    office.slack.join("stranger", channel)
    office.settles()

    office.slack.redeliver(pressed(office, receipt, "Undo"))

    nina.sees(ELSEWHERE, new=False)
    assert office.minutes() == [12]


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members"])
def test_when_slack_cannot_say_what_the_channel_is_nothing_is_said_there(
    office: Office, nina: Person, method: str
) -> None:
    channel = staffed_channel(office)
    office.slack.faults.put("500_before", method, times=5)

    nina.types("/ccm log 12m med rec Lopez", in_=channel)

    nina.sees(ELSEWHERE, new=True)
    assert office.rows() == []


def test_the_words_of_a_channel_without_a_mention_are_nobodys_business(office: Office, nina: Person) -> None:
    channel = staffed_channel(office)

    nina.types("12 min med rec Lopez", in_=channel)

    office.settles()
    assert office.rows() == []
    assert office.slack.calls("chat.postMessage") == []


def test_a_mention_in_a_thread_is_answered_there_to_the_person_alone(office: Office, nina: Person) -> None:
    channel = staffed_channel(office)
    nina.types("how did the morning go?", in_=channel)
    root = office.slack.history(channel)[-1]

    nina.mentions("log 12m med rec Lopez", in_=channel, thread=root)

    nina.sees("Saved", new=True)
    assert nina.sees("My answer is in our direct message.", new=True).raw["thread_ts"] == root["ts"]
