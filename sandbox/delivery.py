"""One thing Slack tells the bot, from its first attempt to its acknowledgement."""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.wire import Json

Envelope = Literal["events_api", "slash_commands", "interactive"]
# Slack's own words for a request that was not acknowledged in time, and for one it could not hand over.
TIMEOUT = "operation_timeout"
NOT_DISPATCHED = "dispatch_failed"


@dataclass(slots=True, kw_only=True, eq=False)
class Delivery:
    """An envelope's payload and what became of it.

    `acked_after` is seconds from the sending of the attempt that was acknowledged to its ack; None until then.
    `ack_payload` is what the first ack carried, `acks` what each did (a duplicate is acknowledged again).
    `message` is the message a person wrote with it, if it was one.
    """

    kind: Envelope
    payload: Json
    attempts: int = 0
    acked_after: float | None = None
    ack_payload: Json | None = None
    acks: list[Json | None] = field(default_factory=list)
    error: str | None = None
    message: Json | None = None
    envelope_ids: list[str] = field(default_factory=list)

    @property
    def is_acked(self) -> bool:
        """Whether the bot acknowledged it in time."""
        return self.acked_after is not None

    @property
    def summary(self) -> str:
        """A few words for the traffic list."""
        inner = self.payload.get("event", self.payload)
        named = (self.payload.get("command"), inner.get("type"), inner.get("subtype"), self.payload.get("callback_id"))
        actions = [action["action_id"] for action in self.payload.get("actions", ())]
        return " ".join(str(one) for one in (*named, *actions) if one)
