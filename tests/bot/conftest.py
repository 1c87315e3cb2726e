"""What the command line's tests stand on: a home of their own, and a stand-in for Slack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from sandbox import Pace, Sandbox
from tests.scenarios.office import environment

DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture
def shared_data() -> Path:
    """Data sets beside the repository, on machines that have them."""
    if not DATA.is_dir():
        pytest.skip("the shared data sets are not on this machine")
    return DATA


@pytest.fixture(scope="session")
def slack() -> Iterator[Sandbox]:
    with Sandbox(pace=Pace(retry_delays=(0.5, 0.5, 1.0, 1.0, 2.0, 4.0, 8.0))) as sandbox:
        yield sandbox


@pytest.fixture
def settings(tmp_path: Path, slack: Sandbox) -> dict[str, str]:
    """The settings of a practice that has just been unpacked."""
    return {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'var' / 'ccm.db'}",
        "CCM_KEY_FILE": str(tmp_path / "keys" / "ccm.key"),
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "CCM_DELIVERY_PACE_S": "0",
        "CCM_PING_INTERVAL_S": "1",
    }


Run = Callable[..., Result]


@pytest.fixture
def ccm_bot(settings: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process; what goes against it is in `.exception`."""
    for key in ("DATABASE_URL", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(key, raising=False)
    runner = CliRunner(env={**environment(), **settings})

    def run(*arguments: str) -> Result:
        return runner.invoke(cli, arguments, standalone_mode=False)

    return run


@pytest.fixture
def practice(ccm_bot: Run) -> Run:
    """The same, with a practice, a nurse and a patient."""
    for arguments in (
        ("init", "--name", "Riverbend", "--zone", "America/Chicago", "--display", "name", "--baa-confirmed"),
        ("staff", "add", "U0NINA", "--name", "Nina Alvarez", "--credential", "RN"),
        ("patients", "add", "--first", "Maria", "--last", "Lopez", "--mrn", "004512", "--born", "1948-03-04"),
    ):
        assert ccm_bot(*arguments).exception is None
    return ccm_bot
