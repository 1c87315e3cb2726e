"""Single promises of the grammar, each in a sentence of its own."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time

import pytest

from ccm.months import ServiceMonth
from ccm.phrases import understand
from ccm.readings import About, Intent, Reading
from ccm.roster import Roster, RosterPatient

LOPEZ = RosterPatient(id="l", code="P-7K4Q", mrn="004512", first="Maria", last="Lopez")
TERESA = RosterPatient(id="t", code="P-9QW2", mrn="025932", first="Teresa", last="Lopez")
OKAFOR = RosterPatient(id="o", code="P-3TRX", mrn="016702", first="Samuel", last="Okafor")
ROSTER = Roster.of([LOPEZ, TERESA, OKAFOR])
NOW = datetime(2026, 6, 17, 14, 20, tzinfo=UTC)


def said(text: str, *, last_patient: str | None = None, closed: str | None = None) -> Reading:
    month = ServiceMonth.parse(closed) if closed else None
    return understand(text, roster=ROSTER, now=NOW, last_patient=last_patient, closed_through=month)


def test_a_plain_log_becomes_one_entry_with_patient_minutes_day_and_activity() -> None:
    entry = said("log 12m med rec Okafor").entries[0]

    assert (entry.patient, entry.minutes, entry.day) == ("o", 12, date(2026, 6, 17))
    assert entry.activity == "medication_management"


def test_an_interval_keeps_its_clock_times() -> None:
    entry = said("Okafor 12:55-1:05 vm").entries[0]

    assert (entry.start, entry.end, entry.minutes) == (time(12, 55), time(13, 5), 10)


def test_a_pronoun_means_the_writers_own_last_patient_and_nobody_when_none_is_known() -> None:
    assert said("called her back 6 min", last_patient="o").entries[0].patient == "o"
    assert said("called her back 6 min").ask is not None


def test_two_of_a_name_are_offered_and_neither_is_picked() -> None:
    ask = said("12 min Lopez labs").ask

    assert ask is not None
    assert (ask.about, ask.candidates, ask.question) == (About.PATIENT, ("l", "t"), "Two patients match. Which one?")


def test_a_closed_month_stores_nothing_and_offers_a_late_correction() -> None:
    reading = said("Okafor 12 min refill 5/29", closed="2026-05")

    assert reading.entries == ()
    assert reading.ask is not None
    assert reading.draft[0].day == date(2026, 5, 29)


def test_what_stands_beside_the_activity_is_told_too() -> None:
    entry = said("Okafor RPM review 6 min, LVM").entries[0]

    assert (entry.outcome, entry.program) == ("left_message", "RPM")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        pytest.param("pause", Intent.TIMER_PAUSE, id="pause"),
        pytest.param("resume timer", Intent.TIMER_RESUME, id="resume"),
        pytest.param("switch to Okafor", Intent.TIMER_SWITCH, id="switch"),
        pytest.param("my day", Intent.MY_DAY, id="own day"),
        pytest.param("gaps", Intent.GAPS, id="gaps"),
        pytest.param("who's next", Intent.NEXT, id="next"),
        pytest.param("why", Intent.WHY, id="why"),
    ],
)
def test_verbs_of_ours_are_recognised(text: str, intent: Intent) -> None:
    assert said(text).intent is intent


@pytest.mark.parametrize(
    "text",
    [
        "Lopez 12 min",
        "Horvath 12 min",
        "Okafor 10-12 min",
        "Okafor 12 min last week",
        "Okafor 400 min",
        "Okafor, Lopez 9 min",
    ],
)
def test_a_question_is_a_sentence_without_names_or_typed_words(text: str) -> None:
    ask = said(text).ask

    assert ask is not None
    assert ask.question[0].isupper()
    assert ask.question[-1] in ".?”"
    assert not any(word in ask.question for word in ("Lopez", "Okafor", "Horvath", "Maria", "Teresa"))


def test_an_odd_date_is_read_by_the_fallback() -> None:
    assert said("10-Jun-2026 Okafor 12 min labs").entries[0].day == date(2026, 6, 10)


def test_the_date_library_and_the_nickname_list_are_not_loaded_by_plain_messages() -> None:
    script = (
        "import sys; from datetime import datetime, UTC; from ccm.phrases import understand; from ccm.roster import *;"
        "r = Roster.of([RosterPatient(id='o', code='o', mrn='1', first='Sam', last='Okafor')]);"
        "understand('Okafor 12 min labs yesterday', roster=r, now=datetime(2026, 6, 17, tzinfo=UTC));"
        "print('dateparser' in sys.modules)"
    )

    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "False"
