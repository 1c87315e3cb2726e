"""The office the dialogs happen in: a stand-in for Slack, the composed bot, a small cast, and looks at the record."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from bot.compose import Bot
from bot.demo import STAFF
from ccm.billing import PatientMonth, count_month, live
from ccm.months import ServiceMonth
from ccm.records import CredentialKind, Role, TimeEntry
from sandbox import Person as Someone
from sandbox import Sandbox, payloads
from sandbox.anatomy import parts
from sandbox.delivery import Delivery
from sandbox.seeing import Shown, button_text
from storage import audit as audit_trail
from storage import patients, people, practices, projection
from storage.database import Database, open_database
from storage.patients import Person
from storage.schema import act, draft, outbox, patient, time_entry
from storage.schema import audit as audit_table
from storage.sealing import Keyring

TUESDAY = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
"""2026-03-10, 11:00 at the clinic in Chicago: where every dialog begins."""
SINCE = date(2020, 1, 1)
ROSTER = (
    ("004512", "Maria", "Lopez", date(1948, 3, 4)),  # one of her name: understood at once
    ("010202", "Wei", "Chen", date(1950, 11, 2)),  # whom it really was
    ("083089", "Mary", "Jensen", date(1949, 5, 5)),  # two of one name: asked about
    ("059918", "Karen", "Jensen", date(1952, 8, 28)),
    ("067548", "Patrick", "O'Brien", date(1946, 7, 19)),  # an apostrophe
    ("057444", "José", "Núñez", date(1952, 1, 30)),  # accents
    ("046527", "Priya", "Raman", None),  # nobody logs for her
)
"""MRN, first, last, born: the patients, each named for what they show."""
CANARIES = tuple({word for mrn, first, last, born in ROSTER for word in (mrn, first, last, str(born) if born else mrn)})
"""What must never stand outside the words of an answer."""


def furnish(database: Database, keyring: Keyring, *, display: str = "name") -> str:
    """A practice tied to the sandbox's workspace, the demo's staff and the roster; gives the practice's id."""
    with database.begin() as connection:
        practice = practices.create(
            connection, name="Riverbend Clinic", zone="America/Chicago", display=display, now=TUESDAY
        )
        practices.bind_team(connection, practice.id, "T0CLINIC")
        for user_id, name, title, kind, roles in STAFF:
            hire(connection, practice.id, user_id, name, title=title, kind=kind, roles=roles)
        for mrn, first, last, born in ROSTER:
            person = Person(mrn=mrn, first=first, last=last, born=born)
            patients.put(connection, keyring, practice.id, person, TUESDAY)
        patients.bump(connection, practice.id)
    return practice.id


def hire(
    connection: Any,
    practice_id: str,
    user_id: str,
    name: str,
    *,
    title: str = "RN",
    kind: CredentialKind = CredentialKind.CLINICAL_STAFF,
    roles: tuple[Role, ...] = (Role.MEMBER,),
    since: date = SINCE,
) -> None:
    """Put somebody on the staff list, or change what she may do."""
    people.add(
        connection, practice_id=practice_id, user_id=user_id, name=name, roles=roles, kind=kind, title=title,
        since=since, now=TUESDAY,
    )  # fmt: skip


