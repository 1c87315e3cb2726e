"""`auth.*`, `users.*`, `team.*`, `bots.*`, `reactions.*`: who is who."""

from sandbox.api.calls import Call, Method
from sandbox.people import APP_ID, BOT_ID, BOT_USER_ID, TEAM_DOMAIN, TEAM_ID, TEAM_NAME
from sandbox.wire import Json, SlackError


def auth_test(call: Call) -> Json:
    """Who the token speaks for."""
    return {
        "ok": True,
        "url": f"https://{TEAM_DOMAIN}.slack.com/",
        "team": TEAM_NAME,
        "user": call.slack.manifest.bot_name,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def users_info(call: Call) -> Json:
    """One member with every flag that matters for access."""
    return {"ok": True, "user": call.user().as_slack()}


def users_list(call: Call) -> Json:
    """All members, deactivated ones included."""
    shown, more = call.page(list(call.slack.world.users.values()), 1000)
    return {"ok": True, "members": [user.as_slack() for user in shown], "cache_ts": int(call.slack.clock.now()), **more}


def users_conversations(call: Call) -> Json:
    """The conversations a member (the bot unless told) is in; only kinds whose scope is granted."""
    user = call.text("user") or BOT_USER_ID
    scopes = call.slack.manifest.scopes
    found = [one for one in call.slack.world.seen_by(user) if f"{one.scope_family}:read" in scopes]
    shown, more = call.page(found, 100)
    return {"ok": True, "channels": [channel.as_slack() for channel in shown], **more}


def team_info(_call: Call) -> Json:
    """The workspace."""
    return {"ok": True, "team": {"id": TEAM_ID, "name": TEAM_NAME, "domain": TEAM_DOMAIN}}


def bots_info(call: Call) -> Json:
    """The bot's own profile."""
    name = call.slack.manifest.bot_name
    shown = {"id": BOT_ID, "deleted": False, "name": name, "app_id": APP_ID, "user_id": BOT_USER_ID}
    return {"ok": True, "bot": shown}


def reactions_add(call: Call) -> Json:
    """Put an emoji on a message."""
    channel, name = call.channel(), call.required("name")
    message = call.slack.messages.get(channel.id, call.required("timestamp"))
    if message is None:
        raise SlackError("message_not_found")
    reactions = message.setdefault("reactions", [])
    if any(one["name"] == name and BOT_USER_ID in one["users"] for one in reactions):
        raise SlackError("already_reacted")
    reactions.append({"name": name, "users": [BOT_USER_ID], "count": 1})
    shown = {"t": "message_changed", "channel": channel.id, "message": message}
    call.slack.screens.show(channel.members, shown)
    return {"ok": True}


METHODS = {
    "auth.test": Method(run=auth_test),
    "users.info": Method(run=users_info, scopes=("users:read",)),
    "users.list": Method(run=users_list, scopes=("users:read",)),
    "users.conversations": Method(run=users_conversations),
    "team.info": Method(run=team_info, scopes=("team:read",)),
    "bots.info": Method(run=bots_info, scopes=("users:read",)),
    "reactions.add": Method(run=reactions_add, scopes=("reactions:write",)),
}
