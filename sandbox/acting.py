"""What a person does in Slack with the app: write, command, press, choose, submit, close, open Home."""

import asyncio
import re
from dataclasses import dataclass

from sandbox import answers, hearing, payloads, posting
from sandbox.anatomy import STATE, Part, initial_state, is_untouched, part_at, parts, state_value
from sandbox.delivery import Delivery
from sandbox.linter import lint_suggestions
from sandbox.people import Channel
from sandbox.typed import command_text, message_text, rich_text
from sandbox.views import OpenView
from sandbox.wire import Json
from sandbox.workspace import Workspace

NO_THREADS = "{} is not supported in threads. Sorry!"
REQUIRED = "Please complete this required field."


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an element is: in a message (`channel` and `ts`) or in a view."""

    channel: str = ""
    ts: str = ""
    view_id: str = ""


async def say(
    slack: Workspace, user: str, channel: Channel, typed: str, thread_ts: str = "", own_id: str = ""
) -> Delivery | None:
    """Write a message; gives what the bot heard of it (a mention rather than the message), or None.

    `own_id` is the `client_msg_id` a page gave it.
    """
    text = message_text(slack.world, typed)
    message = posting.person_message(slack, user, text, thread_ts)
    if own_id:
        message["client_msg_id"] = own_id
    heard = posting.post(slack, channel, message)
    await asyncio.gather(*(slack.socket.deliver_event(one) for one in heard))
    for one in heard:
        one.message = message
    return heard[-1] if heard else None


async def edit(slack: Workspace, user: str, channel: Channel, ts: str, typed: str) -> None:
    """Change one's own message."""
    previous = slack.messages.get(channel.id, ts)
    if previous is not None and previous["user"] == user:
        text = message_text(slack.world, typed)
        edited = {"user": user, "ts": slack.clock.ts()}
        posting.change(slack, channel, previous, {"text": text, "blocks": [rich_text(text)], "edited": edited})


def delete(slack: Workspace, user: str, channel: Channel, ts: str) -> None:
    """Delete one's own message; an ephemeral is only dismissed."""
    previous = slack.messages.get(channel.id, ts)
    if previous is None:
        posting.unwhisper(slack, user, ts)
    elif previous["user"] == user:
        posting.remove(slack, channel, ts)


async def command(
    slack: Workspace, user: str, channel: Channel, name: str, typed: str, *, in_thread: bool = False
) -> Delivery:
    """Send a slash command and show what its ack carries; in a thread Slack itself refuses it."""
    registered = slack.manifest.command_of(name)
    if registered is None or in_thread:
        slack.screens.toast(user, NO_THREADS.format(name) if in_thread else f"{name} is not a valid command.")
        return Delivery(kind="slash_commands", payload={"command": name, "text": typed}, error="not_sent")
    text = command_text(slack.world, typed, should_escape=registered.should_escape)
    delivery = Delivery(kind="slash_commands", payload=payloads.command(slack, user, channel, name, text))
    slack.screens.show([user], {"t": "busy", "what": name, "on": True})
    await slack.socket.deliver(delivery)
    slack.screens.show([user], {"t": "busy", "what": name, "on": False})
    answers.command_acked(slack, user, channel.id, delivery)
    return delivery


async def act(slack: Workspace, user: str, place: Place, block_id: str, action_id: str, value: object) -> Delivery:
    """Press a button or choose in an element; the state is kept, then the bot is told.

    Raises:
        LookupError: if there is no such element for this person.
    """
    part, more = _find(slack, user, place, block_id, action_id)
    state = _remember(slack, user, place, part, value)
    payload = payloads.interaction(slack, "block_actions", user) | more
    if "state" in payload:
        payload["state"] = {"values": slack.message_states.get((user, place.channel, place.ts), {})}
    payload["actions"] = [_action(slack, part, state, value)]
    delivery = await _interact(slack, user, Delivery(kind="interactive", payload=payload), action_id)
    if delivery.error:
        slack.screens.toast(user, f'This action failed with the error "{delivery.error}"')
    return delivery


def touch(slack: Workspace, user: str, place: Place, block_id: str, action_id: str, value: object) -> None:
    """Fill a field the bot is not told of before submission.

    Raises:
        LookupError: if there is no such field for this person.
    """
    part, _ = _find(slack, user, place, block_id, action_id)
    _remember(slack, user, place, part, value)


def fill(slack: Workspace, user: str, place: Place, values: Json) -> None:
    """Let the fields of a view or message hold `values` (`{block_id: {action_id: state}}`)."""
    held = _values(slack, user, place)
    for block_id, states in values.items():
        held.setdefault(block_id, {}).update(states)


async def suggest(slack: Workspace, user: str, place: Place, block_id: str, action_id: str, typed: str) -> Delivery:
    """Type into an external select; the options come in the ack (`Delivery.ack_payload`)."""
    _, more = _find(slack, user, place, block_id, action_id)
    more.pop("response_url", None)
    payload = payloads.interaction(slack, "block_suggestion", user, trigger=False) | more
    payload |= {"block_id": block_id, "action_id": action_id, "value": typed}
    delivery = await slack.socket.deliver(Delivery(kind="interactive", payload=payload))
    if delivery.ack_payload is not None:
        for finding in lint_suggestions(delivery.ack_payload):
            slack.note_finding("ack of block_suggestion", finding.pointer, finding.message, finding.severity)
    return delivery


