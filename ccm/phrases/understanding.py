"""From a message to its reading: clean it, cut it, find what stands in it, decide what is meant."""

from __future__ import annotations

from datetime import datetime

from ccm.months import ServiceMonth
from ccm.phrases.clean import LONGEST, cleaned
from ccm.phrases.commands import read_command
from ccm.phrases.facts import Facts
from ccm.phrases.intrusions import is_code, is_order
from ccm.phrases.logs import NOTHING, read_log
from ccm.phrases.plain import read_plain
from ccm.phrases.tokens import Line, cut
from ccm.phrases.unfinished import read_unfinished
from ccm.readings import About, Ask, Intent, Reading
from ccm.roster import Roster

_TOO_LONG = Ask(
    about=About.CONFIRM,
    question=("This is too long for me to read as a log. Please send the minutes and the patient in a short line."),
)


def understand(
    text: str,
    *,
    roster: Roster,
    now: datetime,
    closed_through: ServiceMonth | None = None,
    last_patient: str | None = None,
) -> Reading:
    """What the person means: entries to store, a question, another intent, or nothing.

    Args:
        text: the message as Slack sent it.
        roster: the practice's patients.
        now: aware, in the clinic's zone; days are told from it.
        closed_through: this month and all before take no entries.
        last_patient: roster id of the writer's own last patient, if recent; "her" and "same pt" mean that one.
    """
    if len(text) > LONGEST:
        return Reading(intent=Intent.LOG, ask=_TOO_LONG)
    plain = cleaned(text)
    line = cut(plain)
    return read_plain(line, roster, now, closed_through) or read_in_full(
        plain, line, roster=roster, now=now, closed_through=closed_through, last_patient=last_patient
    )


def read_in_full(
    plain: str,
    line: Line,
    *,
    roster: Roster,
    now: datetime,
    closed_through: ServiceMonth | None = None,
    last_patient: str | None = None,
) -> Reading:
    """What the whole grammar makes of a cleaned text and its line."""
    if not len(line) or is_code(plain, line.bag) or is_order(line):
        return NOTHING
    facts = Facts.of(line, roster, now, closed_through, last_patient)
    return read_command(facts) or read_log(facts) or read_unfinished(facts) or NOTHING
