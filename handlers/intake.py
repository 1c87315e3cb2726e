"""Slack's payloads to arrivals, arrivals through the gate to turns; only here is known where payloads keep things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from ccm.errors import NotAllowed
from ccm.records import Surface
from handlers.answers import Answer, sorry
from handlers.gate import ELSEWHERE, ELSEWHERE_HINT, Elsewhere, Gate
from handlers.turns import Carry, Desk, Turn, in_ack, in_direct, in_ephemeral, in_mention, in_place
from storage import audit, outbox
from storage.messages import Message

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A request as it came, before anybody knows whether it is allowed."""

    surface: Surface
    team_id: str
    user_id: str
    channel: str
    source_key: str
    words: str
    carry: Carry
    said_at: datetime | None = None
    trigger_id: str = ""
    is_shared: bool = False


class ElsewhereTeam(NotAllowed):
    """The request is of a workspace this bot does not serve: nothing is said at all."""


def from_command(body: Payload) -> Arrival:
    """A slash command; its trigger id is its identity."""
    return Arrival(
        surface=Surface.COMMAND,
        team_id=body["team_id"],
        user_id=body["user_id"],
        channel=body["channel_id"],
        source_key=f"cmd:{body['trigger_id']}",
        words=body.get("text", "").strip(),
        carry=in_ack,
        trigger_id=body["trigger_id"],
    )


def from_message(body: Payload) -> Arrival:
    """A direct message; the message itself is the identity, however often and as whatever event it comes."""
    event = body["event"]
    return Arrival(
        surface=Surface.MESSAGE,
        team_id=body["team_id"],
        user_id=event["user"],
        channel=event["channel"],
        source_key=f"msg:{event['channel']}:{event['ts']}",
        words=event.get("text", ""),
        carry=in_direct(event["user"]),
        said_at=_instant(event["ts"]),
        is_shared=bool(body.get("is_ext_shared_channel")),
    )


def from_mention(body: Payload, bot_user_id: str) -> Arrival:
    """A mention in a channel; our own name is taken out, other people's stay."""
    event = body["event"]
    thread = event.get("thread_ts") or event["ts"]
    place = {"channel": event["channel"], "thread_ts": thread, "user": event["user"]}
    return Arrival(
        surface=Surface.MENTION,
        team_id=body["team_id"],
        user_id=event["user"],
        channel=event["channel"],
        source_key=f"msg:{event['channel']}:{event['ts']}",
        words=event.get("text", "").replace(f"<@{bot_user_id}>", " ").strip(),
        carry=in_mention(direct=event["user"], **place),
        said_at=_instant(event["ts"]),
        is_shared=bool(body.get("is_ext_shared_channel")),
    )


def from_action(body: Payload) -> Arrival:
    """A click in a message or on App Home; each click is its own request, what it does is unique by what it names."""
    user, action, container = body["user"], body["actions"][0], body["container"]
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or ""
    place = container.get("message_ts") or container.get("view_id") or ""
    return Arrival(
        surface=Surface.BUTTON,
        team_id=_team(body),
        user_id=user["id"],
        channel=channel,
        source_key=f"act:{place}:{action['action_id']}:{action['action_ts']}:{user['id']}",
        words=action.get("value") or "",
        carry=_in_clicked(body, channel, user["id"]),
        trigger_id=body.get("trigger_id", ""),
    )


def from_view(body: Payload) -> Arrival:
    """A modal submitted, or a shortcut, or a typed suggestion: no channel is involved, the answer goes to the DM."""
    view, user_id = body.get("view") or {}, body["user"]["id"]
    return Arrival(
        surface=Surface.MODAL,
        team_id=_team(body),
        user_id=user_id,
        channel="",
        source_key=f"view:{view['id']}" if view.get("id") else f"open:{body.get('trigger_id', '')}",
        words="",
        carry=in_direct(user_id),
        trigger_id=body.get("trigger_id", ""),
    )


