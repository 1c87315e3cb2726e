"""The running bot: one process on one SQLite file, stopped by a signal, watched for a silent connection."""

from __future__ import annotations

import fcntl
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.compose import Bot, compose
from bot.settings import Settings
from ccm.errors import BadSetting
from storage.database import read_url

if TYPE_CHECKING:
    from reminders.housekeeping import Housekeeper

log = structlog.get_logger("bot")
SILENT_S = 60.0
"""Without an answer to a ping for so long (they go every few seconds) the connection is taken for dead."""
FIRST_RUSH_S = 2.0
"""After a start whoever was waiting speaks at once."""


def run(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; raises BadSetting with a plain sentence when it cannot start."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    with only_one(settings.database_url):
        bot = compose(settings)
        bot.start()
        log.info("connected", practice=bot.practice.id, pid=os.getpid())
        try:
            _work(bot, stopping)
        finally:
            log.info("stopping")
            bot.stop()


@contextmanager
def only_one(database_url: str) -> Iterator[None]:
    """Hold the lock beside a SQLite file: two bots on one file are refused (replicas need PostgreSQL)."""
    url = read_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        yield
        return
    path = Path(f"{url.database}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            hint = "Stop the other one, or use PostgreSQL for several bots."
            raise BadSetting("Another bot is running on this database file.", hint=hint) from None
        yield


def _work(bot: Bot, stopping: threading.Event) -> None:
    """Answer until stopped; what costs processor time and nobody waits for comes after the first rush."""
    if stopping.wait(FIRST_RUSH_S):
        return
    bot.warm_rest()
    housekeeper = _housekeeping(bot)
    try:
        _watch(bot, stopping)
    finally:
        housekeeper.stop()


def _watch(bot: Bot, stopping: threading.Event) -> None:
    """Wait for the signal; a connection silent for too long is made anew."""
    while not stopping.wait(5):
        if (silent_s := bot.handler.silent_s()) > SILENT_S:
            log.warning("connection_silent", seconds=round(silent_s))
            bot.handler.client.connect_to_new_endpoint(force=True)


def _housekeeping(bot: Bot) -> Housekeeper:
    from reminders.housekeeping import Housekeeper  # APScheduler is loaded after connecting, not before

    keeper = Housekeeper(bot.database, bot.desk.clock)
    keeper.start()
    return keeper
