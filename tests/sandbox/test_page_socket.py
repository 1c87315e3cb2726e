"""The page's web socket and files, the process it may kill and the clock it may move."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox import Child, NotLoopback, Sandbox, serve
from sandbox.clock import moved, zone
from tests.sandbox.conftest import Bot, button, card

Frame = dict[str, Any]


class Page:
    """A page without a browser."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.ws = ws

    async def gets(self, kind: str, timeout: float = 3.0) -> Frame:
        """The next frame of that kind."""
        async with asyncio.timeout(timeout):
            while True:
                frame: Frame = json.loads(await self.ws.receive_str())
                if frame["t"] == kind:
                    return frame

    async def sends(self, **frame: Any) -> None:
        """Send a frame."""
        await self.ws.send_str(json.dumps(frame))


@asynccontextmanager
async def page(base_url: str, user: str = "U0NINA") -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{base_url}/ui?user={user}") as ws:
        yield Page(ws)


def look(slack: Sandbox, scenario: Callable[[Page], Awaitable[None]], user: str = "U0NINA") -> None:
    async def looked() -> None:
        async with page(slack.base_url, user) as one:
            await scenario(one)

    asyncio.run(looked())


def test_the_page_begins_with_everything_that_person_sees(slack: Sandbox, bot: Bot) -> None:
    bot.client.chat_postMessage(channel="D0NINA", text="for nina")
    bot.client.chat_postEphemeral(channel="C0CARETEAM", user="U0NINA", text="psst")
    bot.client.chat_postMessage(channel="D0CORA", text="for cora")

    async def scenario(one: Page) -> None:
        state = await one.gets("state")
        assert state["me"]["id"] == "U0NINA"
        assert {channel["id"] for channel in state["channels"]} >= {"D0NINA", "C0CARETEAM", "C0GENERAL"}
        assert "D0CORA" not in state["messages"]
        assert [message["text"] for message in state["messages"]["D0NINA"]] == ["for nina"]
        assert state["messages"]["C0CARETEAM"][0]["ephemeral"] is True
        (app,) = state["apps"]
        assert (app["bot_user"], app["dm"]) == ("U0CCMTIME", "D0NINA")
        assert [one["command"] for one in app["commands"]] == ["/ccm"]
        assert state["notifications"][0]["mobile"] == "for nina"
        assert state["bot"] == {"connected": 1, "running": None, "pid": None, "faults": []}
        assert state["clock"]["offset"] is None

    look(slack, scenario)


def test_an_unknown_user_is_the_first_person(slack: Sandbox, bot: Bot) -> None:
    async def scenario(one: Page) -> None:
        assert (await one.gets("state"))["me"]["id"] == "U0NINA"

    look(slack, scenario, user="U0NOBODY")


def test_a_command_a_click_and_a_message_go_through_the_page(slack: Sandbox, bot: Bot) -> None:
    bot.on("command")(lambda args: args.ack(text="x", blocks=card("Logged", button("Undo", "undo"))))
    bot.on("action")(lambda args: (args.respond("Undone", replace_original=True), args.ack()))

    async def scenario(one: Page) -> None:
        await one.sends(t="command", channel="D0NINA", command="/ccm", text="12m")
        assert (await one.gets("busy"))["on"] is True
        message = (await one.gets("message"))["message"]
        container = {"type": "message", "channel": "D0NINA", "ts": message["ts"]}
        block = message["blocks"][1]["block_id"]
        await one.sends(t="action", container=container, block_id=block, action_id="undo", value="1")
        assert (await one.gets("message_changed"))["message"]["text"] == "Undone"
        await one.sends(t="say", channel="D0NINA", text="hi @cora", client_msg_id="mine")
        said = (await one.gets("message"))["message"]
        assert (said["text"], said["client_msg_id"]) == ("hi <@U0CORA>", "mine")

    look(slack, scenario)


def test_a_modal_goes_through_the_page(slack: Sandbox, bot: Bot) -> None:
    label = {"type": "plain_text", "text": "Minutes"}
    select = {"type": "external_select", "action_id": "p", "min_query_length": 0}
    blocks = [
        {"type": "input", "block_id": "m", "label": label, "element": {"type": "plain_text_input", "action_id": "v"}},
        {"type": "input", "block_id": "p", "label": label, "element": select, "optional": True},
    ]
    view = {"type": "modal", "title": label, "submit": label, "blocks": blocks}
    bot.on("command")(lambda args: (args.client.views_open(trigger_id=args.body["trigger_id"], view=view), args.ack()))
    bot.on("options")(lambda args: args.ack(options=[{"text": label, "value": "1"}]))
    bot.on("view")(lambda args: args.ack(response_action="errors", errors={"m": "no"}))

    async def scenario(one: Page) -> None:
        await one.sends(t="command", channel="D0NINA", command="/ccm", text="")
        (opened,) = (await one.gets("stack"))["stack"]
        held = {"m": {"v": {"type": "plain_text_input", "value": "1"}}}
        await one.sends(t="suggest", id="q1", view_id=opened["id"], block_id="p", action_id="p", value="7", values=held)
        suggestions = await one.gets("suggestions")
        assert (suggestions["id"], suggestions["options"][0]["value"]) == ("q1", "1")
        assert bot.bodies("options")[0]["view"]["state"]["values"]["m"]["v"]["value"] == "1"
        values = {"m": {"v": {"type": "plain_text_input", "value": "12"}}}
        await one.sends(t="submit", view_id=opened["id"], values=values)
        assert (await one.gets("view_errors"))["errors"] == {"m": "no"}
        await one.sends(t="close", view_id=opened["id"])
        while (await one.gets("stack"))["stack"]:
            pass

    look(slack, scenario)
    assert bot.bodies("view")[0]["view"]["state"]["values"]["m"]["v"]["value"] == "12"


