"""A process the page can kill, start and restart: given by the host, the sandbox does not know what it runs."""

import asyncio
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.wire import Json

STOP_WAIT = 10.0


@dataclass(slots=True, kw_only=True)
class Child:
    """A command line, its environment (None: ours) and the file its output goes to (None: ours)."""

    argv: Sequence[str]
    env: Mapping[str, str] | None = None
    log: Path | None = None
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    _more_env: dict[str, str] = field(default_factory=dict, init=False)

    def give_env(self, **more: str) -> None:
        """Add to the environment what the host did not set."""
        self._more_env = more

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def state(self) -> Json:
        """What the page shows of it."""
        pid = self._process.pid if self._process is not None and self.is_running else None
        return {"running": self.is_running, "pid": pid}

    def start(self) -> None:
        """Start it, unless it runs."""
        if self.is_running:
            return
        env = {**self._more_env, **(os.environ if self.env is None else self.env)}
        if self.log is None:
            self._process = subprocess.Popen(self.argv, env=env, stdin=subprocess.DEVNULL)  # noqa: S603 - the host's
            return
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(  # noqa: S603 - the host's own command line
                self.argv, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
            )

    def kill(self) -> None:
        """End it at once (SIGKILL), as a crash does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    async def stop(self) -> None:
        """Ask it to end (SIGTERM); after ten seconds it is killed."""
        if self._process is None or not self.is_running:
            return
        self._process.terminate()
        ends = asyncio.get_running_loop().time() + STOP_WAIT
        while self.is_running and asyncio.get_running_loop().time() < ends:
            await asyncio.sleep(0.05)
        self.kill()

    async def restart(self) -> None:
        """Stop and start."""
        await self.stop()
        self.start()
