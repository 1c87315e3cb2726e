"""Socket Mode with a deadline: whoever waits is told in time what is known, and the rest when it is known.

Slack shows "operation timed out" after 3 seconds and the person types again, which makes a second entry. So a command
that is not answered after 2.2 seconds is acked with "not known yet", and its real answer goes to its response_url.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode.builtin.client import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.webhook import WebhookClient

from bot import frames

log = structlog.get_logger("bot.socket")
DEADLINE_S = 2.2
"""Slack gives up at 3 seconds; this leaves time for the way there."""
NO_ANSWER = "Nothing was saved."
LATE_PAUSES_S = (0.0, 1.0, 3.0)
"""Before each try to bring a late answer: shown twice it does no harm, never shown it leaves doubt."""
LATE = "This takes longer than usual. *It is not known yet whether it is saved*; I will tell you here in a moment."


@dataclass(slots=True)
class _Open:
    """A command being worked on."""

    request: SocketModeRequest
    begun: float
    is_answered: bool = False


@dataclass(slots=True)
class Deadlines:
    """Commands in work, looked at four times a second; one of two answers each, never both."""

    send: Callable[[SocketModeResponse], None]
    _open: dict[str, _Open] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def begin(self, request: SocketModeRequest) -> _Open:
        """Start watching."""
        watched = _Open(request, time.monotonic())
        self._open[request.envelope_id] = watched
        return watched

    def claim(self, watched: _Open) -> bool:
        """Whether the caller is the first to answer."""
        with self._turn:
            self._open.pop(watched.request.envelope_id, None)
            first, watched.is_answered = not watched.is_answered, True
            return first

    def watch(self) -> None:
        """Ack whatever is late, until stopped."""
        while not self._stopped.wait(0.25):
            for watched in list(self._open.values()):
                if time.monotonic() - watched.begun > DEADLINE_S and self.claim(watched):
                    log.warning("late_ack", kind=watched.request.type)
                    self._send_late(watched.request)

    def _send_late(self, request: SocketModeRequest) -> None:
        try:
            self.send(_late(request))
        except Exception as error:  # noqa: BLE001 - a lost connection must not end the watch
            log.error("late_ack_not_sent", error=type(error).__name__)

    def stop(self) -> None:
        """End the watch."""
        self._stopped.set()


class DeadlineHandler(SocketModeHandler):
    """Bolt's own handler, with the deadline for slash commands."""

    def __init__(self, app: App, app_token: str, *, ping_interval: float, concurrency: int) -> None:
        frames.install()
        super().__init__(app, app_token, ping_interval=ping_interval, concurrency=concurrency)
        self.deadlines = Deadlines(self.client.send_socket_mode_response)
        threading.Thread(target=self.deadlines.watch, name="deadlines", daemon=True).start()

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Dispatch one envelope and answer it, unless the deadline has."""
        if req.type != "slash_commands":
            send_response(client, req, run_bolt_app(self.app, req), time.time())
            return
        watched = self.deadlines.begin(req)
        response = run_bolt_app(self.app, req)
        if self.deadlines.claim(watched):
            _send(client, req, response)
        else:
            _tell_later(req.payload, response)

    def close(self) -> None:
        """Close the connection and end the watch."""
        self.deadlines.stop()
        super().close()  # type: ignore[no-untyped-call]

    def silent_s(self) -> float:
        """Seconds since Slack last answered a ping; 0 while no connection has had its first."""
        session = self.client.current_session
        heard_at = session.last_ping_pong_time if session else None
        return max(0.0, time.time() - heard_at) if heard_at else 0.0


def _send(client: SocketModeClient, request: SocketModeRequest, response: BoltResponse) -> None:
    """Ack with the answer as Bolt has already written it: reading and writing its JSON again would cost more."""
    if response.status == 200 and response.body.startswith("{"):
        client.send_message(f'{{"envelope_id": {json.dumps(request.envelope_id)}, "payload": {response.body}}}')
    else:
        send_response(client, request, response, time.time())


def _late(request: SocketModeRequest) -> SocketModeResponse:
    return SocketModeResponse(
        envelope_id=request.envelope_id, payload={"text": "Not known yet", "blocks": [_says(LATE)]}
    )


def _tell_later(payload: dict[str, Any], response: BoltResponse) -> None:
    """The real answer of a command that was late; without one, a form has opened and nothing is saved yet."""
    answer: dict[str, Any] = json.loads(response.body or "{}")
    client = WebhookClient(payload["response_url"], timeout=10, retry_handlers=[])
    for pause_s in LATE_PAUSES_S:
        time.sleep(pause_s)
        try:
            sent = client.send(text=answer.get("text") or NO_ANSWER, blocks=answer.get("blocks"))
        except (SlackClientError, OSError, HTTPException) as error:
            log.error("late_answer_not_sent", error=type(error).__name__)
            continue
        if sent.status_code == HTTPStatus.OK:
            return
        log.error("late_answer_not_taken", status=sent.status_code)


def _says(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}
