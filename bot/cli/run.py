"""`ccm-bot run`: the bot on Slack, or on whatever SLACK_API_URL names."""

from __future__ import annotations

import click

from bot.cli import settings
from bot.logs import set_up_logs


@click.command()
def command() -> None:
    """Connect to Slack and work until stopped."""
    from bot.running import run

    given = settings()
    set_up_logs(given.log_level)
    run(given)
