"""Socket Mode: redelivery, duplicates, and a bad line; with the shared bot and with bare sockets."""

import asyncio
import json
import logging
import time

import aiohttp
import pytest
from slack_bolt import Args
from slack_sdk import WebClient

from sandbox import Pace, Person, Sandbox
from tests.sandbox.conftest import Bot


def test_an_event_without_an_ack_comes_again_with_the_same_event_id(slack: Sandbox, bot: Bot, nina: Person) -> None:
    slack.set_pace(ack_wait=0.3)
    tries = iter([False, False, True])

    @bot.on("message")
    def third_time(args: Args) -> None:
        if next(tries):
            args.ack()

    delivery = nina.types("hello")
    bot.wait_heard("message", 3)
    slack.wait_quiet()

    assert delivery is not None
    assert (delivery.attempts, delivery.is_acked) == (3, True)
    assert len({body["event_id"] for body in bot.bodies("message")}) == 1


def test_after_three_retries_slack_gives_up(slack: Sandbox, bot: Bot, nina: Person) -> None:
    slack.set_pace(ack_wait=0.1, retry_delays=(0.0, 0.05, 0.05))
    bot.on("message")(lambda args: None)

    delivery = nina.types("hello")
    time.sleep(0.9)

    assert delivery is not None
    assert (delivery.attempts, delivery.is_acked) == (4, False)
    assert len(bot.bodies("message")) == 4


def test_acked_events_may_come_again_now_and_then(slack: Sandbox, bot: Bot, nina: Person) -> None:
    slack.set_pace(duplicate_rate=1.0)

    delivery = nina.types("hello")
    bodies = bot.wait_heard("message", 2)

    assert delivery is not None
    assert bodies[0]["event_id"] == bodies[1]["event_id"]
    assert bodies[0]["event"]["ts"] == bodies[1]["event"]["ts"]


def test_pings_are_answered_with_their_own_payload(slack: Sandbox, bot: Bot) -> None:
    session = bot.handler.client.current_session
    session.last_ping_pong_time = None

    session.check_state()
    ends = time.monotonic() + 3
    while session.last_ping_pong_time is None and time.monotonic() < ends:
        time.sleep(0.05)

    assert session.last_ping_pong_time is not None


def test_the_bot_comes_back_after_a_disconnect_frame(slack: Sandbox, bot: Bot, nina: Person) -> None:
    before = slack.connections

    slack.disconnect("refresh_requested")
    slack.wait_for(lambda: slack.connections > before or None, 5)
    time.sleep(0.4)
    slack.wait_connected()

    assert nina.types("still there?") is not None
    bot.wait_heard("message")


