"""The Web API's refusals, as slack_sdk reports them."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Sandbox
from sandbox.people import User
from tests.sandbox.conftest import Bot, card

OK_VIEW = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": card("x")}


def refusal(client: WebClient, method: str, **args: object) -> str:
    with pytest.raises(SlackApiError) as refused:
        client.api_call(method, json=args)
    return str(refused.value.response["error"])


@pytest.mark.parametrize(
    ("code", "method", "args"),
    [
        ("unknown_method", "chat.shout", {}),
        ("invalid_arguments", "chat.postMessage", {"text": "x"}),
        ("channel_not_found", "chat.postMessage", {"channel": "C0NOWHERE", "text": "x"}),
        ("channel_not_found", "chat.postMessage", {"channel": "U0GONE", "text": "x"}),
        ("no_text", "chat.postMessage", {"channel": "D0NINA"}),
        ("msg_too_long", "chat.postMessage", {"channel": "D0NINA", "text": "x" * 40_001}),
        ("invalid_blocks", "chat.postMessage", {"channel": "D0NINA", "text": "x", "blocks": [{"type": "what"}]}),
        (
            "msg_blocks_too_long",
            "chat.postMessage",
            {"channel": "D0NINA", "text": "x", "blocks": card("x" * 2900) * 5},
        ),
        ("invalid_metadata_format", "chat.postMessage", {"channel": "D0NINA", "text": "x", "metadata": {"a": 1}}),
        ("cannot_reply_to_message", "chat.postMessage", {"channel": "D0NINA", "text": "x", "thread_ts": "1.1"}),
        ("user_not_in_channel", "chat.postEphemeral", {"channel": "C0CARETEAM", "user": "U0GUEST", "text": "x"}),
        ("message_not_found", "chat.update", {"channel": "D0NINA", "ts": "1.1", "text": "x"}),
        ("message_not_found", "chat.delete", {"channel": "D0NINA", "ts": "1.1"}),
        ("user_not_found", "users.info", {"user": "U0NOBODY"}),
        ("user_disabled", "conversations.open", {"users": "U0GONE"}),
        ("cannot_dm_bot", "conversations.open", {"users": "U0ROBO"}),
        ("missing_scope", "conversations.open", {"users": "U0NINA,U0CORA,U0BILL"}),
        ("missing_scope", "conversations.info", {"channel": "D0NINA"}),
        ("missing_scope", "conversations.history", {"channel": "C0CARETEAM"}),
        ("missing_scope", "reactions.add", {"channel": "D0NINA", "name": "x", "timestamp": "1.1"}),
        ("missing_scope", "files.getUploadURLExternal", {"filename": "x", "length": 1}),
        ("invalid_trigger_id", "views.open", {"trigger_id": "1.2.3", "view": OK_VIEW}),
        ("not_found", "views.update", {"view_id": "V1", "view": OK_VIEW}),
        ("invalid_arguments", "views.publish", {"user_id": "U0NINA", "view": OK_VIEW}),
        ("not_allowed_token_type", "apps.connections.open", {}),
    ],
)
def test_slack_refuses(bot: Bot, code: str, method: str, args: dict[str, object]) -> None:
    assert refusal(bot.client, method, **args) == code


def test_a_missing_scope_tells_what_is_needed_and_provided(bot: Bot) -> None:
    with pytest.raises(SlackApiError) as refused:
        bot.client.conversations_info(channel="D0NINA")

    assert refused.value.response["needed"] == "im:read"
    assert "chat:write" in refused.value.response["provided"].split(",")


def test_a_public_channel_without_the_bot_and_a_private_one_differ(slack: Sandbox, bot: Bot) -> None:
    slack.add_channel("town", kind="public", with_bot=False)
    slack.add_channel("secret", kind="private", with_bot=False)

    assert refusal(bot.client, "chat.postMessage", channel="C0TOWN", text="x") == "not_in_channel"
    assert refusal(bot.client, "chat.postMessage", channel="C0SECRET", text="x") == "channel_not_found"
    assert refusal(bot.client, "conversations.info", channel="C0SECRET") == "channel_not_found"
    assert bot.client.conversations_info(channel="C0TOWN")["channel"]["is_member"] is False


@pytest.mark.parametrize(("token", "code"), [("", "not_authed"), ("xoxb-wrong", "invalid_auth")])
def test_a_token_is_asked_for(slack: Sandbox, token: str, code: str) -> None:
    client = WebClient(token=token, base_url=slack.api_url)

    assert refusal(client, "auth.test") == code


def test_only_the_bots_own_messages_can_be_changed(slack: Sandbox, bot: Bot) -> None:
    said = slack.person("nina").types("mine")
    assert said is not None
    ts = said.payload["event"]["ts"]

    assert refusal(bot.client, "chat.update", channel="D0NINA", ts=ts, text="x") == "cant_update_message"
    assert refusal(bot.client, "chat.delete", channel="D0NINA", ts=ts) == "cant_delete_message"


def test_findings_come_with_json_pointers(bot: Bot) -> None:
    with pytest.raises(SlackApiError) as refused:
        bot.client.chat_postMessage(channel="D0NINA", text="x", blocks=[{"type": "header"}])

    messages = refused.value.response["response_metadata"]["messages"]
    assert messages == ["[ERROR] must provide an object [json-pointer:/blocks/0/text]"]


def test_one_message_per_second_and_channel_when_that_is_asked_for(slack: Sandbox, bot: Bot) -> None:
    slack.set_pace(rate_limited=True)
    bot.client.chat_postMessage(channel="D0NINA", text="one")

    with pytest.raises(SlackApiError) as refused:
        bot.client.chat_postMessage(channel="D0NINA", text="two")

    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"
    bot.client.chat_postMessage(channel="D0CORA", text="another channel")


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("nina", {"deleted": False, "is_bot": False, "is_restricted": False, "team_id": "T0CLINIC"}),
        ("guest", {"is_restricted": True, "is_ultra_restricted": False}),
        ("solo", {"is_restricted": True, "is_ultra_restricted": True}),
        ("connie", {"is_stranger": True, "team_id": "T0PARTNER"}),
        ("robo", {"is_bot": True}),
        ("gone", {"deleted": True}),
    ],
)
def test_people_have_the_flags_that_decide_access(bot: Bot, name: str, flags: dict[str, object]) -> None:
    user = bot.client.users_info(user=f"U0{name.upper()}")["user"]

    assert {key: user[key] for key in flags} == flags


@pytest.mark.parametrize(
    ("channel", "flags"),
    [
        ("C0CARETEAM", {"is_private": True, "is_channel": True, "is_member": True, "is_ext_shared": False}),
        ("C0GENERAL", {"is_private": False, "is_channel": True}),
        ("C0PARTNER", {"is_ext_shared": True, "is_shared": True}),
    ],
)
def test_places_have_the_flags_that_decide_access(bot: Bot, channel: str, flags: dict[str, object]) -> None:
    found = bot.client.conversations_info(channel=channel)["channel"]

    assert {key: found[key] for key in flags} == flags


def test_lists_are_given_in_pages(slack: Sandbox, bot: Bot) -> None:
    first = bot.client.conversations_members(channel="C0CARETEAM", limit=5)
    cursor = first["response_metadata"]["next_cursor"]
    second = bot.client.conversations_members(channel="C0CARETEAM", limit=5, cursor=cursor)

    assert len(first["members"]) == 5
    assert not set(first["members"]) & set(second["members"])
    assert {user["id"] for user in bot.client.users_list()["members"]} >= {"U0NINA", "U0GONE", "U0CONNIE"}
    kinds = "public_channel,private_channel"
    names = {one["name"] for one in bot.client.conversations_list(types=kinds)["channels"]}
    assert names >= {"general", "care-team", "partner"}


def test_blocks_validate_needs_no_token_and_keeps_no_finding(slack: Sandbox, bot: Bot) -> None:
    client = WebClient(base_url=slack.api_url)

    assert client.api_call("blocks.validate", json={"blocks": card("fine")})["ok"]
    assert refusal(client, "blocks.validate", blocks=[{"type": "nonsense"}]) == "invalid_blocks"
    assert refusal(client, "blocks.validate", view={"type": "modal"}) == "invalid_arguments"
    assert slack.lint_findings == []


def test_arguments_may_come_as_a_form(slack: Sandbox, bot: Bot) -> None:
    blocks = '[{"type": "divider"}]'

    bot.client.api_call("chat.postMessage", params={"channel": "D0NINA", "text": "x", "blocks": blocks})

    assert slack.history("nina")[0]["blocks"][0]["type"] == "divider"


def test_status_title_and_prompts_are_kept(slack: Sandbox, bot: Bot) -> None:
    bot.client.api_call(
        "assistant.threads.setStatus", json={"channel_id": "D0NINA", "thread_ts": "1.1", "status": "thinking"}
    )

    assert slack.slack.statuses[0]["status"] == "thinking"


def test_a_member_without_a_zone_of_summer_time_still_has_an_offset() -> None:
    assert User(id="U1", name="x", real_name="X", tz="America/Phoenix").as_slack()["tz_offset"] == -25200


def test_a_permalink_names_channel_and_ts(bot: Bot) -> None:
    ts = bot.client.chat_postMessage(channel="D0NINA", text="x")["ts"]

    link = bot.client.chat_getPermalink(channel="D0NINA", message_ts=ts)["permalink"]

    assert link.endswith(f"/archives/D0NINA/p{ts.replace('.', '')}")
