"""`views.*` and `blocks.validate`: modals, App Home, and the linter as a method."""

from sandbox.accepting import accept_view
from sandbox.answers import show_stack, touched
from sandbox.api.calls import Call, Method
from sandbox.linter import lint_blocks, lint_message, lint_view
from sandbox.views import OpenView
from sandbox.wire import Json, SlackError


def open_view(call: Call) -> Json:
    """A modal as the root of a person's stack; opening while one is open puts it on top."""
    payload = accept_view(call.slack, call.method, call.args.get("view"), "modal")
    user = call.slack.triggers.exchange(call.required("trigger_id"))
    return _answer(call, call.slack.views.push(user, payload))


def push(call: Call) -> Json:
    """A modal on top of the one the interaction came from."""
    payload = accept_view(call.slack, call.method, call.args.get("view"), "modal")
    user = call.slack.triggers.exchange(call.required("trigger_id"))
    if not call.slack.views.stack(user):
        raise SlackError("not_found")
    return _answer(call, call.slack.views.push(user, payload))


def update(call: Call) -> Json:
    """Change an open modal, found by `view_id` or `external_id`; a given `hash` must be the current one."""
    view = call.slack.views.find(call.text("view_id"), call.text("external_id"))
    if view is None:
        raise SlackError("not_found")
    kind = view.wire["type"]
    payload = accept_view(call.slack, call.method, call.args.get("view"), kind)
    return _answer(call, call.slack.views.replace(view, payload, call.text("hash")))


def publish(call: Call) -> Json:
    """Set a person's App Home."""
    user = call.user("user_id")
    payload = accept_view(call.slack, call.method, call.args.get("view"), "home")
    return _answer(call, call.slack.views.publish(user.id, payload, call.text("hash")))


def validate(call: Call) -> Json:
    """The linter's verdict on `blocks`, a `view` or a `message`; needs no token and keeps nothing."""
    if isinstance(view := call.args.get("view"), dict):
        findings, code = lint_view(view), "invalid_arguments"
    elif isinstance(message := call.args.get("message"), dict):
        findings, code = lint_message(message), "invalid_blocks"
    else:
        findings, code = lint_blocks(call.args.get("blocks"), "message"), "invalid_blocks"
    errors = [f"[ERROR] {one.message} [json-pointer:{one.pointer}]" for one in findings if one.severity == "error"]
    if errors:
        raise SlackError(code, *errors)
    return {"ok": True}


def _answer(call: Call, view: OpenView) -> Json:
    touched(call.slack, view)
    if view.wire["type"] == "home":
        call.slack.screens.show([view.user], {"t": "home", "view": view.wire})
    else:
        show_stack(call.slack, view.user)
    return {"ok": True, "view": view.wire}


METHODS = {
    "views.open": Method(run=open_view),
    "views.push": Method(run=push),
    "views.update": Method(run=update),
    "views.publish": Method(run=publish),
    "blocks.validate": Method(run=validate, caller="anyone"),
}
