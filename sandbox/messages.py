"""Messages of every conversation, and the ephemerals that only one person sees and no history keeps."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.wire import Json

# Ephemerals kept per person; a real client forgets them at the next reload.
EPHEMERALS_KEPT = 500
Key = tuple[str, str]


@dataclass(slots=True)
class Ephemeral:
    """A message only one person sees."""

    user: str
    channel: str
    message: Json


@dataclass(slots=True)
class Messages:
    """Messages by conversation and ts, oldest first; `changed` tells when each was last touched (a count)."""

    by_channel: dict[str, dict[str, Json]] = field(default_factory=dict)
    by_reader: dict[str, dict[str, Ephemeral]] = field(default_factory=dict)
    changed: dict[Key, int] = field(default_factory=dict)
    changes: int = 0

    def keep(self, channel: str, message: Json) -> None:
        """Store a new or changed message and count it to its thread's root."""
        kept = self.by_channel.setdefault(channel, {})
        is_new = message["ts"] not in kept
        kept[message["ts"]] = message
        self.touch(channel, message["ts"])
        root = kept.get(message.get("thread_ts", ""))
        if is_new and root is not None and root is not message:
            count = root.get("reply_count", 0) + 1
            root |= {"thread_ts": root["ts"], "reply_count": count, "latest_reply": message["ts"]}

    def touch(self, channel: str, ts: str) -> None:
        """Note that a message is new to its readers."""
        self.changes += 1
        self.changed[channel, ts] = self.changes

    def get(self, channel: str, ts: str) -> Json | None:
        """The message of that ts, ephemerals excepted."""
        return self.by_channel.get(channel, {}).get(ts)

    def drop(self, channel: str, ts: str) -> Json | None:
        """Take a message away; None if there was none."""
        return self.by_channel.get(channel, {}).pop(ts, None)

    def thread(self, channel: str, root_ts: str) -> Iterator[Json]:
        """A root and its replies, oldest first."""
        for message in self.by_channel.get(channel, {}).values():
            if message["ts"] == root_ts or message.get("thread_ts") == root_ts:
                yield message

    def newest_first(self, channel: str) -> Iterator[Json]:
        """What `conversations.history` walks: roots and broadcast replies, newest first."""
        for message in reversed(self.by_channel.get(channel, {}).values()):
            is_reply = message.get("thread_ts", message["ts"]) != message["ts"]
            if not is_reply or message.get("subtype") == "thread_broadcast":
                yield message

    def whisper(self, ephemeral: Ephemeral) -> None:
        """Show an ephemeral to its reader."""
        mine = self.by_reader.setdefault(ephemeral.user, {})
        mine[ephemeral.message["ts"]] = ephemeral
        self.touch(ephemeral.channel, ephemeral.message["ts"])
        if len(mine) > EPHEMERALS_KEPT:
            oldest = mine.pop(next(iter(mine)))
            self.changed.pop((oldest.channel, oldest.message["ts"]), None)

    def whispered(self, user: str, ts: str) -> Ephemeral | None:
        """The ephemeral of that ts, if that person still sees it."""
        return self.by_reader.get(user, {}).get(ts)

    def hush(self, user: str, ts: str) -> Ephemeral | None:
        """Take an ephemeral away."""
        return self.by_reader.get(user, {}).pop(ts, None)


def bare(message: Json) -> Json:
    """The message without `metadata`, which Slack returns only on `include_all_metadata`."""
    return {key: value for key, value in message.items() if key != "metadata"}
