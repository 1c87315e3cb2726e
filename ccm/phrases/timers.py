"""Clocks that run while the work is done: start, stop, pause, resume, switch."""

from __future__ import annotations

import re

from ccm.phrases import lexicon as lx
from ccm.phrases.facts import Facts
from ccm.phrases.questions import confirm, which_patient
from ccm.phrases.topics import activity_of
from ccm.phrases.whom import whom
from ccm.phrases.wordsets import word_set
from ccm.readings import Intent, Reading

_CLOCK = r"(?:timer|clock|stopwatch|time|tracking|timing)"
_START = re.compile(
    rf"^(?:(?:start|begin|starting|open|run|restart|kick off|set|turn on|new) (?:up )?(?:a |the |my |"
    rf"new )*{_CLOCK}\b|{_CLOCK} (?:start|on|begin|go)\b|clock (?:me )?in\b|on the clock\b|track (?:my )?time\b|"
    rf"time me\b|start (?:tracking|timing|clocking))"
)
_STOP = re.compile(
    rf"^(?:(?:stop|end|finish|halt|kill|turn off|done with) (?:a |the |my )*{_CLOCK}\b|{_CLOCK} (?:stop|off|end|"
    rf"done)\b|clock (?:me )?out\b|off the clock\b|stop (?:tracking|timing|clocking)|(?:stop|end|finish|finished|"
    rf"done|all done|i'm done|im done)(?: now| please| it)?$)"
)
_STOP_LAST = re.compile(rf"(?:^|[,;.\-] ?)(?:stop|end)(?: (?:the |my )?{_CLOCK}| it| now)?$")
_BARE_START = re.compile(r"^(?:start|begin|starting|clock) (?:on |with |for |w/ ?)?")
_BARE_STOP = re.compile(
    r"^(?:(?:i'm |im |all )?(?:done|finished|through|stop|finish|end|stopping)) (?:with |w/ ?|on |for |up with )?"
)
_PAUSE = re.compile(rf"^(?:pause|hold)(?: (?:the |my )?{_CLOCK}| it| that)?$|^{_CLOCK} (?:pause|hold)$")
_RESUME = re.compile(
    rf"^(?:resume|unpause|continue|restart)(?: (?:the |my )?{_CLOCK}| it)?$|^{_CLOCK} (?:resume|continue)$"
)
_SWITCH = re.compile(r"^(?:switch|change|move)(?: (?:the |my )?(?:timer|clock))? (?:over )?to ")
_WORDS = word_set(
    "timer clock stopwatch tracking timing start begin starting stop end finish finished done pause hold "
    "resume continue switch stopping unpause track time restart through halt"
)


def read_timer(facts: Facts, first: int) -> Reading | None:
    """A timer command; anything with minutes in it is none."""
    line = facts.line
    if (
        _WORDS.isdisjoint(line.bag)
        or facts.findings.amounts
        or facts.findings.intervals
        or first >= len(line)
        or line.words[-1] == "?"
        or len(line) > 14
    ):
        return None
    text = line.text[line.starts[first] :].lower().strip(" .!\n")
    if _PAUSE.match(text) or _RESUME.match(text):
        return Reading(intent=Intent.TIMER_PAUSE if _PAUSE.match(text) else Intent.TIMER_RESUME)
    if _START.match(text):
        return _start(facts)
    if _STOP.match(text) or (_STOP_LAST.search(text) and len(line) <= 9):
        who = whom(facts)
        return Reading(intent=Intent.TIMER_STOP, ask=who.ask, patient=who.patient)
    return _without_clock(facts, text)


def _start(facts: Facts) -> Reading:
    who = whom(facts)
    topic = activity_of(facts.line, 0, len(facts.line), facts.names)
    if not who.patient:
        return Reading(intent=Intent.TIMER_START, ask=who.ask or which_patient(None), activity=topic)
    return Reading(intent=Intent.TIMER_START, patient=who.patient, activity=topic)


def _without_clock(facts: Facts, text: str) -> Reading | None:
    """ "start Chen", "done with Zhao", "switch to Lopez": only with a patient and nothing that could be care."""
    who = whom(facts)
    if not (who.patient or (who.ask and who.ask.candidates)):
        return None
    if _SWITCH.match(text):
        return Reading(intent=Intent.TIMER_SWITCH, patient=who.patient, ask=who.ask)
    start, stop = _BARE_START.match(text), _BARE_STOP.match(text)
    if not (start or stop) or len(facts.line) > 7:
        return None
    medical = any(sense & lx.TOPIC for sense in facts.line.senses) or "'s" in text
    if start and not medical and " on " not in text:
        return _start(facts)
    if stop and not medical:
        return Reading(intent=Intent.TIMER_STOP, ask=who.ask, patient=who.patient)
    return (
        Reading(intent=Intent.TIMER_START, ask=confirm("Shall I start a timer?"))
        if start and " on " not in text and "'s" not in text
        else None
    )
