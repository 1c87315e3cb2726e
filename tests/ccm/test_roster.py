"""The roster finds people however staff write them, and nobody where the words fit two."""

from __future__ import annotations

from datetime import date

import pytest

from ccm.phrases.naming import patients_named
from ccm.roster import Roster, RosterPatient


def person(id: str, first: str, last: str, **more: object) -> RosterPatient:
    return RosterPatient(id=id, code=f"P-7K4{id}", mrn=f"00{id}512", first=first, last=last, **more)  # type: ignore[arg-type]


LOPEZ = person("1", "Maria", "Lopez", born=date(1948, 3, 4))
NUNEZ = person("2", "José", "Núñez")
CRUZ = person("3", "Ana", "de la Cruz")
BRIEN = person("4", "Patrick", "O'Brien", preferred="Pat")
JAMES = person("5", "Andre", "St. James")
BELL = person("6", "Gloria", "Sanchez-Bell")
JENSEN = person("7", "Mary", "Jensen")
JENSON = person("8", "Mary", "Jenson")
ROSTER = Roster.of([LOPEZ, NUNEZ, CRUZ, BRIEN, JAMES, BELL, JENSEN, JENSON])


def test_a_roster_knows_its_size_its_people_and_each_id() -> None:
    assert len(ROSTER) == 8
    assert next(iter(ROSTER)) is LOPEZ
    assert ROSTER.get("3") is CRUZ
    assert ROSTER.get("99") is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("Lopez", LOPEZ, id="surname"),
        pytest.param("lopez", LOPEZ, id="small letters"),
        pytest.param("LOPEZ", LOPEZ, id="capitals"),
        pytest.param("nunez", NUNEZ, id="accents left out"),
        pytest.param("Núñez", NUNEZ, id="accents"),
        pytest.param("delacruz", CRUZ, id="prefix run together"),
        pytest.param("dela cruz", CRUZ, id="prefix half together"),
        pytest.param("obrien", BRIEN, id="apostrophe left out"),
        pytest.param("O’Brien", BRIEN, id="curly apostrophe"),
        pytest.param("St James", JAMES, id="full stop left out"),
        pytest.param("Saint James", JAMES, id="saint in full"),
        pytest.param("sanchez bell", BELL, id="hyphen left out"),
        pytest.param("Maria Lopez", LOPEZ, id="first and last"),
        pytest.param("Lopez, Maria", LOPEZ, id="last comma first"),
        pytest.param("Maria L.", LOPEZ, id="first and initial"),
        pytest.param("M. Lopez", LOPEZ, id="initial and last"),
        pytest.param("Pat O'Brien", BRIEN, id="preferred name"),
        pytest.param("Paddy O'Brien", BRIEN, id="nickname"),
        pytest.param("P-7K41", LOPEZ, id="code"),
        pytest.param("7k41", LOPEZ, id="code without its head"),
        pytest.param("MRN 001512", LOPEZ, id="MRN"),
        pytest.param("#1512", LOPEZ, id="MRN without zeros"),
        pytest.param("ML 1948", LOPEZ, id="initials and birth year"),
        pytest.param("Lopes", LOPEZ, id="one slip"),
    ],
)
def test_one_patient_is_found(written: str, meant: RosterPatient) -> None:
    found = patients_named(written, ROSTER)

    assert found == (meant,)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("Mary", (JENSEN, JENSON), id="first name of two"),
        pytest.param("Jensan", (JENSEN, JENSON), id="one slip from two"),
        pytest.param("Horvath", (), id="nobody"),
        pytest.param("Carlos Lopez", (), id="another first name"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_nobody_is_picked_where_the_words_fit_two_or_none(written: str, meant: tuple[RosterPatient, ...]) -> None:
    found = patients_named(written, ROSTER)

    assert set(found) == set(meant)


def test_exact_spelling_beats_a_near_miss() -> None:
    assert patients_named("Jenson", ROSTER) == (JENSON,)


def test_leading_zeros_count_when_two_charts_differ_by_them_alone() -> None:
    short = RosterPatient(id="a", code="a", mrn="0123", first="Ann", last="Able")
    long = RosterPatient(id="b", code="b", mrn="00123", first="Ben", last="Baker")
    roster = Roster.of([short, long])

    assert roster.numbered("0123") == (short,)
    assert set(roster.numbered("123")) == {short, long}


def test_an_empty_roster_finds_nobody() -> None:
    empty = Roster.of([])

    assert patients_named("Lopez", empty) == ()
    assert empty.nearly("lopez") == ()
