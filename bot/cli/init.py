"""`ccm-bot init`: key file, database and the practice."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from bot.cli import settings
from bot.compose import open_record, utc_now
from ccm.errors import BadSetting, Refused
from storage import practices
from storage.sealing import create_key_file, load_keyring


@click.command()
@click.option("--name", required=True, help="The practice's name.")
@click.option("--zone", required=True, help="Its time zone, such as America/Chicago.")
@click.option(
    "--display",
    type=click.Choice(["code", "initials", "name"]),
    default="code",
    show_default=True,
    help="How messages show patients; anything but code needs Slack's plan and BAA for PHI.",
)
@click.option("--baa-confirmed", is_flag=True, help="Our Slack plan allows PHI and its BAA is signed.")
def command(name: str, zone: str, display: str, baa_confirmed: bool) -> None:
    """Make the key file and the database, and add a practice."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadSetting("--zone is not a time zone.", hint="Example: America/Chicago") from None
    if display != "code" and not baa_confirmed:
        raise Refused("Names or initials in messages need Slack's BAA.", hint="Confirm it with --baa-confirmed.")
    given = settings()
    if not given.key_file.exists():
        create_key_file(given.key_file)
        click.echo(f"Made the key file {given.key_file}. Keep a copy apart from the data: without it nothing opens.")
    load_keyring(given.key_file)
    database = open_record(given)
    with database.begin() as connection:
        if any(each.name == name for each in practices.listed(connection)):
            raise Refused("There is a practice of that name already.", hint="Nothing was changed.")
        practices.create(connection, name=name, zone=zone, display=display, now=utc_now())
    database.close()
    click.echo(
        f"Added the practice. Next: `ccm-bot staff add U… --name … --credential RN` (Slack user ids), then {NEXT}."
    )


NEXT = "`ccm-bot import patients FILE.csv`"
