"""Modals and App Home: opened, filled, refused, pushed, closed."""

from typing import Any

import pytest
from slack_bolt import Args
from slack_sdk.errors import SlackApiError

from sandbox import CannotDo, Person, Sandbox
from tests.sandbox.conftest import Bot, button, card


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def field(block_id: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


def modal(title: str = "Log time", *blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    shown = list(blocks) or card(title)
    return {"type": "modal", "title": plain(title), "submit": plain("Save"), "blocks": shown, **more}


MINUTES = field("minutes", "Minutes", {"type": "plain_text_input", "action_id": "value"})
NOTE = field("note", "Note", {"type": "plain_text_input", "action_id": "value"}, optional=True)
DAY = field("day", "Day", {"type": "datepicker", "action_id": "value", "initial_date": "2026-03-10"})
CODES = [{"text": plain(text), "value": text} for text in ("99490", "99491")]
KIND = field("kind", "Kind", {"type": "static_select", "action_id": "value", "options": CODES}, optional=True)
PATIENT = field(
    "patient", "Patient", {"type": "external_select", "action_id": "patient.find", "min_query_length": 1}, optional=True
)


@pytest.fixture
def opens(bot: Bot, nina: Person) -> Any:
    """Let the bot open a view on `/ccm`, and nina ask for it."""

    def opened(view: dict[str, Any]) -> None:
        @bot.on("command")
        def open_it(args: Args) -> None:
            args.client.views_open(trigger_id=args.body["trigger_id"], view=view)
            args.ack()

        nina.types("/ccm x")

    return opened


def test_a_submission_carries_what_was_filled_and_null_for_what_was_not(bot: Bot, nina: Person, opens: Any) -> None:
    opens(modal("Log time", MINUTES, NOTE, DAY, KIND, private_metadata="m1", callback_id="log"))

    nina.fills(Minutes="12")
    nina.submits()

    (body,) = bot.bodies("view")
    assert body["view"]["private_metadata"] == "m1"
    assert body["view"]["state"]["values"] == {
        "minutes": {"value": {"type": "plain_text_input", "value": "12"}},
        "note": {"value": {"type": "plain_text_input", "value": None}},
        "day": {"value": {"type": "datepicker", "selected_date": "2026-03-10"}},
        "kind": {"value": {"type": "static_select", "selected_option": None}},
    }
    assert nina.modal is None


def test_slacks_client_keeps_an_empty_required_field_back(bot: Bot, nina: Person, opens: Any) -> None:
    opens(modal("Log time", MINUTES))

    with pytest.raises(CannotDo, match="minutes"):
        nina.submits()

    assert bot.bodies("view") == []
    assert nina.field_errors == {"minutes": "Please complete this required field."}


def test_problems_stand_beside_the_fields_and_nothing_typed_is_lost(bot: Bot, nina: Person, opens: Any) -> None:
    bot.on("view")(lambda args: args.ack(response_action="errors", errors={"minutes": "Whole minutes, please"}))
    opens(modal("Log time", MINUTES, KIND))

    nina.fills(minutes="a lot", kind="99491")
    nina.submits()

    shown = nina.sees("Whole minutes, please")
    assert shown.surface == "modal"
    assert shown.has("a lot")
    assert shown.has("99491")
    assert nina.field_errors == {"minutes": "Whole minutes, please"}


def test_errors_for_a_field_that_does_not_exist_are_found(slack: Sandbox, bot: Bot, nina: Person, opens: Any) -> None:
    bot.on("view")(lambda args: args.ack(response_action="errors", errors={"nowhere": "x"}))
    opens(modal())

    nina.submits()

    assert nina.errors == ["We had some trouble connecting. Try again?"]
    assert [one.pointer for one in slack.lint_errors] == ["/errors"]
    assert nina.modal is not None


def test_a_submission_without_an_ack_leaves_the_modal_with_slacks_notice(
    slack: Sandbox, bot: Bot, nina: Person, opens: Any
) -> None:
    opens(modal())
    slack.set_pace(ack_wait=0.2)
    bot.on("view")(lambda args: None)

    nina.submits()

    assert nina.errors == ["We had some trouble connecting. Try again?"]
    assert nina.modal is not None


def test_update_push_and_clear_work_on_the_stack(bot: Bot, nina: Person, opens: Any) -> None:
    answers = iter(
        [
            {"response_action": "update", "view": modal("Second look")},
            {"response_action": "push", "view": modal("On top")},
            {},
            {"response_action": "clear"},
        ]
    )
    bot.on("view")(lambda args: args.ack(**next(answers)))
    opens(modal("First"))

    def titles() -> list[str]:
        nina.submits()
        return [view["title"]["text"] for view in nina.stack]

    assert titles() == ["Second look"]
    assert titles() == ["Second look", "On top"]
    top = nina.stack[1]
    assert top["previous_view_id"] == top["root_view_id"] == nina.stack[0]["id"]
    assert titles() == ["Second look"]
    assert titles() == []


def test_no_more_than_three_views_are_stacked(bot: Bot, nina: Person, opens: Any) -> None:
    opens(modal("One"))
    bot.on("view")(lambda args: args.ack(response_action="push", view=modal("More")))
    nina.submits()
    nina.submits()

    nina.submits()

    assert len(nina.stack) == 3
    assert nina.errors == ["We had some trouble connecting. Try again?"]


def test_closing_is_told_only_if_asked_for(bot: Bot, nina: Person, opens: Any) -> None:
    opens(modal("Quiet"))
    nina.closes()
    opens(modal("Loud", notify_on_close=True))

    nina.closes()

    (body,) = bot.bodies("view_closed")
    assert body["view"]["title"]["text"] == "Loud"
    assert body["is_cleared"] is False


def test_an_external_select_asks_the_bot(slack: Sandbox, bot: Bot, nina: Person, opens: Any) -> None:
    bot.on("options")(lambda args: args.ack(options=[{"text": plain("P-7K4Q · 70s"), "value": "p1"}]))
    opens(modal("Log", PATIENT))

    nina.chooses("Patient", "P-7K4Q", typed="7")
    nina.submits()

    (asked,) = bot.bodies("options")
    assert (asked["value"], asked["action_id"], asked["block_id"]) == ("7", "patient.find", "patient")
    state = bot.bodies("view")[0]["view"]["state"]["values"]["patient"]["patient.find"]
    assert state["selected_option"]["value"] == "p1"


def test_suggestions_need_the_least_query_length(bot: Bot, nina: Person, opens: Any) -> None:
    element = {"type": "external_select", "action_id": "find"}
    opens(modal("Log", field("p", "Patient", element)))

    with pytest.raises(CannotDo, match="3 characters"):
        nina.chooses("Patient", "x", typed="7k")


def test_a_stale_hash_is_a_conflict_and_kept_ids_keep_what_was_typed(bot: Bot, nina: Person, opens: Any) -> None:
    opens(modal("Log", MINUTES))
    nina.fills(minutes="12")
    (view,) = nina.stack
    stale = view["hash"]

    fresh = bot.client.views_update(view_id=view["id"], view=modal("Log", MINUTES, NOTE), hash=stale)

    assert fresh["view"]["state"]["values"]["minutes"]["value"]["value"] == "12"
    with pytest.raises(SlackApiError, match="hash_conflict"):
        bot.client.views_update(view_id=view["id"], view=modal(), hash=stale)


def test_buttons_in_a_modal_act_on_the_view(bot: Bot, nina: Person, opens: Any) -> None:
    @bot.on("action")
    def more(args: Args) -> None:
        args.client.views_update(view_id=args.body["view"]["id"], view=modal("Log", *card("More shown")))
        args.ack()

    opens(modal("Log", *card("Less", button("Show more", "more"))))

    nina.clicks("Show more")

    assert nina.sees("More shown").surface == "modal"
    (body,) = bot.bodies("action")
    assert body["container"] == {"type": "view", "view_id": body["view"]["id"]}
    assert "response_url" not in body


def test_home_is_published_and_its_buttons_work(slack: Sandbox, bot: Bot, nina: Person) -> None:
    home = {"type": "home", "blocks": card("Today: 12 min", button("Log time", "home.log"))}

    @bot.on("app_home_opened")
    def show(args: Args) -> None:
        args.client.views_publish(user_id=args.event["user"], view=home)
        args.ack()

    nina.opens_home()
    nina.opens_home()
    nina.clicks("Log time")

    first, second = bot.bodies("app_home_opened")
    assert "view" not in first["event"]
    assert second["event"]["view"]["type"] == "home"
    assert nina.sees("Today: 12 min").surface == "home"
    assert bot.bodies("action")[0]["view"]["type"] == "home"
    assert nina.notifications == []


def test_a_refused_view_is_found_with_its_pointer(slack: Sandbox, bot: Bot) -> None:
    view = {"type": "home", "blocks": [{"type": "header", "text": plain("x" * 151)}]}

    with pytest.raises(SlackApiError, match="invalid_arguments"):
        bot.client.views_publish(user_id="U0NINA", view=view)

    assert [one.pointer for one in slack.lint_errors] == ["/view/blocks/0/text/text"]
