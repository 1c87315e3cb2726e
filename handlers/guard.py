"""Nothing escapes a listener: Bolt would lose the ack, log the text and leave the person with Slack's bare error."""

from __future__ import annotations

import inspect
import secrets
import traceback
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from slack_bolt import Ack
from slack_sdk import WebClient

from ccm.errors import Busy, CcmError
from handlers.answers import sorry

log = structlog.get_logger("handlers")
Listener = Callable[..., Any]


def guarded(listener: Listener, seats: Mapping[str, Any]) -> Listener:
    """Make a Bolt listener of ours: it gets what it names of Bolt's `ack`, `body`, `client` and of our `seats`.

    Whatever it raises becomes a sentence with a reference, and the request is acked.
    """
    names = inspect.signature(listener).parameters
    ours = {name: seats[name] for name in names if name in seats}

    def run(ack: Ack, body: dict[str, Any], client: WebClient) -> Any:
        bolts = {"ack": ack, "body": body, "client": client}
        try:
            return listener(**ours, **{name: bolts[name] for name in names if name in bolts})
        except Exception as error:  # noqa: BLE001 - the last net: nothing may reach Bolt
            return _ack(bolts, _told(error, listener.__name__))

    run.__name__ = listener.__name__  # Bolt's logs name it
    return run


def _told(error: Exception, where: str) -> CcmError:
    """What the person reads; the log gets the reference, the type and the place, never the error's own text."""
    if isinstance(error, Busy):
        log.warning("database_busy", listener=where)
        return error
    reference = secrets.token_hex(3).upper()
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "?"
    log.error("listener_failed", reference=reference, error=type(error).__name__, listener=where, place=place)
    hint = "`/ccm today` shows what is saved; please try again, or tell your administrator the reference."
    return CcmError(f"Something went wrong on my side (reference {reference}).", hint=hint)


def _ack(given: dict[str, Any], error: CcmError) -> Any:
    ack, body, answer = given["ack"], given.get("body") or {}, sorry(error)
    if "command" in body:
        return ack(**answer.payload())
    if field := _first_field(body):  # closing the form would lose what was filled in
        return ack(response_action="errors", errors={field: f"{error} {error.hint}"})
    user = (body.get("event") or {}).get("user") or (body.get("user") or {}).get("id")
    client = given.get("client")
    if client is not None and isinstance(user, str):
        try:
            client.chat_postMessage(channel=user, text=answer.text, blocks=list(answer.blocks))
        except Exception as error:  # noqa: BLE001 - best effort: the request itself is lost already
            log.error("sorry_not_sent", error=type(error).__name__)
    return ack()


def _first_field(body: dict[str, Any]) -> str | None:
    """The first field of a submitted form, beside which a problem can stand; None for any other request."""
    if body.get("type") != "view_submission":
        return None
    blocks = (body.get("view") or {}).get("blocks") or []
    return next((str(block["block_id"]) for block in blocks if block.get("type") == "input"), None)
