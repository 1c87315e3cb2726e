"""Logging care time: the same line as a command, a direct message, a mention, a form or a shortcut."""

from __future__ import annotations

import pytest

from sandbox import Person
from tests.scenarios.office import Office


def test_a_command_saves_and_reads_back(office: Office, nina: Person) -> None:
    said = nina.types("/ccm log 12m med rec Lopez")

    assert said is not None
    assert said.acked_after is not None
    receipt = nina.sees("12 min", new=True)
    assert receipt.surface == "ephemeral"
    for part in ("Saved", "Maria Lopez", office.code("Lopez"), "Medication management", "today"):
        assert receipt.has(part)
    assert receipt.has("March 2026: 12 of 20 min, 8 to go")
    assert receipt.buttons == ["Undo", "Edit"]
    assert office.minutes() == [12]
    assert office.audited("time.log") == 1
