"""`/ccm log` over real Socket Mode against bots that do nothing: processor time, ack time, cold burst, start, memory.

Each round starts every bot afresh, in turn. Figures are medians over rounds of ratios within a round.
"""

from __future__ import annotations

import itertools
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks import office
from benchmarks.process import Process, running
from sandbox import Sandbox
from storage.database import open_database
from storage.schema import time_entry

ROUNDS = 5
ONE_BY_ONE, IN_FLIGHT, BURST = 300, 600, 20
SETTLED_S = 3.0
"""After a start a bot still warms up; the steady state is measured after that, the burst before."""
MANIFEST = Path(__file__).parents[1] / "app.yaml"
BOTS = {
    "pbr": ["-m", "benchmarks.floors", "pbr"],
    "default": ["-m", "benchmarks.floors", "default"],
    "full": ["-m", "bot", "run"],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of one bot in one round: times in seconds, processor time per command, memory in MB."""

    start: float
    burst_worst: float
    burst_missed: int
    cpu_1: float
    cpu_20: float
    ack: float
    p99_20: float
    memory: float


def main() -> None:
    """Measure and print."""
    rounds: list[dict[str, Figures]] = []
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template"
        template.mkdir()
        office.furnish(template)
        for number in range(ROUNDS):
            rounds.append({name: _measure(name, Path(folder) / f"{name}-{number}", template) for name in BOTS})
    _print(rounds)


def _measure(name: str, folder: Path, template: Path) -> Figures:
    shutil.copytree(template, folder)
    said = iter(office.sentences())
    with Sandbox(manifest=MANIFEST) as slack:
        tokens = {
            "SLACK_API_URL": slack.api_url,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
        }
        env = os.environ | tokens | (office.settings_in(folder) if name == "full" else {})
        with running(BOTS[name], env, slack.wait_connected) as process:
            figures = _drive(slack, process, said)
    if name == "full":
        _check_rows(folder, BURST + ONE_BY_ONE + IN_FLIGHT - figures.burst_missed)
    return figures


def _drive(slack: Sandbox, process: Process, said: Iterator[str]) -> Figures:
    burst = _send(slack, list(itertools.islice(said, BURST)), BURST)
    time.sleep(SETTLED_S)
    cpu = [process.cpu_s()]
    single = _send(slack, list(itertools.islice(said, ONE_BY_ONE)), 1)
    cpu.append(process.cpu_s())
    many = _send(slack, list(itertools.islice(said, IN_FLIGHT)), 20)
    cpu.append(process.cpu_s())
    return Figures(
        start=process.started_s,
        burst_worst=max((each for each in burst if each is not None), default=3.0),
        burst_missed=burst.count(None),
        cpu_1=(cpu[1] - cpu[0]) / ONE_BY_ONE,
        cpu_20=(cpu[2] - cpu[1]) / IN_FLIGHT,
        ack=statistics.median(each for each in single if each is not None),
        p99_20=statistics.quantiles([each or 3.0 for each in many], n=100)[98],
        memory=process.memory_mb(),
    )


def _send(slack: Sandbox, texts: list[str], at_once: int) -> list[float | None]:
    """Send commands and give each one's ack time; None: Slack gave up."""
    with ThreadPoolExecutor(at_once) as pool:
        return [delivery.acked_after for delivery in pool.map(lambda text: slack.command("/ccm", text), texts)]


def _check_rows(folder: Path, expected: int) -> None:
    database = open_database(office.settings_in(folder)["DATABASE_URL"])
    with database.read() as connection:
        rows = connection.execute(time_entry.select()).all()
        level = connection.exec_driver_sql("PRAGMA synchronous").scalar()
    database.close()
    if len(rows) != expected or level != 2:
        raise SystemExit(f"{expected} commands were acked, {len(rows)} rows stand; synchronous={level}")


def _print(rounds: list[dict[str, Figures]]) -> None:
    def ratio(measure: str, over: str, under: str = "full") -> str:
        found = sorted(getattr(each[under], measure) / getattr(each[over], measure) for each in rounds)
        return f"{statistics.median(found):5.2f}  ({found[0]:.2f} to {found[-1]:.2f})"

    def median(measure: str, name: str) -> float:
        return statistics.median(getattr(each[name], measure) for each in rounds)

    print(f"/ccm log over Socket Mode, {len(rounds)} rounds, {office.PATIENTS} patients; ratio median (least to most)")
    print(f"CPU per log / no-op, one by one     {ratio('cpu_1', 'pbr')}   goal <= 4")
    print(f"CPU per log / no-op, 20 in flight   {ratio('cpu_20', 'pbr')}   goal <= 4")
    print(f"ack / ack of a default Bolt no-op   {ratio('ack', 'default')}   goal <= 0.35")
    print(f"p99 of 20 in flight / no-op         {ratio('p99_20', 'pbr')}")
    print(f"start to connected / bare Bolt      {ratio('start', 'default')}   goal <= 4")
    worst, missed = max(each["full"].burst_worst for each in rounds), sum(each["full"].burst_missed for each in rounds)
    print(f"cold burst of {BURST}: worst ack {worst:.3f} s, missed {missed}   goal < 0.3 s, 0")
    print(f"memory {median('memory', 'full'):.0f} MB (bare Bolt {median('memory', 'default'):.0f})   goal < 100")
    for name in BOTS:
        cpu = f"{median('cpu_1', name) * 1e6:.0f} / {median('cpu_20', name) * 1e6:.0f} us"
        print(f"  {name:8} start {median('start', name):.2f} s, CPU {cpu}, ack p50 {median('ack', name) * 1e3:.2f} ms")
