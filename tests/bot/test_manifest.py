"""app.yaml says exactly what the bot listens to, and asks for the scopes its calls need and no more."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.cli.check import manifest
from handlers import COMMAND, EVENTS, SHORTCUTS, register
from sandbox.api import METHODS

CALLS = {
    "auth.test", "apps.connections.open", "chat.postMessage", "chat.update", "chat.postEphemeral",
    "conversations.history", "conversations.info", "conversations.members", "conversations.open", "users.info",
    "views.open", "views.publish",
}  # fmt: skip
"""Every Web API method the bot calls."""


def test_the_commands_events_and_shortcuts_are_those_registered() -> None:
    app = manifest()

    events = {name.partition(".")[0] for name in app["settings"]["event_subscriptions"]["bot_events"]}
    assert [each["command"] for each in app["features"]["slash_commands"]] == [COMMAND]
    assert events == set(EVENTS)
    assert sorted(each["callback_id"] for each in app["features"]["shortcuts"]) == sorted(SHORTCUTS)


def test_of_messages_only_direct_ones_are_asked_for() -> None:
    asked = manifest()["settings"]["event_subscriptions"]["bot_events"]

    assert [name for name in asked if name.startswith("message.")] == ["message.im"]


@pytest.mark.parametrize("method", sorted(CALLS))
def test_every_call_of_the_bot_is_known_and_its_scope_asked_for(method: str) -> None:
    scopes = set(manifest()["oauth_config"]["scopes"]["bot"])

    needed = set(METHODS[method].scopes) if method in METHODS else set()
    assert not needed or needed & scopes


def test_no_scope_reads_channels_or_files_of_others() -> None:
    scopes = set(manifest()["oauth_config"]["scopes"]["bot"])

    assert not scopes & {"channels:history", "groups:history", "mpim:history", "files:read", "users:read.email"}


def test_register_ties_a_listener_to_each() -> None:
    tied: list[str] = []

    class Noting:
        """Stands in for Bolt's App and notes what is tied to it."""

        def __getattr__(self, kind: str) -> Any:
            def tie(what: Any) -> Any:
                tied.append(f"{kind} {getattr(what, 'pattern', what)}")
                return lambda listener: listener

            return tie

    register(Noting(), dict.fromkeys(("desk", "gate", "background")))  # type: ignore[arg-type]

    assert tied[0] == f"command {COMMAND}"
    for event in EVENTS:
        assert f"event {event}" in tied
    for shortcut in SHORTCUTS:
        assert f"shortcut {shortcut}" in tied


def test_bolt_takes_every_listener() -> None:
    identity = AuthorizeResult(enterprise_id=None, team_id="T0", bot_token="xoxb-x")
    app = App(authorize=lambda: identity, request_verification_enabled=False)

    register(app, dict.fromkeys(("desk", "gate", "background")))
