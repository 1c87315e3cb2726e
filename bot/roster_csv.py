"""Reads a roster from a UTF-8 CSV file with the usual headers: plain values out, or a refusal naming row and column.

Errors name the row and the column, never what stands in them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ccm.errors import Refused
from storage.patients import Person, normal_mrn

ALIASES: dict[str, tuple[str, ...]] = {
    "mrn": ("mrn", "medical record number", "patient id", "patientid", "acct no", "patient acct no", "account number",
            "chart number", "chart id", "prn", "pat mrn id", "external id", "id"),
    "first": ("first", "first name", "firstname", "patient first name", "given name", "pat first name"),
    "last": ("last", "last name", "lastname", "patient last name", "surname", "family name", "pat last name"),
    "preferred": ("preferred", "preferred name", "nickname", "goes by"),
    "suffix": ("suffix", "name suffix"),
    "born": ("dob", "birth date", "birthdate", "date of birth", "patient dob", "birthday"),
    "died": ("deathdate", "death date", "deceased date", "deceaseddate", "date of death"),
}  # fmt: skip
"""Field to the headers it is known by, without case and punctuation; the first match in this order is taken."""
DROPPED = ("ssn", "social security number", "drivers", "drivers license", "passport")
"""Identifiers nobody needs here: named in the report, never read into the record."""
LONGEST = 100
"""Characters of a name or number: more is damage, and would not fit into a message either."""
_DATES = ("%Y-%m-%d", "%m/%d/%Y")


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFile:
    """The people of a file, in its order, and the headers left out on purpose."""

    people: tuple[Person, ...]
    dropped: tuple[str, ...]


def read_roster(path: Path) -> RosterFile:
    """Read all rows or raise Refused."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            columns = _columns(reader.fieldnames or [])
            numbered = [
                (reader.line_num, _person(row, columns, reader.line_num)) for row in reader if any(row.values())
            ]
    except UnicodeDecodeError:
        raise Refused("This file is not UTF-8 text.", hint="Save it as CSV UTF-8 and try again.") from None
    except csv.Error:
        raise Refused("This file is not a CSV file.", hint="Nothing was imported.") from None
    _refuse_doubles(numbered)
    dropped = tuple(name for name in reader.fieldnames or [] if _plain(name) in DROPPED)
    return RosterFile(people=tuple(person for _, person in numbered), dropped=dropped)


def _columns(headers: Sequence[str]) -> dict[str, str]:
    plain = {_plain(header): header for header in reversed(headers)}
    found = {field: plain[alias] for field, names in ALIASES.items() for alias in reversed(names) if alias in plain}
    missing = [field for field in ("mrn", "first", "last") if field not in found]
    if missing:
        hint = "Nothing was imported. docs/commands.md lists the headers that are understood."
        raise Refused(f"No column was found for: {', '.join(missing)}.", hint=hint)
    return found


def _person(row: dict[str, str | None], columns: dict[str, str], number: int) -> Person:
    if None in row:
        raise Refused(f"Row {number} has more columns than the header.", hint="Nothing was imported.")
    values = {field: (row.get(header) or "").strip() for field, header in columns.items()}
    for field, text in values.items():
        if len(text) > LONGEST or not text.isprintable():
            raise _bad(number, columns[field], f"is longer than {LONGEST} characters or holds control characters")
    for field in ("mrn", "first", "last"):
        if not values[field]:
            raise _bad(number, columns[field], "is empty")
    if re.fullmatch(r"\d(\.\d+)?[eE]\+\d+", values["mrn"]):
        raise _bad(number, columns["mrn"], "was damaged by a spreadsheet (it reads like 1.2E+14)")
    return Person(
        mrn=values["mrn"],
        first=values["first"],
        last=values["last"],
        preferred=values.get("preferred") or None,
        suffix=values.get("suffix") or None,
        born=_date(values.get("born", ""), number, columns.get("born", "")),
        deceased=bool(values.get("died")),
    )


def _date(text: str, number: int, header: str) -> date | None:
    if not text:
        return None
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a birth date has no zone
        except ValueError:
            continue
    raise _bad(number, header, "is not a date like 1950-03-31 or 03/31/1950")


def _refuse_doubles(numbered: list[tuple[int, Person]]) -> None:
    seen: dict[str, int] = {}
    for number, person in numbered:
        first = seen.setdefault(normal_mrn(person.mrn), number)
        if first != number:
            raise Refused(f"Rows {first} and {number} have the same MRN.", hint="Nothing was imported.")


def _bad(number: int, header: str, what: str) -> Refused:
    return Refused(f"Row {number}: the column {header} {what}.", hint="Nothing was imported.")


def _plain(header: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", header.lower()).strip()
