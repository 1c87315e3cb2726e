"""What becomes of a message at Slack, read from its answer; one request a message, and no words but to Slack."""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import IncompleteRead, RemoteDisconnected
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk import WebClient

from ccm.errors import BadSetting
from handlers import posting
from handlers.posting import EVENT, SlackSender
from reminders.outcomes import Later, Outcome, Refused, Sent, Unknown
from sandbox import Pace, Sandbox
from storage.messages import Message

KEY = "5f" * 32
TEAM, DM = "C0CARETEAM", "D0NINA"


@pytest.fixture(scope="module")
def served() -> Iterator[Sandbox]:
    with Sandbox(pace=Pace(hang=2.0)) as slack:
        yield slack


@pytest.fixture
def slack(served: Sandbox) -> Sandbox:
    served.forget()
    return served


@pytest.fixture
def sender(slack: Sandbox) -> SlackSender:
    return SlackSender(_client(slack))


def _client(slack: Sandbox, **how: Any) -> WebClient:
    options: dict[str, Any] = {"token": slack.bot_token, "base_url": slack.api_url, "timeout": 1, "retry_handlers": []}
    return WebClient(**options | how)


def _post(text: str = "20 minutes reached", channel: str = DM, **more: Any) -> Message:
    return Message(kind="post", channel=channel, text=text, **more)


def _since(minutes: float = 10) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)


def test_a_post_arrives_with_its_key_and_unfurls_nothing(slack: Sandbox, sender: SlackSender) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "P-7K4Q: 20 min"}}]

    outcome = sender.post(_post(blocks=blocks), KEY)

    (said,) = slack.history(DM)
    (call,) = slack.calls("chat.postMessage")
    assert outcome == Sent(said["ts"])
    assert said["metadata"] == {"event_type": EVENT, "event_payload": {"k": KEY}}
    assert said["text"] == "20 minutes reached"
    assert (call["args"]["unfurl_links"], call["args"]["unfurl_media"]) == (False, False)


def test_a_message_to_a_person_opens_the_conversation_once(slack: Sandbox, sender: SlackSender) -> None:
    sender.post(_post("one", "U0NINA"), KEY)
    sender.post(_post("two", "U0NINA"), KEY)

    assert [said["text"] for said in slack.history(DM)] == ["one", "two"]
    assert len(slack.calls("conversations.open")) == 1


@pytest.mark.parametrize(
    ("fault", "outcome"), [("429", Later(1.0)), ("500_before", Later()), ("reset_before", Later())]
)
def test_a_conversation_that_did_not_open_means_nothing_was_sent(
    slack: Sandbox, sender: SlackSender, fault: Any, outcome: Outcome
) -> None:
    slack.faults.put(fault, "conversations.open")

    assert sender.post(_post(channel="U0NINA"), KEY) == outcome

    assert slack.history(DM) == []


@pytest.mark.parametrize("channel", [DM, "U0NINA"])
def test_a_message_is_found_by_its_key_alone(slack: Sandbox, sender: SlackSender, channel: str) -> None:
    sent = sender.post(_post(channel=channel), KEY)
    sender.post(_post(channel=channel), "a4" * 32)

    assert sender.find(_post(channel=channel), KEY, _since()) == sent


def test_a_channel_whose_history_the_app_may_not_read_cannot_be_looked_through(sender: SlackSender) -> None:
    """`groups:history` is optional, see docs/slack-app.md."""
    sender.post(_post(channel=TEAM), KEY)

    assert sender.find(_post(channel=TEAM), KEY, _since()) == Refused("missing_scope")


def test_what_was_never_sent_or_sent_before_is_not_found(slack: Sandbox, sender: SlackSender) -> None:
    sender.post(_post(), KEY)

    assert sender.find(_post(), "a4" * 32, _since()) is None
    assert sender.find(_post(), KEY, datetime.now(UTC) + timedelta(minutes=1)) is None


def test_the_whole_history_since_then_is_looked_through(
    slack: Sandbox, sender: SlackSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "PAGE", 2)
    sent = sender.post(_post(), KEY)
    for number in range(6):
        sender.post(_post(f"later {number}"), "a4" * 32)

    assert sender.find(_post(), KEY, _since()) == sent
    assert len(slack.calls("conversations.history")) == 4


def test_a_history_too_long_to_look_through_proves_nothing(
    slack: Sandbox, sender: SlackSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "PAGE", 1)
    monkeypatch.setattr(posting, "PAGES", 2)
    for number in range(4):
        sender.post(_post(f"later {number}"), "a4" * 32)

    assert sender.find(_post(), KEY, _since()) == Unknown()


def test_a_reply_is_found_in_its_thread(slack: Sandbox, sender: SlackSender) -> None:
    root = sender.post(_post("root"), "a4" * 32)
    assert isinstance(root, Sent)
    reply = _post("reply", thread_ts=root.ts)

    sent = sender.post(reply, KEY)

    assert sender.find(reply, KEY, _since()) == sent
    assert sender.find(reply, "b5" * 32, _since()) is None


def test_two_messages_with_one_key_are_told_in_the_log(
    slack: Sandbox, sender: SlackSender, caplog: pytest.LogCaptureFixture
) -> None:
    first = sender.post(_post(), KEY)
    sender.post(_post(), KEY)

    assert sender.find(_post(), KEY, _since()) == first
    assert caplog.messages == ["delivery: 2 messages carry one key"]


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [("429", Later(1.0)), ("500_before", Unknown()), ("reset_before", Unknown()), ("hang", Unknown())],
)
def test_a_failed_look_up_says_why(slack: Sandbox, sender: SlackSender, fault: Any, outcome: Outcome) -> None:
    sender.post(_post(), KEY)
    slack.faults.put(fault, "conversations.history")

    assert sender.find(_post(), KEY, _since()) == outcome


