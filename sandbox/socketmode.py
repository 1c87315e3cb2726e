"""Socket Mode: the bot's web sockets, and envelopes handed to one of them until acknowledged.

Source: docs.slack.dev/apis/events-api/using-socket-mode and /apis/events-api (three seconds, three retries).
"""

import asyncio
import json
import random
import socket
import struct
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.delivery import NOT_DISPATCHED, TIMEOUT, Delivery
from sandbox.pace import Pace
from sandbox.people import APP_ID
from sandbox.traffic import Traffic
from sandbox.wire import Json, dumps

# Interactions whose ack may carry an answer; so may that of every slash command.
ANSWERED_IN_ACK = ("view_submission", "block_suggestion")
LAST_RETRY = 3
RST_ON_CLOSE = struct.pack("ii", 1, 0)


@dataclass(slots=True, eq=False)
class Connection:
    """One web socket of the bot."""

    request: web.Request
    ws: web.WebSocketResponse

    async def send(self, frame: Json) -> None:
        """Send one text frame; a broken socket is not an error here, the ack will be missing."""
        try:
            await self.ws.send_str(dumps(frame))
        except (ConnectionError, RuntimeError):
            return

    def reset(self) -> None:
        """Break the TCP connection without a word (RST)."""
        reset(self.request)


def reset(request: web.Request) -> None:
    """Abort a request's TCP connection, so that the peer sees a reset."""
    transport = request.transport
    if transport is not None:
        sock = transport.get_extra_info("socket")
        if sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RST_ON_CLOSE)
        transport.abort()


