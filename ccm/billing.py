"""Counts a patient-month. The only place where minutes are added up; `patient_month` rows are its stored result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ccm.records import CredentialKind, TimeEntry
from ccm.verdicts import Standing, verdict

RULE_VERSION = "2026.1"
FIRST_STEP = 20
"""Minutes of the first code, 99490 (R1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientMonth:
    """One patient's calendar month [min]: counted by credential, in review, and kept without counting."""

    staff_minutes: int = 0
    qhp_minutes: int = 0
    review_minutes: int = 0
    other_minutes: int = 0
    entries: int = 0

    @property
    def counted(self) -> int:
        """Pooled minutes that count toward the first code (R20)."""
        return self.staff_minutes + self.qhp_minutes

    @property
    def minutes_to_next(self) -> int | None:
        """Minutes missing to the first code; None when it is reached."""
        return max(0, FIRST_STEP - self.counted) or None


def live(entries: Iterable[TimeEntry]) -> list[TimeEntry]:
    """The entries that stand: neither reversing rows nor rows reversed."""
    rows = list(entries)
    gone = {row.reverses_id for row in rows if row.reverses_id}
    return [row for row in rows if row.reverses_id is None and row.id not in gone]


def count_month(entries: Iterable[TimeEntry]) -> PatientMonth:
    """Count one patient's entries of one service month, in any order; reversed ones add nothing."""
    staff = qhp = review = other = number = 0
    for entry in live(entries):
        number += 1
        standing = verdict(entry).standing
        if standing is Standing.REVIEW:
            review += entry.minutes
        elif standing is Standing.NOT:
            other += entry.minutes
        elif entry.credential is CredentialKind.QHP:
            qhp += entry.minutes
        else:
            staff += entry.minutes
    return PatientMonth(
        staff_minutes=staff, qhp_minutes=qhp, review_minutes=review, other_minutes=other, entries=number
    )
