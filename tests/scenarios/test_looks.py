"""Looking: one's day, a patient's month, help, Home; every look at a patient is itself audited."""

from __future__ import annotations

import pytest

from handlers.verbs import ALIASES, VERBS
from sandbox import Person
from tests.scenarios.office import Office


@pytest.mark.parametrize("words", ["/ccm today", "what did I log today?", "today"])
def test_today_lists_ones_own_entries_with_the_sum(office: Office, nina: Person, cora: Person, words: str) -> None:
    nina.types("/ccm log 12m med rec Lopez")
    nina.types("/ccm log 5m call Chen")
    nina.types("/ccm log 9m call Chen yesterday")
    cora.types("/ccm log 30m call Chen")

    nina.types(words)

    day = nina.sees("Your day: 17 min in 2 entries", new=True)
    assert day.has("12 min · Medication management · Maria Lopez")
    assert not day.has("30 min")


def test_an_empty_day_says_how_to_begin(nina: Person) -> None:
    nina.types("/ccm today")

    nina.sees("Your day: 0 min in 0 entries", new=True)
    nina.sees("Nothing logged today yet.", new=True)


def test_a_long_day_of_long_lines_still_fits_into_slacks_limits(office: Office) -> None:
    """Twenty lines that do not count used to exceed a paragraph's 3,000 characters."""
    frank = office.person("frank")
    for number in range(25):
        frank.types(f"/ccm log {number + 1} min med rec José Núñez")

    frank.types("/ccm today")

    day = frank.sees("25 entries", new=True)
    assert day.has("5 earlier ones are not shown")
    assert day.has("25 min")
    assert office.slack.lint_findings == []


@pytest.mark.parametrize(
    "words",
    ["/ccm patient Lopez", "/ccm status maria lopez", "/ccm patient 004512", "patient Lopez",
     "how many minutes does Lopez have?"],
)  # fmt: skip
def test_a_patients_month(office: Office, nina: Person, cora: Person, words: str) -> None:
    nina.types("/ccm log 12m med rec Lopez")
    cora.types("/ccm log 5m call Lopez")

    nina.types(words)

    card = nina.sees("March 2026: 17 of 20 min, 3 to go", new=True)
    assert card.has(f"Maria Lopez ({office.code('Lopez')})")
    assert card.has("clinical staff 17 min · billing practitioner 0 min · 2 entries")
    assert office.audited("patient.looked") == 1


def test_a_patients_month_by_code(office: Office, nina: Person) -> None:
    nina.types(f"/ccm patient {office.code('Chen')}")

    nina.sees("Wei Chen", new=True)


def test_reversed_entries_are_not_shown(office: Office, nina: Person) -> None:
    nina.types("/ccm log 12m med rec Lopez")
    nina.types("/ccm undo")

    nina.types("/ccm patient Lopez")

    assert nina.sees("0 of 20 min", new=True).has("0 entries")


def test_two_patients_of_a_name_are_offered_and_only_the_chosen_one_is_looked_at(office: Office, nina: Person) -> None:
    nina.types("/ccm patient Jensen")
    nina.sees("More than one patient matches.", new=True)
    assert office.audited("patient.looked") == 0

    nina.clicks("Karen Jensen")

    nina.sees("Patient's month", new=True)
    nina.does_not_see("Mary Jensen", quiet=0.05)
    assert office.audited("patient.looked") == 1


def test_an_unknown_patient_is_said_to_be_unknown(nina: Person) -> None:
    nina.types("/ccm patient Nobody")

    nina.sees("I found no such patient in this practice.", new=True)


@pytest.mark.parametrize("words", ["/ccm patient Lopez", "/ccm patient Jensen", "/ccm patient Nobody",
                                   "how many minutes does Jensen have?", "12 min med rec Jensen",
                                   "12 min med rec Lopez", "12 min med rec Nobody", "/ccm today"])  # fmt: skip
def test_an_administrator_learns_nothing_about_patients(office: Office, words: str) -> None:
    """Whoever had no right used to be shown the namesakes to choose from, and who is no patient."""
    ada = office.person("ada")

    ada.types(words)

    answer = ada.sees("Your role does not include this", new=True)
    assert not any(answer.has(name) for name in ("Lopez", "Jensen", "patient", "P-") if name != "patient")
    assert office.rows() == []
    assert office.audited("patient.looked") == 0


def test_a_biller_reads_a_patient_but_logs_nothing(office: Office) -> None:
    bill = office.person("bill")

    bill.types("/ccm patient Lopez")
    bill.sees("Maria Lopez", new=True)
    bill.types("/ccm log 12m med rec Lopez")
    bill.sees("Your role does not include this (log)", new=True)

    assert office.rows() == []


def test_help_names_every_verb_with_an_example(nina: Person) -> None:
    nina.types("/ccm help")

    shown = nina.sees("What you can say", new=True)
    for verb in VERBS.values():
        assert shown.has(f"/ccm {verb.usage}")
        assert shown.has(verb.example)


@pytest.mark.parametrize("name", list(VERBS))
def test_help_for_one_verb(nina: Person, name: str) -> None:
    nina.types(f"/ccm help {name}")

    shown = nina.sees(VERBS[name].example, new=True)
    assert not any(shown.has(f"/ccm {verb.usage} ") for other, verb in VERBS.items() if other != name)


@pytest.mark.parametrize("name", list(VERBS))
def test_every_verbs_example_runs(office: Office, nina: Person, name: str) -> None:
    nina.types("/ccm log 7m call Chen")

    nina.types(VERBS[name].example)

    nina.sees(re_any("Saved", "Undone", "Changed", "Your day", "Patient's month", "What you can say"), new=True)


@pytest.mark.parametrize("name", [*VERBS, *ALIASES])
@pytest.mark.parametrize("surface", ["/ccm ", ""])
def test_every_verb_answers_an_empty_message_and_has_a_usage_line(
    office: Office, nina: Person, name: str, surface: str
) -> None:
    said = nina.types(f"{surface}{name}")

    assert said is not None
    office.settles()
    answers = [one for one in nina.messages() if one.raw.get("user") != nina.id]
    assert len(answers) + len(nina.stack) == 1
    assert nina.errors == []
    assert VERBS[ALIASES.get(name, name)].usage.startswith(ALIASES.get(name, name))
    assert office.rows() == []


def test_home_shows_counts_and_no_patient(office: Office, nina: Person, cora: Person) -> None:
    nina.types("/ccm log 12m med rec Lopez")
    nina.types("/ccm log 5m call Chen yesterday")
    cora.types("/ccm log 30m call Chen")

    nina.opens_home()

    home = nina.sees("Your care time", new=True)
    assert home.surface == "home"
    assert home.has("12 min · 1 entry")
    assert home.has("17 min · 2 patients")


def test_home_is_made_anew_each_time(nina: Person) -> None:
    nina.opens_home()
    nina.sees("Nothing logged this month yet.", new=True)
    nina.types("/ccm log 12m med rec Lopez")

    nina.opens_home()

    nina.sees("12 min · 1 entry", new=True)


def re_any(*texts: str):  # type: ignore[no-untyped-def]
    import re

    return re.compile("|".join(map(re.escape, texts)))
