"""Faults in the way of the bot's calls, as a client of slack_sdk meets them."""

import http.client
import time
import urllib.error

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Sandbox
from sandbox.faults import Faults
from tests.sandbox.conftest import Bot

LOST = (urllib.error.URLError, ConnectionError, TimeoutError, http.client.HTTPException)


@pytest.fixture
def client(slack: Sandbox, bot: Bot) -> WebClient:
    """A client that tries nothing again and waits half a second."""
    return WebClient(token=slack.bot_token, base_url=slack.api_url, timeout=1, retry_handlers=[])


def texts(slack: Sandbox) -> list[str]:
    return [message["text"] for message in slack.history("nina")]


def test_a_429_names_when_to_come_back(slack: Sandbox, client: WebClient) -> None:
    slack.faults.put("429", "chat.postMessage", times=1, seconds=7)

    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="D0NINA", text="x")
    client.chat_postMessage(channel="D0NINA", text="y")

    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"
    assert texts(slack) == ["y"]


@pytest.mark.parametrize(("kind", "accepted"), [("500_before", []), ("500_after", ["x"])])
def test_a_500_may_have_been_accepted(slack: Sandbox, client: WebClient, kind: str, accepted: list[str]) -> None:
    slack.faults.put(kind, "chat.postMessage")

    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="D0NINA", text="x")

    assert refused.value.response.status_code == 500
    assert texts(slack) == accepted


@pytest.mark.parametrize(("kind", "accepted"), [("reset_before", []), ("reset_after", ["x"]), ("hang", [])])
def test_a_lost_connection_tells_nothing(slack: Sandbox, client: WebClient, kind: str, accepted: list[str]) -> None:
    slack.faults.put(kind, "chat.postMessage")

    with pytest.raises(LOST):
        client.chat_postMessage(channel="D0NINA", text="x")

    assert texts(slack) == accepted


def test_slack_may_accept_after_the_client_gave_up(slack: Sandbox, bot: Bot) -> None:
    impatient = WebClient(token=slack.bot_token, base_url=slack.api_url, timeout=1, retry_handlers=[])
    slack.faults.put("slow", "chat.postMessage", seconds=1.2)

    with pytest.raises(LOST):
        impatient.chat_postMessage(channel="D0NINA", text="late")

    assert texts(slack) == []
    ends = time.monotonic() + 2
    while not texts(slack) and time.monotonic() < ends:
        time.sleep(0.02)
    assert texts(slack) == ["late"]


def test_a_fault_without_a_method_spares_the_calls_of_a_starting_bot(slack: Sandbox, client: WebClient) -> None:
    slack.faults.put("500_before")

    assert client.auth_test()["ok"]
    with pytest.raises(SlackApiError):
        client.users_info(user="U0NINA")


def test_faults_by_chance_repeat_with_their_seed() -> None:
    def kinds(seed: int) -> list[str | None]:
        faults = Faults()
        faults.by_chance(0.3, seed=seed, methods=["chat.postMessage"])
        met = [faults.take("chat.postMessage") for _ in range(200)]
        assert faults.take("users.info") is None
        return [one.kind if one else None for one in met]

    assert kinds(1) == kinds(1)
    assert kinds(1) != kinds(2)
    assert 30 < sum(kind is not None for kind in kinds(1)) < 90


def test_an_unknown_fault_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown fault"):
        Faults().put("earthquake")  # type: ignore[arg-type]
