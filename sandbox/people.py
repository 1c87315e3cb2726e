"""Users and conversations as Slack knows them, and the objects it shows of them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sandbox.wire import Json

TEAM_ID = "T0CLINIC"
TEAM_NAME = "Riverbend Clinic"
TEAM_DOMAIN = "riverbend"
OTHER_TEAM_ID = "T0PARTNER"
APP_ID = "A0CCMTIME"
BOT_USER_ID = "U0CCMTIME"
BOT_ID = "B0CCMTIME"

Kind = Literal["public", "private", "im", "mpim"]
CREATED = 1_600_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A member; `team_id` other than `TEAM_ID` with `is_stranger` is a Slack Connect user."""

    id: str
    name: str
    real_name: str
    title: str = ""
    team_id: str = TEAM_ID
    tz: str = "America/Chicago"
    is_admin: bool = False
    is_bot: bool = False
    is_app_user: bool = False
    is_workflow_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False
    bot_id: str = ""

    def as_slack(self) -> Json:
        """The user object of `users.info`; Slack gives `is_stranger` and `is_workflow_bot` only when true."""
        offset = datetime.now(UTC).astimezone(ZoneInfo(self.tz)).utcoffset()
        shown: Json = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": self._profile(),
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_bot": self.is_bot,
            "is_app_user": self.is_app_user,
            "updated": CREATED,
        }
        return shown | {flag: True for flag in ("is_stranger", "is_workflow_bot") if getattr(self, flag)}

    def _profile(self) -> Json:
        profile = {"real_name": self.real_name, "display_name": self.name, "title": self.title, "team": self.team_id}
        return profile | ({"bot_id": self.bot_id, "api_app_id": APP_ID} if self.bot_id else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A conversation; `name` is empty for DMs, `user` is the human side of a DM with the bot."""

    id: str
    name: str
    kind: Kind
    members: frozenset[str]
    user: str = ""
    topic: str = ""
    is_archived: bool = False
    is_shared: bool = False
    is_ext_shared: bool = False
    is_org_shared: bool = False
    is_pending_ext_shared: bool = False

    @property
    def event_type(self) -> str:
        """What events call it: `channel`, `group`, `im` or `mpim`."""
        return {"public": "channel", "private": "group"}.get(self.kind, self.kind)

    @property
    def scope_family(self) -> str:
        """The family in scope names: `channels`, `groups`, `im` or `mpim`."""
        return {"public": "channels", "private": "groups"}.get(self.kind, self.kind)

    def as_slack(self) -> Json:
        """The conversation object; a DM has few flags, and a private channel is still `is_channel` (ids with C)."""
        shown: Json = {"id": self.id, "created": CREATED, "is_archived": self.is_archived}
        shown |= {"is_im": self.kind == "im", "is_org_shared": self.is_org_shared, "context_team_id": TEAM_ID}
        if self.kind == "im":
            return shown | {"user": self.user, "is_user_deleted": False, "is_open": True, "priority": 0}
        return shown | {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind in ("public", "private"),
            "is_group": self.kind == "mpim",
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind != "public",
            "is_general": self.name == "general",
            "is_shared": self.is_shared or self.is_ext_shared or self.is_org_shared,
            "is_ext_shared": self.is_ext_shared,
            "is_pending_ext_shared": self.is_pending_ext_shared,
            "pending_shared": ["T0PENDING"] if self.is_pending_ext_shared else [],
            "is_member": BOT_USER_ID in self.members,
            "creator": "U0ADA",
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "num_members": len(self.members),
        }
