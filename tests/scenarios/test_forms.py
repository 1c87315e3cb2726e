"""The form: opened by command, Home or shortcut; problems stand beside the fields; names never stand in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ccm.records import Role
from sandbox import CannotDo, Person
from tests.scenarios.office import Office


def _by_command(nina: Person) -> None:
    nina.types("/ccm")


def _by_shortcut(nina: Person) -> None:
    nina.shortcut("log.global")


def _by_home(nina: Person) -> None:
    nina.opens_home()
    nina.clicks("Log time")


@pytest.mark.parametrize("opens", [_by_command, _by_shortcut, _by_home])
def test_the_form_saves_and_the_receipt_comes_as_a_message(
    office: Office, nina: Person, opens: Callable[[Person], None]
) -> None:
    opens(nina)
    nina.chooses("Patient", office.code("Lopez"), typed="lop")
    nina.fills(Minutes="12", Activity="Care plan", Day="2026-03-09", Note="went through the plan")
    nina.submits()

    receipt = nina.sees("12 min · Care plan · Maria Lopez", new=True)
    assert receipt.has("yesterday")
    assert nina.modal is None
    assert office.entries()[0].day == date(2026, 3, 9)


def test_a_messages_words_fill_the_form(office: Office, nina: Person) -> None:
    said = nina.types("spent 12 min on med rec for Lopez", in_="care-team") or office.slack.history("C0CARETEAM")[-1]

    nina.shortcut("log.message", on=said)

    assert nina.modal is not None
    assert nina.modal.has("12")
    assert nina.modal.has(office.code("Lopez"))
    nina.submits()
    nina.sees("12 min · Medication management · Maria Lopez", new=True)


def test_the_words_of_a_message_about_nothing_leave_the_form_empty(office: Office, nina: Person) -> None:
    nina.types("lunch at noon?", in_="care-team")

    nina.shortcut("log.message", on=office.slack.history("C0CARETEAM")[-1])

    assert nina.modal is not None
    with pytest.raises(CannotDo):
        nina.submits()
    assert set(nina.field_errors) == {"patient", "minutes"}
    assert office.rows() == []


@pytest.mark.parametrize("typed", ["lop", "Maria", "004512", "lopez maria", "LOPEZ"])
def test_the_picker_finds_by_name_and_number_and_shows_the_code(office: Office, nina: Person, typed: str) -> None:
    nina.types("/ccm")

    nina.chooses("Patient", f"{office.code('Lopez')} · 75–79", typed=typed)

    assert nina.modal is not None
    assert nina.modal.has(office.code("Lopez"))


def test_the_picker_offers_recent_patients_before_anything_is_typed(office: Office, nina: Person) -> None:
    nina.types("/ccm log 5m call Chen")
    nina.types("/ccm")

    nina.chooses("Patient", office.code("Chen"), typed="")
    with pytest.raises(CannotDo):
        nina.chooses("Patient", office.code("Lopez"), typed="")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"Minutes": "1500"}, "minutes"),
        ({"Minutes": "0"}, "minutes"),
        ({"Day": "2026-03-11"}, "day"),
        ({"Day": "2019-12-31"}, "day"),
        ({"Note": "her SSN is 123-45-6789"}, "note"),
        ({"Note": "call (312) 555-0147"}, "note"),
        ({"Note": "DOB 03/04/1948"}, "note"),
    ],
)
def test_a_problem_stands_beside_its_field_and_nothing_typed_is_lost(
    office: Office, nina: Person, fields: dict[str, str], wrong: str
) -> None:
    nina.types("/ccm")
    nina.chooses("Patient", office.code("Lopez"), typed="lop")
    nina.fills(**({"Minutes": "12"} | fields))

    nina.submits()

    assert set(nina.field_errors) == {wrong}
    assert office.rows() == []
    nina.fills(Minutes="12", Day="2026-03-10", Note="as agreed")
    nina.submits()
    nina.sees("Saved", new=True)
    assert office.minutes() == [12]


def test_a_closed_month_is_said_beside_the_day(office: Office, nina: Person) -> None:
    office.closes_month("2026-02")
    nina.types("/ccm")
    nina.chooses("Patient", office.code("Lopez"), typed="lop")
    nina.fills(Minutes="12", Day="2026-02-27")

    nina.submits()

    assert set(nina.field_errors) == {"day"}
    assert "closed" in nina.field_errors["day"]


def test_more_than_an_hour_asks_for_a_tick(office: Office, nina: Person) -> None:
    nina.types("/ccm")
    nina.chooses("Patient", office.code("Lopez"), typed="lop")
    nina.fills(Minutes="61")
    nina.submits()
    assert office.rows() == []

    nina.submits()
    assert office.rows() == []
    nina.chooses("confirm", "Yes, the minutes are right")
    nina.submits()

    nina.sees("61 min", new=True)
    assert office.minutes() == [61]


def test_a_form_submitted_twice_saves_once(office: Office, nina: Person) -> None:
    nina.types("/ccm")
    nina.chooses("Patient", office.code("Lopez"), typed="lop")
    nina.fills(Minutes="12")

    submitted = nina.submits()
    office.slack.redeliver(submitted)

    nina.sees("12 of 20 min", new=True)
    office.settles()
    assert office.minutes() == [12]
    assert len([one for one in nina.messages() if one.has("Saved")]) == 1


def test_a_form_left_open_for_half_an_hour_has_expired(office: Office, nina: Person) -> None:
    nina.types("/ccm")
    nina.chooses("Patient", office.code("Lopez"), typed="lop")
    nina.fills(Minutes="12")
    office.waits(1801)

    nina.submits()

    nina.sees("This form has expired.", new=True)
    assert office.rows() == []


def test_a_form_closed_saves_nothing(office: Office, nina: Person) -> None:
    nina.types("/ccm")
    nina.chooses("Patient", office.code("Lopez"), typed="lop")
    nina.fills(Minutes="12")

    nina.closes()

    office.settles()
    assert office.rows() == []


def test_a_form_of_somebody_who_left_meanwhile_saves_nothing(office: Office, nina: Person) -> None:
    nina.types("/ccm")
    nina.chooses("Patient", office.code("Lopez"), typed="lop")
    nina.fills(Minutes="12")
    office.dismisses("U0NINA")

    nina.submits()

    assert nina.modal is None
    nina.sees("staff list", new=True)
    assert office.rows() == []


@pytest.mark.parametrize("opens", [_by_command, _by_shortcut, _by_home])
def test_an_administrator_gets_no_form_and_no_patients(office: Office, opens: Callable[[Person], None]) -> None:
    """The picker used to give an administrator, who sees no patient, codes for names."""
    ada = office.person("ada")

    opens(ada)

    ada.sees("Your role does not include this", new=True)
    assert ada.modal is None


def test_who_may_not_log_any_more_is_offered_no_patients(office: Office, nina: Person) -> None:
    nina.types("/ccm")
    office.hires("U0NINA", roles=(Role.ADMIN,), since=date(2026, 3, 10))

    with pytest.raises(CannotDo):
        nina.chooses("Patient", office.code("Lopez"), typed="lop")
    assert office.audited("refused") >= 1
