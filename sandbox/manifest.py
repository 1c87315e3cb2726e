"""What the app manifest says: names, commands, shortcuts, scopes and subscribed events."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sandbox.wire import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A slash command; `should_escape` turns typed `@name` and `#channel` into ids."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """A shortcut; `type` is `global` or `message`."""

    name: str
    type: str
    callback_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The parts of an app manifest that change what Slack does."""

    name: str
    bot_name: str
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    scopes: tuple[str, ...]
    events: frozenset[str]

    def command_of(self, text: str) -> Command | None:
        """The registered command a typed line begins with, if any."""
        word = text.split(maxsplit=1)[0] if text.strip() else ""
        return next((one for one in self.commands if one.command == word), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        """The shortcut of that callback id."""
        return next((one for one in self.shortcuts if one.callback_id == callback_id), None)


def read_manifest(path: Path) -> Manifest:
    """Read an app manifest in YAML (docs.slack.dev/reference/app-manifest).

    Raises:
        KeyError: if it names no app or no bot user.
    """
    tree: Json = yaml.safe_load(path.read_text(encoding="utf-8"))
    features, settings = tree.get("features", {}), tree.get("settings", {})
    return Manifest(
        name=tree["display_information"]["name"],
        bot_name=features["bot_user"]["display_name"],
        commands=tuple(map(_command, features.get("slash_commands", ()))),
        shortcuts=tuple(map(_shortcut, features.get("shortcuts", ()))),
        scopes=_strings(tree.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
        events=frozenset(_strings(settings.get("event_subscriptions", {}).get("bot_events", ()))),
    )


def _command(entry: Json) -> Command:
    return Command(
        command=entry["command"],
        description=entry.get("description", ""),
        usage_hint=entry.get("usage_hint", ""),
        should_escape=bool(entry.get("should_escape", False)),
    )


def _shortcut(entry: Json) -> Shortcut:
    return Shortcut(name=entry["name"], type=entry["type"], callback_id=entry["callback_id"])


def _strings(values: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)
