"""Settings, read once from a mapping: a bad value names its key and stops the start. Secrets never show in `repr`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from ccm.errors import BadSetting

SLACK = "https://slack.com/api/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a deployment may choose; see docs/operations.md for each."""

    bot_token: str | None = field(default=None, repr=False, metadata={"key": "SLACK_BOT_TOKEN"})
    app_token: str | None = field(default=None, repr=False, metadata={"key": "SLACK_APP_TOKEN"})
    api_url: str = field(default=SLACK, metadata={"key": "SLACK_API_URL"})
    database_url: str = field(default="sqlite:///var/ccm.db", repr=False, metadata={"key": "DATABASE_URL"})
    key_file: Path = field(default=Path("keys/ccm.key"), metadata={"key": "CCM_KEY_FILE"})
    log_level: str = field(default="info", metadata={"key": "CCM_LOG_LEVEL"})
    ping_interval_s: float = field(default=4.0, metadata={"key": "CCM_PING_INTERVAL_S"})
    settle_s: float = field(default=60.0, metadata={"key": "CCM_DELIVERY_SETTLE_S"})
    post_timeout_s: float = field(default=10.0, metadata={"key": "CCM_DELIVERY_TIMEOUT_S"})
    pace_s: float = field(default=1.0, metadata={"key": "CCM_DELIVERY_PACE_S"})

    def shown(self) -> dict[str, str]:
        """Every setting by key, secrets masked, for `ccm-bot check`."""
        return {each.metadata["key"]: _masked(each.repr, getattr(self, each.name)) for each in fields(self)}

    def slack_tokens(self) -> tuple[str, str]:
        """Bot token and app token; BadSetting names the one that is missing."""
        for key, token in (("SLACK_BOT_TOKEN", self.bot_token), ("SLACK_APP_TOKEN", self.app_token)):
            if token is None:
                raise BadSetting(f"{key} is not set.", hint="README, 'Connect to Slack', tells where to find it.")
        assert self.bot_token is not None
        assert self.app_token is not None
        return self.bot_token, self.app_token


def read_settings(given: Mapping[str, str]) -> Settings:
    """Read all settings; `<KEY>_FILE` names a file that holds a secret. Raises BadSetting."""
    found: dict[str, Any] = {}
    for each in fields(Settings):
        key = each.metadata["key"]
        text = _text(given, key)
        if text is not None:
            found[each.name] = _READERS.get(each.name, _as_is)(key, text)
    unknown = {key for key in given if key.startswith("CCM_")} - _known_keys()
    if unknown:
        raise BadSetting(f"{min(unknown)} is not a setting of this program.", hint="docs/operations.md lists them all.")
    return Settings(**found)


def _known_keys() -> set[str]:
    keys = {each.metadata["key"] for each in fields(Settings)}
    return keys | {f"{key}_FILE" for key in keys}


def _text(given: Mapping[str, str], key: str) -> str | None:
    if path := given.get(f"{key}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise BadSetting(f"{key}_FILE names a file that cannot be read.") from None
    return given.get(key) or None


def _as_is(_key: str, text: str) -> str:
    return text


def _prefixed(prefix: str) -> Callable[[str, str], str]:
    def read(key: str, text: str) -> str:
        if not text.startswith(prefix):
            raise BadSetting(f"{key} must start with {prefix}", hint="Two tokens may have been mixed up.")
        return text

    return read


def _url(key: str, text: str) -> str:
    try:
        parsed = urlsplit(text)
        is_good = bool(parsed.hostname) and (parsed.scheme == "https" or _is_loopback(parsed))
    except ValueError:
        is_good = False
    if not is_good:
        raise BadSetting(f"{key} must be https, or loopback for the sandbox.")
    return text if text.endswith("/") else text + "/"


def _is_loopback(parsed: SplitResult) -> bool:
    return parsed.scheme == "http" and parsed.hostname in {"127.0.0.1", "localhost", "::1"}


def _level(key: str, text: str) -> str:
    if text.lower() not in {"info", "warning", "error"}:
        raise BadSetting(f"{key} must be info, warning or error.", hint="Debug logs of Slack's library hold messages.")
    return text.lower()


def _seconds(key: str, text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 3600:
        raise BadSetting(f"{key} must be seconds from 0 to 3600.")
    return seconds


def _some_seconds(key: str, text: str) -> float:
    if (seconds := _seconds(key, text)) < 1:
        raise BadSetting(f"{key} must be at least 1 second.")
    return seconds


def _path(_key: str, text: str) -> Path:
    return Path(text).expanduser()


_READERS: Mapping[str, Callable[[str, str], Any]] = {
    "bot_token": _prefixed("xoxb-"),
    "app_token": _prefixed("xapp-"),
    "api_url": _url,
    "key_file": _path,
    "log_level": _level,
    "ping_interval_s": _some_seconds,
    **dict.fromkeys(("settle_s", "post_timeout_s", "pace_s"), _seconds),
}


def _masked(shown: bool, value: object) -> str:
    if value is None:
        return "not set"
    if shown:
        return str(value)
    text = str(value)
    return text if text.startswith("sqlite:") else f"{text[:5]}… ({len(text)} characters)"
