"""Messages as they come and change: kept, shown to their readers, pushed to devices, told to the bot."""

import re
from typing import Any

from sandbox import hearing, reading
from sandbox.anatomy import with_ids
from sandbox.delivery import Delivery
from sandbox.messages import Ephemeral, bare
from sandbox.people import APP_ID, BOT_ID, BOT_USER_ID, TEAM_ID, Channel
from sandbox.screens import Notification
from sandbox.typed import rich_text
from sandbox.wire import Json
from sandbox.workspace import Workspace

TO_ALL = re.compile(r"<!(?:here|channel|everyone)")
SHOWN_CONTENT = ("text", "blocks", "attachments", "metadata", "subtype", "files", "thread_ts")


def bot_message(slack: Workspace, content: Json) -> Json:
    """A message by the bot; of `content` only what makes up a message is taken."""
    taken = {key: content[key] for key in SHOWN_CONTENT if content.get(key)}
    if "blocks" in taken:
        taken["blocks"] = with_ids(taken["blocks"], slack.ids)
    profile = {"id": BOT_ID, "app_id": APP_ID, "name": slack.manifest.name, "team_id": TEAM_ID, "deleted": False}
    author = {"type": "message", "user": BOT_USER_ID, "bot_id": BOT_ID, "app_id": APP_ID, "bot_profile": profile}
    return {"ts": slack.clock.ts(), "team": TEAM_ID, "text": "", **author, **taken}


def person_message(slack: Workspace, user_id: str, text: str, thread_ts: str = "") -> Json:
    """A message by a person (or another bot); `text` is escaped already."""
    user = slack.world.user(user_id)
    message: Json = {"type": "message", "user": user_id, "text": text, "ts": slack.clock.ts(), "team": user.team_id}
    message |= {"client_msg_id": slack.ids.uuid(), "blocks": [rich_text(text)]}
    if user.bot_id:
        message["bot_id"] = user.bot_id
    return message | ({"thread_ts": thread_ts} if thread_ts else {})


def post(slack: Workspace, channel: Channel, message: Json) -> list[Delivery]:
    """Let a new message appear; gives what the bot hears of it, not sent yet."""
    slack.messages.keep(channel.id, message)
    slack.screens.show(channel.members, {"t": "message", "channel": channel.id, "message": bare(message)})
    if message["user"] == BOT_USER_ID:
        _push(slack, channel, message)
    return hearing.said(slack, channel, message)


def change(slack: Workspace, channel: Channel, previous: Json, fields: dict[str, Any]) -> Json:
    """Change a message in place and tell everyone; a field of None is removed."""
    message = {key: value for key, value in (previous | fields).items() if value is not None}
    slack.messages.keep(channel.id, message)
    slack.screens.show(channel.members, {"t": "message_changed", "channel": channel.id, "message": bare(message)})
    hearing.tell(slack, hearing.changed(slack, channel, message, previous))
    return message


def remove(slack: Workspace, channel: Channel, ts: str) -> None:
    """Delete a message and tell everyone."""
    previous = slack.messages.drop(channel.id, ts)
    slack.screens.show(channel.members, {"t": "message_deleted", "channel": channel.id, "ts": ts})
    if previous is not None:
        hearing.tell(slack, hearing.deleted(slack, channel, previous))


def whisper(slack: Workspace, user: str, channel: str, message: Json) -> None:
    """Show an ephemeral message to one person; it is pushed to no device and kept in no history."""
    is_new = slack.messages.whispered(user, message["ts"]) is None
    shown = message | {"is_ephemeral": True}
    slack.messages.whisper(Ephemeral(user=user, channel=channel, message=shown))
    kind = "message" if is_new else "message_changed"
    slack.screens.show([user], {"t": kind, "channel": channel, "message": bare(shown) | {"ephemeral": True}})


def unwhisper(slack: Workspace, user: str, ts: str) -> None:
    """Take an ephemeral message away."""
    gone = slack.messages.hush(user, ts)
    if gone is not None:
        slack.screens.show([user], {"t": "message_deleted", "channel": gone.channel, "ts": ts})


def _push(slack: Workspace, channel: Channel, message: Json) -> None:
    note = Notification(
        channel=channel.id,
        ts=message["ts"],
        mobile=reading.mobile_text(message),
        desktop=reading.desktop_text(message),
    )
    for reader in _pushed_to(slack, channel, message):
        slack.screens.notify(reader, note)


def _pushed_to(slack: Workspace, channel: Channel, message: Json) -> set[str]:
    # DMs push; in channels only mentions and replies in a thread one takes part in do.
    readers = channel.members - {BOT_USER_ID}
    text = message["text"] + reading.block_text(message.get("blocks", []))
    if channel.kind in ("im", "mpim") or TO_ALL.search(text):
        return set(readers)
    mentioned = {reader for reader in readers if f"<@{reader}>" in text}
    if not message.get("thread_ts"):
        return mentioned
    writers = {one.get("user") for one in slack.messages.thread(channel.id, message["thread_ts"])}
    return mentioned | (set(readers) & writers)
