"""Who may speak to the bot, and where: denies unless everything is known to be right.

Slack's own flags are asked for once and kept a short while (a user's 5 minutes, a channel's 1 minute); a flag missing
in a good answer reads false, a failed call denies. What is said to somebody refused is one constant sentence each and
tells nothing about a patient.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from ccm.errors import NotAllowed
from storage.directory import Snapshot

USER_S, CHANNEL_S = 300.0, 60.0
"""How long Slack's answer about a user or a channel is believed, in seconds."""
STRANGER = "I can only work with people on this practice's staff list."
STRANGER_HINT = "Nothing was saved. If you work here, ask your administrator to add you."
ELSEWHERE = "I only answer in our direct message or in a private channel your administrator has allowed."
ELSEWHERE_HINT = "Nothing was saved. Open a direct message with me and say it there."
_BARRED_USER = (
    "deleted",
    "is_bot",
    "is_app_user",
    "is_workflow_bot",
    "is_restricted",
    "is_ultra_restricted",
    "is_stranger",
)
_BARRED_CHANNEL = ("is_ext_shared", "is_pending_ext_shared", "is_org_shared", "is_shared", "is_mpim", "is_archived")


class Stranger(NotAllowed):
    """Not staff, a guest, another bot, or of another workspace."""


class Elsewhere(NotAllowed):
    """A public, shared or simply not allowed place."""


@dataclass(slots=True)
class Gate:
    """Remembers Slack's answers for a short while; safe for threads, since a double question does no harm."""

    client: WebClient
    bot_user_id: str
    seconds: Callable[[], float] = time.monotonic
    _users: dict[str, tuple[float, bool]] = field(default_factory=dict)
    _channels: dict[str, tuple[float, frozenset[str] | None]] = field(default_factory=dict)

    def demand_person(self, snapshot: Snapshot, team_id: str, user_id: str) -> None:
        """Raise Stranger unless the user is active staff of this workspace with a role."""
        actor = snapshot.actors.get(user_id)
        known = actor is not None and actor.roles and team_id == snapshot.practice.team_id
        if not known or not self._is_member(user_id, team_id):
            raise Stranger(STRANGER, hint=STRANGER_HINT)

    def demand_place(self, snapshot: Snapshot, channel_id: str) -> None:
        """Raise Elsewhere unless it is a direct message, or an allow-listed private channel with only staff in it."""
        if channel_id.startswith("D"):
            return
        if channel_id not in snapshot.channels:
            raise Elsewhere(ELSEWHERE, hint=ELSEWHERE_HINT)
        members = self._private_members(channel_id)
        if members is None or not members <= snapshot.actors.keys():
            raise Elsewhere(ELSEWHERE, hint=ELSEWHERE_HINT)

    def forget_user(self, user_id: str) -> None:
        """Slack says this user changed."""
        self._users.pop(user_id, None)

    def forget_channel(self, channel_id: str) -> None:
        """Slack says somebody joined this channel."""
        self._channels.pop(channel_id, None)

    def warm(self, snapshot: Snapshot) -> None:
        """Ask about all staff ahead of their first message."""
        for user_id in snapshot.actors:
            self._is_member(user_id, snapshot.practice.team_id or "")

    def _is_member(self, user_id: str, team_id: str) -> bool:
        kept = self._users.get(user_id)
        if kept and self.seconds() - kept[0] < USER_S:
            return kept[1]
        asked_at = self.seconds()
        try:
            user: dict[str, Any] = self.client.users_info(user=user_id)["user"]
        except (SlackClientError, OSError):
            return False
        good = not any(user.get(flag) for flag in _BARRED_USER) and user.get("team_id") == team_id
        self._users[user_id] = (asked_at, good)
        return good

    def _private_members(self, channel_id: str) -> frozenset[str] | None:
        kept = self._channels.get(channel_id)
        if kept and self.seconds() - kept[0] < CHANNEL_S:
            return kept[1]
        asked_at = self.seconds()
        try:
            members = self._ask_channel(channel_id)
        except (SlackClientError, OSError):
            return None
        self._channels[channel_id] = (asked_at, members)
        return members

    def _ask_channel(self, channel_id: str) -> frozenset[str] | None:
        info: dict[str, Any] = self.client.conversations_info(channel=channel_id)["channel"]
        if not info.get("is_private") or not info.get("is_member") or any(info.get(flag) for flag in _BARRED_CHANNEL):
            return None
        people: set[str] = set()
        cursor = ""
        while True:
            page = self.client.conversations_members(channel=channel_id, limit=200, cursor=cursor)
            people.update(page["members"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return frozenset(people - {self.bot_user_id})
