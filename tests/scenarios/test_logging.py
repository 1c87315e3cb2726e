"""Logging care time: the same line as a command, a direct message, a mention, a form or a shortcut."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ccm.records import CredentialKind
from sandbox import Person
from tests.scenarios.office import Office, staffed_channel


def test_a_command_saves_and_reads_back(office: Office, nina: Person) -> None:
    said = nina.types("/ccm log 12m med rec Lopez")

    receipt = nina.sees("12 min", new=True)
    assert said is not None
    assert said.is_acked
    assert receipt.surface == "ephemeral"
    for part in ("Saved", "Maria Lopez", office.code("Lopez"), "Medication management", "today"):
        assert receipt.has(part)
    assert receipt.has("March 2026: 12 of 20 min, 8 to go")
    assert receipt.buttons == ["Undo", "Edit"]
    assert office.minutes() == [12]
    assert office.audited("time.log") == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "12 min med rec Lopez",
        "log 12m med rec Lopez",
        "spent 12 min on med rec for Maria Lopez",
        "med rec 004512 12 minutes",
        "12m 💊 med rec Lopez 🎉",
    ],
)
@pytest.mark.parametrize("surface", ["command", "message", "mention"])
def test_the_same_sentence_means_the_same_everywhere(office: Office, nina: Person, surface: str, sentence: str) -> None:
    channel = staffed_channel(office)
    acts = {
        "command": lambda: nina.types(f"/ccm {sentence}"),
        "message": lambda: nina.types(sentence),
        "mention": lambda: nina.mentions(sentence, in_=channel),
    }

    acts[surface]()

    receipt = nina.sees("March 2026: 12 of 20 min", new=True)
    assert receipt.has("12 min · Medication management · Maria Lopez")
    assert receipt.channel == nina.dm
    (entry,) = office.entries()
    assert (entry.minutes, entry.patient_id, entry.day) == (12, office.patient("Lopez"), date(2026, 3, 10))


def test_a_mention_is_answered_in_the_direct_message_and_only_pointed_to_in_the_channel(
    office: Office, nina: Person, cora: Person
) -> None:
    channel = staffed_channel(office)

    nina.mentions("log 5m call Lopez", in_=channel)

    nina.sees("5 min · Patient communication", new=True)
    note = nina.sees("My answer is in our direct message.", new=True)
    assert (note.surface, note.channel) == ("ephemeral", channel)
    cora.does_not_see("5 min", quiet=0.05)
    assert [one["text"] for one in office.slack.history(channel)] == ["<@U0CCMTIME> log 5m call Lopez"]


def test_minutes_of_several_patients_are_saved_together_with_one_undo(office: Office, nina: Person) -> None:
    nina.types("12 min med rec Lopez and 5 min call Chen")

    receipt = nina.sees("Wei Chen", new=True)
    assert receipt.buttons.count("Undo") == 1
    assert receipt.buttons.count("Edit") == 2
    assert sorted(office.minutes()) == [5, 12]

    nina.clicks("Undo")

    nina.sees("Undone", new=True)
    assert office.entries() == []


def test_the_total_grows_and_the_first_step_is_said(office: Office, nina: Person) -> None:
    nina.types("/ccm log 12m med rec Lopez")
    nina.types("/ccm log 9m call Lopez")

    nina.sees("March 2026: 21 min, the first 20 are reached", new=True)
    assert office.month("Lopez").counted == 21


def test_minutes_of_the_front_desk_are_kept_and_said_not_to_count(office: Office) -> None:
    frank = office.person("frank")

    frank.types("12 min call Lopez")

    frank.sees("does not count: not clinical staff on that day (R10)", new=True)
    assert frank.sees("March 2026: 0 of 20 min").has("12 that do not count")
    assert (office.month("Lopez").counted, office.month("Lopez").other_minutes) == (0, 12)


def test_a_practitioners_minutes_stand_apart(office: Office, nina: Person) -> None:
    office.person("drew").types("/ccm log 7m call Lopez")
    nina.types("/ccm log 5m call Lopez")

    nina.types("/ccm patient Lopez")

    nina.sees("clinical staff 5 min · billing practitioner 7 min · 2 entries", new=True)


def test_an_entry_on_the_last_evening_counts_for_the_old_month(office: Office, nina: Person) -> None:
    office.goes_to(datetime(2026, 4, 1, 4, 30, tzinfo=UTC))  # 23:30 on March 31 in Chicago

    nina.types("12 min med rec Lopez")

    nina.sees("March 2026: 12 of 20 min", new=True)
    assert office.entries()[0].day == date(2026, 3, 31)


def test_yesterday_is_the_clinics_yesterday(office: Office, nina: Person) -> None:
    nina.types("/ccm log 12m med rec Lopez yesterday")

    nina.sees("yesterday", new=True)
    assert office.entries()[0].day == date(2026, 3, 9)


def test_an_entry_for_last_month_is_called_late(office: Office, nina: Person) -> None:
    nina.types("/ccm log 12m med rec Lopez on 2/27")

    nina.sees("late entry", new=True)
    assert office.month("Lopez", "2026-02").counted == 12


def test_a_closed_month_takes_nothing(office: Office, nina: Person) -> None:
    office.closes_month("2026-02")

    nina.types("/ccm log 12m med rec Lopez on 2/27")

    nina.sees("closed", new=True)
    nina.sees("othing", new=True)  # "Nothing was saved" or "Nothing is saved yet"
    assert office.rows() == []


def test_a_credential_that_began_later_takes_no_earlier_day(office: Office) -> None:
    office.hires("U0STRANGER", since=date(2026, 3, 9))
    stella = office.person("stranger")

    stella.types("/ccm log 12m med rec Lopez on 3/5")

    stella.sees("You were not on the staff list on that day.", new=True)
    assert office.rows() == []


def test_a_new_credential_counts_from_its_first_day(office: Office) -> None:
    office.hires("U0FRANK", title="MA", kind=CredentialKind.CLINICAL_STAFF, since=date(2026, 3, 10))
    frank = office.person("frank")

    frank.types("/ccm log 5m call Lopez yesterday")
    frank.types("/ccm log 7m call Lopez")

    frank.sees("March 2026: 7 of 20 min", new=True).has("5 that do not count")
    assert office.month("Lopez").counted == 7


def test_who_joined_the_list_a_moment_ago_is_served(office: Office) -> None:
    stella = office.person("stranger")
    stella.types("/ccm log 5m call Lopez")
    stella.sees("staff list", new=True)

    office.hires("U0STRANGER")
    stella.types("/ccm log 5m call Lopez")

    stella.sees("Saved", new=True)
    assert office.minutes() == [5]


def test_what_cannot_be_read_says_how_to_say_it(office: Office, nina: Person) -> None:
    nina.types("/ccm log")

    answer = nina.sees("/ccm log 12m med rec Lopez", new=True)
    assert answer.has("Nothing was saved")
    assert office.rows() == []


@pytest.mark.parametrize(
    "talk",
    ["hello there", "Lopez has an appointment tomorrow at 3", "I will call Lopez later", "thanks!", "12", "👍"],
)
def test_talk_never_becomes_an_entry(office: Office, nina: Person, talk: str) -> None:
    nina.types(talk)

    office.settles()
    assert office.rows() == []
    nina.does_not_see("Saved", quiet=0.05)


def test_a_verb_still_being_built_says_so(office: Office, nina: Person) -> None:
    nina.types("/ccm who is under 20?")

    nina.sees("still being built", new=True)
    nina.sees("Nothing was saved.", new=True)


def test_a_mistyped_verb_is_guessed_but_not_done(office: Office, nina: Person) -> None:
    nina.types("/ccm tody")

    nina.sees("Did you mean /ccm today?", new=True)
