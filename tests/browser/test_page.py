"""What a person sees and does on the sandbox's page, in a real browser."""

import pytest
from playwright.sync_api import Locator, Page, expect
from slack_bolt import Args

from tests.browser.conftest import Open
from tests.browser.gallery import GALLERY, INPUTS, plain
from tests.sandbox.conftest import Bot, button, card

pytestmark = pytest.mark.browser


def say(page: Page, text: str) -> None:
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("composer").press("Enter")


def answers(bot: Bot, *, in_thread: bool = False, **message: object) -> None:
    @bot.on("message")
    def _(args: Args) -> None:
        args.ack()
        args.say(**message, thread_ts=args.event["ts"] if in_thread else None)


def last_message(page: Page) -> Locator:
    return page.get_by_test_id("message").last


def field(block_id: str, label: str, element: dict, **more: object) -> dict:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


MINUTES = field("minutes", "Minutes", {"type": "number_input", "action_id": "v", "is_decimal_allowed": False})
PATIENT = field("patient", "Patient", {"type": "external_select", "action_id": "v", "min_query_length": 1})
KIND = {"type": "static_select", "action_id": "v", "options": [{"text": plain("Phone"), "value": "phone"}]}


def form(*blocks: dict, title: str = "Log care time") -> dict:
    return {
        "type": "modal",
        "callback_id": "log",
        "title": plain(title),
        "submit": plain("Save"),
        "blocks": list(blocks),
    }


def opens(bot: Bot, *blocks: dict) -> None:
    @bot.on("command")
    def _(args: Args) -> None:
        args.client.views_open(trigger_id=args.body["trigger_id"], view=form(*blocks))
        args.ack()


def test_the_first_person_and_the_bots_direct_message_are_chosen(page: Page) -> None:
    expect(page.get_by_test_id("person")).to_contain_text("Nina Alvarez")
    assert page.evaluate("location.hash") == "#U0NINA/D0NINA"
    expect(page.get_by_test_id("composer")).to_be_focused()


def test_a_sentence_is_shown_and_answered(bot: Bot, page: Page) -> None:
    answers(bot, text="Entry saved", blocks=card("*Saved.* 12 min"))

    say(page, "12m med rec <b>Lopez</b> & Chen")

    expect(last_message(page)).to_contain_text("Saved. 12 min")
    expect(page.get_by_test_id("message").first).to_contain_text("12m med rec <b>Lopez</b> & Chen")
    expect(page.get_by_test_id("message")).to_have_count(2)


def test_a_command_is_offered_and_its_answer_only_visible_to_me(bot: Bot, page: Page) -> None:
    bot.on("command")(lambda args: args.ack(text="Today", blocks=card("32 min")))
    page.get_by_test_id("composer").press_sequentially("/c")
    expect(page.get_by_role("option", name="/ccm")).to_be_visible()

    page.get_by_test_id("composer").press("Tab")
    page.get_by_test_id("composer").press_sequentially("today")
    page.get_by_test_id("composer").press("Enter")

    expect(last_message(page)).to_contain_text("Only visible to you")
    assert bot.bodies("command")[0]["text"] == "today"


def test_arrow_up_recalls_what_was_sent(page: Page) -> None:
    say(page, "first")
    say(page, "second")

    page.get_by_test_id("composer").press("ArrowUp")
    page.get_by_test_id("composer").press("ArrowUp")

    expect(page.get_by_test_id("composer")).to_have_value("first")


def test_a_button_reaches_the_bot_and_its_message_changes_in_place(bot: Bot, page: Page) -> None:
    answers(bot, text="Saved", blocks=card("Saved", button("Undo", "entry.undo", "17")))

    @bot.on("action")
    def _(args: Args) -> None:
        args.ack()
        args.respond(text="Undone", blocks=card("Undone"), replace_original=True)

    say(page, "12m Lopez")
    last_message(page).get_by_role("button", name="Undo").click()

    expect(last_message(page)).to_contain_text("Undone")
    expect(page.get_by_test_id("message")).to_have_count(2)
    assert bot.bodies("action")[0]["actions"][0]["value"] == "17"


def test_a_button_with_a_confirm_waits_for_yes(bot: Bot, page: Page) -> None:
    sure = {"title": plain("Sure?"), "text": plain("It goes away."), "confirm": plain("Delete"), "deny": plain("Keep")}
    answers(bot, text="x", blocks=card("x", button("Delete", "d") | {"confirm": sure}))
    say(page, "12m Lopez")

    last_message(page).get_by_role("button", name="Delete").click()
    page.get_by_test_id("confirm-no").click()
    assert bot.bodies("action") == []
    last_message(page).get_by_role("button", name="Delete").click()
    page.get_by_test_id("confirm-yes").click()

    assert len(bot.wait_heard("action")) == 1


def test_a_form_says_beside_the_field_what_is_wrong_and_keeps_what_was_typed(bot: Bot, page: Page) -> None:
    opens(bot, MINUTES)
    bot.on("view")(lambda args: args.ack(response_action="errors", errors={"minutes": "More than 60."}))
    say(page, "/ccm ")

    page.get_by_test_id("modal-submit").click()
    expect(page.get_by_test_id("field-error")).to_have_text("Please complete this required field.")
    assert bot.bodies("view") == []
    page.get_by_label("Minutes").fill("75")
    page.get_by_test_id("modal-submit").click()

    expect(page.get_by_test_id("field-error")).to_have_text("More than 60.")
    expect(page.get_by_label("Minutes")).to_have_value("75")


