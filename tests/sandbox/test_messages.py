"""Messages: which of them the bot hears, in what shape, and what becomes of its own."""

import pytest
from slack_bolt import Args
from slack_sdk.errors import SlackApiError

from sandbox import Person, Sandbox
from tests.sandbox.conftest import Bot, card


def events(bot: Bot, name: str) -> list[dict]:
    return [body["event"] for body in bot.bodies(name)]


def test_a_direct_message_comes_escaped_with_a_rich_text_block(bot: Bot, nina: Person) -> None:
    nina.types("12m a<b @cora")

    (event,) = events(bot, "message")
    assert event["text"] == "12m a&lt;b <@U0CORA>"
    assert (event["channel"], event["channel_type"], event["user"]) == ("D0NINA", "im", "U0NINA")
    assert event["blocks"][0]["elements"][0]["elements"] == [
        {"type": "text", "text": "12m a<b "},
        {"type": "user", "user_id": "U0CORA"},
    ]
    assert bot.bodies("app_mention") == []


def test_a_mention_in_a_channel_is_an_app_mention_and_no_message(bot: Bot, nina: Person) -> None:
    nina.mentions("log 5m", in_="care-team")

    (event,) = events(bot, "app_mention")
    assert event["text"] == "<@U0CCMTIME> log 5m"
    assert bot.bodies("message") == []


def test_talk_in_a_channel_without_a_mention_is_not_heard(bot: Bot, nina: Person) -> None:
    assert nina.types("just talk", in_="care-team") is None
    assert bot.heard == []


def test_a_mention_where_the_bot_is_no_member_is_not_heard(slack: Sandbox, bot: Bot, nina: Person) -> None:
    slack.add_channel("elsewhere", members=["nina"], with_bot=False)

    assert nina.mentions("hello", in_="elsewhere") is None


def test_a_shared_channel_says_so_in_the_envelope(slack: Sandbox, bot: Bot) -> None:
    slack.person("connie").mentions("hello", in_="partner")

    (body,) = bot.bodies("app_mention")
    assert body["is_ext_shared_channel"] is True
    assert body["event"]["team"] == "T0PARTNER"


def test_the_bots_own_direct_message_comes_back_with_its_bot_id(slack: Sandbox, bot: Bot) -> None:
    bot.client.chat_postMessage(channel="D0NINA", text="hi")
    slack.wait_quiet()

    (delivery,) = slack.deliveries
    assert delivery.payload["event"]["bot_id"] == "B0CCMTIME"
    assert delivery.is_acked
    assert bot.bodies("message") == []  # Bolt ignores its own


def test_another_bots_mention_carries_its_bot_id(slack: Sandbox, bot: Bot) -> None:
    slack.person("robo").mentions("loop?", in_="general")

    (event,) = events(bot, "app_mention")
    assert event["bot_id"] == "B0ROBO"


def test_an_edit_and_a_delete_are_events_of_their_own(slack: Sandbox, bot: Bot, nina: Person) -> None:
    said = nina.types("12m Lopez")

    nina.edits(said, "13m Lopez")
    bot.wait_heard("message", 2)
    nina.deletes(said)
    bot.wait_heard("message", 3)

    _, edit, delete = events(bot, "message")
    assert edit["subtype"] == "message_changed"
    assert (edit["previous_message"]["text"], edit["message"]["text"]) == ("12m Lopez", "13m Lopez")
    assert delete["subtype"] == "message_deleted"
    assert slack.history("nina") == []


def test_a_reply_in_a_thread_carries_its_root(bot: Bot, nina: Person) -> None:
    root = nina.types("root")

    nina.types("reply", thread=root)

    assert root is not None
    assert events(bot, "message")[1]["thread_ts"] == root.payload["event"]["ts"]


def test_joining_and_changing_are_heard(slack: Sandbox, bot: Bot) -> None:
    slack.add_user("newbie")
    slack.join("newbie", "care-team")
    slack.change_user("newbie", deleted=True)

    (joined,) = bot.wait_heard("member_joined_channel")
    (changed,) = bot.wait_heard("user_change")
    assert (joined["event"]["user"], joined["event"]["channel"]) == ("U0NEWBIE", "C0CARETEAM")
    assert changed["event"]["user"]["deleted"] is True
    slack.leave("newbie", "care-team")


