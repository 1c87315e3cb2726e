"""Practices and their allow-listed channels."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ccm.errors import Refused
from ccm.months import ServiceMonth
from ccm.records import Practice
from storage.ids import new_id
from storage.schema import channel, practice

Version = tuple[int, int]
"""Roster version and staff version: both grow with every change."""

_ALLOW = {
    "sqlite": sqlite.insert(channel).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(channel).on_conflict_do_nothing(),
}


def create(connection: Connection, *, name: str, zone: str, display: str, now: datetime) -> Practice:
    """Add a practice; `zone` is an IANA name, `display` one of code, initials, name."""
    practice_id = new_id()
    row = {"id": practice_id, "name": name, "zone": zone, "display": display, "created_at": now}
    connection.execute(insert(practice), row)
    return Practice(id=practice_id, name=name, zone=ZoneInfo(zone), display=display)


def listed(connection: Connection) -> list[Practice]:
    """All practices, oldest first."""
    return [_value(row) for row in connection.execute(select(practice).order_by(practice.c.created_at))]


def bind_team(connection: Connection, practice_id: str, team_id: str) -> None:
    """Tie a practice to its Slack workspace at the first connection; Refused when either is tied to another."""
    either = or_(practice.c.id == practice_id, practice.c.team_id == team_id)
    bound = {row.id: row.team_id for row in connection.execute(select(practice).where(either))}
    if bound.pop(practice_id) not in (None, team_id) or bound:
        raise Refused(
            "This database belongs to another Slack workspace.",
            hint="Check SLACK_BOT_TOKEN and DATABASE_URL: one of them is of another practice.",
        )
    connection.execute(update(practice).where(practice.c.id == practice_id).values(team_id=team_id))


def load(connection: Connection, practice_id: str) -> tuple[Practice, Version, frozenset[str]]:
    """A practice, its versions, and the ids of its allow-listed channels."""
    row = connection.execute(select(practice).where(practice.c.id == practice_id)).one()
    channels = connection.execute(select(channel.c.channel_id).where(channel.c.practice_id == practice_id)).scalars()
    return _value(row), (row.roster_version, row.staff_version), frozenset(channels)


def allow_channel(connection: Connection, practice_id: str, channel_id: str, now: datetime) -> None:
    """Put a private channel on the allow-list; again changes nothing."""
    row = {"practice_id": practice_id, "channel_id": channel_id, "allowed_at": now}
    connection.execute(_ALLOW[connection.dialect.name], row)
    bump_staff(connection, practice_id)


def forget_channel(connection: Connection, practice_id: str, channel_id: str) -> bool:
    """Take a channel off the allow-list; False when it was not on it."""
    gone = delete(channel).where(channel.c.practice_id == practice_id, channel.c.channel_id == channel_id)
    found = connection.execute(gone.returning(channel.c.channel_id)).first() is not None
    bump_staff(connection, practice_id)
    return found


def bump_roster(connection: Connection, practice_id: str) -> None:
    """Tell every running bot that the patients changed."""
    newer = {practice.c.roster_version: practice.c.roster_version + 1}
    connection.execute(update(practice).where(practice.c.id == practice_id).values(newer))


def bump_staff(connection: Connection, practice_id: str) -> None:
    """Tell every running bot that staff, roles, channels or settings changed."""
    newer = {practice.c.staff_version: practice.c.staff_version + 1}
    connection.execute(update(practice).where(practice.c.id == practice_id).values(newer))


def _value(row: Row[tuple[object, ...]]) -> Practice:
    return Practice(
        id=row.id,
        name=row.name,
        zone=ZoneInfo(row.zone),
        team_id=row.team_id,
        display=row.display,
        closed_through=ServiceMonth.parse(row.closed_through) if row.closed_through else None,
    )
