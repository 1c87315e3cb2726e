"""Rosters as practices export them, and as nobody should; a refusal names row and column, never what stands there."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from bot.roster_csv import RosterFile, read_roster
from ccm.errors import Refused


def _read(path: Path, text: str | bytes) -> RosterFile:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_roster(path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "patients.csv"


@pytest.mark.parametrize(
    "header",
    [
        "MRN,First Name,Last Name,DOB",
        "mrn,first_name,last_name,birth_date",
        "\ufeffPatient ID,Patient First Name,Patient Last Name,Patient DOB",
        "Acct No.,Given Name,Surname,Date of Birth",
        '"Medical Record Number","FirstName","LastName","BirthDate"',
        "Chart Number,FIRST,LAST,BIRTHDATE",
    ],
)
def test_the_usual_headers_are_understood(file: Path, header: str) -> None:
    (person,) = _read(file, f"{header}\r\n004512,Maria,Lopez,1948-03-04\r\n").people

    assert (person.mrn, person.first, person.last, person.born) == ("004512", "Maria", "Lopez", date(1948, 3, 4))


def test_leading_zeros_quotes_accents_and_american_dates_are_kept(file: Path) -> None:
    text = 'MRN,First,Last,DOB\n000007,"José ""Pepe""",O\'Brien-Núñez,03/04/1948\n'

    (person,) = _read(file, text).people

    assert (person.mrn, person.first, person.last) == ("000007", 'José "Pepe"', "O'Brien-Núñez")
    assert person.born == date(1948, 3, 4)


def test_what_nobody_needs_is_named_and_left_out(file: Path) -> None:
    roster = _read(file, "MRN,First,Last,SSN,Passport\n1,Maria,Lopez,999-54-6978,X57402\n")

    assert roster.dropped == ("SSN", "Passport")
    assert "999-54-6978" not in repr(roster)


def test_a_formula_is_a_name_like_any_other(file: Path) -> None:
    """Harmless here; whoever exports it again has to prefix it."""
    (person,) = _read(file, 'MRN,First,Last\n1,"=HYPERLINK(""http://x"")",@SUM(A1)\n').people

    assert person.last == "@SUM(A1)"


def test_empty_lines_are_skipped(file: Path) -> None:
    assert len(_read(file, "MRN,First,Last\n\n1,Maria,Lopez\n,,\n\n2,Wei,Chen\n").people) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "No column was found for: mrn, first, last."),
        ("MRN,First,Last", ""),
        ("MRN,Name\n1,Secretname\n", "No column was found for: first, last."),
        ("MRN,First,Last\n,Secretname,Lopez\n", "Row 2: the column MRN is empty"),
        ("MRN,First,Last\n1,,Secretname\n", "Row 2: the column First is empty"),
        ("MRN,First,Last\n1,Secretname\n", "Row 2: the column Last is empty"),
        ("MRN,First,Last\n1,Secretname,Lopez,more,and more\n", "Row 2 has more columns than the header"),
        ("MRN,First,Last\n1.2E+14,Secretname,Lopez\n", "damaged by a spreadsheet"),
        ("MRN,First,Last\n1,Secretname,Lopez\n 1 ,Other,Chen\n", "Rows 2 and 3 have the same MRN."),
        ("MRN,First,Last,DOB\n1,Secretname,Lopez,31/12/1948\n", "Row 2: the column DOB is not a date"),
        ("MRN,First,Last,DOB\n1,Secretname,Lopez,2023-02-29\n", "Row 2: the column DOB is not a date"),
        ("MRN,First,Last\n1,Secretname" + "x" * 200 + ",Lopez\n", "longer than 100 characters"),
        ('MRN,First,Last\n1,"Secret\nname",Lopez\n', "control characters"),
        ("MRN,First,Last\n1,Secretname\x1b[31m,Lopez\n", "control characters"),
        ("MRN,First,Last\n1,Secret\u202ename,Lopez\n", "control characters"),
        ('MRN,First,Last\n1,"Secretname,Lopez\n', "not a CSV file"),
        ("MRN,First,Last\n1,Secret\x00name,Lopez\n", "control characters"),
        ("MRN,First,Last\n1,Secretname,Núñez\n".encode("latin-1"), "not UTF-8"),
        ("MRN,First,Last\n1,Secretname,Lopez\n".encode("utf-16"), "not UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not"),
        (b"PK\x03\x04" + b"\xff" * 100, "not UTF-8"),
        ('MRN,First,Last\n1,"' + "x" * 140_000 + '",Lopez\n', "not a CSV file"),
    ],
)
def test_a_bad_file_is_refused_without_quoting_it(file: Path, text: str | bytes, told: str) -> None:
    if not told:
        assert _read(file, text).people == ()
        return

    with pytest.raises(Refused) as refused:
        _read(file, text)

    assert told in str(refused.value)
    assert "Secret" not in f"{refused.value} {refused.value.hint}"


def test_a_file_of_synthea(shared_data: Path) -> None:
    roster = read_roster(shared_data / "synthea-small" / "patients.csv")

    assert len(roster.people) == 105
    assert set(roster.dropped) == {"SSN", "DRIVERS", "PASSPORT"}
    with (shared_data / "synthea-small" / "patients.csv").open(encoding="utf-8") as opened:
        dead = sum(bool(row["DEATHDATE"]) for row in csv.DictReader(opened))
    assert sum(person.deceased for person in roster.people) == dead
