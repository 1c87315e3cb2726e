"""Slack to values, values to Slack; decides nothing. `register` is the list of everything the bot answers to."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import App

from handlers import cards, form, home, listeners, patient, questions
from handlers.guard import guarded

COMMAND = "/ccm"
EVENTS = ("app_home_opened", "app_mention", "member_joined_channel", "message", "user_change")
SHORTCUTS = ("log.global", "log.message")


def register(app: App, seats: dict[str, Any]) -> None:
    """Tie every listener to the app, `/ccm` first: each listener registered before costs a request time.

    seats: what listeners ask for by name (desk, gate, background), put on Bolt's context.
    """

    @app.middleware
    def seat(context: Any, next: Any) -> None:
        context.update(seats)
        next()

    app.command(COMMAND)(guarded(listeners.ccm))
    app.event("message")(guarded(listeners.message))
    for name, listener in _ACTIONS.items():
        app.action(re.compile(rf"^{re.escape(name)}(\.\d+)?$"))(guarded(listener))
    app.options(form.SUGGEST)(guarded(listeners.suggestions))
    app.view(form.SAVE)(guarded(listeners.form_saved))
    for callback_id in SHORTCUTS:
        app.shortcut(callback_id)(guarded(listeners.shortcut))
    app.event("app_mention")(guarded(listeners.mention))
    app.event("app_home_opened")(guarded(listeners.home_opened))
    app.event("user_change")(guarded(listeners.user_changed))
    app.event("member_joined_channel")(guarded(listeners.member_joined))
    _take_the_rest(app)


_ACTIONS = {
    cards.UNDO: listeners.undo_click,
    cards.EDIT: listeners.edit_click,
    questions.PICK: listeners.pick_click,
    questions.YES: listeners.yes_click,
    questions.FORM: listeners.form_click,
    questions.CANCEL: listeners.cancel_click,
    patient.SHOW: listeners.patient_click,
    home.LOG: listeners.home_log_click,
}


def _take_the_rest(app: App) -> None:
    """Anything else is acked: unacked, Slack would redeliver it or show an error triangle."""
    anything = re.compile(".*")
    app.event(anything)(guarded(listeners.nothing))
    app.action(anything)(guarded(listeners.nothing))
    app.view(anything)(guarded(listeners.nothing))
    app.view_closed(anything)(guarded(listeners.nothing))
    app.shortcut(anything)(guarded(listeners.nothing))
    app.options(anything)(guarded(listeners.nothing))
    app.command(anything)(guarded(listeners.nothing))
