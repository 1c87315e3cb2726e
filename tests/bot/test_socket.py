"""The deadline: one answer for each command, whatever becomes of the connection."""

from __future__ import annotations

import threading
import time

import pytest
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot import socket
from bot.socket import Deadlines


def _request(number: int) -> SocketModeRequest:
    return SocketModeRequest(type="slash_commands", envelope_id=f"e{number}", payload={})


def test_only_the_first_to_answer_may_answer() -> None:
    deadlines = Deadlines(lambda response: None)
    watched = deadlines.begin(_request(1))

    assert [deadlines.claim(watched), deadlines.claim(watched)] == [True, False]


def test_a_lost_connection_does_not_end_the_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first late answer that could not be sent used to end the thread, and with it every deadline after."""
    monkeypatch.setattr(socket, "DEADLINE_S", 0.0)
    told: list[str] = []

    def send(response: SocketModeResponse) -> None:
        told.append(response.envelope_id)
        if len(told) == 1:
            raise BrokenPipeError

    deadlines = Deadlines(send)
    thread = threading.Thread(target=deadlines.watch)
    thread.start()
    deadlines.begin(_request(1))
    _until(lambda: len(told) == 1)
    deadlines.begin(_request(2))
    _until(lambda: len(told) == 2)
    deadlines.stop()
    thread.join()

    assert told == ["e1", "e2"]


def _until(is_so, seconds: float = 3.0) -> None:  # type: ignore[no-untyped-def]
    ends = time.monotonic() + seconds
    while not is_so() and time.monotonic() < ends:
        time.sleep(0.01)
    assert is_so()
