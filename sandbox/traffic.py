"""A record of what went between Slack and the bot, for the page and for tests."""

from collections import deque
from dataclasses import dataclass
from typing import Literal

from sandbox.clock import Clock
from sandbox.screens import Screens
from sandbox.wire import Json

KEPT = 5000
Direction = Literal["bot→slack", "slack→bot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One call or envelope; `at` is epoch seconds, `ms` how long its answer took [ms], None while unknown."""

    at: float
    dir: Direction
    kind: str
    summary: str
    body: Json
    ok: bool
    ms: float | None = None

    def frame(self) -> Json:
        """As the page gets it."""
        shown = {"at": self.at, "dir": self.dir, "kind": self.kind, "summary": self.summary}
        return {"t": "traffic", **shown, "ms": self.ms, "body": self.body, "ok": self.ok}


class Traffic:
    """The newest exchanges, oldest first."""

    def __init__(self, clock: Clock, screens: Screens) -> None:
        self.exchanges: deque[Exchange] = deque(maxlen=KEPT)
        self._clock = clock
        self._screens = screens

    def note(
        self, dir_: Direction, kind: str, body: Json, *, summary: str = "", ok: bool = True, ms: float | None = None
    ) -> None:
        """Record one exchange and show it to those who asked for traffic."""
        made = Exchange(at=self._clock.now(), dir=dir_, kind=kind, summary=summary, body=body, ok=ok, ms=ms)
        self.exchanges.append(made)
        if any(watcher.wants_traffic for watcher in self._screens.watchers):
            self._screens.show_all(made.frame(), traffic=True)
