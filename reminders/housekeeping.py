"""Daily and hourly chores on APScheduler: it only ticks, holds no data, and forgetting a tick loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from storage import drafts
from storage.database import Database

log = structlog.get_logger("reminders")


class Housekeeper:
    """Erases what has had its time: expired questions."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock
        self._scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )
        self._scheduler.add_job(self.tidy, "interval", minutes=10)

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()

    def stop(self) -> None:
        """End; a chore in work is finished."""
        self._scheduler.shutdown(wait=True)

    def tidy(self) -> None:
        """Erase once."""
        now = self._clock()
        with self._database.begin() as connection:
            questions = drafts.erase_old(connection, now)
        log.info("tidied", questions=questions)
