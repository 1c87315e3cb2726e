"""Questions to the program: help, whose minutes stand where, who is short, the writer's own day."""

from __future__ import annotations

import re
from datetime import date

from ccm.months import ServiceMonth
from ccm.phrases import lexicon as lx
from ccm.phrases.facts import Facts
from ccm.phrases.people import patients_meant
from ccm.phrases.quantities import word_at
from ccm.phrases.tokens import Line
from ccm.phrases.whom import whom
from ccm.phrases.words_plain import MONTHS, NUMBERS
from ccm.phrases.wordsets import word_set
from ccm.readings import Intent, Reading

_HELP = re.compile(
    r"^(?:(?:i )?(?:need )?(?:some )?help(?: me| please| pls)?|\?+|commands?|usage|menu|instructions?|tutorial|"
    r"how (?:do|can|should|would) (?:i|you|we)\b.*|how to\b.*|"
    r"how does (?:this|it|the bot)\b.*|what can (?:you|i|this|it)\b.*|what (?:do|should) i (?:type|say|write|enter|"
    r"send)\b.*|"
    r"(?:show|give|send) (?:me )?(?:the )?(?:help|commands|examples?|instructions)|what (?:are|is) (?:the|"
    r"your) (?:commands?|options)|(?:can|could) (?:you|someone|somebody) (?:help|show me how)\b.*|"
    r"is there a way to\b.*|what does (?:this|the) bot\b.*|what are you|examples?|help (?:with|on) \w+(?: \w+)?)$"
)
_STATUS = word_set(
    "minutes min mins time total totals status at hit reach reached count tally left far done billable logged "
    "progress have has got need needs where standing stand sitting made over past enough short met qualify "
    "qualified yet month hours hour much many threshold"
)
_SHORT = re.compile(
    r"\b(?:under|below|short|behind|at[- ]risk|less than|fewer than|shy|close to|near(?:ly)?|almost|not (?:at|there|"
    r"yet|done|hit)|n[o']t (?:hit|reached|at|met|made|have)|haven'?t|hasn'?t|"
    r"left|lacking|missing|remaining|outstanding|needs?|low|falling|won'?t make|lagging|without|running out|"
    r"don'?t have)\b"
)
_WHO = re.compile(
    r"\b(?:who|who's|whos|whose|anyone|anybody|any (?:pts?|patients?|one|body)|which (?:pts?|patients?|ones)|list|"
    r"show|pts|patients|everyone|everybody|how many (?:pts|patients|people)|how many (?=are|still))\b"
)
_RISK_ALONE = re.compile(
    r"^(?:(?:show |list )?(?:me )?(?:the )?at[- ]risk(?: (?:list|pts|patients|report))?|under \d+(?: (?:list|min|"
    r"mins|minutes))*|pts? under \d+.*)\??$"
)
_OWN = re.compile(
    r"^(?:my (?:day|log|minutes|entries|time|total|totals|list)(?: (?:so far|today|this week))*|"
    r"where am i(?: at)?(?: today)?|what(?: have| did|'ve) i (?:log|logged|do|done|enter|entered)\b.*|"
    r"how (?:many minutes|much(?: time)?) (?:have i|did i|do i have)\b.*|today)\??$"
)
_VERBS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (Intent.GAPS, re.compile(r"^(?:show |list |my |the )*gaps?\??$|^what(?:'s| is) missing\??$")),
    (Intent.NEXT, re.compile(r"^(?:next|who(?:'s| is) next|what(?:'s| is) next|next (?:patient|pt|one))\??$")),
    (Intent.WHY, re.compile(r"^why\b(?: (?:not|so|that|is that|isn't|didn't).*)?\??$")),
)
_ORDERED = re.compile(
    r"^(?:status|total|totals|tally|minutes|mins|time|show(?: me)?|check|progress|where(?:'s| is|s)?|summary)\b"
)
_OPENERS = word_set(
    "help ? commands command usage menu instructions instruction tutorial how show give send what examples "
    "example my where wheres today gap gaps next why list pts pt patients at at-risk under status total "
    "totals tally minutes mins time check progress summary i need some pull get find run see tell everyone "
    "anyone anybody any"
)
_CLOSERS = word_set("status total totals progress tally help")


