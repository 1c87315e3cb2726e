"""What a sentence was understood to mean: plain values between the grammar and whoever acts on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class Intent(StrEnum):
    """What the person wants; the first eleven are the phrase corpus's, the rest are verbs of ours."""

    LOG = "log"
    STATUS = "status"
    AT_RISK = "at_risk"
    CONSENT = "consent"
    CARE_PLAN = "care_plan"
    UNDO = "undo"
    AMEND = "amend"
    TIMER_START = "timer_start"
    TIMER_STOP = "timer_stop"
    HELP = "help"
    NONE = "none"
    MY_DAY = "today"
    TIMER_PAUSE = "pause"
    TIMER_RESUME = "resume"
    TIMER_SWITCH = "switch"
    WHY = "why"
    NEXT = "next"
    GAPS = "gaps"


class About(StrEnum):
    """What a question back is about."""

    PATIENT = "patient"
    MINUTES = "minutes"
    DATE = "date"
    ACTIVITY = "activity"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDraft:
    """One row as understood; None where the sentence leaves it open.

    patient: a roster id. minutes: whole. day: clinic-local. start, end: clinic-local clock times when the sentence
    gave a range. outcome: of a contact (reached, left_message, no_answer, ..). program: another program's minutes
    ("RPM", "TCM", "BHI", "PCM"; R19). clerical: work that never counts (R55).
    """

    patient: str | None = None
    minutes: int | None = None
    day: date | None = None
    activity: str | None = None
    start: time | None = None
    end: time | None = None
    outcome: str | None = None
    program: str | None = None
    clerical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question back. `question` is a whole sentence for the person and holds no words of hers and
    no patient's name.

    candidates: roster ids a chooser must offer. minutes, days: what buttons may offer.
    """

    about: About
    question: str
    candidates: tuple[str, ...] = ()
    minutes: tuple[int, ...] = ()
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A sentence understood.

    entries: rows to store at once. ask: set when something must be answered first; `draft` then holds the rows as
    far as understood (nothing of it is stored). The other fields belong to the other intents: patient (roster id),
    minutes (a threshold or a new amount), day, month ("YYYY-MM"), consent_kind, plan_action, activity.
    """

    intent: Intent
    entries: tuple[EntryDraft, ...] = ()
    ask: Ask | None = None
    draft: tuple[EntryDraft, ...] = ()
    patient: str | None = None
    minutes: int | None = None
    day: date | None = None
    month: str | None = None
    consent_kind: str | None = None
    plan_action: str | None = None
    activity: str | None = None