@dataclass(slots=True, eq=False)
class SocketMode:
    """The connections, and what waits for an acknowledgement; `pace` may be replaced at any time."""

    traffic: Traffic
    pace: Pace
    chance: random.Random
    changed: Callable[[], None]
    connections: list[Connection] = field(default_factory=list)
    tickets: set[str] = field(default_factory=set)
    deliveries: list[Delivery] = field(default_factory=list)
    waiting: dict[str, asyncio.Future[Json | None]] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one web socket from `hello` to its end."""
        ticket = request.match_info["ticket"]
        if ticket not in self.tickets:
            raise web.HTTPNotFound
        self.tickets.discard(ticket)
        ws = web.WebSocketResponse(timeout=0.2)
        await ws.prepare(request)
        connection = Connection(request, ws)
        if len(self.connections) >= self.pace.max_connections:
            await connection.send(_disconnect("too_many_websockets"))
            await ws.close()
            return ws
        await self._hold(connection)
        return ws

    async def _hold(self, connection: Connection) -> None:
        self.connections.append(connection)
        self.changed()
        hello = {"host": "applink-1", "build_number": 10, "approximate_connection_time": 18060}
        info = {"num_connections": len(self.connections), "debug_info": hello, "connection_info": {"app_id": APP_ID}}
        try:
            await connection.send({"type": "hello", **info})
            async for message in connection.ws:
                if message.type is WSMsgType.TEXT:
                    self._acked(json.loads(message.data))
        finally:
            self.forget(connection)

    def forget(self, connection: Connection) -> None:
        """Send nothing more over a connection."""
        if connection in self.connections:
            self.connections.remove(connection)
            self.changed()

    def _acked(self, frame: Json) -> None:
        future = self.waiting.pop(frame.get("envelope_id", ""), None)
        if future is None:
            self.traffic.note("bot→slack", "ack", frame, summary="too late or twice: ignored", ok=False)
        elif not future.done():
            future.set_result(frame.get("payload"))

    async def deliver(self, delivery: Delivery) -> Delivery:
        """Hand a slash command or interaction over once; no retry, see `Delivery.error`."""
        self._remember(delivery)
        if not await self._attempt(delivery):
            delivery.error = delivery.error or TIMEOUT
        return delivery

    async def deliver_event(self, delivery: Delivery) -> Delivery:
        """Hand an event over; returns after the first attempt while retries go on behind."""
        self._remember(delivery)
        if not await self._attempt(delivery):
            self.go(self._retry(delivery))
        elif self.pace.duplicate_rate and self.chance.random() < self.pace.duplicate_rate:
            self.go(self._again(delivery, self.chance.uniform(0.0, 0.2)))
        return delivery

    async def attempt_again(self, delivery: Delivery) -> Delivery:
        """Hand the same payload over once more, as a duplicate delivery does."""
        await self._attempt(delivery)
        return delivery

    async def _again(self, delivery: Delivery, delay: float) -> None:
        await asyncio.sleep(delay)
        await self._attempt(delivery)

    async def _retry(self, delivery: Delivery) -> None:
        for delay in self.pace.retry_delays:
            await asyncio.sleep(delay)
            if await self._attempt(delivery):
                return

    async def _attempt(self, delivery: Delivery) -> bool:
        if not self.connections:
            delivery.attempts += 1
            delivery.error = NOT_DISPATCHED
            self.traffic.note("slack→bot", delivery.kind, delivery.payload, summary="no connection", ok=False)
            return False
        delivery.error = None
        envelope_id = _envelope_id(self.chance)
        frame = _envelope(envelope_id, delivery)
        future: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self.waiting[envelope_id] = future
        started = time.monotonic()
        await self.chance.choice(self.connections).send(frame)
        delivery.attempts += 1
        delivery.envelope_ids.append(envelope_id)
        return await self._answer(delivery, envelope_id, future, started)

    async def _answer(
        self, delivery: Delivery, envelope_id: str, future: "asyncio.Future[Json | None]", started: float
    ) -> bool:
        try:
            payload = await asyncio.wait_for(future, self.pace.ack_wait)
        except TimeoutError:
            self._note(delivery, ok=False, ms=None)
            return False
        finally:
            self.waiting.pop(envelope_id, None)
        delivery.acks.append(payload)
        if delivery.acked_after is None:
            delivery.acked_after = time.monotonic() - started
            delivery.ack_payload = payload
        self._note(delivery, ok=True, ms=(time.monotonic() - started) * 1000)
        return True

    def _note(self, delivery: Delivery, *, ok: bool, ms: float | None) -> None:
        body = {"payload": delivery.payload, "ack": delivery.ack_payload}
        self.traffic.note("slack→bot", delivery.kind, body, summary=delivery.summary, ok=ok, ms=ms)

    def _remember(self, delivery: Delivery, keep: int = 5000) -> None:
        self.deliveries.append(delivery)
        if len(self.deliveries) > keep:
            del self.deliveries[: keep // 2]

    def go(self, work: Coroutine[Any, Any, object]) -> None:
        """Do something behind; it is cancelled when the sandbox closes."""
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(_forgotten(work))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def forget_deliveries(self) -> None:
        """Retry nothing more of what was told so far."""
        for task in list(self.tasks):
            task.cancel()
        self.deliveries.clear()

    async def disconnect(self, reason: str, connections: list[Connection]) -> None:
        """Tell connections to go, then close them after the grace Slack gives (they still receive until then)."""
        grace = self.pace.warning_grace if reason == "warning" else self.pace.disconnect_grace
        for connection in connections:
            await connection.send(_disconnect(reason))
            self.go(self._close_later(connection, grace))

    async def _close_later(self, connection: Connection, grace: float) -> None:
        await asyncio.sleep(grace)
        self.forget(connection)
        await connection.ws.close()

    async def close(self) -> None:
        """Stop retries and close every connection."""
        for task in list(self.tasks):
            task.cancel()
        for connection in list(self.connections):
            self.forget(connection)
            await connection.ws.close()
            connection.reset()


async def _forgotten(work: Coroutine[Any, Any, object]) -> None:
    await work


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}}


def _envelope_id(chance: random.Random) -> str:
    return f"{chance.getrandbits(32):08x}-0000-4000-8000-{chance.getrandbits(48):012x}"


def _envelope(envelope_id: str, delivery: Delivery) -> Json:
    accepts = delivery.kind == "slash_commands" or delivery.payload.get("type") in ANSWERED_IN_ACK
    frame: Json = {"envelope_id": envelope_id, "type": delivery.kind, "accepts_response_payload": accepts}
    if delivery.kind == "events_api":
        retry = min(delivery.attempts, LAST_RETRY)
        frame |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
    return frame | {"payload": delivery.payload}
