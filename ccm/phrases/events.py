"""The day of something that takes no minutes: a consent, a care plan."""

from __future__ import annotations

from datetime import date

from ccm.phrases.facts import Facts
from ccm.phrases.questions import which_day
from ccm.readings import Ask


def day_of_event(facts: Facts) -> tuple[date | None, Ask | None]:
    """The one day said, today when none is, or the question."""
    days = facts.findings.days
    if not days:
        return facts.today, None
    plain = {each.day for each in days if each.day}
    troubled = next((each for each in days if each.trouble), None)
    if troubled or len(plain) != 1:
        offered = troubled.days if troubled else tuple(sorted(plain))
        return None, which_day(
            troubled.trouble if troubled else "several", tuple(day for day in offered if day <= facts.today)
        )
    return plain.pop(), None