def test_a_form_updated_by_the_bot_keeps_what_was_typed(bot: Bot, page: Page) -> None:
    opens(bot, MINUTES, field("kind", "Kind", KIND, dispatch_action=True))

    @bot.on("action")
    def _(args: Args) -> None:
        args.ack()
        changed = form(MINUTES, field("kind", "Kind", KIND, dispatch_action=True), title="Phone call")
        args.client.views_update(view_id=args.body["view"]["id"], view=changed)

    say(page, "/ccm ")
    page.get_by_label("Minutes").fill("12")
    page.get_by_label("Kind").click()
    page.get_by_role("option", name="Phone").click()

    expect(page.get_by_test_id("modal").get_by_role("heading")).to_have_text("Phone call")
    expect(page.get_by_label("Minutes")).to_have_value("12")
    assert bot.bodies("action")[0]["view"]["state"]["values"]["minutes"]["v"]["value"] == "12"


def test_patients_are_offered_while_one_types_and_the_choice_is_submitted(bot: Bot, page: Page) -> None:
    opens(bot, PATIENT)
    bot.on("options")(lambda args: args.ack(options=[{"text": plain(f"P-{args.body['value']}"), "value": "7"}]))
    say(page, "/ccm ")

    page.get_by_label("Patient").fill("lo")
    page.get_by_role("option", name="P-lo").click()
    page.get_by_test_id("modal-submit").click()

    expect(page.get_by_test_id("modal")).to_be_hidden()
    assert bot.bodies("view")[0]["view"]["state"]["values"]["patient"]["v"]["selected_option"]["value"] == "7"


def test_escape_closes_a_form_and_the_message_box_has_the_focus_again(bot: Bot, page: Page) -> None:
    opens(bot, MINUTES)
    say(page, "/ccm ")
    expect(page.get_by_label("Minutes")).to_be_focused()

    page.keyboard.press("Escape")

    expect(page.get_by_test_id("modal")).to_be_hidden()
    expect(page.get_by_test_id("composer")).to_be_focused()


def test_app_home_shows_what_the_bot_published(bot: Bot, page: Page) -> None:
    @bot.on("app_home_opened")
    def _(args: Args) -> None:
        args.client.views_publish(user_id=args.event["user"], view={"type": "home", "blocks": card("86 minutes")})

    page.get_by_test_id("tab-home").click()

    expect(page.get_by_test_id("home")).to_contain_text("86 minutes")
    assert page.evaluate("location.hash") == "#U0NINA/D0NINA/home"


def test_the_phone_shows_the_text_and_the_desktop_the_blocks(bot: Bot, page: Page) -> None:
    bot.client.chat_postMessage(channel="D0NINA", text="Entry saved", blocks=card("12 min for Lopez"))

    pushes = page.get_by_test_id("phone").get_by_test_id("push")
    expect(pushes).to_have_count(2)
    expect(pushes.first).to_contain_text("Entry saved")
    expect(pushes.first).not_to_contain_text("Lopez")
    expect(pushes.last).to_contain_text("12 min for Lopez")


def test_one_may_act_as_somebody_else(page: Page) -> None:
    say(page, "only mine")

    page.get_by_test_id("person").click()
    page.get_by_test_id("person-U0CORA").click()

    expect(page.get_by_test_id("person")).to_contain_text("Cora Blake")
    expect(page.get_by_test_id("message")).to_have_count(0)
    assert page.evaluate("location.hash") == "#U0CORA/D0CORA"


def test_the_traffic_is_shown_and_opens_to_its_json(bot: Bot, page: Page) -> None:
    page.get_by_test_id("side-traffic").click()
    say(page, "hello")

    row = page.get_by_test_id("traffic").get_by_role("listitem").filter(has_text="events_api").first
    row.locator("summary").click()

    expect(row).to_contain_text('"channel_type": "im"')


def test_slacks_own_refusal_is_a_toast(page: Page) -> None:
    say(page, "/nothing like that")

    expect(page.get_by_test_id("toast")).to_contain_text("/nothing is not a valid command")


def test_a_reply_stands_under_its_thread(bot: Bot, page: Page) -> None:
    answers(bot, text="in thread", in_thread=True)

    say(page, "who is short?")

    expect(page.locator(".thread .replies").get_by_test_id("message")).to_contain_text("in thread")


def test_every_block_is_drawn(bot: Bot, page: Page) -> None:
    for block in GALLERY:
        bot.client.chat_postMessage(channel="D0NINA", text=block["type"], blocks=[block])

    expect(page.get_by_test_id("message")).to_have_count(len(GALLERY))
    expect(page.locator(".block-unknown")).to_have_count(0)
    assert drawn(page) >= {f"block-{block['type']}" for block in GALLERY}


def test_every_input_is_drawn_and_submitted_untouched(bot: Bot, page: Page) -> None:
    opens(bot, *INPUTS)
    say(page, "/ccm ")
    expect(page.get_by_test_id("modal").locator(".field")).to_have_count(len(INPUTS) - 1)
    expect(page.locator(".block-unknown")).to_have_count(0)

    page.get_by_test_id("modal-submit").click()

    expect(page.get_by_test_id("modal")).to_be_hidden()
    values = bot.bodies("view")[0]["view"]["state"]["values"]
    assert set(values) == {block["block_id"] for block in INPUTS if block["type"] == "input"}


def test_a_narrow_screen_folds_the_columns(open_page: Open) -> None:
    page = open_page(width=390, height=780)

    expect(page.get_by_test_id("composer")).to_be_visible()
    expect(page.get_by_test_id("phone")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def drawn(page: Page) -> set[str]:
    names = page.locator(".block").evaluate_all("nodes => nodes.flatMap((node) => [...node.classList])")
    return {name for name in names if name.startswith("block-")}