class Bare:
    """A web socket of the app without Bolt, for what Bolt hides."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.ws = ws

    async def frame(self, timeout: float = 2.0) -> dict:
        return json.loads(await asyncio.wait_for(self.ws.receive_str(), timeout))

    async def ack(self, frame: dict) -> None:
        await self.ws.send_str(json.dumps({"envelope_id": frame["envelope_id"]}))


async def connect(session: aiohttp.ClientSession, slack: Sandbox) -> Bare:
    headers = {"Authorization": f"Bearer {slack.app_token}"}
    async with session.post(f"{slack.api_url}apps.connections.open", headers=headers) as answer:
        url = (await answer.json())["url"]
    return Bare(await session.ws_connect(url))


@pytest.fixture(scope="module")
def quiet_slack():
    """A sandbox without a bot."""
    pace = Pace(ack_wait=0.3, retry_delays=(0.0, 0.05, 0.05), max_connections=3, disconnect_grace=0.1)
    with Sandbox(pace=pace) as sandbox:
        yield sandbox


@pytest.fixture
def alone(quiet_slack: Sandbox) -> Sandbox:
    quiet_slack.wait_disconnected()
    quiet_slack.forget()
    return quiet_slack


def test_an_envelope_has_slacks_shape_and_retries_say_why(alone: Sandbox) -> None:
    async def scenario() -> tuple[dict, dict, dict, dict]:
        async with aiohttp.ClientSession() as session:
            bare = await connect(session, alone)
            hello = await bare.frame()
            said = asyncio.create_task(asyncio.to_thread(alone.person("nina").types, "hello"))
            first = await bare.frame()
            again = await bare.frame()
            await bare.ack(again)
            await said
            asked = asyncio.create_task(asyncio.to_thread(alone.command, "/ccm", "x"))
            command = await bare.frame()
            await bare.ack(command)
            await asked
            return hello, first, again, command

    hello, first, again, command = asyncio.run(scenario())

    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert (first["type"], first["accepts_response_payload"]) == ("events_api", False)
    assert (first["retry_attempt"], first["retry_reason"]) == (0, "")
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")
    assert again["payload"] == first["payload"]
    assert (command["type"], command["accepts_response_payload"]) == ("slash_commands", True)
    assert "retry_attempt" not in command


def test_each_envelope_goes_to_one_connection_at_random(alone: Sandbox) -> None:
    async def serve(bare: Bare, got: list[int], which: int) -> None:
        while True:
            frame = await bare.frame(timeout=30)
            if frame["type"] == "slash_commands":
                got.append(which)
                await bare.ack(frame)

    async def scenario() -> list[int]:
        got: list[int] = []
        async with aiohttp.ClientSession() as session:
            sockets = [await connect(session, alone) for _ in range(3)]
            tasks = [asyncio.create_task(serve(one, got, which)) for which, one in enumerate(sockets)]
            for n in range(30):
                await asyncio.to_thread(alone.command, "/ccm", str(n))
            for task in tasks:
                task.cancel()
        return got

    got = asyncio.run(scenario())

    assert len(got) == 30
    assert set(got) == {0, 1, 2}


def test_one_connection_too_many_is_told_so(alone: Sandbox) -> None:
    async def scenario() -> dict:
        async with aiohttp.ClientSession() as session:
            sockets = [await connect(session, alone) for _ in range(4)]
            frames = [await one.frame() for one in sockets]
            return frames[3]

    frame = asyncio.run(scenario())

    assert (frame["type"], frame["reason"]) == ("disconnect", "too_many_websockets")


def test_a_socket_still_receives_between_the_disconnect_frame_and_its_end(alone: Sandbox) -> None:
    async def scenario() -> list[str]:
        async with aiohttp.ClientSession() as session:
            bare = await connect(session, alone)
            await bare.frame()
            await asyncio.to_thread(alone.disconnect)
            warned = await bare.frame()
            asked = asyncio.create_task(asyncio.to_thread(alone.command, "/ccm", "x"))
            command = await bare.frame()
            await bare.ack(command)
            delivery = await asked
            ended = await asyncio.wait_for(bare.ws.receive(), 2)
            return [warned["reason"], str(delivery.is_acked), ended.type.name]

    assert asyncio.run(scenario()) == ["refresh_requested", "True", "CLOSE"]


def test_a_ticket_opens_one_socket_only(alone: Sandbox) -> None:
    async def scenario() -> int:
        client = WebClient(token=alone.app_token, base_url=alone.api_url)
        url = client.api_call("apps.connections.open")["url"]
        async with aiohttp.ClientSession() as session:
            first = await session.ws_connect(url)
            try:
                await session.ws_connect(url)
            except aiohttp.WSServerHandshakeError as refused:
                return refused.status
            finally:
                await first.close()
        return 0

    assert asyncio.run(scenario()) == 404


def test_without_a_connection_a_command_fails_at_once_and_an_event_waits(alone: Sandbox) -> None:
    alone.set_pace(retry_delays=(0.3, 0.3))
    nina = alone.person("nina")
    nina.types("/ccm x")
    said = nina.types("hello")

    async def scenario() -> dict:
        async with aiohttp.ClientSession() as session:
            bare = await connect(session, alone)
            await bare.frame()
            frame = await bare.frame()
            await bare.ack(frame)
            await asyncio.sleep(0.05)
            return frame

    frame = asyncio.run(scenario())

    assert nina.errors == ['/ccm failed with the error "dispatch_failed"']
    assert said is not None
    assert frame["payload"] == said.payload
    assert said.is_acked


def test_a_dropped_line_is_a_reset(alone: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)

    async def scenario() -> bool:
        async with aiohttp.ClientSession() as session:
            bare = await connect(session, alone)
            await bare.frame()
            await asyncio.to_thread(alone.drop)
            ended = await asyncio.wait_for(bare.ws.receive(), 2)
            return ended.type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)

    assert asyncio.run(scenario())
    alone.wait_disconnected()
