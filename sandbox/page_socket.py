"""The page's web socket: one person's view of the workspace, and what that person does (docs/sandbox.md)."""

import asyncio
import json
from collections.abc import Awaitable, Callable

from aiohttp import WSMsgType, web

from sandbox import acting, answers
from sandbox.acting import Place
from sandbox.faults import KINDS
from sandbox.hosting import Host
from sandbox.messages import bare
from sandbox.people import APP_ID, BOT_USER_ID, TEAM_NAME, Channel
from sandbox.screens import Watcher
from sandbox.views import OpenView
from sandbox.wire import Json, dumps
from sandbox.workspace import Workspace

HOST = web.AppKey("HOST", Host)
SHOWN_PER_CHANNEL = 200
SHOWN_NOTIFICATIONS = 50
# What the page calls its faults, and the seconds that go with them.
DEFAULT_SECONDS = {"429": 5.0, "slow": 2.0}


async def serve_page(slack: Workspace, request: web.Request) -> web.StreamResponse:
    """Hold one page's socket: its state first, then frames both ways until it leaves."""
    user = slack.world.users.get(request.query.get("user", "")) or slack.world.first_person()
    ws = web.WebSocketResponse(timeout=0.2)
    await ws.prepare(request)
    page = Page(slack, request.app.get(HOST) or Host(slack), user.id)
    slack.screens.watchers.append(page.watcher)
    sender = asyncio.create_task(page.send_to(ws))
    try:
        page.outgoing.put_nowait(page.state())
        async for message in ws:
            if message.type is WSMsgType.TEXT:
                slack.socket.go(page.receive(json.loads(message.data)))
    finally:
        slack.screens.watchers.remove(page.watcher)
        sender.cancel()
    return ws


