"""Numbers that must not stand in a note are noticed and never repeated; what nurses write every day is left alone."""

from __future__ import annotations

import time

import pytest

from ccm.errors import Refused
from ccm.sensitive import KINDS, refuse_sensitive


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("his social is 123-45-6789", "social security"),
        ("(123-45-6789)", "social security"),
        ("SSN 123456789", "social security"),
        ("ssn: 123456789", "social security"),
        ("SSN# 123 45 6789", "social security"),
        ("call 555-123-4567", "phone"),
        ("call (555) 123-4567", "phone"),
        ("call (555)123-4567", "phone"),
        ("call 555.123.4567", "phone"),
        ("call 555 123 4567", "phone"),
        ("call +1 555 123 4567", "phone"),
        ("call 1-555-123-4567", "phone"),
        ("<tel:5551234567|555-123-4567>", "phone"),
        ("DOB 3/31/1950", "date of birth"),
        ("dob: 03-31-50", "date of birth"),
        ("D.O.B. 3.31.1950", "date of birth"),
        ("born 3/31/1950", "date of birth"),
        ("date of birth 03/31/1950", "date of birth"),
        ("birthdate 3/31/50", "date of birth"),
        ("DOB 1950-03-31", "date of birth"),
        ("mail maria.lopez@example.com", "e-mail"),
        ("<mailto:m@x.org|m@x.org>", "e-mail"),
    ],
)
def test_what_identifies_a_person_is_refused_without_repeating_it(said: str, kind: str) -> None:
    with pytest.raises(Refused, match=kind) as refused:
        refuse_sensitive(said)

    told = f"{refused.value} {refused.value.hint}"
    assert not any(number.isdigit() for number in told)
    assert "@" not in told


@pytest.mark.parametrize(
    "said",
    [
        "",
        "12m med rec Lopez",
        "BP 120/80, weight 182 lb, glucose 250",
        "call at 10:30 - 10:45, 15 min",
        "on 3/31/2026 reviewed labs from 2026-03-12",
        "MRN 0012345678",
        "P-7K4QX 20m care plan",
        "metformin 500-1000 mg, lisinopril 10 mg x2",
        "A1c 7.2, eGFR 45-50, LDL 100",
        "spoke @ 3pm with daughter",
        "room 123-45, ext 4567",
        "30 min 555 calls",
        "born in Texas, 2 children",
        "order 2026-03-1234567",
        "Rx 123-45-67890",
    ],
)
def test_what_is_written_every_day_is_left_alone(said: str) -> None:
    refuse_sensitive(said)


@pytest.mark.parametrize("piece", ["1", "1-", "(1", "a@", "a.", "dob ", "ssn ", "555-", "+1 ", "1 555 "])
def test_long_input_takes_no_time(piece: str) -> None:
    """4,000 characters of whatever makes a pattern try again and again."""
    since = time.process_time()
    for _, pattern in KINDS:
        pattern.search((piece * 4000)[:4000] + "!")

    assert time.process_time() - since < 0.5
