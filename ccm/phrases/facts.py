"""What is known about one sentence before its meaning is decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from ccm.months import ServiceMonth
from ccm.phrases.findings import Findings, find
from ccm.phrases.mention import Mention
from ccm.phrases.mentions import find_mentions, sure_names
from ccm.phrases.occasions import occasion
from ccm.phrases.tokens import Line
from ccm.roster import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The line, what stands in it, the circumstances. names: tokens of mentions; occasions: of the days, in order."""

    line: Line
    findings: Findings
    mentions: list[Mention]
    names: frozenset[int]
    occasions: tuple[str, ...]
    today: date
    clock: time
    roster: Roster
    closed_through: ServiceMonth | None
    last_patient: str | None

    @classmethod
    def of(
        cls, line: Line, roster: Roster, now: datetime, closed_through: ServiceMonth | None, last_patient: str | None
    ) -> Facts:
        """Find everything that stands in the line."""
        findings = find(line, now.date(), sure_names(line, roster))
        mentions = find_mentions(line, roster, findings.taken, several=len(findings.amounts) > 1)
        named = frozenset(
            place
            for each in mentions
            if each.doubt != "stranger" and each.strength
            for place in range(each.start, each.end)
        )
        return cls(
            line=line,
            findings=findings,
            mentions=mentions,
            names=named,
            occasions=tuple([occasion(line, day, named) for day in findings.days]),
            today=now.date(),
            clock=now.time(),
            roster=roster,
            closed_through=closed_through,
            last_patient=last_patient,
        )

    def is_closed(self, day: date) -> bool:
        """Whether the day's month takes no more entries."""
        return self.closed_through is not None and ServiceMonth.of(day) <= self.closed_through
