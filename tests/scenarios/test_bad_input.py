"""Bad input: a clear answer, and nothing lost - neither an entry made of nonsense nor words swallowed in silence."""

from __future__ import annotations

import re

import pytest

from sandbox import Person
from tests.scenarios.office import Office

QUESTIONS = {
    "no patient": ("log 12m med rec", "Which patient was this for?"),
    "unknown patient": ("log 12m med rec Smithers", "I found no patient by that name"),
    "0": ("log 0m med rec Lopez", "at least one minute"),
    "-5": ("log -5m med rec Lopez", "Minutes cannot be less than one."),
    "19.5": ("log 19.5 min med rec Lopez", "Entries are whole minutes."),
    "61": ("log 61 min med rec Lopez", "more than an hour in one entry"),
    "1000": ("log 1000 min med rec Lopez", "five hours or more in one entry"),
    "tomorrow": ("log 12m med rec Lopez tomorrow", "That day has not come yet."),
    "5000 characters": ("log 12m med rec Lopez " + "very " * 1000, "too long for me to read"),
}
SAVED = {
    "emoji": "log 12m 💊📞 med rec 👵🏽 Lopez 🎉",
    "control characters": "log 12m med\x00 rec\x07\x1b Lopez\x7f",
    "right-to-left marks": "log 12m med rec \u202eLopez\u202c \u200f",
    "zero-width characters": "log 12m med\u200b rec Lo\u200bpez",
    "a non-breaking space": "log\u00a012m\u00a0med\u00a0rec\u00a0Lopez",
    "full-width digits": "log １２m med rec Lopez",
    "shouting": "LOG 12M MED REC LOPEZ",
    "typographic quotes": "log 12m “med rec” Lopez",
    "html": "log 12m <b>med rec</b> &amp; Lopez",
    "a broadcast": "log 12m med rec Lopez <!channel>",
    "newlines": "log 12m\nmed rec\nLopez",
}


@pytest.mark.parametrize("surface", ["command", "message"])
@pytest.mark.parametrize("case", QUESTIONS)
def test_what_cannot_be_saved_is_asked_about(office: Office, nina: Person, case: str, surface: str) -> None:
    words, question = QUESTIONS[case]

    nina.types(f"/ccm {words}" if surface == "command" else words)

    asked = nina.sees(question, new=True)
    assert asked.has("Nothing is saved yet.")
    assert "Fill in a form" in asked.buttons
    assert "Never mind" in asked.buttons
    assert office.rows() == []
    assert office.audited("time.log") == 0


@pytest.mark.parametrize("case", SAVED)
def test_odd_characters_neither_hinder_nor_travel(office: Office, nina: Person, case: str) -> None:
    nina.types(f"/ccm {SAVED[case]}")

    answer = nina.sees(re.compile("Saved|Nothing is saved yet|Nothing was saved"), new=True)
    assert not answer.has("<!channel>")
    if answer.has("Saved"):  # to be unsure is as good; to save something else is not
        assert answer.has("12 min · ")
        assert [(entry.minutes, entry.patient_id) for entry in office.entries()] == [(12, office.patient("Lopez"))]
    else:
        assert office.rows() == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("log 12m med rec Lopez 123-45-6789", "a social security number"),
        ("log 12m call Lopez (312) 555-0147", "a phone number"),
        ("log 12m call Lopez dob 3/4/1948", "a date of birth"),
        ("log 12m mail to maria@example.com Lopez", "an e-mail address"),
    ],
)
@pytest.mark.parametrize("surface", ["command", "message"])
def test_numbers_that_must_not_be_kept_are_neither_saved_nor_repeated(
    office: Office, nina: Person, words: str, kind: str, surface: str
) -> None:
    said = nina.types(f"/ccm {words}" if surface == "command" else words)

    assert said is not None
    answer = nina.sees(f"That looks like it holds {kind}.", new=True)
    assert answer.has("Nothing was saved.")
    assert not answer.has(words.split()[-1])
    assert (office.count("act"), office.count("draft")) == (0, 0)


@pytest.mark.parametrize("words", ["", " ", "\t", "?", "/", "!!!", "🎉", "\x00", "x" * 3999, "help " * 50])
def test_whatever_is_sent_gets_one_answer(office: Office, nina: Person, words: str) -> None:
    said = nina.types(f"/ccm {words}")

    office.settles()
    assert said is not None
    assert said.is_acked
    answers = [one for one in nina.messages() if one.raw.get("user") != nina.id]
    assert len(answers) + len(nina.stack) == 1
    assert nina.errors == []
    assert office.rows() == []


def test_an_absurd_number_is_no_crash(office: Office, nina: Person) -> None:
    nina.types("/ccm log " + "9" * 300 + " min med rec Lopez")

    office.settles()
    assert nina.messages()
    nina.does_not_see("Something went wrong", quiet=0.05)
    assert office.rows() == []


def test_an_edited_or_deleted_message_says_nothing_new(office: Office, nina: Person) -> None:
    said = nina.types("12 min med rec Lopez")
    nina.sees("Saved", new=True)

    nina.edits(said, "15 min med rec Lopez")
    nina.deletes(said)

    office.settles()
    assert office.minutes() == [12]


def test_names_with_marks_are_shown_as_they_are_written(office: Office, nina: Person) -> None:
    nina.types("/ccm log 12m med rec O'Brien")
    nina.sees("Patrick O'Brien", new=True)
    nina.types("/ccm log 5m call nunez")
    nina.sees("José Núñez", new=True)
    assert sorted(office.minutes()) == [5, 12]
