"""A real Bolt app against the sandbox: one for all tests, told by each test what to do."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt import App, Args
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox import Pace, Person, Sandbox

ANY = re.compile(".*")
# Slack's waits, shortened; tests of what happens without an ack shorten that too.
QUICK = Pace(ack_wait=2.0, retry_delays=(0.0, 0.1, 0.2), trigger_life=0.5, disconnect_grace=0.3, hang=1.0)
EVENTS = ("message", "app_mention", "app_home_opened", "member_joined_channel", "user_change")


class Bot:
    """An unmodified Bolt app whose listeners do what the test at hand says; unless told, they only ack."""

    def __init__(self, slack: Sandbox) -> None:
        self.client = WebClient(token=slack.bot_token, base_url=slack.api_url, timeout=5)
        self.app = App(client=self.client)
        self.does: dict[str, Callable[[Args], Any]] = {}
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self._register()
        self.handler = SocketModeHandler(self.app, slack.app_token, ping_interval=1)

    def _register(self) -> None:
        self.app.command("/ccm")(self._listener("command"))
        self.app.action(ANY)(self._listener("action"))
        self.app.options(ANY)(self._listener("options"))
        self.app.view(ANY)(self._listener("view"))
        self.app.view_closed(ANY)(self._listener("view_closed"))
        self.app.shortcut(ANY)(self._listener("shortcut"))
        for event in EVENTS:
            self.app.event(event)(self._listener(event))
        # Bolt acks events before their listener runs; here the listener decides.
        for listener in self.app._listeners:
            listener.auto_acknowledgement = False

    def _listener(self, name: str) -> Callable[[Args], Any]:
        def listener(args: Args) -> None:
            self.heard.append((name, args.body))
            self.does.get(name, lambda args: args.ack())(args)

        return listener

    def on(self, name: str) -> Callable[[Callable[[Args], Any]], None]:
        """Decorate what the bot does on a command, action, options, view, view_closed, shortcut or event."""
        return lambda what: self.does.__setitem__(name, what)

    def bodies(self, name: str) -> list[dict[str, Any]]:
        """What it heard under that name."""
        return [body for heard, body in self.heard if heard == name]

    def wait_heard(self, name: str, times: int = 1, timeout: float = 3.0) -> list[dict[str, Any]]:
        """Wait until it heard that so often."""
        ends = time.monotonic() + timeout
        while len(self.bodies(name)) < times and time.monotonic() < ends:
            time.sleep(0.01)
        assert len(self.bodies(name)) >= times, f"heard {[heard for heard, _ in self.heard]}"
        return self.bodies(name)

    def close(self) -> None:
        """End its threads."""
        self.handler.close()
        self.app.listener_runner.listener_executor.shutdown(wait=True)


@pytest.fixture(scope="package")
def shared() -> Iterator[tuple[Sandbox, Bot]]:
    """One sandbox and one connected bot for this folder: closing slack_sdk's threads takes seconds."""
    with Sandbox(pace=QUICK) as slack:
        bot = Bot(slack)
        bot.handler.connect()
        slack.wait_connected()
        yield slack, bot
        bot.close()


@pytest.fixture
def slack(shared: tuple[Sandbox, Bot]) -> Sandbox:
    """The sandbox with nothing said in it."""
    sandbox, _ = shared
    sandbox.slack.pace = QUICK
    sandbox.clock_offset = 0.0
    sandbox.wait_quiet(0.0)
    sandbox.forget()
    return sandbox


@pytest.fixture
def bot(shared: tuple[Sandbox, Bot], slack: Sandbox) -> Bot:
    """The bot, doing nothing but ack."""
    shared[1].does.clear()
    shared[1].heard.clear()
    return shared[1]


@pytest.fixture
def nina(slack: Sandbox, bot: Bot) -> Person:
    """The nurse."""
    return slack.person("nina")


def button(text: str, action_id: str, value: str = "1") -> dict[str, Any]:
    """A button element."""
    label = {"type": "plain_text", "text": text}
    return {"type": "button", "action_id": action_id, "value": value, "text": label}


def card(text: str, *buttons: dict[str, Any]) -> list[dict[str, Any]]:
    """Blocks with a text and buttons."""
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return [section, {"type": "actions", "elements": list(buttons)}] if buttons else [section]