async def submit(slack: Workspace, view: OpenView) -> Delivery | None:
    """Press Submit; None when Slack's client keeps it back because a required field is empty."""
    missing = {part.block["block_id"]: REQUIRED for part in parts(view.wire["blocks"]) if _is_missing(view, part)}
    if missing:
        answers.show_errors(slack, view, missing)
        return None
    view.errors = {}
    payload = payloads.interaction(slack, "view_submission", view.user) | {"view": view.wire, "response_urls": []}
    delivery = await _interact(slack, view.user, Delivery(kind="interactive", payload=payload), "submit")
    answers.submission_acked(slack, view, delivery)
    return delivery


async def close(slack: Workspace, view: OpenView, *, clear: bool = False) -> None:
    """Close the top modal, or all of them; the bot is told of those that asked for it."""
    stack = slack.views.stack(view.user)
    closed = list(reversed(stack)) if clear or view.wire["clear_on_close"] else [view]
    for one in closed:
        slack.views.close(one)
    answers.show_stack(slack, view.user)
    for one in closed:
        if one.wire["notify_on_close"]:
            payload = payloads.interaction(slack, "view_closed", one.user, trigger=False)
            payload |= {"view": one.wire, "is_cleared": clear}
            await slack.socket.deliver(Delivery(kind="interactive", payload=payload))


async def shortcut(slack: Workspace, user: str, callback_id: str, channel: str = "", ts: str = "") -> Delivery:
    """Use a global shortcut, or a message shortcut on the message of `channel` and `ts`.

    Raises:
        LookupError: if the manifest has no such shortcut or there is no such message.
    """
    known = slack.manifest.shortcut(callback_id)
    if known is None or (known.type == "message") != bool(ts):
        raise LookupError(f"no {'message' if ts else 'global'} shortcut {callback_id!r} in the manifest")
    kind = "message_action" if ts else "shortcut"
    payload = payloads.interaction(slack, kind, user) | {"callback_id": callback_id, "action_ts": slack.clock.ts()}
    if ts:
        message = slack.messages.get(channel, ts)
        if message is None:
            raise LookupError(f"no message {ts} in {channel}")
        more = payloads.in_message(slack, user, slack.world.channel(channel), message)
        payload |= {key: more[key] for key in ("channel", "message", "response_url")} | {"message_ts": ts}
    delivery = await _interact(slack, user, Delivery(kind="interactive", payload=payload), known.name)
    if delivery.error:
        slack.screens.toast(user, f'{known.name} failed with the error "{delivery.error}"')
    return delivery


async def open_home(slack: Workspace, user: str, tab: str = "home") -> Delivery | None:
    """Open the app's Home or Messages tab."""
    delivery = hearing.home_opened(slack, user, tab)
    return await slack.socket.deliver_event(delivery) if delivery else None


async def _interact(slack: Workspace, user: str, delivery: Delivery, what: str) -> Delivery:
    slack.screens.show([user], {"t": "busy", "what": what, "on": True})
    await slack.socket.deliver(delivery)
    slack.screens.show([user], {"t": "busy", "what": what, "on": False})
    return delivery


def _find(slack: Workspace, user: str, place: Place, block_id: str, action_id: str) -> tuple[Part, Json]:
    if place.view_id:
        view = slack.views.find(place.view_id)
        part = part_at(view.wire["blocks"], block_id, action_id) if view and view.user == user else None
        more = payloads.in_view(view) if view else {}
    else:
        message = _message(slack, user, place)
        part = part_at(message.get("blocks", []), block_id, action_id) if message else None
        more = payloads.in_message(slack, user, slack.world.channel(place.channel), message) if message else {}
    if part is None:
        raise LookupError(f"no element {block_id}/{action_id} there")
    return part, more


def _message(slack: Workspace, user: str, place: Place) -> Json | None:
    whispered = slack.messages.whispered(user, place.ts)
    return whispered.message if whispered else slack.messages.get(place.channel, place.ts)


def _remember(slack: Workspace, user: str, place: Place, part: Part, value: object) -> Json:
    if part.element["type"] not in STATE:
        return {}
    block_id, action_id = part.key
    held = value if isinstance(value, dict) and "type" in value and "text" not in value else None
    state = held or state_value(part.element, value)
    values = _values(slack, user, place)
    values.setdefault(block_id, {})[action_id] = state
    return state


def _values(slack: Workspace, user: str, place: Place) -> Json:
    if place.view_id:
        view = slack.views.find(place.view_id)
        return view.values if view else {}
    key = (user, place.channel, place.ts)
    if key not in slack.message_states:
        message = _message(slack, user, place) or {}
        slack.message_states[key] = initial_state(message.get("blocks", []))
    return slack.message_states[key]


def _action(slack: Workspace, part: Part, state: Json, value: object) -> Json:
    element, (block_id, action_id) = part.element, part.key
    action = {"action_id": action_id, "block_id": block_id, "type": element["type"], "action_ts": slack.clock.ts()}
    if element["type"] == "overflow":
        return action | {"selected_option": value}
    pressed = {key: element[key] for key in ("text", "value", "style", "url") if key in element}
    return action | (state if element["type"] in STATE else pressed)


def _is_missing(view: OpenView, part: Part) -> bool:
    if part.block["type"] != "input" or part.block.get("optional"):
        return False
    block_id, action_id = part.key
    state = view.values.get(block_id, {}).get(action_id)
    blank = bool(state) and isinstance(state.get("value"), str) and not re.search(r"\S", state["value"])
    return state is None or is_untouched(state) or blank
