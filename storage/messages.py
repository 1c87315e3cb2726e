"""Messages to Slack as plain values; `storage.outbox` keeps them until they are delivered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

Kind = Literal["post", "update", "respond", "ephemeral"]
KEPT: Mapping[Kind, timedelta] = {
    "post": timedelta(days=3),  # a long weekend's outage; after that the digest tells it
    "update": timedelta(days=3),
    "respond": timedelta(minutes=30),  # as long as a response_url lives
    "ephemeral": timedelta(minutes=30),
}
"""How long a message is worth delivering when its writer does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is sent to Slack; held by nobody but its reader, so sealed at rest.

    channel: always given; a DM must always go by the same id, D... or U..., since messages keep their order by it.
    ts: of the message an `update` changes. user: who sees an `ephemeral`. blocks: Block Kit as plain dicts.
    """

    kind: Kind
    channel: str
    text: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str | None = None
    ts: str | None = None
    response_url: str | None = None
    user: str | None = None
    replace_original: bool = False

    def __post_init__(self) -> None:
        needed = {"update": self.ts, "respond": self.response_url, "ephemeral": self.user, "post": self.channel}
        if not needed[self.kind]:
            raise ValueError(f"a message of kind {self.kind} lacks its address")

    @property
    def lane(self) -> str:
        """Messages of one lane go in the order they were put: a channel's, or the versions of one card."""
        match self.kind:
            case "update":
                return f"{self.channel}|{self.ts}"
            case "respond":
                return f"respond|{hashlib.sha256(str(self.response_url).encode()).hexdigest()[:40]}"
            case _:
                return self.channel

    @property
    def is_repeatable(self) -> bool:
        """Whether sending it twice shows the reader the same as once."""
        return self.kind == "update" or (self.kind == "respond" and self.replace_original)

    @property
    def is_findable(self) -> bool:
        """Whether Slack's history can tell that it arrived."""
        return self.kind == "post"
