"""Slack to values, values to Slack; decides nothing. `register` is the list of everything the bot answers to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import App

from handlers import cards, form, home, listeners, patient, questions
from handlers.guard import Listener, guarded

COMMAND = "/ccm"
EVENTS = ("app_home_opened", "app_mention", "member_joined_channel", "message", "user_change")
SHORTCUTS = ("log.global", "log.message")


def register(app: App, seats: Mapping[str, Any]) -> None:
    """Tie every listener to the app, `/ccm` first: each listener registered before costs a request time.

    seats: what listeners ask for by name beside Bolt's own arguments: desk, gate, background.
    """

    def of(listener: Listener) -> Listener:
        return guarded(listener, seats)

    app.command(COMMAND)(of(listeners.ccm))
    app.event("message")(of(listeners.message))
    for name, listener in _ACTIONS.items():
        app.action(re.compile(rf"^{re.escape(name)}(\.\d+)?$"))(of(listener))
    app.options(form.SUGGEST)(of(listeners.suggestions))
    app.view(form.SAVE)(of(listeners.form_saved))
    for callback_id in SHORTCUTS:
        app.shortcut(callback_id)(of(listeners.shortcut))
    app.event("app_mention")(of(listeners.mention))
    app.event("app_home_opened")(of(listeners.home_opened))
    app.event("user_change")(of(listeners.user_changed))
    app.event("member_joined_channel")(of(listeners.member_joined))
    for take in (app.event, app.action, app.view, app.view_closed, app.shortcut, app.options, app.command):
        take(_ANYTHING)(of(listeners.nothing))


_ANYTHING = re.compile(".*")
"""What nobody else takes is acked: else Slack would redeliver it or show an error triangle."""
_ACTIONS: dict[str, Listener] = {
    cards.UNDO: listeners.undo_click,
    cards.EDIT: listeners.edit_click,
    questions.PICK: listeners.pick_click,
    questions.YES: listeners.yes_click,
    questions.FORM: listeners.form_click,
    questions.CANCEL: listeners.cancel_click,
    patient.SHOW: listeners.patient_click,
    home.LOG: listeners.home_log_click,
}