def from_home(body: Payload) -> Arrival:
    """App Home was opened: nothing is answered but the view itself."""
    event = body["event"]
    return Arrival(
        surface=Surface.BUTTON,
        team_id=body["team_id"],
        user_id=event["user"],
        channel="",
        source_key=f"home:{body['event_id']}",
        words="",
        carry=in_ack,
    )


def admit(desk: Desk, gate: Gate, arrival: Arrival) -> Turn:
    """Let an arrival in as a turn; raises ElsewhereTeam, Stranger or Elsewhere."""
    at = desk.clock()
    snapshot = desk.directory.current(desk.database, at)
    if arrival.team_id != snapshot.practice.team_id:
        raise ElsewhereTeam("This bot serves another workspace.")
    gate.demand_person(snapshot, arrival.team_id, arrival.user_id)
    if arrival.is_shared:
        raise Elsewhere(ELSEWHERE, hint=ELSEWHERE_HINT)
    if arrival.channel:
        gate.demand_place(snapshot, arrival.channel)
    return Turn(
        snapshot=snapshot,
        actor=snapshot.actors[arrival.user_id],
        surface=arrival.surface,
        source_key=arrival.source_key,
        words=arrival.words,
        said_at=arrival.said_at or at,
        at=at,
        carry=arrival.carry,
        direct=arrival.user_id,
        channel=arrival.channel,
        trigger_id=arrival.trigger_id,
    )


def turn_away(desk: Desk, arrival: Arrival, error: NotAllowed) -> Answer | None:
    """Record a refusal and say its constant sentence; None where nothing must be said."""
    if isinstance(error, ElsewhereTeam):
        return None
    answer, now = sorry(error), desk.clock()
    with desk.database.begin() as connection:
        _put_refusal(desk, arrival, connection, answer, now)
        _audit_refusal(desk, arrival, connection, error, now)
    desk.wake()
    return answer


def note_refusal(desk: Desk, arrival: Arrival, error: NotAllowed) -> None:
    """Record a refusal that the person sees elsewhere than in an answer: an empty list, a bare Home."""
    with desk.database.begin() as connection:
        _audit_refusal(desk, arrival, connection, error, desk.clock())


def _audit_refusal(desk: Desk, arrival: Arrival, connection: Connection, error: NotAllowed, now: datetime) -> None:
    audit.append(
        connection,
        desk.keyring,
        practice_id=desk.directory.practice_id,
        at=now,
        actor=arrival.user_id,
        action="refused",
        object_kind="surface",
        object_id=arrival.surface.value,
        details={"why": type(error).__name__},
    )


def _put_refusal(desk: Desk, arrival: Arrival, connection: Connection, answer: Answer, now: datetime) -> None:
    messages = arrival.carry(answer)
    if arrival.surface is Surface.MENTION:
        messages = tuple(_only_here(message, answer) for message in messages if message.kind == "ephemeral")
    for number, message in enumerate(messages):
        outbox.put(
            connection,
            desk.keyring,
            practice_id=desk.directory.practice_id,
            dedup_key=f"{arrival.source_key}|refused|{number}",
            message=message,
            now=now,
        )


def _only_here(message: Message, answer: Answer) -> Message:
    """A refused mention is answered to the person alone, where she said it."""
    return replace(message, text=answer.text, blocks=list(answer.blocks))


def _in_clicked(body: Payload, channel: str, user_id: str) -> Carry:
    container = body["container"]
    if container.get("is_ephemeral") and body.get("response_url"):
        return in_ephemeral(channel, body["response_url"])
    if container.get("message_ts"):
        return in_place(channel, container["message_ts"])
    return in_direct(user_id)


def _team(body: Payload) -> str:
    return str((body.get("team") or {}).get("id") or body["user"].get("team_id") or "")


def _instant(ts: str) -> datetime:
    return datetime.fromtimestamp(float(ts), UTC)
