"""What the bot gets to hear: event envelopes, only those its manifest subscribes to and where it is a member."""

from sandbox.delivery import Delivery
from sandbox.people import APP_ID, BOT_USER_ID, TEAM_ID, Channel
from sandbox.wire import Json
from sandbox.workspace import VERIFICATION_TOKEN, Workspace


def event_payload(slack: Workspace, event: Json, channel: Channel | None = None) -> Json:
    """The `event_callback` around an event, with its own event id."""
    authorization = {"enterprise_id": None, "team_id": TEAM_ID, "user_id": BOT_USER_ID}
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "api_app_id": APP_ID,
        "type": "event_callback",
        "event_id": slack.ids.new("Ev"),
        "event_time": int(slack.clock.now()),
        "authorizations": [authorization | {"is_bot": True, "is_enterprise_install": False}],
        "is_ext_shared_channel": channel.is_ext_shared if channel else False,
        "event_context": slack.ids.new("4-"),
        "event": event,
    }


def hear(slack: Workspace, name: str, event: Json, channel: Channel | None = None) -> Delivery | None:
    """An event on its way to the bot, or None when it is not subscribed or the bot is not in the channel."""
    if name not in slack.manifest.events or (channel and BOT_USER_ID not in channel.members):
        return None
    return Delivery(kind="events_api", payload=event_payload(slack, event, channel))


def tell(slack: Workspace, *deliveries: Delivery | None) -> None:
    """Send what there is to hear, without waiting."""
    for delivery in deliveries:
        if delivery is not None:
            slack.socket.go(slack.socket.deliver_event(delivery))


def said(slack: Workspace, channel: Channel, message: Json) -> list[Delivery]:
    """What the bot hears of a new message: the message itself and, outside DMs, being mentioned."""
    event = _message_event(channel, message)
    heard = [hear(slack, f"message.{_plural(channel)}", event, channel)]
    is_mention = f"<@{BOT_USER_ID}>" in message.get("text", "") and channel.kind != "im"
    if is_mention and message.get("user") != BOT_USER_ID:
        heard.append(hear(slack, "app_mention", _mention_event(channel, message), channel))
    return [delivery for delivery in heard if delivery is not None]


def changed(slack: Workspace, channel: Channel, message: Json, previous: Json) -> Delivery | None:
    """A message was edited."""
    more = {"message": _bare(message), "previous_message": _bare(previous)}
    return _about(slack, channel, "message_changed", more)


def deleted(slack: Workspace, channel: Channel, previous: Json) -> Delivery | None:
    """A message was deleted."""
    more = {"deleted_ts": previous["ts"], "previous_message": _bare(previous)}
    return _about(slack, channel, "message_deleted", more)


def home_opened(slack: Workspace, user: str, tab: str) -> Delivery | None:
    """A person opened the bot's Home or Messages tab."""
    event = {"type": "app_home_opened", "user": user, "channel": slack.world.dm(user).id, "tab": tab}
    event["event_ts"] = slack.clock.ts()
    home = slack.views.homes.get(user)
    if tab == "home" and home is not None:
        return hear(slack, "app_home_opened", event | {"view": home.wire})
    return hear(slack, "app_home_opened", event)


def joined(slack: Workspace, user: str, channel: Channel) -> Delivery | None:
    """Someone, perhaps the bot itself, became a member of a channel."""
    kind = "C" if channel.kind == "public" else "G"
    event = {"type": "member_joined_channel", "user": user, "channel": channel.id, "channel_type": kind}
    more = {"team": slack.world.user(user).team_id, "inviter": "U0ADA", "event_ts": slack.clock.ts()}
    return hear(slack, "member_joined_channel", event | more, channel)


def user_changed(slack: Workspace, user: str) -> Delivery | None:
    """A member's profile or status changed: deactivated, made a guest, renamed."""
    shown = slack.world.user(user).as_slack()
    now = int(slack.clock.now())
    return hear(slack, "user_change", {"type": "user_change", "user": shown, "cache_ts": now, "event_ts": str(now)})


def _message_event(channel: Channel, message: Json) -> Json:
    return _bare(message) | {"channel": channel.id, "channel_type": channel.event_type, "event_ts": message["ts"]}


def _mention_event(channel: Channel, message: Json) -> Json:
    kept = ("user", "text", "ts", "thread_ts", "parent_user_id", "bot_id", "subtype", "team", "blocks", "client_msg_id")
    event = {key: message[key] for key in kept if key in message}
    return event | {"type": "app_mention", "channel": channel.id, "event_ts": message["ts"]}


def _about(slack: Workspace, channel: Channel, subtype: str, more: Json) -> Delivery | None:
    ts = slack.clock.ts()
    event: Json = {"type": "message", "subtype": subtype, "channel": channel.id, "channel_type": channel.event_type}
    event |= {"hidden": True, "ts": ts, "event_ts": ts, **more}
    return hear(slack, f"message.{_plural(channel)}", event, channel)


def _plural(channel: Channel) -> str:
    return {"channel": "channels", "group": "groups"}.get(channel.event_type, channel.event_type)


def _bare(message: Json) -> Json:
    return {key: value for key, value in message.items() if key != "metadata"}
