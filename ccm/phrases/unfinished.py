"""Work told without its minutes."""

from __future__ import annotations

from ccm.phrases.facts import Facts
from ccm.readings import Reading


def read_unfinished(facts: Facts) -> Reading | None:
    return None
