"""The sandbox's clock: real time plus a movable offset, and message timestamps that never run backwards."""

import time
from datetime import datetime, timedelta
from datetime import time as wall
from zoneinfo import ZoneInfo

MORNING = wall(9, 0)


class Clock:
    """Wall time shifted by `offset` seconds; timeouts elsewhere use real monotonic time and are not shifted."""

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset
        self._last = 0

    def now(self) -> float:
        """Seconds since the epoch, offset included."""
        return time.time() + self.offset

    def ts(self) -> str:
        """A new Slack timestamp, later than every one before it even after the clock was moved back."""
        self._last = max(self._last + 1, int(self.now() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


def moved(now: datetime, move: str) -> datetime | None:
    """Where a page's move takes the clock, or None for an unknown move.

    Args:
        now: the present of the sandbox, aware, in the practice's zone.
        move: `+1h`, `next_business_day`, `month_end_minus_3` or `next_month`; all but the first land at 09:00.
    """
    moves = {"+1h": hour_later, "next_business_day": next_business_day}
    moves |= {"month_end_minus_3": three_days_before_month_end, "next_month": next_month}
    return moves[move](now) if move in moves else None


def hour_later(now: datetime) -> datetime:
    """An hour of elapsed time later, also across a change of summer time."""
    return datetime.fromtimestamp(now.timestamp() + 3600, now.tzinfo)


def next_business_day(now: datetime) -> datetime:
    """The next Monday to Friday at 09:00; holidays are not known here."""
    day = now.date() + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, now.tzinfo)


def next_month(now: datetime) -> datetime:
    """The first of the next month at 09:00."""
    first = (now.date().replace(day=1) + timedelta(days=32)).replace(day=1)
    return datetime.combine(first, MORNING, now.tzinfo)


def three_days_before_month_end(now: datetime) -> datetime:
    """Three days before this month's last day at 09:00; the next month's when that has passed."""
    there = next_month(now) - timedelta(days=4)
    return there if there > now else next_month(next_month(now)) - timedelta(days=4)


def zone(name: str) -> ZoneInfo:
    """The zone in which the page's moves mean morning and month-end."""
    return ZoneInfo(name)
