"""Care plans written, reviewed, changed or handed out, without minutes; with minutes the words are a log."""

from __future__ import annotations

import re

from ccm.phrases import lexicon as lx
from ccm.phrases.events import day_of_event
from ccm.phrases.facts import Facts
from ccm.phrases.questions import confirm, which_patient
from ccm.phrases.stance import foreign_words
from ccm.phrases.whom import whom
from ccm.phrases.wordsets import word_set
from ccm.readings import Intent, Reading

_PLAN = re.compile(r"\b(?:care ?-?plans?|cp|poc|plan of care|cplan|action plan)\b")
_NAMES = word_set("plan plans careplan careplans care-plan care-plans cp poc cplan")
_ACTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "copy_given",
        re.compile(r"\b(?:cop(?:y|ies)|handed|gave|given|sent|mailed|e-?mailed|printed|provided|delivered|shared)\b"),
    ),
    (
        "updated",
        re.compile(
            r"\b(?:updated?|updates|updating|revised?|revision|changed|edited|modified|tweaked|adjusted|amended|"
            r"refreshed)\b"
        ),
    ),
    (
        "created",
        re.compile(
            r"\b(?:created?|wrote|written|drafted|made|built|established|new|initial|set up|developed|started|"
            r"put together|initiated|first)\b"
        ),
    ),
    (
        "reviewed",
        re.compile(
            r"\b(?:review(?:ed)?|rev'?d|revd|rvwd|went (?:over|through|thru)|looked (?:over|at)|gone over|discussed|"
            r"annual review|checked|re-?read)\b"
        ),
    ),
)
_WAITING = re.compile(
    r"\b(?:needs?|due|overdue|pending|should|must|will|gonna|going to|to do|todo|remind\w*|tomorrow|missing|no|not|"
    r"n't|hasn't|isn't|wasn't|didn't|never|want\w*|waiting|ask\w*|before|have to|if|expired?|plan to|trying|try|"
    r"start(?:ing)? on|let's)\b"
)


def read_care_plan(facts: Facts, first: int) -> Reading | None:
    """A care plan event; one that is only due or wished for is none."""
    line = facts.line
    if facts.findings.amounts or facts.findings.intervals or _NAMES.isdisjoint(line.bag):
        return None
    text = line.text.lower()
    if not _PLAN.search(text):
        return None
    if (
        line.words[-1] == "?"
        or (first < len(line) and line.senses[first] & lx.QUESTION and first not in facts.names)
        or foreign_words(line, 0, len(line), facts.names)
    ):
        return None
    spoken = " ".join(word for place, word in enumerate(line.words) if place not in facts.names)
    if _WAITING.search(spoken) or (line.senses[first] & lx.LOG and line.words[first] in ("log", "add", "logged")):
        return None
    actions = [action for action, pattern in _ACTIONS if pattern.search(spoken)]
    if not actions:
        return None
    who = whom(facts)
    day, ask = day_of_event(facts)
    if not who.patient:
        return Reading(intent=Intent.CARE_PLAN, ask=who.ask or which_patient(None), day=day)
    if not ask and len(actions) > 1 and actions[0] != "copy_given":
        ask = confirm("Was the care plan written, changed or only reviewed?")
    return Reading(intent=Intent.CARE_PLAN, patient=who.patient, ask=ask, day=day, plan_action=actions[0])
