"""One stand-in for Slack and one composed bot for all dialogs; every dialog begins with a fresh record."""

from __future__ import annotations

import io
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.compose import compose
from bot.logs import set_up_logs
from bot.settings import Settings
from sandbox import Pace, Person, Sandbox
from storage.database import open_database
from storage.sealing import Keyring
from tests.scenarios.office import Office, furnish
from tests.scenarios.privacy import NAMED, leaks

QUICK = Pace(retry_delays=(0.0, 0.1, 0.2), disconnect_grace=0.3, hang=1.5)


@pytest.fixture(scope="session")
def written() -> Iterator[io.StringIO]:
    """Everything the bot's own logs hold, in the form they have in production."""
    root, stream = logging.getLogger(), io.StringIO()
    kept, level = list(root.handlers), root.level
    with redirect_stderr(stream):
        set_up_logs("info")
    ours = root.handlers[0]
    root.handlers[:] = [*kept, ours]
    yield stream
    root.removeHandler(ours)
    root.setLevel(level)


@pytest.fixture(scope="session")
def furnished(sqlite_template: Path, keyring: Keyring, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the practice, its staff and its patients."""
    return furnished_file(tmp_path_factory.mktemp("furnished") / "ccm.db", sqlite_template, keyring)


def furnished_file(path: Path, template: Path, keyring: Keyring, display: str = "name") -> Path:
    """Copy an empty migrated file and furnish it."""
    shutil.copy(template, path)
    database = open_database(f"sqlite:///{path}")
    furnish(database, keyring, display=display)
    with database.begin() as connection:
        connection.exec_driver_sql("SELECT 1")
    database.close()
    return path


@pytest.fixture(scope="session")
def opened_office(
    furnished: Path, key_file: Path, written: io.StringIO, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """Connected once: closing slack_sdk's threads takes seconds."""
    with running_office(furnished, key_file, tmp_path_factory.mktemp("office") / "ccm.db") as office:
        yield office


@contextmanager
def running_office(template: Path, key_file: Path, file: Path) -> Iterator[Office]:
    """A sandbox and a connected bot on a copy of `template`."""
    shutil.copy(template, file)
    with Sandbox(pace=QUICK) as slack:
        settings = Settings(
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            api_url=slack.api_url,
            database_url=f"sqlite:///{file}",
            key_file=key_file,
            ping_interval_s=1,
            settle_s=0.3,
            post_timeout_s=1,
            pace_s=0,
        )
        bot = compose(settings, clock=lambda: datetime.fromtimestamp(slack.slack.clock.now(), UTC))
        bot.start()
        slack.wait_connected()
        yield Office(slack, bot, template, file)
        bot.stop()


@pytest.fixture
def office(opened_office: Office, written: io.StringIO) -> Iterator[Office]:
    """The office on a fresh Tuesday; nothing it sends may break Slack's rules or tell a name where none belongs."""
    opened_office.begin()
    written.seek(0)
    written.truncate()
    yield opened_office
    opened_office.settles(quiet=0.005)
    assert opened_office.slack.lint_findings == []
    assert leaks(opened_office.slack.traffic) == []
    assert not NAMED.search(written.getvalue()), "a patient in the log"


@pytest.fixture
def nina(office: Office) -> Person:
    """The nurse."""
    return office.person("nina")


@pytest.fixture
def cora(office: Office) -> Person:
    """The coordinator."""
    return office.person("cora")


@pytest.fixture
def sam(office: Office) -> Person:
    """The supervisor."""
    return office.person("sam")
