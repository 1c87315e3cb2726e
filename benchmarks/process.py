"""A bot as a process whose cost is read from the kernel: processor seconds and resident memory."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Process:
    """A running bot; `started_s`: seconds from its start to its connection."""

    pid: int
    started_s: float

    def cpu_s(self) -> float:
        """Processor seconds of all its threads so far, to the nanosecond."""
        threads = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9

    def memory_mb(self) -> float:
        """Resident memory now."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


@contextmanager
def running(argv: list[str], env: Mapping[str, str], connected: object) -> Iterator[Process]:
    """Start `python argv`, wait until `connected()` returns, and kill it at the end."""
    begun = time.perf_counter()
    child = subprocess.Popen([sys.executable, *argv], env=env, stderr=subprocess.DEVNULL)
    try:
        connected()  # type: ignore[operator]
        yield Process(child.pid, time.perf_counter() - begun)
    finally:
        child.kill()
        child.wait()
