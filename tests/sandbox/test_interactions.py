"""Buttons, menus and response addresses: on messages and on ephemerals."""

import time
import urllib.error
import urllib.request

import pytest
from slack_bolt import Args
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from sandbox import CannotDo, Person, Sandbox
from tests.sandbox.conftest import Bot, button, card

UNDO = button("Undo", "entry.undo", "e1")


def test_a_button_on_an_ephemeral_replaces_it_through_the_response_url(bot: Bot, nina: Person) -> None:
    bot.on("command")(lambda args: args.ack(text="Logged", blocks=card("Logged", UNDO)))

    @bot.on("action")
    def undo(args: Args) -> None:
        args.respond(text="Undone", replace_original=True)
        args.ack()

    nina.types("/ccm x")
    nina.clicks("Undo")

    assert nina.sees("Undone").surface == "ephemeral"
    nina.does_not_see("Logged")
    (body,) = bot.bodies("action")
    assert body["container"]["is_ephemeral"] is True
    assert "message" not in body
    assert body["actions"][0]["value"] == "e1"


def test_a_button_on_a_message_comes_with_the_message(slack: Sandbox, bot: Bot, nina: Person) -> None:
    bot.client.chat_postMessage(channel="D0NINA", text="x", blocks=card("Entry", UNDO))

    nina.clicks("undo")

    (body,) = bot.bodies("action")
    assert body["message"]["blocks"][0]["text"]["text"] == "Entry"
    assert (body["channel"]["id"], body["user"]["id"]) == ("D0NINA", "U0NINA")
    assert body["actions"][0]["block_id"] == body["message"]["blocks"][1]["block_id"]


def test_a_double_click_is_two_actions(slack: Sandbox, bot: Bot, nina: Person) -> None:
    bot.client.chat_postMessage(channel="D0NINA", text="x", blocks=card("Entry", UNDO))

    nina.clicks("Undo", times=2)

    first, second = bot.bodies("action")
    assert first["actions"][0]["action_ts"] != second["actions"][0]["action_ts"]
    assert first["trigger_id"] != second["trigger_id"]


def test_the_newest_button_is_pressed_unless_told(bot: Bot, nina: Person) -> None:
    for value in ("old", "new"):
        blocks = card(value, button("Undo", "a", value), button("Undo", "b", f"{value}-2"))
        bot.client.chat_postMessage(channel="D0NINA", text="x", blocks=blocks)

    nina.clicks("Undo")
    nina.clicks("Undo", nth=1)
    nina.clicks("Undo", on=nina.visible()[0])

    assert [body["actions"][0]["value"] for body in bot.bodies("action")] == ["new", "new-2", "old"]


def test_a_missing_button_tells_what_is_there(nina: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.person.TIMEOUT", 0.1)
    nina.types("only this")

    with pytest.raises(CannotDo, match="only this"):
        nina.clicks("Undo")


def test_an_action_without_an_ack_is_told_to_the_person(slack: Sandbox, bot: Bot, nina: Person) -> None:
    slack.set_pace(ack_wait=0.2)
    bot.on("action")(lambda args: None)
    bot.client.chat_postMessage(channel="D0NINA", text="x", blocks=card("Entry", UNDO))

    delivery = nina.clicks("Undo")

    assert nina.errors == ['This action failed with the error "operation_timeout"']
    assert delivery.attempts == 1


def test_menus_and_checkboxes_keep_their_state_in_the_message(bot: Bot, nina: Person) -> None:
    options = [{"text": {"type": "plain_text", "text": text}, "value": text.lower()} for text in ("Calls", "Meds")]
    menu = {"type": "static_select", "action_id": "menu", "options": options}
    boxes = {"type": "checkboxes", "action_id": "boxes", "options": options}
    more = {"type": "overflow", "action_id": "more", "options": options}
    blocks = [{"type": "actions", "block_id": "row", "elements": [menu, boxes, more]}]
    bot.client.chat_postMessage(channel="D0NINA", text="x", blocks=blocks)

    nina.chooses("menu", "Calls")
    nina.chooses("boxes", "Calls", "Meds")
    nina.clicks("Meds")

    chosen, ticked, clicked = bot.bodies("action")
    assert chosen["actions"][0]["selected_option"]["value"] == "calls"
    assert [one["value"] for one in ticked["actions"][0]["selected_options"]] == ["calls", "meds"]
    assert ticked["state"]["values"]["row"]["menu"]["selected_option"]["value"] == "calls"
    assert clicked["actions"][0]["selected_option"]["value"] == "meds"


def test_a_response_url_is_good_for_five_uses(bot: Bot, nina: Person) -> None:
    nina.types("/ccm x")
    hook = WebhookClient(bot.bodies("command")[0]["response_url"])

    statuses = [hook.send(text=f"answer {n}").status_code for n in range(6)]

    assert statuses == [200] * 5 + [404]
    assert [one.text for one in nina.visible()] == [f"answer {n}" for n in range(5)]


def test_a_response_url_expires_after_half_an_hour(slack: Sandbox, bot: Bot, nina: Person) -> None:
    nina.types("/ccm x")
    url = bot.bodies("command")[0]["response_url"]

    slack.clock_offset = 1801.0

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(url, data=b"{}")  # noqa: S310 - loopback
    with refused.value as answer:
        assert (answer.code, answer.read()) == (404, b"expired_url")


def test_the_original_can_be_deleted_through_the_response_url(slack: Sandbox, bot: Bot, nina: Person) -> None:
    bot.on("action")(lambda args: (args.ack(), args.respond(delete_original=True)))
    bot.client.chat_postMessage(channel="D0NINA", text="x", blocks=card("Entry", UNDO))

    nina.clicks("Undo")

    nina.does_not_see("Entry")
    assert slack.history("nina") == []


def test_replace_original_on_a_command_shows_a_new_message(bot: Bot, nina: Person) -> None:
    bot.on("command")(lambda args: args.ack("first"))
    nina.types("/ccm x")

    WebhookClient(bot.bodies("command")[0]["response_url"]).send(text="second", replace_original=True)

    assert [one.text for one in nina.visible()] == ["first", "second"]


def test_shortcuts_open_from_anywhere_and_from_a_message(bot: Bot, nina: Person) -> None:
    said = nina.types("called Lopez 12m")

    nina.shortcut("log.global")
    nina.shortcut("log.message", on=said)

    from_anywhere, from_message = bot.bodies("shortcut")
    assert from_anywhere["callback_id"] == "log.global"
    assert "channel" not in from_anywhere
    assert from_message["message"]["text"] == "called Lopez 12m"
    assert from_message["channel"]["id"] == "D0NINA"


@pytest.mark.parametrize(("wait", "code"), [(0.0, None), (0.7, "expired_trigger_id")])
def test_a_trigger_lives_shortly(bot: Bot, nina: Person, wait: float, code: str | None) -> None:
    nina.types("/ccm x")
    trigger = bot.bodies("command")[0]["trigger_id"]
    view = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": card("x")}

    time.sleep(wait)

    if code:
        with pytest.raises(SlackApiError, match=code):
            bot.client.views_open(trigger_id=trigger, view=view)
    else:
        bot.client.views_open(trigger_id=trigger, view=view)
        with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
            bot.client.views_open(trigger_id=trigger, view=view)
