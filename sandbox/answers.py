"""The bot's answers to interactions: what rides in an ack, and what comes to a response_url."""

from sandbox import posting
from sandbox.accepting import accept_message, accept_view
from sandbox.delivery import Delivery
from sandbox.hearing import tell
from sandbox.permits import ResponseUrl
from sandbox.views import OpenView
from sandbox.wire import Json, SlackError
from sandbox.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"


def command_acked(slack: Workspace, user: str, channel: str, delivery: Delivery) -> None:
    """Show what a command's ack carries, or Slack's own error where none came in time."""
    command = delivery.payload["command"]
    if delivery.error:
        slack.screens.toast(user, f'{command} failed with the error "{delivery.error}"')
    elif delivery.ack_payload:
        try:
            _appear(slack, user, channel, delivery.ack_payload, f"ack of {command}")
        except SlackError as refused:
            slack.screens.toast(user, f'{command} failed with the error "{refused.code}"')


def _appear(slack: Workspace, user: str, channel_id: str, content: Json, where: str) -> None:
    accept_message(slack, where, content)
    message = posting.bot_message(slack, content)
    if content.get("response_type") == "in_channel":
        tell(slack, *posting.post(slack, slack.world.channel(channel_id), message))
    else:
        posting.whisper(slack, user, channel_id, message)


def responded(slack: Workspace, url: ResponseUrl, content: Json) -> None:
    """Do what a POST to a response_url asks: a new answer, or change or delete what was pressed on.

    A command has no original, so `replace_original` there shows a new message (bolt-python#1268).
    Raises:
        SlackError: when Slack would refuse the content.
    """
    if url.source and content.get("delete_original"):
        _delete(slack, url)
    elif url.source and content.get("replace_original"):
        accept_message(slack, "response_url", content)
        _replace(slack, url, content)
    else:
        _appear(slack, url.user, url.channel, content, "response_url")


def _delete(slack: Workspace, url: ResponseUrl) -> None:
    if url.is_ephemeral:
        posting.unwhisper(slack, url.user, url.source)
    else:
        posting.remove(slack, slack.world.channel(url.channel), url.source)


def _replace(slack: Workspace, url: ResponseUrl, content: Json) -> None:
    fresh = posting.bot_message(slack, content)
    if url.is_ephemeral:
        posting.whisper(slack, url.user, url.channel, fresh | {"ts": url.source})
        return
    previous = slack.messages.get(url.channel, url.source)
    if previous is None:
        raise SlackError("message_not_found")
    fields = {"text": fresh["text"], "blocks": fresh.get("blocks")}
    posting.change(slack, slack.world.channel(url.channel), previous, fields)


def submission_acked(slack: Workspace, view: OpenView, delivery: Delivery) -> None:
    """Do with a modal what the ack of its submission says; without an ack it stays with Slack's own notice."""
    answer = delivery.ack_payload or {}
    try:
        if delivery.error:
            slack.screens.toast(view.user, TROUBLE)
        else:
            _act_on_view(slack, view, answer.get("response_action"), answer)
    except SlackError:
        slack.screens.toast(view.user, TROUBLE)
    show_stack(slack, view.user)


def _act_on_view(slack: Workspace, view: OpenView, action: str | None, answer: Json) -> None:
    match action:
        case "errors":
            _show_errors(slack, view, answer.get("errors") or {})
        case "update":
            accept_view(slack, "ack of view_submission", answer.get("view"), "modal")
            touched(slack, slack.views.replace(view, answer["view"]))
        case "push":
            accept_view(slack, "ack of view_submission", answer.get("view"), "modal")
            touched(slack, slack.views.push(view.user, answer["view"]))
        case "clear":
            slack.views.stack(view.user).clear()
        case None:
            slack.views.close(view)
        case _:
            raise SlackError("invalid_arguments")


def _show_errors(slack: Workspace, view: OpenView, errors: dict[str, str]) -> None:
    inputs = {block["block_id"] for block in view.wire["blocks"] if block["type"] == "input"}
    unknown = sorted(set(errors) - inputs)
    if unknown or not errors:
        slack.note_finding("ack of view_submission", "/errors", f"no input blocks {unknown}")
        raise SlackError("invalid_arguments")
    show_errors(slack, view, errors)


def show_errors(slack: Workspace, view: OpenView, errors: dict[str, str]) -> None:
    """Put problems beside the fields of a modal, by block id."""
    view.errors = errors
    touched(slack, view)
    slack.screens.show([view.user], {"t": "view_errors", "view_id": view.id, "errors": errors})


def touched(slack: Workspace, view: OpenView) -> None:
    """Note that a view is new to its reader."""
    slack.messages.changes += 1
    view.changed = slack.messages.changes


def show_stack(slack: Workspace, user: str) -> None:
    """Show a person their modals as they are now."""
    slack.screens.show([user], {"t": "stack", "stack": [view.wire for view in slack.views.stack(user)]})
