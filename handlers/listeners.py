"""Bolt's listeners: payload in, one function of ours, answer out. Registered in `handlers/__init__.py`."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

import structlog
from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from ccm.errors import Busy, CcmError, NotAllowed
from ccm.months import ServiceMonth
from handlers import forms, home, intake, own, patient, questions, verbs
from handlers.answers import Answer, sorry
from handlers.conduct import say
from handlers.gate import Gate
from handlers.intake import Arrival
from handlers.pending import Origin
from handlers.turns import Desk, Turn

log = structlog.get_logger("handlers")
Body = dict[str, Any]
Ours = {None, "file_share", "thread_broadcast"}
"""Message subtypes that are somebody saying something; edits, deletions, joins and other bots' posts are not."""


def ccm(ack: Ack, body: Body, client: WebClient, desk: Desk, gate: Gate) -> Any:
    """`/ccm …`: commits, then its last act is the ack that carries the answer."""
    answer = _answer(desk, gate, intake.from_command(body), lambda turn: _command(desk, turn, client))
    return ack(**answer.payload()) if answer else ack()


def message(ack: Ack, body: Body, client: WebClient, desk: Desk, gate: Gate) -> Any:
    """A direct message in plain words."""
    event = body["event"]
    if event.get("channel_type") == "im" and _is_said_by_a_person(event):
        _answer(desk, gate, intake.from_message(body), lambda turn: _sentence(desk, turn, client))
    return ack()


def mention(ack: Ack, body: Body, client: WebClient, desk: Desk, gate: Gate) -> Any:
    """`@ccm-time …` in a channel: the same sentences."""
    if _is_said_by_a_person(body["event"]):
        arrival = intake.from_mention(body, gate.bot_user_id)
        _answer(desk, gate, arrival, lambda turn: _sentence(desk, turn, client))
    return ack()


def undo_click(ack: Ack, body: Body, desk: Desk, gate: Gate) -> Any:
    """Undo on a receipt."""
    _answer(desk, gate, intake.from_action(body), lambda turn: own.undo(desk, turn, turn.words))
    return ack()


def edit_click(ack: Ack, body: Body, client: WebClient, desk: Desk, gate: Gate) -> Any:
    """Edit on a receipt: the form; the receipt becomes the answer when it is saved."""
    origin = _origin(body)
    _open(desk, gate, body, lambda turn: forms.open_edit(desk, turn, _opener(client), turn.words, origin))
    return ack()


def pick_click(ack: Ack, body: Body, desk: Desk, gate: Gate) -> Any:
    """A choice under a question."""
    _answer(desk, gate, intake.from_action(body), lambda turn: questions.picked(desk, turn, turn.words))
    return ack()


def yes_click(ack: Ack, body: Body, desk: Desk, gate: Gate) -> Any:
    """ "Yes, log it" under a question."""
    _answer(desk, gate, intake.from_action(body), lambda turn: questions.confirmed(desk, turn, turn.words))
    return ack()


def cancel_click(ack: Ack, body: Body, desk: Desk, gate: Gate) -> Any:
    """ "Never mind" under a question."""
    _answer(desk, gate, intake.from_action(body), lambda turn: questions.cancelled(desk, turn, turn.words))
    return ack()


def form_click(ack: Ack, body: Body, client: WebClient, desk: Desk, gate: Gate) -> Any:
    """ "Fill in a form" under a question."""
    origin = _origin(body)
    _open(desk, gate, body, lambda turn: forms.open_question(desk, turn, _opener(client), turn.words, origin))
    return ack()


def patient_click(ack: Ack, body: Body, desk: Desk, gate: Gate) -> Any:
    """One of several patients whose month was asked for."""

    def run(turn: Turn) -> Answer:
        return patient.show(desk, turn, turn.words, ServiceMonth.of(turn.today))

    _answer(desk, gate, intake.from_action(body), run)
    return ack()


def home_log_click(ack: Ack, body: Body, client: WebClient, desk: Desk, gate: Gate) -> Any:
    """ "Log time" on App Home."""
    _open(desk, gate, body, lambda turn: forms.open_log(desk, turn, _opener(client)))
    return ack()


def shortcut(ack: Ack, body: Body, client: WebClient, desk: Desk, gate: Gate) -> Any:
    """The global shortcut, and the one on a message, whose words fill the form."""
    words = (body.get("message") or {}).get("text", "")
    arrival = intake.from_view(body)
    _answer(
        desk,
        gate,
        arrival,
        lambda turn: _opened(desk, turn, lambda: forms.open_log(desk, turn, _opener(client), words)),
    )
    return ack()


