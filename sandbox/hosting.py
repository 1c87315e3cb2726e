"""What the host of a demo lends the page: a process to kill and start, and a clock to move."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.clock import moved, zone
from sandbox.processes import Child
from sandbox.wire import Json
from sandbox.workspace import Workspace

ClockMoved = Callable[[float], Awaitable[Any] | Any]
WATCH_EVERY = 0.3


@dataclass(slots=True)
class Host:
    """The host's loans; without them the page shows neither process nor clock buttons."""

    slack: Workspace
    child: Child | None = None
    clock_moved: ClockMoved | None = None
    tz: str = "America/Chicago"

    def clock_state(self) -> Json:
        """The sandbox's present; `offset` is None when the host gives no movable clock."""
        offset = self.slack.clock.offset if self.clock_moved else None
        return {"now": self.slack.clock.now(), "offset": offset}

    async def bot(self, do: str) -> None:
        """Kill, stop, start or restart the host's process.

        Raises:
            ValueError: without a process, or for an unknown verb.
        """
        if self.child is None:
            raise ValueError("the bot is not managed here")
        match do:
            case "kill":
                self.child.kill()
            case "stop":
                await self.child.stop()
            case "start":
                self.child.start()
            case "restart":
                await self.child.restart()
            case _:
                raise ValueError(f"unknown verb {do}")
        self.slack.bot_changed()

    async def move_clock(self, do: str) -> None:
        """Move the sandbox's clock, tell the host the new offset [s], and show everyone.

        Raises:
            ValueError: without a movable clock, or for an unknown move.
        """
        if self.clock_moved is None:
            raise ValueError("the clock cannot be moved here")
        clock = self.slack.clock
        if do == "reset":
            clock.offset = 0.0
        else:
            now = datetime.fromtimestamp(clock.now(), zone(self.tz))
            there = moved(now, do)
            if there is None:
                raise ValueError(f"unknown move {do}")
            clock.offset += there.timestamp() - now.timestamp()
        told = self.clock_moved(clock.offset)
        if inspect.isawaitable(told):
            await told
        self.slack.screens.show_all({"t": "clock", **self.clock_state()})

    async def watch(self) -> None:
        """Show it when the process ends by itself."""
        last = self.child.state() if self.child else None
        while self.child is not None:
            await asyncio.sleep(WATCH_EVERY)
            if (state := self.child.state()) != last:
                last = state
                self.slack.bot_changed()
