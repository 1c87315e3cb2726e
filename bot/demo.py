"""The demo: a stand-in for Slack, the real bot as a process of its own beside it, and a small made-up practice.

Its record lives under `var/demo`, apart from a real one, and begins anew at each start unless told to keep.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Callable, Coroutine
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.compose import open_record, utc_now
from bot.manifest import manifest_path
from bot.roster_csv import read_roster
from bot.settings import Settings, read_settings
from ccm.errors import BadSetting
from ccm.records import CredentialKind, Role
from storage import patients, people, practices
from storage.sealing import create_key_file, load_keyring

HOME = Path("var/demo")
SINCE = date(2020, 1, 1)
STAFF = (
    ("U0NINA", "Nina Alvarez", "RN", CredentialKind.CLINICAL_STAFF, (Role.MEMBER,)),
    ("U0CORA", "Cora Blake", "LPN", CredentialKind.CLINICAL_STAFF, (Role.MEMBER, Role.COORDINATOR)),
    ("U0SAM", "Sam Whitfield", "RN", CredentialKind.CLINICAL_STAFF, (Role.MEMBER, Role.SUPERVISOR)),
    ("U0DREW", "Dr. Drew Patel", "MD", CredentialKind.QHP, (Role.MEMBER,)),
    ("U0BILL", "Bill Okoro", "billing", CredentialKind.NON_CLINICAL, (Role.BILLER,)),
    ("U0ADA", "Ada Lindqvist", "office", CredentialKind.NON_CLINICAL, (Role.ADMIN,)),
    ("U0FRANK", "Frank Moss", "front desk", CredentialKind.NON_CLINICAL, (Role.MEMBER,)),
)
"""Slack id, name, title, whether minutes count, roles: the people of the sandbox who work here."""
CHANNEL = "C0CARETEAM"


def demo(*, port: int, keep: bool, started: Callable[[str], None]) -> None:
    """Serve until interrupted; `started` is told the page's address. Raises BadSetting without the demo's libraries."""
    try:
        from sandbox import Child, serve
    except ImportError:
        raise BadSetting(
            "The demo needs one more library.", hint="Install it with pip install 'ccm-bot[demo]'."
        ) from None
    settings = _settings()
    if not keep:
        shutil.rmtree(HOME, ignore_errors=True)
    if not settings.key_file.exists():
        _furnish(settings)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("CCM_", "SLACK_"))}
    child = Child(argv=[sys.executable, "-m", "bot", "run"], env=environment | _given(), log=HOME / "bot.log")
    asyncio.run(_until_stopped(serve(port=port, manifest=manifest_path(), child=child, started=started)))


async def _until_stopped(serving: Coroutine[Any, Any, None]) -> None:
    """Serve until SIGTERM or Ctrl-C; either way the bot is stopped too."""
    task, loop = asyncio.ensure_future(serving), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _given() -> dict[str, str]:
    return {
        "DATABASE_URL": f"sqlite:///{HOME / 'ccm.db'}",
        "CCM_KEY_FILE": str(HOME / "keys" / "ccm.key"),
        "CCM_DELIVERY_PACE_S": "0",
        "CCM_DELIVERY_SETTLE_S": "3",
        "CCM_DELIVERY_TIMEOUT_S": "3",
        "CCM_PING_INTERVAL_S": "1",
    }


def _settings() -> Settings:
    return read_settings(_given())


def _furnish(settings: Settings) -> None:
    """Make the key, the practice, its staff, its patients and its allowed channel."""
    create_key_file(settings.key_file)
    keyring, database, now = load_keyring(settings.key_file), open_record(settings), utc_now()
    roster = read_roster(Path(str(files("bot") / "demo_practice" / "patients.csv")))
    with database.begin() as connection:
        practice = practices.create(
            connection, name="Riverbend Clinic", zone="America/Chicago", display="name", now=now
        )
        for user_id, name, title, kind, roles in STAFF:
            people.add(
                connection,
                practice_id=practice.id,
                user_id=user_id,
                name=name,
                roles=roles,
                kind=kind,
                title=title,
                since=SINCE,
                now=now,
            )
        for person in roster.people:
            patients.put(connection, keyring, practice.id, person, now)
        patients.bump(connection, practice.id)
        practices.allow_channel(connection, practice.id, CHANNEL, now)
    database.close()
