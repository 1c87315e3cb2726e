"""Whole corpora of sentences: the shared one where it is at hand, and our own with other names."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ccm.months import ServiceMonth
from ccm.phrases import understand
from ccm.phrases.wire import reading_to_json, roster_from_json
from ccm.roster import Roster

OWN = Path(__file__).parent / "phrases"
SHARED = Path(__file__).parents[2].parent / "shared" / "domain"
STORING = {"consent", "care_plan", "undo", "amend", "timer_start", "timer_stop"}


def cases(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


@cache
def rosters(path: Path) -> dict[str, Roster]:
    return {name: roster_from_json(rows) for name, rows in json.loads(path.read_text(encoding="utf-8")).items()}


def read(case: dict[str, Any], roster: Roster) -> dict[str, Any]:
    now = datetime.fromisoformat(case["now"]).replace(tzinfo=ZoneInfo(case["tz"]))
    closed = ServiceMonth.parse(case["closed_through"]) if "closed_through" in case else None
    return reading_to_json(understand(case["text"], roster=roster, now=now, closed_through=closed))


def rows(entries: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted((each["patient"], each["minutes"], each["date"]) for each in entries)


def totals(entries: list[dict[str, Any]]) -> dict[tuple[Any, Any], int]:
    found: dict[tuple[Any, Any], int] = {}
    for each in entries:
        key = each["patient"], each["date"]
        found[key] = found.get(key, 0) + each["minutes"]
    return found


def judge(case: dict[str, Any], out: dict[str, Any]) -> str:
    """A short form of the shared scorer's verdict: wrong, needless, missed or pass."""
    want, asked = case["expect"], out["ask"] is not None
    if out["entries"]:
        split = "split_ok" in case["tags"] and totals(out["entries"]) == totals(want["entries"])
        same = (
            want["intent"] == "log"
            and not case["must_ask"]
            and (rows(out["entries"]) == rows(want["entries"]) or split)
        )
        return "pass" if same and not asked else "wrong"
    if asked:
        return "pass" if case["must_ask"] or case.get("may_ask") else "needless"
    if case["must_ask"] or out["intent"] not in {want["intent"], *want.get("intent_ok", [])}:
        return "wrong" if out["intent"] in STORING else "missed"
    named = [
        name
        for name in ("patient", "date", "consent_kind", "plan_action", "minutes", "month")
        if want.get(name) is not None
    ]
    if all(out.get(name) == want[name] for name in named) or out["intent"] != want["intent"]:
        return "pass"
    return "wrong" if out["intent"] in STORING else "missed"


SETS = [
    *(
        pytest.param(OWN / f"{name}.jsonl", OWN / "rosters.json", id=name)
        for name in ("logs", "asks", "nothing", "others")
    ),
    pytest.param(SHARED / "phrases-dev.jsonl", SHARED / "rosters.json", id="shared"),
]


@pytest.mark.parametrize(("path", "names"), SETS)
def test_every_sentence_is_read_as_it_was_meant(path: Path, names: Path) -> None:
    if not path.exists():
        pytest.skip("the shared corpus is not here")

    verdicts = {case["id"]: judge(case, read(case, rosters(names)[case["roster"]])) for case in cases(path)}

    assert {id: verdict for id, verdict in verdicts.items() if verdict != "pass"} == {}


def test_our_corpus_is_large_and_holds_many_sentences_that_are_no_entries() -> None:
    found = {name: len(cases(OWN / f"{name}.jsonl")) for name in ("logs", "asks", "nothing", "others")}

    assert sum(found.values()) >= 150
    assert found["nothing"] >= 50
