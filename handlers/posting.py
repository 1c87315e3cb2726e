"""Sends the outbox's messages through Slack, once each, and tells by Slack's answer what became of them.

The client must come with `retry_handlers=[]`: its default posts twice when the connection drops. Neither words nor
tokens are logged or raised here; an answer is read for its code only, since Slack may echo the message.
"""

from __future__ import annotations

import logging
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from ccm.errors import BadSetting
from reminders.outcomes import Later, Outcome, Refused, Sent, Unknown
from storage.messages import Message

log = logging.getLogger(__name__)

EVENT = "ccm_delivery"
"""The metadata event type; its payload holds the delivery key and nothing else."""
PAGE = 200
"""Messages per page of a look-up, the most Slack recommends."""
PAGES = 50
"""A look-up longer than this proves nothing."""
MAYBE_TAKEN = {"internal_error", "fatal_error", "request_timeout", "service_unavailable"}
"""Slack documents that "some aspect of the operation" may have succeeded, or says nothing either way."""
TRANSIENT = {
    "ratelimited",
    "rate_limited",
    "team_added_to_org",
    "invalid_auth",
    "not_authed",
    "token_expired",
    "token_revoked",
}
"""Surely not taken, and mended by waiting or by the administrator: a wrong token must not bury every message."""
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
_NETWORK = (OSError, HTTPException)


class SlackSender:
    """A `Sender` for one workspace."""

    def __init__(self, client: WebClient) -> None:
        if client.retry_handlers:
            raise BadSetting(
                "The posting client must not retry by itself.", hint="Construct it with retry_handlers=[]."
            )
        self._client = client
        self._opened: dict[str, str] = {}

    def post(self, message: Message, delivery_key: str) -> Outcome:
        """Send once."""
        match message.kind:
            case "respond":
                return self._respond(message)
            case "update":
                return _asked(lambda: self._client.chat_update(ts=message.ts or "", **_content(message)))
            case "ephemeral":
                return _asked(lambda: self._client.chat_postEphemeral(user=message.user or "", **_content(message)))
            case _:
                return self._post(message, delivery_key)

    def find(self, message: Message, delivery_key: str, since: datetime) -> Outcome | None:
        """Look in the channel's history, or in the thread, for a message with this key."""
        channel = self._channel(message.channel)
        if not isinstance(channel, str):
            return channel
        found: list[str] = []

        def look() -> dict[str, Any]:
            for page in self._pages(channel, message.thread_ts, since):
                found.extend(said["ts"] for said in page if _carries(said, delivery_key))
            if len(found) > 1:
                log.error("delivery: %d messages carry one key", len(found))
            return {"ts": min(found, default=None)}

        outcome = _asked(look)
        return None if outcome == Sent(None) else outcome

    def _post(self, message: Message, delivery_key: str) -> Outcome:
        channel = self._channel(message.channel)
        if not isinstance(channel, str):
            return channel
        content = _content(message) | {"channel": channel}
        metadata = {"event_type": EVENT, "event_payload": {"k": delivery_key}}
        return _asked(
            lambda: self._client.chat_postMessage(metadata=metadata, unfurl_links=False, unfurl_media=False, **content)
        )

    def _respond(self, message: Message) -> Outcome:
        client = WebhookClient(str(message.response_url), timeout=self._client.timeout, retry_handlers=[])
        try:
            answer = client.send(
                text=message.text,
                blocks=message.blocks or None,
                response_type="ephemeral",
                replace_original=message.replace_original,
                unfurl_links=False,
                unfurl_media=False,
            )
        except (*_NETWORK, SlackClientError) as error:
            return _broken(error)
        if answer.status_code == HTTPStatus.OK:
            return Sent()
        return _said_no(answer.status_code, answer.body, answer.headers)

    def _channel(self, name: str) -> str | Outcome:
        """A channel's id; a person's becomes that of the direct message with her, whose history can be read."""
        if not name.startswith(("U", "W")):
            return name
        if name not in self._opened:
            outcome = _asked(lambda: {"ts": self._client.conversations_open(users=name)["channel"]["id"]})
            if not isinstance(outcome, Sent):
                return Later() if isinstance(outcome, Unknown) else outcome  # opening sends nothing
            self._opened[name] = str(outcome.ts)
        return self._opened[name]

    def _pages(self, channel: str, thread_ts: str | None, since: datetime) -> Iterator[list[dict[str, Any]]]:
        where: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{since.timestamp():.6f}",
            "include_all_metadata": True,
            "limit": PAGE,
        }
        cursor: str | None = None
        for _ in range(PAGES):
            if thread_ts:
                answer = self._client.conversations_replies(ts=thread_ts, cursor=cursor, **where)
            else:
                answer = self._client.conversations_history(cursor=cursor, **where)
            yield answer["messages"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
        raise TimeoutError


def _content(message: Message) -> dict[str, Any]:
    content = {"channel": message.channel, "text": message.text, "blocks": message.blocks or None}
    return content | ({"thread_ts": message.thread_ts} if message.thread_ts else {})


def _carries(said: dict[str, Any], delivery_key: str) -> bool:
    metadata = said.get("metadata") or {}
    return metadata.get("event_type") == EVENT and (metadata.get("event_payload") or {}).get("k") == delivery_key


def _asked(call: Callable[[], Any]) -> Outcome:
    """Call Slack and read what came of it; the answer itself goes no further."""
    try:
        answer = call()
    except SlackApiError as error:
        data = error.response.data if isinstance(error.response.data, dict) else {}
        return _said_no(error.response.status_code, data.get("error"), error.response.headers)
    except (*_NETWORK, SlackClientError) as error:
        return _broken(error)
    return Sent(answer.get("ts") or answer.get("message_ts"))


def _said_no(status: int, code: object, headers: Any) -> Outcome:
    if status == HTTPStatus.TOO_MANY_REQUESTS or code in TRANSIENT:
        return Later(_retry_after(headers))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or not isinstance(code, str) or not _CODE.fullmatch(code):
        return Unknown()
    return Unknown() if code in MAYBE_TAKEN else Refused(code)


def _retry_after(headers: Any) -> float | None:
    told = {str(name).lower(): value for name, value in dict(headers).items()}.get("retry-after")
    return float(told) if isinstance(told, str) and told.isdigit() else None


def _broken(error: Exception) -> Outcome:
    """No answer: only what fails before the first byte leaves is sure not to have arrived."""
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, ConnectionRefusedError | socket.gaierror | ssl.SSLCertVerificationError):
        return Later()
    return Unknown()