def read_asking(facts: Facts, first: int) -> Reading | None:
    """Help, status, at_risk and the writer's own day."""
    line = facts.line
    opener = word_at(line, first)
    marked = line.words[-1] == "?"
    if not marked and (
        first >= len(line)
        or (not line.senses[first] & lx.QUESTION and opener not in _OPENERS and line.words[-1] not in _CLOSERS)
    ):
        return None
    text = line.text[line.starts[first] :].lower().strip(" .!\n") if first < len(line) else ""
    if _HELP.match(text) and not facts.findings.amounts:
        return Reading(intent=Intent.HELP)
    if _OWN.match(text):
        return Reading(intent=Intent.MY_DAY)
    for intent, pattern in _VERBS:
        if pattern.match(text):
            return Reading(intent=intent, patient=whom(facts).patient)
    asks = marked or _opens_question(line, first, opener, facts)
    people = patients_meant(line, facts.mentions, 0, len(line))
    if _is_risk(text, asks, bool(people) and bool(people[0].patients), opener):
        return Reading(intent=Intent.AT_RISK, minutes=_threshold(facts), month=_month(facts))
    return _status(facts, first, text, asks)


def _opens_question(line: Line, first: int, opener: str, facts: Facts) -> bool:
    if first in facts.names or (
        opener in ("did", "was", "has", "do", "have", "will", "were", "any") and first + 1 not in facts.names
    ):
        return opener == "any"
    return bool(line.senses[first] & lx.QUESTION) if first < len(line) else False


def _is_risk(text: str, asks: bool, named: bool, opener: str) -> bool:
    if named:
        return False
    if _RISK_ALONE.match(text):
        return True
    return bool(_WHO.search(text) and _SHORT.search(text)) and (
        asks
        or opener
        in ("list", "show", "give", "pull", "get", "find", "pts", "patients", "run", "see", "tell", "send", "need")
    )


def _threshold(facts: Facts) -> int | None:
    """The one number said, with or without its unit."""
    line = facts.line
    said = [
        int(word)
        for word, kind in zip(line.words, line.kinds, strict=True)
        if kind == "num" and word.isdigit() and int(word) < 300
    ]
    said += [NUMBERS[word] for word in line.words if NUMBERS.get(word, 0) >= 5]
    return said[0] if len(said) == 1 else None


def _month(facts: Facts) -> str:
    """The month asked about: the last of that name, "last month", or the present one."""
    line, today = facts.line, facts.today
    for place, sense in enumerate(line.senses):
        word = line.words[place]
        if (
            sense & lx.MONTH
            and place not in facts.names
            and (len(word) > 3 or word_at(line, place - 1) in ("in", "for", "of", "during", "last", "since"))
        ):
            number = MONTHS[word]
            year = today.year - (number > today.month)
            return str(ServiceMonth.of(date(year, number, 1)))
        if word == "month" and word_at(line, place - 1) in ("last", "previous", "prior"):
            first = today.replace(day=1)
            return str(
                ServiceMonth.of(first.replace(year=first.year - (first.month == 1), month=(first.month - 2) % 12 + 1))
            )
    return str(ServiceMonth.of(today))


def _status(facts: Facts, first: int, text: str, asks: bool) -> Reading | None:
    """ "is Crane at 20 now", "Volkov time in January?", "status Chen"."""
    line = facts.line
    ordered = (
        bool(_ORDERED.match(text)) and not facts.findings.amounts and not facts.findings.intervals and len(line) <= 9
    )
    trails = (
        line.words[-1] in ("status", "total", "totals", "progress", "tally")
        and not facts.findings.amounts
        and len(line) <= 5
    )
    if facts.findings.amounts and not _opens_question(line, first, word_at(line, first), facts):
        return None
    if not (asks or ordered or trails) or not (_STATUS & set(line.words) or ordered):
        return None
    if word_at(line, first) in ("can", "should", "may", "could", "if", "would") or (
        "i" in line.words[first : first + 3] and word_at(line, first) in ("do", "am", "did")
    ):
        return None
    who = whom(facts)
    if who.ask:
        unknown = not who.ask.candidates
        return None if unknown and not asks else Reading(intent=Intent.STATUS, ask=who.ask, month=_month(facts))
    if who.patient:
        return Reading(intent=Intent.STATUS, patient=who.patient, month=_month(facts))
    return Reading(intent=Intent.STATUS, month=_month(facts)) if text in ("status", "total", "totals") else None