class Page:
    """One open page."""

    def __init__(self, slack: Workspace, host: Host, user: str) -> None:
        self.slack = slack
        self.host = host
        self.user = user
        self.outgoing: asyncio.Queue[Json] = asyncio.Queue()
        self.watcher = Watcher(user=user, show=self.outgoing.put_nowait)

    async def send_to(self, ws: web.WebSocketResponse) -> None:
        """Send frames in order until the socket closes."""
        while not ws.closed:
            frame = await self.outgoing.get()
            try:
                await ws.send_str(dumps(frame))
            except (ConnectionError, RuntimeError):
                return

    def state(self) -> Json:
        """All this person sees now."""
        slack, channels = self.slack, self.slack.world.seen_by(self.user)
        home = slack.views.homes.get(self.user)
        return {
            "t": "state",
            "workspace": {"name": TEAM_NAME},
            "me": slack.world.users[self.user].as_slack(),
            "users": [user.as_slack() for user in slack.world.users.values()],
            "channels": [channel.as_slack() | {"kind": channel.kind} for channel in channels],
            "apps": [self._app()],
            "messages": {channel.id: self._messages(channel) for channel in channels},
            "stack": [view.wire for view in slack.views.stack(self.user)],
            "home": home.wire if home else None,
            "notifications": [one.frame() for one in slack.screens.notifications[self.user][-SHOWN_NOTIFICATIONS:]],
            "bot": {key: value for key, value in slack.bot_frame().items() if key != "t"},
            "clock": self.host.clock_state(),
        }

    def _app(self) -> Json:
        manifest = self.slack.manifest
        commands = [
            {"command": one.command, "description": one.description, "usage_hint": one.usage_hint}
            for one in manifest.commands
        ]
        shortcuts = [{"name": one.name, "type": one.type, "callback_id": one.callback_id} for one in manifest.shortcuts]
        shown = {"id": APP_ID, "name": manifest.name, "bot_user": BOT_USER_ID, "dm": self.slack.world.dm(self.user).id}
        return {**shown, "commands": commands, "shortcuts": shortcuts}

    def _messages(self, channel: Channel) -> list[Json]:
        kept = list(self.slack.messages.by_channel.get(channel.id, {}).values())[-SHOWN_PER_CHANNEL:]
        mine = self.slack.messages.by_reader.get(self.user, {}).values()
        whispered = [one.message | {"ephemeral": True} for one in mine if one.channel == channel.id]
        return sorted([*map(bare, kept), *map(bare, whispered)], key=lambda message: message["ts"])

    async def receive(self, frame: Json) -> None:
        """Do what a frame asks; what cannot be done is shown as a notice."""
        handlers: dict[str, Callable[[Json], Awaitable[object]]] = {
            "say": self._say,
            "command": self._command,
            "edit": self._edit,
            "delete": self._delete,
            "action": self._action,
            "suggest": self._suggest,
            "submit": self._submit,
            "close": self._close,
            "shortcut": self._shortcut,
            "home": self._home,
            "bot": self._bot,
            "fault": self._fault,
            "clock": self._clock,
            "traffic": self._traffic,
        }
        try:
            await handlers[frame["t"]](frame)
        except (LookupError, ValueError) as why:
            self.watcher.show({"t": "toast", "text": f"not possible here: {why}"})

    def _channel(self, frame: Json) -> Channel:
        channel = self.slack.world.channel(frame["channel"])
        if self.user not in channel.members:
            raise LookupError("you are not in that channel")
        return channel

    async def _say(self, frame: Json) -> None:
        root, own_id = frame.get("thread_ts") or "", frame.get("client_msg_id") or ""
        await acting.say(self.slack, self.user, self._channel(frame), frame["text"], root, own_id)

    async def _command(self, frame: Json) -> None:
        in_thread = bool(frame.get("thread_ts"))
        name, text = frame["command"], frame.get("text", "")
        await acting.command(self.slack, self.user, self._channel(frame), name, text, in_thread=in_thread)

    async def _edit(self, frame: Json) -> None:
        await acting.edit(self.slack, self.user, self._channel(frame), frame["ts"], frame["text"])

    async def _delete(self, frame: Json) -> None:
        acting.delete(self.slack, self.user, self._channel(frame), frame["ts"])

    async def _action(self, frame: Json) -> None:
        place, block_id, action_id = self._filled(frame), frame["block_id"], frame["action_id"]
        presses = range(int(frame.get("times") or 1))
        value = frame.get("value")
        await asyncio.gather(*(acting.act(self.slack, self.user, place, block_id, action_id, value) for _ in presses))

    async def _suggest(self, frame: Json) -> None:
        place = self._filled(frame)
        typed = str(frame.get("value") or "")
        delivery = await acting.suggest(self.slack, self.user, place, frame["block_id"], frame["action_id"], typed)
        shown = delivery.ack_payload or {"options": []}
        self.watcher.show({"t": "suggestions", "id": frame.get("id"), **shown})

    def _filled(self, frame: Json) -> Place:
        """The place of an element, its fields holding the frame's `values`."""
        place = _place(frame)
        acting.fill(self.slack, self.user, place, frame.get("values") or {})
        return place

    async def _submit(self, frame: Json) -> None:
        view = self._view(frame)
        acting.fill(self.slack, self.user, Place(view_id=view.id), frame.get("values") or {})
        await acting.submit(self.slack, view)

    async def _close(self, frame: Json) -> None:
        await acting.close(self.slack, self._view(frame), clear=bool(frame.get("all")))

    def _view(self, frame: Json) -> OpenView:
        view = self.slack.views.find(frame["view_id"])
        if view is None or view.user != self.user:
            answers.show_stack(self.slack, self.user)
            raise LookupError("that view is closed")
        return view

    async def _shortcut(self, frame: Json) -> None:
        channel, ts = frame.get("channel") or "", frame.get("ts") or ""
        await acting.shortcut(self.slack, self.user, frame["callback_id"], channel if ts else "", ts)

    async def _home(self, frame: Json) -> None:
        await acting.open_home(self.slack, self.user, frame.get("tab") or "home")

    async def _bot(self, frame: Json) -> None:
        await self.host.bot(frame["do"])

    async def _fault(self, frame: Json) -> None:
        kind = frame["kind"]
        if kind == "disconnect":
            await self.slack.socket.disconnect("refresh_requested", list(self.slack.socket.connections))
        elif kind in KINDS:
            seconds = float(frame.get("seconds") or DEFAULT_SECONDS.get(kind, 1.0))
            times = int(frame.get("times") or 1)
            self.slack.faults.put(kind, frame.get("method") or None, times=times, seconds=seconds)
            self.slack.bot_changed()
        else:
            raise ValueError(f"unknown fault {kind}")

    async def _clock(self, frame: Json) -> None:
        await self.host.move_clock(frame["do"])

    async def _traffic(self, frame: Json) -> None:
        self.watcher.wants_traffic = bool(frame.get("on"))
        if self.watcher.wants_traffic:
            for exchange in list(self.slack.traffic.exchanges)[-SHOWN_PER_CHANNEL:]:
                self.watcher.show(exchange.frame())


def _place(frame: Json) -> Place:
    container = frame.get("container") or {"type": "view", "view_id": frame.get("view_id", "")}
    if container["type"] == "view":
        return Place(view_id=container["view_id"])
    return Place(channel=container["channel"], ts=container["ts"])
