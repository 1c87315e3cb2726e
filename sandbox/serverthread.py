"""A workspace served from a thread of its own, and ways to ask and wait for it from any other."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

from sandbox.hosting import Host
from sandbox.screens import Watcher
from sandbox.serving import listening
from sandbox.wire import Json
from sandbox.workspace import Workspace

T = TypeVar("T")
CALL_TIMEOUT = 60.0
# A change that shows no frame, such as a new connection's loss, is noticed after this many seconds.
LOOK_AGAIN = 0.25


class ServerThread:
    """Serves on loopback while inside `with`."""

    def __init__(self, slack: Workspace, port: int) -> None:
        self.slack = slack
        self._port = port
        self._changed = threading.Condition()
        self._version = 0
        self._loop: asyncio.AbstractEventLoop
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
        slack.screens.watchers.append(Watcher(user=None, show=self._note_change))

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        except BaseException as why:  # noqa: BLE001 - told to the thread that waits for the start
            self._failure = why
            self._ready.set()
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    async def _serve(self) -> None:
        async with listening(self.slack, Host(self.slack), port=self._port):
            self._ready.set()
            await self._stop.wait()

    def _note_change(self, _frame: Json) -> None:
        with self._changed:
            self._version += 1
            self._changed.notify_all()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the sandbox's loop and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(CALL_TIMEOUT)

    def ask(self, look: Callable[[], T]) -> T:
        """Call something on the sandbox's loop, where nothing changes meanwhile."""

        async def looked() -> T:
            return look()

        return self.run(looked())

    def wait_for(self, look: Callable[[], T | None], timeout: float) -> T | None:
        """What `look` gives, asked again after every change until it gives something or time [s] is up."""
        ends = time.monotonic() + timeout
        while True:
            version = self._version
            if (found := self.ask(look)) is not None:
                return found
            if time.monotonic() >= ends:
                return None
            with self._changed:
                if self._version == version:
                    self._changed.wait(max(0.0, min(LOOK_AGAIN, ends - time.monotonic())))

    def wait_quiet(self, quiet: float = 0.2, timeout: float = 10.0) -> None:
        """Wait until nothing awaits the bot and nothing changed for `quiet` seconds."""
        ends = time.monotonic() + timeout
        while time.monotonic() < ends:
            version = self._version
            time.sleep(quiet)
            if version == self._version and not self.ask(self.slack.is_busy):
                return
