"""Payloads of what people do: commands, actions, shortcuts, submissions, suggestions (shapes: Slack's reference)."""

from sandbox.messages import bare
from sandbox.people import APP_ID, TEAM_DOMAIN, TEAM_ID, Channel
from sandbox.views import OpenView
from sandbox.wire import Json
from sandbox.workspace import VERIFICATION_TOKEN, Workspace


def command(slack: Workspace, user_id: str, channel: Channel, name: str, text: str) -> Json:
    """The payload of a slash command."""
    user = slack.world.user(user_id)
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": shown_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url(slack, user_id, channel.id),
        "trigger_id": slack.triggers.give(user_id, slack.pace),
    }


def interaction(slack: Workspace, kind: str, user_id: str, *, trigger: bool = True) -> Json:
    """What every interaction payload has: who, where, for which app."""
    user = slack.world.user(user_id)
    payload: Json = {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
        "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    return payload | ({"trigger_id": slack.triggers.give(user_id, slack.pace)} if trigger else {})


def in_view(view: OpenView) -> Json:
    """The container part of an interaction in a modal or Home."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view.wire}


def in_message(slack: Workspace, user: str, channel: Channel, message: Json) -> Json:
    """The container part of an interaction in a message.

    Of an ephemeral Slack promises no `message`; it is left out here, so that nobody comes to rely on it.
    """
    is_ephemeral = bool(message.get("is_ephemeral"))
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel.id}
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    made = slack.response_urls.give(slack.pace, user, channel.id, message["ts"], is_ephemeral=is_ephemeral)
    more: Json = {
        "container": container | {"is_ephemeral": is_ephemeral},
        "channel": {"id": channel.id, "name": shown_name(channel)},
        "state": {"values": slack.message_states.get((user, channel.id, message["ts"]), {})},
        "response_url": f"{slack.base_url}/respond/{made}",
    }
    return more if is_ephemeral else more | {"message": bare(message)}


def shown_name(channel: Channel) -> str:
    """The name payloads give a conversation: `directmessage` and `privategroup` where Slack hides it."""
    return {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)


def response_url(slack: Workspace, user: str, channel: str) -> str:
    """A fresh response address of a command."""
    return f"{slack.base_url}/respond/{slack.response_urls.give(slack.pace, user, channel)}"