def test_posting_to_a_user_id_opens_the_direct_message_and_notifies(bot: Bot, nina: Person) -> None:
    answer = bot.client.chat_postMessage(channel="U0NINA", text="Digest is ready", blocks=card("*3 patients* short"))

    assert answer["channel"] == "D0NINA"
    (note,) = nina.notifications
    assert (note.mobile, note.desktop) == ("Digest is ready", "3 patients short")
    assert nina.sees("3 patients").text == "3 patients short"
    nina.does_not_see("Digest is ready")


def test_in_a_channel_only_those_mentioned_are_notified(slack: Sandbox, bot: Bot, nina: Person) -> None:
    bot.client.chat_postMessage(channel="C0CARETEAM", text="for <@U0NINA>")

    assert len(nina.notifications) == 1
    assert slack.person("cora").notifications == []


def test_an_update_with_text_alone_drops_the_blocks(bot: Bot, nina: Person) -> None:
    ts = bot.client.chat_postMessage(channel="D0NINA", text="a", blocks=card("old blocks"))["ts"]

    bot.client.chat_update(channel="D0NINA", ts=ts, text="new text")

    assert nina.sees("new text").blocks == []
    assert len(nina.notifications) == 1


def test_an_ephemeral_is_in_no_history_and_cannot_be_updated(slack: Sandbox, bot: Bot, nina: Person) -> None:
    ts = bot.client.chat_postEphemeral(channel="C0CARETEAM", user="U0NINA", text="psst")["message_ts"]

    assert nina.sees("psst").surface == "ephemeral"
    slack.person("cora").does_not_see("psst")
    assert slack.history("care-team") == []
    with pytest.raises(SlackApiError, match="message_not_found"):
        bot.client.chat_update(channel="C0CARETEAM", ts=ts, text="no")


def test_history_hides_metadata_and_replies_unless_asked(bot: Bot) -> None:
    metadata = {"event_type": "reminder", "event_payload": {"k": "abc"}}
    root = bot.client.chat_postMessage(channel="D0NINA", text="root", metadata=metadata)["ts"]
    bot.client.chat_postMessage(channel="D0NINA", text="reply", thread_ts=root)

    (plain,) = bot.client.conversations_history(channel="D0NINA")["messages"]
    (full,) = bot.client.conversations_history(channel="D0NINA", include_all_metadata=True)["messages"]
    thread = bot.client.conversations_replies(channel="D0NINA", ts=root)["messages"]

    assert "metadata" not in plain
    assert full["metadata"] == metadata
    assert [one["text"] for one in thread] == ["root", "reply"]
    assert plain["reply_count"] == 1


def test_history_is_bounded_by_oldest_latest_and_limit(bot: Bot) -> None:
    stamps = [bot.client.chat_postMessage(channel="D0NINA", text=str(n))["ts"] for n in range(5)]

    def texts(**bounds: object) -> list[str]:
        return [one["text"] for one in bot.client.conversations_history(channel="D0NINA", **bounds)["messages"]]

    assert texts() == ["4", "3", "2", "1", "0"]
    assert texts(oldest=stamps[1]) == ["4", "3", "2"]
    assert texts(oldest=stamps[1], latest=stamps[3], inclusive=True) == ["3", "2", "1"]
    page = bot.client.conversations_history(channel="D0NINA", limit=2)
    cursor = page["response_metadata"]["next_cursor"]
    assert [one["text"] for one in page["messages"]] == ["4", "3"]
    assert texts(limit=2, cursor=cursor) == ["2", "1"]


def test_a_bot_that_answers_in_the_thread_does_not_hear_itself(bot: Bot, nina: Person) -> None:
    @bot.on("message")
    def answer(args: Args) -> None:
        args.say(f"you said {args.event['text']}", thread_ts=args.event["ts"])
        args.ack()

    nina.types("hello")

    assert nina.sees("you said hello").raw["thread_ts"] == nina.sees("hello").raw.get("thread_ts")
    nina.does_not_see("you said you said")