def test_home_traffic_and_faults_go_through_the_page(slack: Sandbox, bot: Bot) -> None:
    home = {"type": "home", "blocks": card("Today")}

    async def scenario(one: Page) -> None:
        bot.on("app_home_opened")(lambda args: (args.client.views_publish(user_id="U0NINA", view=home), args.ack()))
        await one.sends(t="traffic", on=True)
        await one.sends(t="home", tab="home")
        assert (await one.gets("home"))["view"]["blocks"][0]["text"]["text"] == "Today"
        frame = await one.gets("traffic")
        while frame["kind"] != "events_api":
            frame = await one.gets("traffic")
        assert (frame["dir"], frame["ok"]) == ("slack→bot", True)
        await one.sends(t="fault", kind="429", method="chat.postMessage", times=2)
        assert (await one.gets("bot"))["faults"] == [{"kind": "429", "method": "chat.postMessage", "times": 2}]
        await one.sends(t="fault", kind="meteor")
        assert "unknown fault" in (await one.gets("toast"))["text"]

    look(slack, scenario)


def test_what_the_host_does_not_lend_is_refused_with_a_word(slack: Sandbox, bot: Bot) -> None:
    async def scenario(one: Page) -> None:
        await one.sends(t="bot", do="kill")
        assert "not managed" in (await one.gets("toast"))["text"]
        await one.sends(t="clock", do="+1h")
        assert "cannot be moved" in (await one.gets("toast"))["text"]
        await one.sends(t="say", channel="D0CORA", text="not mine")
        assert "not in that channel" in (await one.gets("toast"))["text"]

    look(slack, scenario)


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example:80"}, {"Origin": "https://evil.example"}, {"Host": "127.0.0.1.evil.example"}]
)
def test_other_names_than_loopback_are_refused(slack: Sandbox, headers: dict[str, str]) -> None:
    async def status(path: str) -> int:
        async with (
            aiohttp.ClientSession() as session,
            session.get(slack.base_url + path, headers=headers) as answer,
        ):
            return answer.status

    assert asyncio.run(status("/")) == 403
    assert asyncio.run(status("/ui")) == 403
    assert asyncio.run(status("/api/auth.test")) == 403


@pytest.mark.parametrize(("path", "found"), [("/..%2fserver.py", 404), ("/nothing.js", 404), ("/%2e%2e/wire.py", 404)])
def test_only_the_pages_own_files_are_served(slack: Sandbox, path: str, found: int) -> None:
    async def status() -> int:
        async with aiohttp.ClientSession() as session, session.get(slack.base_url + path) as answer:
            return answer.status

    assert asyncio.run(status()) == found


def test_it_listens_on_loopback_only() -> None:
    with pytest.raises(NotLoopback):
        asyncio.run(serve("0.0.0.0"))  # noqa: S104 - refused


def test_a_served_sandbox_kills_and_starts_its_child_and_moves_its_clock(tmp_path: Path) -> None:
    code = "import os, time; print(os.environ['SLACK_API_URL'], flush=True); time.sleep(60)"
    child = Child(argv=[sys.executable, "-c", code], log=tmp_path / "child.log")
    offsets: list[float] = []
    listening = asyncio.Queue[str]()

    async def scenario() -> None:
        serving = asyncio.create_task(serve(child=child, clock_moved=offsets.append, started=listening.put_nowait))
        base_url = await listening.get()
        async with page(base_url) as one:
            first = (await one.gets("state"))["bot"]
            assert first["running"] is True
            while not (tmp_path / "child.log").read_text():
                await asyncio.sleep(0.02)
            await one.sends(t="bot", do="kill")
            assert (await one.gets("bot"))["running"] is False
            await one.sends(t="bot", do="start")
            again = await one.gets("bot")
            assert (again["running"], again["pid"] != first["pid"]) == (True, True)
            await one.sends(t="clock", do="+1h")
            assert (await one.gets("clock"))["offset"] == pytest.approx(3600)
            await one.sends(t="clock", do="reset")
            assert (await one.gets("clock"))["offset"] == 0.0
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving

    asyncio.run(scenario())

    assert offsets == [pytest.approx(3600), 0.0]
    assert not child.is_running
    assert (tmp_path / "child.log").read_text().startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    ("now", "move", "there"),
    [
        ("2026-03-07T23:30", "+1h", "2026-03-08T00:30"),
        ("2026-03-08T01:30", "+1h", "2026-03-08T03:30"),
        ("2026-11-20T15:00", "next_business_day", "2026-11-23T09:00"),
        ("2026-11-23T15:00", "next_business_day", "2026-11-24T09:00"),
        ("2026-11-23T15:00", "month_end_minus_3", "2026-11-27T09:00"),
        ("2026-11-28T15:00", "month_end_minus_3", "2026-12-28T09:00"),
        ("2026-12-31T15:00", "next_month", "2027-01-01T09:00"),
    ],
)
def test_the_clock_moves_to_mornings_of_the_practice(now: str, move: str, there: str) -> None:
    chicago = zone("America/Chicago")

    landed = moved(datetime.fromisoformat(now).replace(tzinfo=chicago), move)

    assert landed is not None
    assert landed.astimezone(UTC) == datetime.fromisoformat(there).replace(tzinfo=chicago).astimezone(UTC)
