"""`chat.*`: what the bot writes, changes and takes back."""

import time

from sandbox import hearing, posting
from sandbox.accepting import accept_message
from sandbox.api.calls import Call, Method
from sandbox.messages import bare
from sandbox.people import BOT_USER_ID, TEAM_DOMAIN, Channel
from sandbox.wire import Json, SlackError


def post_message(call: Call) -> Json:
    """A message into a channel, a DM, or by a user id into the DM with that person."""
    channel = _channel_to_write(call)
    _check_rate(call, channel)
    _check_metadata(call)
    accept_message(call.slack, call.method, call.args)
    message = posting.bot_message(call.slack, call.args)
    _check_thread(call, channel)
    if call.flag("reply_broadcast") and message.get("thread_ts"):
        message["subtype"] = "thread_broadcast"
    hearing.tell(call.slack, *posting.post(call.slack, channel, message))
    return {"ok": True, "channel": channel.id, "ts": message["ts"], "message": bare(message)}


def post_ephemeral(call: Call) -> Json:
    """A message only one member of a channel sees."""
    channel = _channel_to_write(call)
    user = call.user()
    if user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    accept_message(call.slack, call.method, call.args)
    message = posting.bot_message(call.slack, call.args)
    posting.whisper(call.slack, user.id, channel.id, message)
    return {"ok": True, "message_ts": message["ts"]}


def update(call: Call) -> Json:
    """Change a message of the bot's own.

    With `text` and no `blocks` the old blocks go; with neither they stay (reference of chat.update).
    """
    channel, previous = _own_message(call, "cant_update_message")
    _check_metadata(call)
    accept_message(call.slack, call.method, call.args)
    fresh = posting.bot_message(call.slack, call.args)
    fields: Json = {"text": fresh["text"], "blocks": fresh.get("blocks"), "attachments": fresh.get("attachments")}
    if "metadata" in fresh:
        fields["metadata"] = fresh["metadata"]
    if not fresh.get("blocks") and call.text("text"):
        fields["edited"] = {"user": BOT_USER_ID, "ts": call.slack.clock.ts()}
    message = posting.change(call.slack, channel, previous, fields)
    return {
        "ok": True,
        "channel": channel.id,
        "ts": message["ts"],
        "text": message.get("text", ""),
        "message": bare(message),
    }


def delete(call: Call) -> Json:
    """Take back a message of the bot's own."""
    channel, previous = _own_message(call, "cant_delete_message")
    posting.remove(call.slack, channel, previous["ts"])
    return {"ok": True, "channel": channel.id, "ts": previous["ts"]}


def get_permalink(call: Call) -> Json:
    """The address of a message."""
    channel, ts = call.channel(), call.required("message_ts")
    if call.slack.messages.get(channel.id, ts) is None:
        raise SlackError("message_not_found")
    link = f"https://{TEAM_DOMAIN}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"ok": True, "channel": channel.id, "permalink": link}


def _channel_to_write(call: Call) -> Channel:
    named, world = call.required("channel"), call.slack.world
    if named in world.users:
        user = world.users[named]
        if user.deleted or user.is_bot:
            raise SlackError("channel_not_found")
        return world.dm(named)
    try:
        channel = world.channel(named)
    except LookupError as why:
        raise SlackError("channel_not_found") from why
    if BOT_USER_ID not in channel.members:
        raise SlackError("not_in_channel" if channel.kind == "public" else "channel_not_found")
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel


def _check_thread(call: Call, channel: Channel) -> None:
    root = call.text("thread_ts")
    if root and call.slack.messages.get(channel.id, root) is None:
        raise SlackError("cannot_reply_to_message")


def _check_metadata(call: Call) -> None:
    metadata = call.args.get("metadata")
    if metadata is None:
        return
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")


def _check_rate(call: Call, channel: Channel) -> None:
    if not call.slack.pace.rate_limited:
        return
    now, last = time.monotonic(), call.slack.last_post_at.get(channel.id, float("-inf"))
    if now - last < 1.0:
        raise SlackError("ratelimited")
    call.slack.last_post_at[channel.id] = now


def _own_message(call: Call, refusal: str) -> tuple[Channel, Json]:
    channel = call.channel()
    message = call.slack.messages.get(channel.id, call.required("ts"))
    if message is None:
        raise SlackError("message_not_found")
    if message["user"] != BOT_USER_ID:
        raise SlackError(refusal)
    return channel, message


METHODS = {
    "chat.postMessage": Method(run=post_message, scopes=("chat:write",)),
    "chat.postEphemeral": Method(run=post_ephemeral, scopes=("chat:write",)),
    "chat.update": Method(run=update, scopes=("chat:write",)),
    "chat.delete": Method(run=delete, scopes=("chat:write",)),
    "chat.getPermalink": Method(run=get_permalink),
}
