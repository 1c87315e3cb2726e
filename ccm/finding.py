"""Finding patients by what has been typed so far, for pickers; the grammar has its own, stricter look-up."""

from __future__ import annotations

import heapq
from datetime import date

from ccm import names
from ccm.roster import Roster, RosterPatient

AGE_BAND = 5
"""Years per age band shown where a birth date must not be."""


def search(roster: Roster, typed: str, limit: int) -> list[RosterPatient]:
    """Patients whose names, code or MRN begin with every word typed, at most `limit`, by last then first name."""
    words = typed.replace(",", " ").lower().split()
    if not words:
        return []
    found = (each for each in roster if all(_begins(each, word) for word in words))
    return heapq.nsmallest(limit, found, key=lambda p: (p.last, p.first))


def age_band(born: date | None, today: date) -> str:
    """ "75–79", or "age unknown"."""
    if born is None:
        return "age unknown"
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    low = age - age % AGE_BAND
    return f"{low}–{low + AGE_BAND - 1}"


def _begins(patient: RosterPatient, word: str) -> bool:
    numbers = (patient.code.lower(), patient.code[2:].lower(), patient.mrn.lower())
    if any(number.startswith(word) for number in numbers):
        return True
    key = names.squash(word)
    called = (patient.last, patient.first, patient.preferred or "")
    return bool(key) and any(
        beginning.startswith(key) for name in called for beginning in (names.squash(name), *names.parts(name))
    )
