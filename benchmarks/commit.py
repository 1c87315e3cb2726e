"""One durable log through the ledger against the disk: overwrite 4 KiB and fdatasync, in the same rounds."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import office
from bot.settings import read_settings
from ccm.readings import EntryDraft
from ccm.records import Surface
from storage import ledger, practices
from storage.acts import Request
from storage.database import open_database
from storage.directory import Directory
from storage.sealing import load_keyring

ROUNDS, COMMITS = 7, 150


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        office.furnish(folder)
        log, floor = _logger(folder), _floor(folder)
        ratios = []
        for _ in range(ROUNDS):
            one, other = _median(log), _median(floor)
            ratios.append(one / other)
            print(f"  log {one * 1e6:.0f} us, overwrite + fdatasync {other * 1e6:.0f} us")
    print(
        f"durable log / disk floor, p50: {statistics.median(ratios):.2f}   goal <= 3 for the bare path, <= 15 complete"
    )


def _median(act: Callable[[], None]) -> float:
    times = []
    for _ in range(COMMITS):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def _logger(folder: Path) -> Callable[[], None]:
    settings = read_settings(office.settings_in(folder))
    database, keyring = open_database(settings.database_url), load_keyring(settings.key_file)
    with database.read() as connection:
        practice = practices.listed(connection)[0]
    snapshot = Directory(practice.id, keyring).current(database, datetime.now(UTC))
    actor, people = snapshot.actors["U0NINA"], list(snapshot.roster)
    numbers = iter(range(10**9))

    def log() -> None:
        number, now = next(numbers), datetime.now(UTC)
        draft = EntryDraft(
            patient=people[number % len(people)].id,
            minutes=number // len(people) % 59 + 1,
            day=practice.day_of(now),
            activity="education",
        )
        request = Request(
            practice=practice, actor=actor, source_key=f"bench:{number}", surface=Surface.COMMAND,
            words="12m med rec somebody", said_at=now, at=now,
        )  # fmt: skip
        with database.begin() as connection:
            ledger.log(connection, keyring, request, (draft,))

    return log


def _floor(folder: Path) -> Callable[[], None]:
    handle = os.open(folder / "floor", os.O_RDWR | os.O_CREAT)
    os.write(handle, bytes(1 << 20))
    os.fsync(handle)
    page = os.urandom(4096)

    def overwrite() -> None:
        os.pwrite(handle, page, 0)
        os.fdatasync(handle)

    return overwrite
