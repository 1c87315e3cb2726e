"""What a person can say: the table of `/ccm` verbs, and sentences that reach the same functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from ccm.errors import CcmError
from ccm.readings import Intent, Reading
from ccm.sensitive import refuse_sensitive
from handlers import own
from handlers.answers import Answer, escape, says, small, sorry
from handlers.conduct import say
from handlers.log import HOW, log, log_reading, understand
from handlers.patient import patient, status
from handlers.turns import Desk, Turn

NEAREST = 60
"""From this likeness (of 100) on an unknown word is taken for a mistyped verb."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A word after `/ccm`: how it is used, a runnable example, and what it does with the rest of the line."""

    usage: str
    example: str
    does: str
    run: Callable[[Desk, Turn, str], Answer]


def helping(desk: Desk, turn: Turn, rest: str) -> Answer:
    """Every verb with a runnable example, or one verb's own."""
    chosen = {rest.strip().lower(): VERBS[rest.strip().lower()]} if rest.strip().lower() in VERBS else VERBS
    lines = [f"`/ccm {escape(verb.usage)}` {verb.does} For example `{verb.example}`" for verb in chosen.values()]
    blocks = (
        says("*What you can say*"),
        says("\n".join(lines)),
        small("In our direct message plain sentences do the same: _12 min med rec Lopez yesterday_, _scratch that_."),
        small("`/ccm` alone opens a form. Unclear things are asked back; nothing is saved before you answer."),
    )
    return say(desk, turn, Answer(text="How to use me", blocks=blocks))


VERBS: dict[str, Verb] = {
    "log": Verb(
        usage="log <minutes> <what> <patient> [day]",
        example="/ccm log 12m med rec Lopez",
        does="saves care time.",
        run=log,
    ),
    "undo": Verb(
        usage="undo", example="/ccm undo", does="takes your last entry back.", run=lambda d, t, _: own.undo(d, t)
    ),
    "edit": Verb(
        usage="edit [what changes]",
        example="/ccm edit 25 min",
        does="changes your last entry; alone it opens a form.",
        run=lambda d, t, rest: change(d, t, rest),
    ),
    "today": Verb(
        usage="today", example="/ccm today", does="shows what you logged today.", run=lambda d, t, _: own.today(d, t)
    ),
    "patient": Verb(
        usage="patient <name, MRN or code>",
        example="/ccm patient Lopez",
        does="shows a patient's month.",
        run=patient,
    ),
    "help": Verb(usage="help [verb]", example="/ccm help", does="shows this.", run=helping),
}

ALIASES = {"status": "patient", "scratch": "undo", "add": "log", "?": "help", "change": "edit"}
COMING = {
    Intent.AT_RISK: "who is short of minutes",
    Intent.CONSENT: "consent",
    Intent.CARE_PLAN: "care plans",
    Intent.TIMER_START: "timers",
    Intent.TIMER_STOP: "timers",
    Intent.TIMER_PAUSE: "timers",
    Intent.TIMER_RESUME: "timers",
    Intent.TIMER_SWITCH: "timers",
    Intent.WHY: "why a month is or is not billable",
    Intent.NEXT: "whom to care for next",
    Intent.GAPS: "gaps",
}


def command(desk: Desk, turn: Turn) -> Answer:
    """Answer the text of a `/ccm` command: a verb and its rest, or a plain sentence."""
    word, _, rest = turn.words.partition(" ")
    name = ALIASES.get(word.lower(), word.lower())
    try:
        refuse_sensitive(turn.words)
    except CcmError as error:
        return say(desk, turn, sorry(error))
    if name in VERBS:
        return VERBS[name].run(desk, turn, rest.strip())
    return sentence(desk, turn, turn.words)


def message(desk: Desk, turn: Turn) -> Answer:
    """Answer a sentence in a direct message or mention; one that is only a verb works like the command."""
    first, _, rest = turn.words.strip().lower().partition(" ")
    if first in ("patient", "status", "help", "edit") or (first in VERBS and not rest):
        return command(desk, turn)
    try:
        refuse_sensitive(turn.words)
    except CcmError as error:
        return say(desk, turn, sorry(error))
    return sentence(desk, turn, turn.words)


def sentence(desk: Desk, turn: Turn, text: str) -> Answer:
    """Answer what a sentence means."""
    reading = understand(turn, text)
    match reading.intent:
        case Intent.LOG:
            return log_reading(desk, turn, reading)
        case Intent.UNDO:
            return own.undo_said(desk, turn, reading)
        case Intent.AMEND:
            return own.ask_amend(desk, turn, reading) if reading.ask else own.amend(desk, turn, reading)
        case Intent.STATUS:
            return status(desk, turn, reading)
        case Intent.MY_DAY:
            return own.today(desk, turn)
        case Intent.HELP:
            return helping(desk, turn, "")
        case intent if intent in COMING:
            return _coming(desk, turn, COMING[intent])
        case _:
            return _not_understood(desk, turn, reading)


def change(desk: Desk, turn: Turn, rest: str) -> Answer:
    """`edit` with what changes; alone, where no form can be opened, it says how."""
    if not rest:
        return own.how_to_amend(desk, turn)
    return sentence(desk, turn, f"make that {rest}")


def _coming(desk: Desk, turn: Turn, what: str) -> Answer:
    blocks = (says(f"*I understood that this is about {what}. That part of me is still being built.*"),)
    return say(desk, turn, Answer(text="Not built yet", blocks=(*blocks, small("Nothing was saved."))))


def _not_understood(desk: Desk, turn: Turn, reading: Reading) -> Answer:
    if reading.ask is not None:
        text = f"*{reading.ask.question}*"
    else:
        text = "*I took that as talk, not as care time: nothing was saved.*"
    word = turn.words.partition(" ")[0].lower()
    near = process.extractOne(word, list(VERBS), scorer=fuzz.ratio, score_cutoff=NEAREST) if word.isalpha() else None
    hint = f"Did you mean `/ccm {near[0]}`? " if near else ""
    return say(desk, turn, Answer(text="About your message", blocks=(says(text), small(f"{hint}{HOW}"))))
