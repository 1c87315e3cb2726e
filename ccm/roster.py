"""Whom a practice cares for, as the grammar needs it: names, codes and MRNs in an index built once per roster version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPatient:
    """One patient as staff may name them. `id` is the row's id, `code` the practice's "P-7K4Q"."""

    id: str
    code: str
    mrn: str
    first: str
    last: str
    preferred: str | None = None
    suffix: str | None = None
    born: date | None = None
