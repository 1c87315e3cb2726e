"""The command line: what an administrator does before the first message, and what it says when something is wrong."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from ccm.errors import BadSetting, CcmError, Refused
from sandbox import Sandbox
from tests.bot.conftest import Run
from tests.scenarios.office import environment

INIT = ("init", "--name", "Riverbend", "--zone", "America/Chicago")


def test_init_makes_key_record_and_practice(ccm_bot: Run, settings: dict[str, str]) -> None:
    made = ccm_bot(*INIT)

    assert made.exception is None
    assert "Keep a copy apart from the data" in made.output
    key = Path(settings["CCM_KEY_FILE"])
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.read_text() not in made.output


def test_init_again_keeps_the_key_and_refuses_the_same_name(ccm_bot: Run, settings: dict[str, str]) -> None:
    ccm_bot(*INIT)
    key = Path(settings["CCM_KEY_FILE"]).read_text()

    again = ccm_bot(*INIT)

    assert isinstance(again.exception, Refused)
    assert Path(settings["CCM_KEY_FILE"]).read_text() == key


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("init", "--name", "R", "--zone", "Chicago/America"), "--zone is not a time zone"),
        (("init", "--name", "R", "--zone", "../../etc/passwd"), "--zone is not a time zone"),
        ((*INIT, "--display", "name"), "Slack's BAA"),
        ((*INIT, "--display", "initials"), "Slack's BAA"),
    ],
)
def test_init_refuses_what_it_cannot_stand_for(ccm_bot: Run, arguments: tuple[str, ...], told: str) -> None:
    refused = ccm_bot(*arguments)

    assert isinstance(refused.exception, CcmError)
    assert told in str(refused.exception)


def test_names_are_shown_only_where_somebody_says_they_may_be(ccm_bot: Run) -> None:
    assert ccm_bot(*INIT, "--display", "name", "--baa-confirmed").exception is None


@pytest.mark.parametrize(
    "arguments",
    [("staff", "list"), ("patients", "add", "--first", "A", "--last", "B", "--mrn", "1"), ("channels", "list")],
)
def test_before_init_the_way_is_shown(ccm_bot: Run, arguments: tuple[str, ...]) -> None:
    refused = ccm_bot(*arguments)

    assert isinstance(refused.exception, BadSetting)


def test_staff_come_change_and_go(practice: Run) -> None:
    assert "U0NINA  Nina Alvarez  RN (clinical_staff)  member" in practice("staff", "list").output

    practice("staff", "add", "U0NINA", "--name", "Nina Alvarez", "--credential", "NP", "--role", "supervisor")
    assert "NP (qhp)  supervisor" in practice("staff", "list").output

    assert practice("staff", "remove", "U0NINA").exception is None
    assert "U0NINA" not in practice("staff", "list").output
    assert isinstance(practice("staff", "remove", "U0NOBODY").exception, Refused)


@pytest.mark.parametrize("user_id", ["nina", "@nina", "U", "u0nina", "C0NINA", "U0NINA; rm -rf /"])
def test_a_user_id_that_is_none_is_refused(practice: Run, user_id: str) -> None:
    refused = practice("staff", "add", user_id, "--name", "N", "--credential", "RN")

    assert isinstance(refused.exception, Refused)
    assert "Slack user id" in str(refused.exception)


def test_channels_are_allowed_and_removed(practice: Run) -> None:
    practice("channels", "allow", "C0CARETEAM")
    assert practice("channels", "list").output == "C0CARETEAM\n"

    practice("channels", "remove", "C0CARETEAM")

    assert practice("channels", "list").output == ""
    assert isinstance(practice("channels", "remove", "C0CARETEAM").exception, Refused)
    assert isinstance(practice("channels", "allow", "D0NINA").exception, Refused)


def test_a_patient_is_added_and_then_changed(practice: Run) -> None:
    again = practice(
        "patients", "add", "--first", "Maria", "--last", "Lopez", "--mrn", "004512", "--born", "1948-03-04"
    )
    married = practice("patients", "add", "--first", "Maria", "--last", "Gomez", "--mrn", "004512")

    assert again.output == "Unchanged: one patient.\n"
    assert married.output == "Changed: one patient.\n"


def test_a_roster_is_imported_once(practice: Run, shared_data: Path) -> None:
    path = str(shared_data / "synthea-small" / "patients.csv")

    first = practice("import", "patients", path)
    second = practice("import", "patients", path)

    assert "Not taken, on purpose: SSN, DRIVERS, PASSPORT." in first.output
    assert "105 patients: 105 new, 0 changed, 0 unchanged." in first.output
    assert "105 patients: 0 new, 0 changed, 105 unchanged." in second.output


def test_a_roster_with_a_bad_row_changes_nothing(practice: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("MRN,First,Last\n1,Wei,Chen\n2,,Secretname\n")

    refused = practice("import", "patients", str(path))

    assert isinstance(refused.exception, Refused)
    path.write_text("MRN,First,Last\n1,Wei,Chen\n")
    assert "1 new" in practice("import", "patients", str(path)).output


def test_check_says_what_is_in_place_and_masks_secrets(practice: Run, settings: dict[str, str]) -> None:
    checked = practice("check")

    assert checked.exit_code == 0, checked.output
    for line in ("ok   key file", "ok   1 practice(s)", "ok   1 staff", "whole", "ok   app token", "ok   scopes"):
        assert line in checked.output
    assert "FAIL" not in checked.output
    assert settings["SLACK_BOT_TOKEN"] not in checked.output
    assert settings["SLACK_APP_TOKEN"] not in checked.output


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-wrong", "Slack refuses: invalid_auth"),
        ("SLACK_APP_TOKEN", "xapp-wrong", "Slack refuses: "),
        ("SLACK_BOT_TOKEN", "", "SLACK_BOT_TOKEN is not set."),
        ("SLACK_API_URL", "http://127.0.0.1:9/api/", "Slack cannot be reached"),
        ("CCM_KEY_FILE", "/nowhere/ccm.key", "FAIL"),
    ],
)
def test_check_fails_where_something_is_missing(
    practice: Run, settings: dict[str, str], key: str, value: str, told: str
) -> None:
    settings[key] = value
    from click.testing import CliRunner

    from bot.cli import cli

    checked = CliRunner(env={**environment(), **settings}).invoke(cli, ["check"], standalone_mode=False)

    assert checked.exit_code == 1
    assert told in checked.output
    assert "xoxb-wrong" not in checked.output


def test_check_offline_asks_nobody(practice: Run, slack: Sandbox) -> None:
    slack.forget()

    assert practice("check", "--offline").exit_code == 0

    assert slack.traffic == []


def test_check_notices_a_tampered_trail(practice: Run, settings: dict[str, str]) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(settings["DATABASE_URL"].removeprefix("sqlite:///"))) as record, record:
        for (name,) in record.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            record.execute(f"DROP TRIGGER {name}")
        record.execute("UPDATE audit SET actor = 'somebody else' WHERE seq = 1")

    checked = practice("check", "--offline")

    assert checked.exit_code == 1
    assert "BROKEN at row 1" in checked.output


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_explains_itself(ccm_bot: Run, name: str) -> None:
    shown = ccm_bot(name, "--help")

    assert shown.exit_code == 0
    assert "Usage:" in shown.output


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("staff", "list"), 1, "No such file or directory|key file|Run `ccm-bot init`"),
        (("nonsense",), 2, "No such command"),
        (("staff", "add"), 2, "Missing argument"),
        (("--version",), 0, ""),
    ],
)
def test_as_a_process_it_ends_with_a_sentence_and_a_status(
    settings: dict[str, str], arguments: tuple[str, ...], status: int, told: str
) -> None:
    import re

    ran = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=Path(__file__).parents[2],
        env=environment(**settings),
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == status
    assert re.search(told, ran.stderr)
    assert "Traceback" not in ran.stderr
