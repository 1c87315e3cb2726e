"""Everything but logging minutes: the readers of commands, asked in turn."""

from __future__ import annotations

from ccm.phrases.amending import read_amend
from ccm.phrases.asking import read_asking
from ccm.phrases.consents import read_consent
from ccm.phrases.facts import Facts
from ccm.phrases.openings import opening
from ccm.phrases.plans import read_care_plan
from ccm.phrases.timers import read_timer
from ccm.phrases.undoing import read_undo
from ccm.readings import Reading

READERS = (read_asking, read_timer, read_undo, read_amend, read_consent, read_care_plan)


def read_command(facts: Facts) -> Reading | None:
    """The first reader that recognises its command; None leaves the words to the log."""
    first = opening(facts.line, 0, len(facts.line))
    for reader in READERS:
        reading = reader(facts, first)
        if reading:
            return reading
    return None
