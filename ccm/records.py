"""The record's values: who works here and what stands in the ledger. Plain, frozen, without a database behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from ccm.months import ServiceMonth, clinic_day


class CredentialKind(StrEnum):
    """Decides whether minutes count, and toward which codes (R10, R20, R21)."""

    CLINICAL_STAFF = "clinical_staff"
    QHP = "qhp"
    NON_CLINICAL = "non_clinical"


class Role(StrEnum):
    """Decides what a person may do; several at once."""

    MEMBER = "member"
    COORDINATOR = "coordinator"
    SUPERVISOR = "supervisor"
    BILLER = "biller"
    ADMIN = "admin"


class Surface(StrEnum):
    """Where the words were said."""

    COMMAND = "command"
    MESSAGE = "message"
    MENTION = "mention"
    MODAL = "modal"
    BUTTON = "button"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A medical practice: every row belongs to one."""

    id: str
    name: str
    zone: ZoneInfo
    team_id: str | None = None
    display: str = "code"
    closed_through: ServiceMonth | None = None

    def day_of(self, at: datetime) -> date:
        """The clinic's calendar day at an instant."""
        return clinic_day(at, self.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A dated licence or job: in force from `since` through `until` (None: still)."""

    kind: CredentialKind
    title: str
    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it was in force on a service date."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A staff member as the bot knows her at this moment."""

    staff_id: str
    practice_id: str
    user_id: str
    name: str
    roles: frozenset[Role]
    credentials: tuple[Credential, ...]

    def credential_on(self, day: date) -> Credential | None:
        """The credential in force on a service date; None: not on staff that day."""
        return next((c for c in self.credentials if c.covers(day)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeEntry:
    """One ledger row. A row with `reverses_id` takes the named row out again; its minutes are positive too."""

    id: str
    patient_id: str
    staff_id: str
    day: date
    minutes: int
    activity: str | None
    credential: CredentialKind
    reverses_id: str | None = None
    flags: frozenset[str] = frozenset()
    program: str | None = None
    clerical: bool = False
    outcome: str | None = None
    entered_at: datetime | None = None
