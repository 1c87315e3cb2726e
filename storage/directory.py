"""A practice as the bot holds it in memory: who works there, whom it cares for, where it may speak.

Each request asks the database for two version numbers; only a change loads anything, so a role taken away or a patient
imported by another process takes effect with the next request.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from ccm.records import Actor, Practice
from ccm.roster import Roster, RosterPatient
from storage import patients, people, practices
from storage.database import Database
from storage.practices import Version
from storage.prepared import Prepared
from storage.schema import practice
from storage.sealing import Keyring

_VERSION = Prepared(
    select(practice.c.roster_version, practice.c.staff_version).where(practice.c.id == bindparam("practice_id"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A practice at one version, seen on one clinic day (roles are dated)."""

    practice: Practice
    version: Version
    day: date
    actors: dict[str, Actor]
    channels: frozenset[str]
    roster: Roster
    opened: dict[str, RosterPatient]


@dataclass(slots=True)
class Directory:
    """The current snapshot of one practice; safe for threads."""

    practice_id: str
    keyring: Keyring
    _snapshot: Snapshot | None = None
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def current(self, database: Database, at: datetime) -> Snapshot:
        """The practice as it is now; loads what changed since the last call."""
        with database.glance() as connection:
            found = _VERSION.first(connection, {"practice_id": self.practice_id})
        assert found is not None
        snapshot = self._snapshot
        if snapshot and snapshot.version == tuple(found.values()) and snapshot.day == snapshot.practice.day_of(at):
            return snapshot
        with self._turn, database.read() as connection:
            self._snapshot = self._load(connection, at, self._snapshot)
            return self._snapshot

    def _load(self, connection: Connection, at: datetime, earlier: Snapshot | None) -> Snapshot:
        known, version, channels = practices.load(connection, self.practice_id)
        day = known.day_of(at)
        if earlier and earlier.version[0] == version[0]:
            opened, roster = earlier.opened, earlier.roster
        else:
            opened = patients.roster(connection, self.keyring, self.practice_id, earlier.opened if earlier else {})
            roster = Roster.of(opened.values())
        return Snapshot(
            practice=known,
            version=version,
            day=day,
            actors=people.actors(connection, self.practice_id, day),
            channels=channels,
            roster=roster,
            opened=opened,
        )
