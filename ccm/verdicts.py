"""Whether a minute counts, does not count, or needs a look: one function per rule, each naming its rule.

A verdict rests on the entry alone as it was written (its credential on the service date, its flags), so a later entry
never changes an earlier one's verdict (decisions.md 4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from ccm.records import CredentialKind, TimeEntry


class Standing(StrEnum):
    """How an entry's minutes stand in the month."""

    COUNTS = "counts"
    REVIEW = "needs a look"
    NOT = "does not count"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A standing, the rule that says so, and the reason in plain words (both empty when it simply counts)."""

    standing: Standing
    rule: str = ""
    because: str = ""


COUNTS = Verdict(Standing.COUNTS)


def non_clinical(entry: TimeEntry) -> Verdict | None:
    """R10: minutes of people without a clinical credential are kept and never count."""
    if entry.credential is CredentialKind.NON_CLINICAL:
        return Verdict(Standing.NOT, "R10", "not clinical staff on that day")
    return None


def another_program(entry: TimeEntry) -> Verdict | None:
    """R19: a minute is used for one program only."""
    if entry.program:
        return Verdict(Standing.NOT, "R19", f"already time of {entry.program}")
    return None


def clerical(entry: TimeEntry) -> Verdict | None:
    """R55: billing, eligibility and general office work are not care."""
    return Verdict(Standing.NOT, "R55", "clerical work") if entry.clerical else None


def left_message_only(entry: TimeEntry) -> Verdict | None:
    """R56: attempts without contact do not count by default."""
    if entry.outcome in {"left_message", "no_answer"}:
        return Verdict(Standing.NOT, "R56", "the patient was not reached")
    return None


def logged_twice(entry: TimeEntry) -> Verdict | None:
    """Decision 5: the same person, patient, minutes, activity and day again needs a look."""
    return Verdict(Standing.REVIEW, "", "the same entry stands already") if "duplicate" in entry.flags else None


RULES: tuple[Callable[[TimeEntry], Verdict | None], ...] = (
    non_clinical,
    another_program,
    clerical,
    left_message_only,
    logged_twice,
)


def verdict(entry: TimeEntry) -> Verdict:
    """The first rule that speaks, else it counts."""
    return next((found for rule in RULES if (found := rule(entry))), COUNTS)