def suggestions(ack: Ack, body: Body, desk: Desk, gate: Gate) -> Any:
    """What is typed into the patient picker; nobody who may not log is shown anything."""
    arrival = intake.from_view(body)
    try:
        options = forms.suggest(desk, intake.admit(desk, gate, arrival), body.get("value", ""))
    except NotAllowed as error:
        intake.note_refusal(desk, arrival, error)
        options = []
    return ack(options=options)


def form_saved(ack: Ack, body: Body, desk: Desk, gate: Gate) -> Any:
    """Save in the form: problems stand beside the fields, else it closes and the receipt comes as a message."""
    arrival = intake.from_view(body)
    try:
        turn = intake.admit(desk, gate, arrival)
    except NotAllowed as error:
        intake.turn_away(desk, arrival, error)
        return ack(response_action="clear")
    return ack(**forms.save(desk, turn, body["view"]))


def home_opened(ack: Ack, body: Body, client: WebClient, desk: Desk, gate: Gate, background: Executor) -> Any:
    """App Home, published afresh each time it is opened."""
    event = body["event"]
    if event.get("tab") == "home":
        background.submit(_publish_home, body, client, desk, gate)
    return ack()


def user_changed(ack: Ack, body: Body, gate: Gate) -> Any:
    """Somebody was deactivated, became a guest, …: ask Slack again at their next word."""
    gate.forget_user(body["event"]["user"]["id"])
    return ack()


def member_joined(ack: Ack, body: Body, gate: Gate) -> Any:
    """Somebody joined a channel: vet it again at its next mention."""
    gate.forget_channel(body["event"]["channel"])
    return ack()


def nothing(ack: Ack) -> Any:
    """Whatever nobody else takes: acked, so that Slack neither redelivers it nor shows an error."""
    return ack()


def _answer(desk: Desk, gate: Gate, arrival: Arrival, run: Callable[[Turn], Answer | None]) -> Answer | None:
    try:
        turn = intake.admit(desk, gate, arrival)
    except NotAllowed as error:
        return intake.turn_away(desk, arrival, error)
    return run(turn)


def _command(desk: Desk, turn: Turn, client: WebClient) -> Answer | None:
    match turn.words.lower().split():
        case []:
            return _opened(desk, turn, lambda: forms.open_log(desk, turn, _opener(client)))
        case ["edit"]:
            return _opened(desk, turn, lambda: forms.open_edit(desk, turn, _opener(client), None, None))
        case _:
            return verbs.command(desk, turn)


def _sentence(desk: Desk, turn: Turn, _client: WebClient) -> Answer | None:
    return verbs.message(desk, turn)


def _open(desk: Desk, gate: Gate, body: Body, run: Callable[[Turn], None]) -> None:
    _answer(desk, gate, intake.from_action(body), lambda turn: _opened(desk, turn, lambda: run(turn)))


def _opened(desk: Desk, turn: Turn, run: Callable[[], None]) -> Answer | None:
    """A form on the screen is the answer; None then, a sentence when it could not be opened."""
    try:
        run()
    except Busy:
        raise
    except CcmError as error:
        return say(desk, turn, sorry(error))
    except (SlackClientError, OSError):
        return forms.not_opened(desk, turn)
    return None


def _opener(client: WebClient) -> forms.OpenView:
    def open_view(trigger_id: str, view: dict[str, Any]) -> None:
        client.views_open(trigger_id=trigger_id, view=view)

    return open_view


def _origin(body: Body) -> Origin | None:
    container = body["container"]
    channel, ts = container.get("channel_id") or "", container.get("message_ts")
    if container.get("is_ephemeral") and body.get("response_url"):
        return Origin(channel=channel, response_url=body["response_url"])
    return Origin(channel=channel, ts=ts) if ts else None


def _is_said_by_a_person(event: Body) -> bool:
    return event.get("subtype") in Ours and not event.get("bot_id") and bool(event.get("user"))


def _publish_home(body: Body, client: WebClient, desk: Desk, gate: Gate) -> None:
    """Runs behind the ack, where nobody waits: what fails is logged by its kind, and opening Home again tries again."""
    arrival = intake.from_home(body)
    try:
        try:
            shown = home.view(desk, intake.admit(desk, gate, arrival))
        except NotAllowed as error:
            intake.note_refusal(desk, arrival, error)
            shown = home.stranger_view()
        client.views_publish(user_id=arrival.user_id, view=shown)
    except Exception as error:  # noqa: BLE001 - an executor would swallow it without a word
        log.error("home_not_published", error=type(error).__name__)
