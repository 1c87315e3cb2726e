"""Service months and clinic-local days: the only place where an instant becomes a day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class ServiceMonth:
    """One calendar month, the unit CCM is billed by (R12)."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> ServiceMonth:
        """The month a clinic-local day belongs to."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> ServiceMonth:
        """Read "2026-03"; ValueError otherwise."""
        found = _MONTH.fullmatch(text)
        if not found or not 1 <= int(found[2]) <= 12 or not int(found[1]):
            raise ValueError("a month is written YYYY-MM")
        return cls(int(found[1]), int(found[2]))

    @property
    def first(self) -> date:
        """First day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Last day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


def clinic_day(at: datetime, zone: ZoneInfo) -> date:
    """The calendar day at the clinic when `at` (aware) happened."""
    return at.astimezone(zone).date()
