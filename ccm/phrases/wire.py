"""Readings and rosters as JSON values: the form the phrase corpora and the command line use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ccm.readings import EntryDraft, Intent, Reading
from ccm.roster import Roster, RosterPatient

_CORPUS = frozenset(list(Intent)[:11])


def roster_from_json(rows: Iterable[Mapping[str, Any]]) -> Roster:
    """A roster of rows with id, mrn, first, last, suffix, preferred, dob; the id serves as code."""
    return Roster.of(_patient(row) for row in rows)


def _patient(row: Mapping[str, Any]) -> RosterPatient:
    born = row.get("dob")
    return RosterPatient(
        id=row["id"], code=row.get("code") or row["id"], mrn=row["mrn"], first=row["first"], last=row["last"],
        preferred=row.get("preferred"), suffix=row.get("suffix"), born=date.fromisoformat(born) if born else None,
    )  # fmt: skip


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """What a reading says; verbs outside the corpus are intent "none" with a "verb"."""
    said: dict[str, Any] = {"intent": str(reading.intent) if reading.intent in _CORPUS else "none"}
    if reading.intent not in _CORPUS:
        said["verb"] = str(reading.intent)
    said["entries"] = [_entry(entry) for entry in reading.entries]
    said["ask"] = None
    if ask := reading.ask:
        said["ask"] = {"about": str(ask.about), "question": ask.question, "candidates": list(ask.candidates)}
        said["ask"] |= {"minutes": list(ask.minutes), "days": [str(day) for day in ask.days]}
        said["draft"] = [_entry(entry) for entry in reading.draft]
    rest = ("patient", "minutes", "month", "consent_kind", "plan_action", "activity")
    said |= {name: value for name in rest if (value := getattr(reading, name)) is not None}
    return said | ({"date": str(reading.day)} if reading.day else {})


def _entry(entry: EntryDraft) -> dict[str, Any]:
    clock = {"start": entry.start and f"{entry.start:%H:%M}", "end": entry.end and f"{entry.end:%H:%M}"}
    beside = {"outcome": entry.outcome, "program": entry.program, "clerical": entry.clerical or None}
    day = entry.day and str(entry.day)
    said = {"patient": entry.patient, "minutes": entry.minutes, "date": day, "activity": entry.activity} | clock
    return said | {name: value for name, value in beside.items() if value}
