"""Runs the sandbox for a demo: one loopback port, until cancelled."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from sandbox.clock import Clock
from sandbox.hosting import ClockMoved, Host
from sandbox.manifest import read_manifest
from sandbox.pace import Pace
from sandbox.page_socket import HOST
from sandbox.processes import Child
from sandbox.server import application, is_loopback
from sandbox.workspace import APP_TOKEN, BOT_TOKEN, Workspace
from sandbox.world import World, default_world

APP_YAML = Path(__file__).parent.parent / "app.yaml"


class NotLoopback(ValueError):
    """The sandbox was asked to listen where others could reach it."""


def workspace(
    manifest: Path = APP_YAML,
    *,
    world: World | None = None,
    clock: Clock | None = None,
    pace: Pace | None = None,
    seed: int = 1,
) -> Workspace:
    """A fresh workspace of an app manifest; the default world unless one is given."""
    app = read_manifest(manifest)
    return Workspace(
        manifest=app,
        world=world or default_world(app.bot_name),
        clock=clock or Clock(),
        pace=pace or Pace(),
        seed=seed,
    )


@asynccontextmanager
async def listening(slack: Workspace, host: Host, address: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Listen while inside; gives the base URL (`http://127.0.0.1:PORT`).

    Raises:
        NotLoopback: if the address is not loopback.
    """
    if not is_loopback(address):
        raise NotLoopback(f"the sandbox listens on loopback only, not on {address}")
    app = application(slack)
    app[HOST] = host
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, address, port)
    await site.start()
    bound = runner.addresses[0][1]
    name = f"[{address}]" if ":" in address else address
    slack.base_url = f"http://{name}:{bound}"
    try:
        yield slack.base_url
    finally:
        await slack.socket.close()
        await runner.cleanup()


async def serve(
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    manifest: Path = APP_YAML,
    world: World | None = None,
    child: Child | None = None,
    clock_moved: ClockMoved | None = None,
    clock_offset: float = 0.0,
    tz: str = "America/Chicago",
    started: Callable[[str], None] | None = None,
) -> None:
    """Serve the page, the Web API and Socket Mode until cancelled.

    Args:
        child: a process the page may kill and start; it is started here, with `SLACK_API_URL`, `SLACK_BOT_TOKEN` and
            `SLACK_APP_TOKEN` added to its environment where it has none, and stopped at the end.
        clock_moved: told the new offset [s] when the page moves the clock; without it the page cannot.
        clock_offset: where the clock stands at the start [s].
        tz: the zone in which the page's moves mean morning and month-end.
        started: told the base URL once it listens.
    Raises:
        NotLoopback: if the host is not loopback.
    """
    slack = workspace(manifest, world=world, clock=Clock(clock_offset))
    lent = Host(slack, child=child, clock_moved=clock_moved, tz=tz)
    async with listening(slack, lent, host, port) as base_url, _running(lent, base_url):
        if started is not None:
            started(base_url)
        await asyncio.Event().wait()


@asynccontextmanager
async def _running(host: Host, base_url: str) -> AsyncIterator[None]:
    """Start the host's child and watch it while inside; stop it at the end."""
    child = host.child
    if child is None:
        yield
        return
    host.slack.bot_running = child.state
    child.give_env(SLACK_API_URL=f"{base_url}/api/", SLACK_BOT_TOKEN=BOT_TOKEN, SLACK_APP_TOKEN=APP_TOKEN)
    child.start()
    watch = asyncio.create_task(host.watch())
    try:
        yield
    finally:
        watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watch
        await child.stop()