def test_a_card_is_changed_and_keeps_its_key(slack: Sandbox, sender: SlackSender) -> None:
    sent = sender.post(_post("12 min"), KEY)
    assert isinstance(sent, Sent)

    outcome = sender.post(Message(kind="update", channel=DM, ts=sent.ts, text="15 min"), "a4" * 32)

    assert outcome == sent
    assert [said["text"] for said in slack.history(DM)] == ["15 min"]
    assert sender.find(_post(), KEY, _since()) == sent


def test_an_ephemeral_is_seen_by_its_reader(slack: Sandbox, sender: SlackSender) -> None:
    outcome = sender.post(Message(kind="ephemeral", channel=TEAM, user="U0NINA", text="only you"), KEY)

    assert isinstance(outcome, Sent)
    slack.person("nina").sees("only you")


def test_a_response_url_is_answered_until_it_is_used_up(slack: Sandbox, sender: SlackSender) -> None:
    url = _response_url(slack)
    answer = Message(kind="respond", channel=DM, response_url=url, text="saved")

    outcomes = [sender.post(answer, KEY) for _ in range(6)]

    assert outcomes == [Sent()] * 5 + [Refused("used_url")]


@pytest.mark.parametrize(
    ("fault", "outcome", "messages"),
    [
        ("429", Later(1.0), 0),
        ("500_before", Unknown(), 0),
        ("500_after", Unknown(), 1),
        ("reset_before", Unknown(), 0),
        ("reset_after", Unknown(), 1),
        ("hang", Unknown(), 0),
        ("slow", Unknown(), 1),
    ],
)
def test_one_request_a_message_whatever_happens_and_no_words_in_the_log(
    slack: Sandbox, sender: SlackSender, caplog: pytest.LogCaptureFixture, fault: Any, outcome: Outcome, messages: int
) -> None:
    caplog.set_level(logging.INFO)
    slack.faults.put(fault, "chat.postMessage", seconds=1.3 if fault == "slow" else 1)

    assert sender.post(_post("Lopez reached 20 minutes"), KEY) == outcome

    slack.wait_quiet()
    assert len(slack.history(DM)) == messages
    assert len(slack.calls("chat.postMessage")) == 1
    assert "Lopez" not in caplog.text


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (_post(channel="C0NOWHERE"), "channel_not_found"),
        (_post(channel="U0GONE"), "user_disabled"),
        (_post(channel="U0NOBODY"), "user_not_found"),
        (_post(blocks=[{"type": "nonsense"}]), "invalid_blocks"),
        (_post(thread_ts="1.000001"), "cannot_reply_to_message"),
        (Message(kind="update", channel=DM, ts="1.000001", text="x"), "message_not_found"),
        (Message(kind="ephemeral", channel=TEAM, user="U0STRANGER", text="x"), "user_not_in_channel"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_refusal_that_stays_one_tells_its_code(
    slack: Sandbox, sender: SlackSender, message: Message, code: str
) -> None:
    assert sender.post(message, KEY) == Refused(code)


def test_a_wrong_token_buries_nothing(slack: Sandbox) -> None:
    sender = SlackSender(_client(slack, token="xoxb-wrong"))

    assert sender.post(_post(), KEY) == Later()


@pytest.mark.parametrize("code", ["internal_error", "fatal_error", "request_timeout", "service_unavailable"])
def test_an_error_inside_slack_says_nothing_either_way(code: str) -> None:
    assert posting._said_no(200, code, {}) == Unknown()


@pytest.mark.parametrize(
    ("status", "code"),
    [(500, "channel_not_found"), (503, None), (403, "<html>a proxy's page"), (200, "Received a non-JSON body: Lopez")],
)
def test_an_answer_that_is_not_slacks_own_proves_nothing(status: int, code: object) -> None:
    assert posting._said_no(status, code, {}) == Unknown()


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (URLError(ConnectionRefusedError()), Later()),
        (URLError(socket.gaierror()), Later()),
        (URLError(ssl.SSLCertVerificationError()), Later()),
        (URLError(TimeoutError()), Unknown()),
        (URLError(ConnectionResetError()), Unknown()),
        (TimeoutError(), Unknown()),
        (RemoteDisconnected(), Unknown()),
        (IncompleteRead(b""), Unknown()),
    ],
    ids=repr,
)
def test_only_what_fails_before_the_first_byte_is_surely_not_sent(error: Exception, outcome: Outcome) -> None:
    assert posting._broken(error) == outcome


def test_slack_out_of_reach_is_tried_later() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/api/"
        sender = SlackSender(WebClient(token="xoxb-1", base_url=address, timeout=1, retry_handlers=[]))

        assert sender.post(_post(), KEY) == Later()
        assert sender.find(_post(), KEY, _since()) == Later()


def test_a_client_that_retries_by_itself_is_not_taken() -> None:
    with pytest.raises(BadSetting):
        SlackSender(WebClient(token="xoxb-1"))


def _response_url(slack: Sandbox) -> str:
    given = slack.ask(lambda: slack.slack.response_urls.give(slack.slack.pace, "U0NINA", DM))
    return f"{slack.base_url}/respond/{given}"
