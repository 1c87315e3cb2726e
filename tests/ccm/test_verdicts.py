"""Which minutes count: one case a rule, and which rule speaks when several could."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from ccm.records import CredentialKind, TimeEntry
from ccm.verdicts import COUNTS, RULES, Standing, verdict

PLAIN = TimeEntry(
    id="e1", patient_id="p1", staff_id="s1", day=date(2026, 3, 10), minutes=12, activity="care_plan",
    credential=CredentialKind.CLINICAL_STAFF,
)  # fmt: skip
CASES: dict[str, tuple[dict[str, Any], Standing, str]] = {
    "non-clinical": ({"credential": CredentialKind.NON_CLINICAL}, Standing.NOT, "R10"),
    "another program": ({"program": "RPM"}, Standing.NOT, "R19"),
    "clerical": ({"clerical": True}, Standing.NOT, "R55"),
    "left a message": ({"outcome": "left_message"}, Standing.NOT, "R56"),
    "no answer": ({"outcome": "no_answer"}, Standing.NOT, "R56"),
    "duplicate": ({"flags": frozenset({"duplicate"})}, Standing.REVIEW, ""),
}


@pytest.mark.parametrize(("changed", "standing", "rule"), CASES.values(), ids=CASES)
def test_each_rule_speaks_for_itself(changed: dict[str, Any], standing: Standing, rule: str) -> None:
    found = verdict(replace(PLAIN, **changed))

    assert (found.standing, found.rule) == (standing, rule)
    assert found.because


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({}, id="plain"),
        pytest.param({"credential": CredentialKind.QHP}, id="by a billing practitioner"),
        pytest.param({"outcome": "reached"}, id="reached"),
        pytest.param({"outcome": "wrong_number"}, id="another outcome"),
        pytest.param({"activity": None}, id="no activity said"),
        pytest.param({"flags": frozenset({"late"})}, id="late"),
        pytest.param({"flags": frozenset({"over_60"})}, id="over sixty"),
        pytest.param({"flags": frozenset({"confirmed"})}, id="confirmed to be a second one"),
        pytest.param({"flags": frozenset({"late", "over_60", "confirmed"})}, id="all flags that only tell"),
        pytest.param({"program": ""}, id="no program"),
    ],
)
def test_everything_else_counts(changed: dict[str, Any]) -> None:
    assert verdict(replace(PLAIN, **changed)) is COUNTS


@pytest.mark.parametrize(("one", "other"), list(combinations(CASES, 2)))
def test_what_never_counts_is_not_put_up_for_review(one: str, other: str) -> None:
    """A duplicate of minutes that do not count anyway is nothing to look at."""
    changed = CASES[one][0] | CASES[other][0]
    standings = {CASES[one][1], CASES[other][1]}

    found = verdict(replace(PLAIN, **changed)).standing

    assert found is (Standing.NOT if Standing.NOT in standings else Standing.REVIEW)


def test_a_verdict_rests_on_the_entry_alone() -> None:
    """Each rule takes one entry and nothing else, so a later entry cannot change an earlier one's verdict."""
    entry = replace(PLAIN, flags=frozenset({"duplicate"}))

    assert verdict(entry) == verdict(replace(entry, id="e2"))
    assert all(rule.__code__.co_argcount == 1 for rule in RULES)
