"""The picker finds a patient by whatever has been typed of name, code or MRN, in order, and never too many."""

from __future__ import annotations

import time
from datetime import date

import pytest

from ccm.finding import age_band, search
from ccm.roster import Roster, RosterPatient


def patient(number: int, first: str, last: str, **other: str | None) -> RosterPatient:
    given = {"code": f"P-7K4Q{number}", "mrn": f"00{number}42"} | other
    return RosterPatient(id=f"p{number}", first=first, last=last, **given)  # type: ignore[arg-type]


ROSTER = Roster.of(
    [
        patient(1, "Maria", "Lopez"),
        patient(2, "Mario", "Lopez"),
        patient(3, "José", "de la Cruz", preferred="Pepe"),
        patient(4, "Mary Ann", "O'Brien"),
        patient(5, "Anna", "Garcia-Lopez"),
        patient(6, "Hanna", "St. James"),
        patient(7, "Lars", "Østergård"),
    ]
)


def found(typed: str, limit: int = 20) -> list[str]:
    return [f"{each.first} {each.last}" for each in search(ROSTER, typed, limit)]


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        pytest.param("lop", ["Anna Garcia-Lopez", "Maria Lopez", "Mario Lopez"], id="surname"),
        pytest.param("LOPEZ, MARIA", ["Maria Lopez"], id="surname first"),
        pytest.param("maria lopez", ["Maria Lopez"], id="first name first"),
        pytest.param("mar lo", ["Maria Lopez", "Mario Lopez"], id="beginnings"),
        pytest.param("lopez mario x", [], id="a word too many"),
        pytest.param("de la cruz", ["José de la Cruz"], id="every word of a surname"),
        pytest.param("dela", ["José de la Cruz"], id="written together"),
        pytest.param("cruz", ["José de la Cruz"], id="the telling word"),
        pytest.param("pepe", ["José de la Cruz"], id="preferred name"),
        pytest.param("jose", ["José de la Cruz"], id="without accents"),
        pytest.param("mary ann", ["Mary Ann O'Brien"], id="two first names"),
        pytest.param("ann", ["Anna Garcia-Lopez", "Mary Ann O'Brien"], id="beginning of any of them"),
        pytest.param("obrien", ["Mary Ann O'Brien"], id="without apostrophe"),
        pytest.param("o'brien", ["Mary Ann O'Brien"], id="with apostrophe"),
        pytest.param("garcia-lopez", ["Anna Garcia-Lopez"], id="with hyphen"),
        pytest.param("garcia lopez", ["Anna Garcia-Lopez"], id="without hyphen"),
        pytest.param("st. james", ["Hanna St. James"], id="with dot"),
        pytest.param("ostergard", ["Lars Østergård"], id="foreign letters"),
        pytest.param("p-7k4q3", ["José de la Cruz"], id="code"),
        pytest.param("7K4Q3", ["José de la Cruz"], id="code without P"),
        pytest.param("00442", ["Mary Ann O'Brien"], id="MRN"),
        pytest.param("opez", [], id="not the beginning"),
        pytest.param("", [], id="nothing"),
        pytest.param("  , ", [], id="nothing to go by"),
        pytest.param("-", [], id="a sign alone"),
        pytest.param("😀", [], id="an emoji"),
    ],
)
def test_what_is_typed_finds_whom_it_means(typed: str, who: list[str]) -> None:
    """Surnames and first names of several words were lost at the second word."""
    assert sorted(found(typed)) == sorted(who)


def test_they_come_by_last_then_first_name() -> None:
    assert [name for name in found("lopez") if name.endswith(" Lopez")] == ["Maria Lopez", "Mario Lopez"]


def test_the_first_by_name_are_shown_wherever_they_stand_in_the_roster() -> None:
    """Of many matches only those that stood first in the roster were looked at."""
    everyone = Roster.of(patient(number, "Ann", f"Smith{chr(ord('z') - number % 26)}") for number in range(200))

    shown = search(everyone, "smith", 8)

    assert [each.last for each in shown] == ["Smitha"] * 7 + ["Smithb"]


def test_a_large_roster_answers_while_one_types() -> None:
    everyone = Roster.of(patient(number, f"First{number % 100}", f"Last-{number:05}") for number in range(20_000))
    since = time.process_time()

    assert len(search(everyone, "last", 20)) == 20
    assert search(everyone, "nobody", 20) == []

    assert time.process_time() - since < 1.5


@pytest.mark.parametrize(
    ("born", "band"),
    [
        pytest.param(None, "age unknown", id="not known"),
        pytest.param(date(1950, 3, 10), "75–79", id="seventy-six today"),
        pytest.param(date(1951, 3, 10), "75–79", id="seventy-five today"),
        pytest.param(date(1951, 3, 11), "70–74", id="seventy-five tomorrow"),
        pytest.param(date(1944, 2, 29), "80–84", id="born on a leap day"),
        pytest.param(date(2026, 3, 10), "0–4", id="born today"),
        pytest.param(date(1926, 3, 10), "100–104", id="a hundred"),
    ],
)
def test_age_is_told_in_bands(born: date | None, band: str) -> None:
    assert age_band(born, date(2026, 3, 10)) == band
