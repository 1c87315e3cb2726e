"""What commands share: the open record and the practice they are about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import click
from sqlalchemy import Connection

from bot.cli import settings
from bot.compose import open_record, utc_now
from ccm.errors import BadSetting
from ccm.records import Practice
from storage import audit, practices
from storage.canary import check_key
from storage.database import Database
from storage.sealing import Keyring, load_keyring

CLI = "cli"
"""Who an audit row names when an administrator at the machine did it."""
of_practice = click.option("--practice", "practice_name", help="The practice's name, where there are several.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An open record and one practice in it."""

    database: Database
    keyring: Keyring
    practice: Practice
    now: datetime

    def audit(self, connection: Connection, action: str, object_kind: str, object_id: str, **details: object) -> None:
        """Note what was done from the command line."""
        audit.append(
            connection,
            self.keyring,
            practice_id=self.practice.id,
            at=self.now,
            actor=CLI,
            action=action,
            object_kind=object_kind,
            object_id=object_id,
            details=details,
        )


@contextmanager
def opened(name: str | None) -> Iterator[Place]:
    """Open the record of the settings; BadSetting when no practice or more than one fits."""
    given = settings()
    keyring = load_keyring(given.key_file)
    database = open_record(given)
    try:
        check_key(database, keyring)
        with database.read() as connection:
            known = [each for each in practices.listed(connection) if name in (None, each.name)]
        if len(known) != 1:
            hint = "Run `ccm-bot init` first." if not known else "Say which with --practice."
            raise BadSetting(f"{len(known)} practices fit.", hint=hint)
        yield Place(database=database, keyring=keyring, practice=known[0], now=utc_now())
    finally:
        database.close()
