"""`apps.connections.open`, and the status, title and prompts of an agent's thread."""

from sandbox.api.calls import Call, Method
from sandbox.wire import Json


def connections_open(call: Call) -> Json:
    """A fresh web socket address; its ticket is good for one connection."""
    ticket = call.slack.ids.uuid()
    call.slack.socket.tickets.add(ticket)
    return {"ok": True, "url": f"{call.slack.base_url.replace('http', 'ws', 1)}/link/{ticket}"}


def keep(call: Call) -> Json:
    """Remember what was set; the page does not show it."""
    call.channel("channel_id" if "channel_id" in call.args else "channel")
    call.slack.statuses.append({"method": call.method, **call.args})
    return {"ok": True}


WRITE = ("chat:write", "assistant:write")
METHODS = {
    "apps.connections.open": Method(run=connections_open, caller="app"),
    "assistant.threads.setStatus": Method(run=keep, scopes=WRITE),
    "assistant.threads.setTitle": Method(run=keep, scopes=("assistant:write",)),
    "assistant.threads.setSuggestedPrompts": Method(run=keep, scopes=("assistant:write",)),
    "agents.sessions.setStatus": Method(run=keep, scopes=WRITE),
}
