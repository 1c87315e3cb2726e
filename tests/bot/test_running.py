"""The running process: one on one SQLite file, ended by a signal in seconds, silent about patients and tokens."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox import Sandbox
from tests.bot.conftest import Run
from tests.scenarios.office import environment

ROOT = Path(__file__).parents[2]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def starts(settings: dict[str, str]) -> Iterator[Start]:
    """Start bots; those still running at the end are killed."""
    bots: list[subprocess.Popen[str]] = []

    def start(**more: str) -> subprocess.Popen[str]:
        bots.append(
            subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=ROOT,
                env=environment(**{**settings, **more}),
                stderr=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        return bots[-1]

    yield start
    for bot in bots:
        if bot.poll() is None:
            bot.kill()
        bot.communicate()


def _ended(bot: subprocess.Popen[str]) -> tuple[int, str]:
    _, written = bot.communicate(timeout=15)
    return bot.returncode, written


def test_it_serves_stops_on_a_signal_and_writes_no_name(slack: Sandbox, practice: Run, starts: Start) -> None:
    slack.forget()
    bot = starts()
    slack.wait_connected()
    nina = slack.person("nina")
    nina.types("/ccm log 12m med rec Lopez")
    nina.sees("Saved", new=True)
    nina.types("5 min call Lopez")
    nina.sees("5 min · Patient communication", new=True)

    refused, said = _ended(starts())  # a second one on the same file
    began = time.monotonic()
    bot.send_signal(signal.SIGTERM)
    status, written = _ended(bot)

    assert refused == 1
    assert said.startswith("Another bot is running on this database file.")
    assert status == 0
    assert time.monotonic() - began < 8
    assert '"event": "connected"' in written
    assert '"event": "stopping"' in written
    for word in ("Lopez", "Maria", "004512", "med rec", "xoxb-", "xapp-", "Traceback"):
        assert word not in written
    slack.wait_disconnected()


def test_what_was_said_while_it_was_away_is_answered_once_it_is_there(
    slack: Sandbox, practice: Run, starts: Start
) -> None:
    slack.forget()
    slack.wait_disconnected()
    nina = slack.person("nina")

    nina.types("12 min med rec Lopez")
    starts()

    nina.sees("12 of 20 min", timeout=20)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "Slack refuses the tokens (invalid_auth)."),
        ({"CCM_KEY_FILE": "/nowhere/ccm.key"}, "key"),
    ],
)
def test_it_does_not_start_wrongly(practice: Run, starts: Start, more: dict[str, str], told: str) -> None:
    status, written = _ended(starts(**more))

    assert status == 1
    assert told in written
    assert "Traceback" not in written
    assert "xoxb-wrong" not in written
