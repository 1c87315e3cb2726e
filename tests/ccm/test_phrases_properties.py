"""What holds for every message: no exception, no invented entry, and numbers of care that never become minutes."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm.phrases import understand
from ccm.readings import Intent, Reading
from ccm.roster import Roster, RosterPatient

FOLEY = RosterPatient(id="f", code="P-7K4Q", mrn="055310", first="Mary Ann", last="Foley")
MAY = RosterPatient(id="m", code="P-9QW2", mrn="000412", first="Will", last="May")
CRUZ = RosterPatient(id="c", code="P-3TRX", mrn="081120", first="Ana", last="de la Cruz", suffix="Jr.")
ROSTER = Roster.of([FOLEY, MAY, CRUZ])
NOW = datetime(2026, 6, 17, 14, 20, tzinfo=UTC)
_TYPED = (
    "12 min 15m 1h10 :15 x12 half an hour 8:40-8:55 1400-1418 from 4 to foley Mr. Will May dela cruz "
    "MRN 055310 #55310 P-7K4Q yesterday monday 6/12 2026-06-10 14 May last week on the 8th each and + / "
    ", ; ( ) ? ! \n med rec labs care plan consent declined undo delete make it that was not should be "
    "start timer stop who is under 20 how many don't log will call if ' \" - ~ <@U1> &amp; &lt; > :pill: "
    "`code` ``` 💊 ñ \x00 \ud800 \u200b \u202e 10-Jun a an of today tomorrow"
)
WORDS = st.sampled_from(_TYPED.split(" "))


def said(text: str) -> Reading:
    return understand(text, roster=ROSTER, now=NOW)


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_without_an_exception(text: str) -> None:
    reading = said(text)

    assert isinstance(reading.intent, Intent)


@given(st.lists(WORDS, max_size=24))
@settings(max_examples=600, deadline=None)
def test_any_heap_of_our_words_is_read_and_stores_only_whole_entries(words: list[str]) -> None:
    reading = said(" ".join(words))

    assert all(each.patient and each.day and each.day <= NOW.date() for each in reading.entries)
    assert all(each.minutes and 0 < each.minutes <= 60 for each in reading.entries)
    assert not (reading.entries and reading.ask)


def has_no_number(word: str) -> bool:
    return not any(sign.isdigit() for sign in word) and word not in ("half", "an", "hour")


@given(st.lists(WORDS.filter(has_no_number), max_size=16))
@settings(max_examples=300, deadline=None)
def test_without_a_number_nothing_is_stored(words: list[str]) -> None:
    assert said(" ".join(words)).entries == ()


FACTS = (
    "BP 148/92 | HR 88 | O2 sat 91 | BG 212 | A1c 7.9 | INR 2.4 | wt 182->178 | metoprolol 25 mg bid | CKD 3 | "
    "lasix 40 mg | room 12 | 78yo | ext 14 | E11.9 | 99490 | case # 7740193 | left msg at 555-0177 | appt 6/29 | "
    "fell on 6/12 | labs from 6/2 | dob 4/24/46 | CB after 3 | 2 vms | 3 refills | LVM x2 | pain 5/10 | phq9 score 12"
)


@pytest.mark.parametrize("place", ["before", "after"])
@pytest.mark.parametrize(
    "fact",
    FACTS.split(" | "),
)
@given(minutes=st.integers(min_value=1, max_value=60))
@settings(max_examples=5, deadline=None)
def test_facts_of_care_never_change_the_minutes(place: str, fact: str, minutes: int) -> None:
    plain = f"Foley {minutes} min call"

    reading = said(f"{fact}, {plain}" if place == "before" else f"{plain}, {fact}")

    assert [(each.patient, each.minutes, each.day) for each in reading.entries] == [("f", minutes, NOW.date())]


@given(st.integers(min_value=61, max_value=2000))
@settings(max_examples=40, deadline=None)
def test_more_than_an_hour_is_read_back_first(minutes: int) -> None:
    reading = said(f"Foley {minutes} min care plan")

    assert reading.entries == ()
    assert reading.ask is not None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(" \n\t ", id="blanks"),
        pytest.param("12 min Foley " * 300, id="the same over and over"),
        pytest.param("1" * 5000, id="one long number"),
        pytest.param("9:" * 1900, id="colons"),
        pytest.param("(" * 3900, id="brackets"),
        pytest.param("a-" * 1900, id="hyphens"),
        pytest.param("1/" * 1900, id="slashes"),
        pytest.param("de la " * 600, id="prefixes"),
        pytest.param("foley, " * 550, id="names"),
        pytest.param("\ud800" * 100, id="lone surrogates"),
        pytest.param("😀" * 1000, id="emoji"),
        pytest.param("مرحبا " * 500, id="right to left"),
        pytest.param("<" * 3900, id="angle brackets"),
        pytest.param(":a" * 1900, id="emoji marks"),
        pytest.param("`" * 3900, id="ticks"),
    ],
)
def test_odd_and_long_texts_are_read_in_bounded_time(text: str) -> None:
    started = time.process_time()

    reading = said(text)

    assert reading.entries == () or len(text) < 4000
    assert time.process_time() - started < 2.0


def test_a_pasted_document_is_asked_about_in_a_clear_sentence() -> None:
    reading = said("12 min Foley labs\n" * 400)

    assert reading.ask is not None
    assert "too long" in reading.ask.question
