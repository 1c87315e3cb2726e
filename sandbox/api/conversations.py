"""`conversations.*`: where the bot may be, who is there, and what was said."""

from collections.abc import Iterable

from sandbox.api.calls import Call, Method
from sandbox.messages import bare
from sandbox.people import BOT_USER_ID, Channel
from sandbox.wire import Json, SlackError
from sandbox.world import World

FAMILIES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def info(call: Call) -> Json:
    """One conversation; the scope depends on its kind."""
    channel = _readable(call, "read")
    return {"ok": True, "channel": channel.as_slack()}


def list_all(call: Call) -> Json:
    """The conversations of the kinds asked for (public ones unless told), private ones only with the bot in them."""
    kinds = [FAMILIES.get(kind.strip(), "") for kind in call.text("types", "public_channel").split(",")]
    if "" in kinds:
        raise SlackError("invalid_types")
    for kind in kinds:
        call.need_scope({"public": "channels", "private": "groups"}.get(kind, kind) + ":read")
    found = [channel for channel in call.slack.world.channels.values() if channel.kind in kinds]
    found = [channel for channel in found if channel.kind == "public" or BOT_USER_ID in channel.members]
    if call.flag("exclude_archived"):
        found = [channel for channel in found if not channel.is_archived]
    shown, more = call.page(found, 100)
    return {"ok": True, "channels": [channel.as_slack() for channel in shown], **more}


def members(call: Call) -> Json:
    """The ids of a conversation's members, 100 at a time unless told."""
    shown, more = call.page(sorted(_readable(call, "read").members), 100)
    return {"ok": True, "members": shown, **more}


def open_dm(call: Call) -> Json:
    """The DM with one person, or a group DM with several."""
    if call.text("channel"):
        return {"ok": True, "channel": {"id": call.channel().id}}
    ids = [one for one in call.required("users").split(",") if one]
    users = [call.slack.world.users.get(one) for one in ids]
    if None in users:
        raise SlackError("user_not_found")
    if any(user and user.deleted for user in users):
        raise SlackError("user_disabled")
    if any(user and user.is_bot for user in users):
        raise SlackError("cannot_dm_bot")
    call.need_scope("im:write" if len(ids) == 1 else "mpim:write")
    channel = call.slack.world.dm(ids[0]) if len(ids) == 1 else _group_dm(call.slack.world, ids)
    return {"ok": True, "channel": channel.as_slack() if call.flag("return_im") else {"id": channel.id}}


def history(call: Call) -> Json:
    """Roots and broadcast replies, newest first; `oldest` and `latest` exclude their bounds unless `inclusive`.

    `metadata` comes only with `include_all_metadata`; ephemerals and thread replies never.
    """
    channel = _readable(call, "history")
    found = _within(call, call.slack.messages.newest_first(channel.id))
    return {"ok": True, **_messages(call, found), "pin_count": 0}


def replies(call: Call) -> Json:
    """A thread's root and its replies, oldest first."""
    channel = _readable(call, "history")
    thread = list(call.slack.messages.thread(channel.id, call.required("ts")))
    if not thread:
        raise SlackError("thread_not_found")
    return {"ok": True, **_messages(call, [thread[0], *_within(call, thread[1:])])}


def _readable(call: Call, access: str) -> Channel:
    channel = call.channel()
    call.need_scope(f"{channel.scope_family}:{access}")
    if access == "history" and BOT_USER_ID not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _within(call: Call, messages: Iterable[Json]) -> list[Json]:
    oldest, latest = call.text("oldest"), call.text("latest")
    low = _instant(oldest) if oldest else float("-inf")
    high = _instant(latest) if latest else float("inf")
    inclusive = call.flag("inclusive")
    found = []
    for message in messages:
        at = _instant(message["ts"])
        if low < at < high or (inclusive and at in (low, high)):
            found.append(message)
    return found


def _instant(ts: str) -> float:
    try:
        return float(ts)
    except ValueError as why:
        raise SlackError("invalid_ts_oldest") from why


def _messages(call: Call, found: list[Json]) -> Json:
    shown, more = call.page(found, 100, 999)
    with_metadata = call.flag("include_all_metadata")
    has_more = bool(more["response_metadata"]["next_cursor"])
    body: Json = {"messages": [one if with_metadata else bare(one) for one in shown], "has_more": has_more}
    return body | (more if has_more else {})


def _group_dm(world: World, ids: list[str]) -> Channel:
    wanted = frozenset((*ids, BOT_USER_ID))
    found = next((one for one in world.channels.values() if one.kind == "mpim" and one.members == wanted), None)
    if found is not None:
        return found
    names = "--".join(world.user(one).name for one in ids)
    return world.add_channel(f"mpdm-{names}", id="G0" + "".join(ids), kind="mpim", members=list(wanted))


METHODS = {
    "conversations.info": Method(run=info),
    "conversations.list": Method(run=list_all),
    "conversations.members": Method(run=members),
    "conversations.open": Method(run=open_dm),
    "conversations.history": Method(run=history),
    "conversations.replies": Method(run=replies),
}
