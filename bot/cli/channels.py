"""`ccm-bot channels allow|list|remove`: private channels in which the bot may be mentioned."""

from __future__ import annotations

import re

import click

from bot.cli.places import of_practice, opened
from ccm.errors import Refused
from storage import practices


@click.group()
def command() -> None:
    """Allow-listed private channels."""


@command.command()
@click.argument("channel_id")
@of_practice
def allow(channel_id: str, practice_name: str | None) -> None:
    """Allow a private channel; the bot still checks with Slack that it is private and has only staff in it."""
    if not re.fullmatch(r"[CG][A-Z0-9]{2,}", channel_id):
        raise Refused("That is not a Slack channel id.", hint="In Slack: channel details, at the bottom (C…).")
    with opened(practice_name) as place, place.database.begin() as connection:
        practices.allow_channel(connection, place.practice.id, channel_id, place.now)
        place.audit(connection, "channel.allowed", "channel", channel_id)
    click.echo("Allowed.")


@command.command("list")
@of_practice
def list_(practice_name: str | None) -> None:
    """The allow-listed channels."""
    with opened(practice_name) as place, place.database.read() as connection:
        for channel_id in sorted(practices.load(connection, place.practice.id)[2]):
            click.echo(channel_id)


@command.command()
@click.argument("channel_id")
@of_practice
def remove(channel_id: str, practice_name: str | None) -> None:
    """Take a channel off the list."""
    with opened(practice_name) as place, place.database.begin() as connection:
        if not practices.forget_channel(connection, place.practice.id, channel_id):
            raise Refused("That channel is not on the list.", hint="Nothing was changed.")
        place.audit(connection, "channel.removed", "channel", channel_id)
    click.echo("Removed.")