@dataclass(slots=True)
class Office:
    """One practice at work."""

    slack: Sandbox
    bot: Bot
    template: Path
    file: Path
    world: tuple[dict[str, Any], dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.world = dict(self.slack.slack.world.users), dict(self.slack.slack.world.channels)

    # -- a new day

    def begin(self) -> None:
        """A fresh record, nothing said, nobody changed, Tuesday morning."""
        self.slack.ask(self._reset_slack)
        self.slack.forget()
        self.goes_to(TUESDAY)
        template, record = sqlite3.connect(self.template), sqlite3.connect(self.file, timeout=5)
        with closing(template), closing(record):
            record.execute("PRAGMA synchronous=OFF")
            template.backup(record)  # into the open file: threads of the bot keep connections to it
        self.bot.desk.directory._snapshot = None
        self.bot.gate._users.clear()
        self.bot.gate._channels.clear()

    def _reset_slack(self) -> None:
        slack = self.slack.slack
        slack.world.users, slack.world.channels = dict(self.world[0]), dict(self.world[1])
        slack.clock._last = 0  # what was said before is forgotten, so time may run backwards

    def goes_to(self, at: datetime) -> None:
        """Move everybody's clock."""
        self.slack.clock_offset = at.timestamp() - time.time()

    def waits(self, seconds: float) -> None:
        """Let time pass."""
        self.slack.clock_offset += seconds

    def delivers(self, reader: Someone, words: str) -> Shown:
        """What the reader sees in the end, with the waiting between attempts left out."""
        for _ in range(60):
            with suppress(AssertionError):
                return reader.sees(words, timeout=0.05)
            self.waits(3)
            self.bot.desk.wake()
        return reader.sees(words)

    def settles(self, quiet: float = 0.02) -> None:
        """Wait until every message is delivered and nothing moves any more."""
        ends = time.monotonic() + 5
        while time.monotonic() < ends and self._undelivered():
            time.sleep(0.005)
        self.slack.wait_quiet(quiet)

    def _undelivered(self) -> int:
        with self.bot.database.read() as connection:
            waits = select(func.count()).where(outbox.c.state.in_(["pending", "sending"]))
            return connection.execute(waits).scalar_one()

    # -- people

    def person(self, name: str) -> Someone:
        return self.slack.person(name)

    def hires(self, user_id: str, **how: Any) -> None:
        """Put a Slack user on the staff list, or give her other roles."""
        with self.bot.database.begin() as connection:
            hire(connection, self.practice_id, user_id, user_id, **how)

    def dismisses(self, user_id: str) -> None:
        """Take a Slack user off the staff list."""
        with self.bot.database.begin() as connection:
            people.remove(connection, self.practice_id, user_id, date(2026, 3, 9))

    def allows(self, channel_id: str) -> None:
        """Put a channel on the allow-list."""
        with self.bot.database.begin() as connection:
            practices.allow_channel(connection, self.practice_id, channel_id, TUESDAY)

    def closes_month(self, month: str) -> None:
        """Close a service month and all before."""
        with self.bot.database.begin() as connection:
            connection.execute(text("UPDATE practice SET closed_through = :month"), {"month": month})
            practices.bump_staff(connection, self.practice_id)

    # -- the record

    @property
    def practice_id(self) -> str:
        return self.bot.practice.id

    def rows(self) -> list[TimeEntry]:
        """Every ledger row in order, reversing ones too."""
        with self.bot.database.read() as connection:
            found = connection.execute(select(time_entry).order_by(time_entry.c.seq)).mappings()
            return [projection.entry_from(row) for row in found]

    def entries(self) -> list[TimeEntry]:
        """The entries that stand."""
        return live(self.rows())

    def minutes(self) -> list[int]:
        """The minutes of the entries that stand."""
        return [entry.minutes for entry in self.entries()]

    def month(self, last: str, month: str = "2026-03") -> PatientMonth:
        """A patient's month as counted afresh; the stored projection must say the same."""
        key = (self.patient(last), ServiceMonth.parse(month))
        with self.bot.database.read() as connection:
            counted = count_month(projection.entries_of(connection, self.practice_id, key))
            stored = connection.execute(
                text("SELECT staff_minutes + qhp_minutes FROM patient_month WHERE patient_id = :id AND month = :month"),
                {"id": key[0], "month": month},
            ).scalar()
        assert (stored or 0) == counted.counted
        return counted

    def patient(self, last: str, first: str = "") -> str:
        """A patient's id."""
        roster = self.bot.desk.directory.current(self.bot.database, self.bot.desk.clock()).roster
        return next(p.id for p in roster if p.last == last and p.first.startswith(first))

    def code(self, last: str, first: str = "") -> str:
        """A patient's code."""
        with self.bot.database.read() as connection:
            found = select(patient.c.code).where(patient.c.id == self.patient(last, first))
            return str(connection.execute(found).scalar_one())

    def audited(self, action: str) -> int:
        """How many audit rows of an action there are; the chain must be whole."""
        with self.bot.database.read() as connection:
            assert audit_trail.verify_chain(connection, self.bot.desk.keyring, self.practice_id).first_bad is None
            found = select(func.count()).where(audit_table.c.action == action)
            return connection.execute(found).scalar_one()

    def count(self, table: str) -> int:
        """How many rows there are in `act`, `draft` or `outbox`."""
        chosen = {"act": act, "draft": draft, "outbox": outbox}[table]
        with self.bot.database.read() as connection:
            return connection.execute(select(func.count()).select_from(chosen)).scalar_one()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another process holds the database's write lock."""
        other = open_database(f"sqlite:///{self.file}")
        try:
            with other.begin():
                yield
        finally:
            other.close()


def pressed(office: Office, seen: Shown, button: str, user: str = "U0NINA") -> Delivery:
    """A press of a button as it was seen, whatever stands there by now; hand it over with `slack.redeliver`."""
    part = next(part for part in parts(seen.blocks) if button in button_text(part.element))
    slack = office.slack.slack
    payload = payloads.interaction(slack, "block_actions", user)
    payload |= payloads.in_message(slack, user, slack.world.channel(seen.channel), seen.raw)
    block_id, action_id = part.key
    action = {"block_id": block_id, "action_id": action_id, "action_ts": slack.clock.ts()}
    payload["actions"] = [action | {key: part.element[key] for key in ("type", "text", "value")}]
    return Delivery(kind="interactive", payload=payload)


def environment(**more: str) -> dict[str, str]:
    """Our environment without settings of the bot, and `more`."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("CCM_", "SLACK_", "DATABASE_"))}
    return kept | more


def staffed_channel(office: Office) -> str:
    """An allow-listed private channel with nobody but staff in it; gives its id."""
    office.slack.add_channel("huddle", members=["nina", "cora", "sam"])
    office.allows("C0HUDDLE")
    return "C0HUDDLE"
