"""Slash commands: what the bot gets, and what the person sees of its ack."""

import time

from slack_bolt import Args

from sandbox import Person, Sandbox
from tests.sandbox.conftest import Bot, card


def test_a_command_is_answered_in_its_ack_to_that_person_alone(slack: Sandbox, bot: Bot, nina: Person) -> None:
    bot.on("command")(lambda args: args.ack(text="Logged", blocks=card(f"Logged *{args.command['text']}*")))

    delivery = nina.types("/ccm 12 min", in_="care-team")

    assert nina.sees("Logged 12 min").surface == "ephemeral"
    slack.person("cora").does_not_see("Logged")
    assert delivery is not None
    assert delivery.acked_after is not None
    assert delivery.acked_after < 2.0
    assert delivery.payload["channel_id"] == "C0CARETEAM"
    assert slack.history("care-team") == []
    assert nina.notifications == []
    assert slack.lint_findings == []


def test_an_answer_in_channel_is_seen_by_all(slack: Sandbox, bot: Bot, nina: Person) -> None:
    bot.on("command")(lambda args: args.ack("Done for all", response_type="in_channel"))

    nina.types("/ccm x", in_="care-team")

    assert slack.person("cora").sees("Done for all").surface == "message"


def test_an_empty_ack_shows_nothing(slack: Sandbox, nina: Person) -> None:
    nina.types("/ccm x")

    assert nina.visible() == []
    assert nina.errors == []


def test_typed_names_come_as_ids_and_text_comes_escaped(bot: Bot, nina: Person) -> None:
    nina.types("/ccm log 5m @cora in #general a<b & c, mail x@y.org @nobody")

    assert bot.bodies("command")[0]["text"] == (
        "log 5m <@U0CORA|cora> in <#C0GENERAL|general> a&lt;b &amp; c, mail x@y.org @nobody"
    )


def test_a_command_without_an_ack_shows_slacks_own_error_and_is_not_retried(
    slack: Sandbox, bot: Bot, nina: Person
) -> None:
    slack.set_pace(ack_wait=0.2)
    bot.on("command")(lambda args: None)

    delivery = nina.types("/ccm x")

    assert nina.errors == ['/ccm failed with the error "operation_timeout"']
    assert delivery is not None
    assert delivery.attempts == 1
    assert not delivery.is_acked


def test_a_late_ack_saves_nothing_of_its_answer(slack: Sandbox, bot: Bot, nina: Person) -> None:
    slack.set_pace(ack_wait=0.1)

    @bot.on("command")
    def slowly(args: Args) -> None:
        time.sleep(0.3)
        args.ack("too late")

    nina.types("/ccm x")
    nina.does_not_see("too late", quiet=0.4)

    assert nina.errors == ['/ccm failed with the error "operation_timeout"']
    assert "too late or twice: ignored" in [one.summary for one in slack.traffic]


def test_commands_cannot_be_used_in_threads(slack: Sandbox, bot: Bot, nina: Person) -> None:
    said = nina.types("hello")

    nina.types("/ccm x", thread=said)

    assert nina.errors == ["/ccm is not supported in threads. Sorry!"]
    assert bot.bodies("command") == []


def test_an_ack_slack_would_not_accept_is_found(slack: Sandbox, bot: Bot, nina: Person) -> None:
    bot.on("command")(lambda args: args.ack(text="x", blocks=card("y" * 3001)))

    nina.types("/ccm x")

    assert nina.errors == ['/ccm failed with the error "invalid_blocks"']
    assert [one.pointer for one in slack.lint_errors] == ["/blocks/0/text/text"]


def test_twenty_commands_at_once_are_all_answered(slack: Sandbox, bot: Bot) -> None:
    from concurrent.futures import ThreadPoolExecutor

    bot.on("command")(lambda args: args.ack(args.command["text"]))
    slack.set_pace(ack_wait=3.0)

    with ThreadPoolExecutor(20) as pool:
        deliveries = list(pool.map(lambda n: slack.command("/ccm", f"n{n}"), range(60)))

    assert [one.ack_payload for one in deliveries] == [{"text": f"n{n}"} for n in range(60)]


def test_a_redelivered_command_is_the_same_command(slack: Sandbox, bot: Bot, nina: Person) -> None:
    delivery = nina.types("/ccm x")
    assert delivery is not None

    slack.redeliver(delivery)

    first, second = bot.bodies("command")
    assert first == second
    assert (delivery.attempts, delivery.acks) == (2, [None, None])


def test_an_unknown_command_is_refused_by_slack(bot: Bot, nina: Person) -> None:
    nina.types("/cmm x")

    assert nina.errors == ["/cmm is not a valid command."]
    assert bot.heard == []
    assert nina.visible() == []


def test_the_persons_next_look_can_leave_out_what_was_there_before(bot: Bot, nina: Person) -> None:
    bot.on("command")(lambda args: args.ack(f"Logged {args.command['text']}"))
    nina.types("/ccm one")

    nina.types("/ccm two")

    assert nina.sees("Logged", new=True).text == "Logged two"
    nina.does_not_see("Logged one", new=True)
