"""Settings: a bad value names its key and stops the start; secrets never show."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, read_settings
from ccm.errors import BadSetting

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-very-secret", "SLACK_APP_TOKEN": "xapp-very-secret"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("SLACK_BOT_TOKEN", "xapp-mixed-up"),
        ("SLACK_APP_TOKEN", "xoxb-mixed-up"),
        ("SLACK_BOT_TOKEN_FILE", "/nowhere/at/all"),
        ("SLACK_API_URL", "http://slack.example/api/"),
        ("SLACK_API_URL", "http://127.0.0.1.evil.example/api/"),
        ("SLACK_API_URL", "http://localhost.evil.example/"),
        ("SLACK_API_URL", "http://localhost@evil.example/"),
        ("SLACK_API_URL", "https://"),
        ("SLACK_API_URL", "http://[broken/"),
        ("SLACK_API_URL", "ftp://127.0.0.1/"),
        ("CCM_LOG_LEVEL", "debug"),
        ("CCM_LOG_LEVEL", "loud"),
        ("CCM_PING_INTERVAL_S", "soon"),
        ("CCM_PING_INTERVAL_S", "-1"),
        ("CCM_DELIVERY_SETTLE_S", "nan"),
        ("CCM_DELIVERY_TIMEOUT_S", "inf"),
        ("CCM_DELIVERY_PACE_S", "3601"),
        ("CCM_PING_INTERVALL_S", "4"),
        ("CCM_UNHEARD_OF", "1"),
    ],
)
def test_a_bad_value_names_its_key_and_nothing_secret(key: str, value: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read_settings(TOKENS | {key: value})

    assert key.removesuffix("_FILE") in str(refused.value)
    assert "secret" not in f"{refused.value} {refused.value.hint}"


@pytest.mark.parametrize("key", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_a_missing_token_is_named(key: str) -> None:
    with pytest.raises(BadSetting, match=key):
        read_settings(TOKENS | {key: ""}).slack_tokens()


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({}, "https://slack.com/api/"),
        ({"SLACK_API_URL": "https://slack.example/api"}, "https://slack.example/api/"),
        ({"SLACK_API_URL": "http://127.0.0.1:8765/api/"}, "http://127.0.0.1:8765/api/"),
        ({"SLACK_API_URL": "http://localhost:8765/api"}, "http://localhost:8765/api/"),
        ({"SLACK_API_URL": "http://[::1]:8765/api"}, "http://[::1]:8765/api/"),
    ],
)
def test_slack_is_reached_over_https_or_on_loopback(given: dict[str, str], url: str) -> None:
    assert read_settings(given).api_url == url


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("xoxb-from-a-file\n")

    assert read_settings({"SLACK_BOT_TOKEN_FILE": str(token)}).bot_token == "xoxb-from-a-file"


def test_secrets_show_neither_in_repr_nor_in_what_check_prints() -> None:
    given = read_settings(TOKENS | {"DATABASE_URL": "postgresql://ccm:very-secret@db/ccm"})

    assert "secret" not in repr(given)
    assert "secret" not in str(given.shown())
    assert set(given.shown()) >= {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DATABASE_URL", "CCM_KEY_FILE"}


def test_without_any_setting_there_are_defaults() -> None:
    assert read_settings({"HOME": "/root", "PATH": "/bin"}) == Settings()
