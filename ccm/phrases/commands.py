"""Everything but logging."""

from __future__ import annotations

from ccm.phrases.facts import Facts
from ccm.readings import Reading


def read_command(facts: Facts) -> Reading | None:
    return None
