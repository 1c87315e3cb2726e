"""Staff: Slack users of a practice with their dated roles and credentials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Table, insert, or_, select, update

from ccm.records import Actor, Credential, CredentialKind, Role
from storage import practices
from storage.ids import new_id
from storage.schema import staff, staff_credential, staff_role


def add(
    connection: Connection,
    *,
    practice_id: str,
    user_id: str,
    name: str,
    roles: Iterable[Role],
    kind: CredentialKind,
    title: str,
    since: date,
    now: datetime,
) -> str:
    """Put a Slack user on the staff list, or give one already there new roles and a new credential from `since` on."""
    staff_id = _known(connection, practice_id, user_id)
    if staff_id is None:
        staff_id = new_id()
        row = {"practice_id": practice_id, "id": staff_id, "user_id": user_id, "name": name, "created_at": now}
        connection.execute(insert(staff), row | {"active": True})
    else:
        _end_before(connection, practice_id, staff_id, since)
        mine = (staff.c.practice_id == practice_id) & (staff.c.id == staff_id)
        connection.execute(update(staff).where(mine).values(active=True, name=name))
    key = {"practice_id": practice_id, "staff_id": staff_id, "since": since}
    connection.execute(insert(staff_role), [key | {"role": role.value} for role in set(roles)])
    connection.execute(insert(staff_credential), key | {"kind": kind.value, "title": title})
    practices.bump_staff(connection, practice_id)
    return staff_id


def remove(connection: Connection, practice_id: str, user_id: str, last_day: date) -> bool:
    """Take a user off the staff list from now on; what they logged stays theirs. False when not on the list."""
    staff_id = _known(connection, practice_id, user_id)
    if staff_id is None:
        return False
    mine = (staff.c.practice_id == practice_id) & (staff.c.id == staff_id)
    connection.execute(update(staff).where(mine).values(active=False))
    for table in (staff_role, staff_credential):
        mine = (table.c.practice_id == practice_id) & (table.c.staff_id == staff_id)
        connection.execute(update(table).where(mine, _lasts_beyond(table, last_day)).values(until=last_day))
    practices.bump_staff(connection, practice_id)
    return True


def actors(connection: Connection, practice_id: str, today: date) -> dict[str, Actor]:
    """Every active staff member by Slack user id, with the roles in force today and all dated credentials."""
    roles, credentials = defaultdict[str, set[Role]](set), defaultdict[str, list[Credential]](list)
    for row in connection.execute(select(staff_role).where(staff_role.c.practice_id == practice_id)):
        if row.since <= today and (row.until is None or today <= row.until):
            roles[row.staff_id].add(Role(row.role))
    for row in connection.execute(select(staff_credential).where(staff_credential.c.practice_id == practice_id)):
        kind = CredentialKind(row.kind)
        credentials[row.staff_id].append(Credential(kind=kind, title=row.title, since=row.since, until=row.until))
    active = select(staff).where(staff.c.practice_id == practice_id, staff.c.active).order_by(staff.c.name)
    return {
        row.user_id: Actor(
            staff_id=row.id,
            practice_id=practice_id,
            user_id=row.user_id,
            name=row.name,
            roles=frozenset(roles[row.id]),
            credentials=tuple(sorted(credentials[row.id], key=lambda c: c.since)),
        )
        for row in connection.execute(active)
    }


def _known(connection: Connection, practice_id: str, user_id: str) -> str | None:
    found = select(staff.c.id).where(staff.c.practice_id == practice_id, staff.c.user_id == user_id)
    return connection.execute(found).scalar()


def _end_before(connection: Connection, practice_id: str, staff_id: str, since: date) -> None:
    """End what is in force the day before `since`; what began on that very day is replaced."""
    for table in (staff_role, staff_credential):
        mine = (table.c.practice_id == practice_id) & (table.c.staff_id == staff_id)
        connection.execute(table.delete().where(mine, table.c.since >= since))
        yesterday = date.fromordinal(since.toordinal() - 1)
        connection.execute(update(table).where(mine, _lasts_beyond(table, yesterday)).values(until=yesterday))


def _lasts_beyond(table: Table, day: date) -> ColumnElement[bool]:
    """Without an end, or with a later one: a person removed and taken back must not hold two credentials at once."""
    return or_(table.c.until.is_(None), table.c.until > day)
