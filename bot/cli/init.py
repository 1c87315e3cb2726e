"""`ccm-bot init`: key file, database and the practice."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from bot.cli import settings
from bot.cli.places import Place
from bot.compose import open_record, utc_now
from ccm.errors import BadSetting, Refused
from storage import practices
from storage.canary import check_key
from storage.database import Database
from storage.sealing import Keyring, create_key_file, load_keyring


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
    database = open_record(given)
    with database.read() as connection:
        known = practices.listed(connection)
    if known and not given.key_file.exists():
        raise BadSetting(
            f"CCM_KEY_FILE: this database is sealed with a key that is not at {given.key_file}.",
            hint="Restore the key file; a new one would not open the record.",
        )
    if not given.key_file.exists():
        create_key_file(given.key_file)
        click.echo(f"Made the key file {given.key_file}. Keep a copy apart from the data: without it nothing opens.")
    keyring = load_keyring(given.key_file)
    check_key(database, keyring)
    if any(each.name == name for each in known):
        raise Refused("There is a practice of that name already.", hint="Nothing was changed.")
    _create(database, keyring, name, zone, display)
    database.close()
    click.echo("Added the practice. Next: `ccm-bot staff add`, then `ccm-bot import patients FILE.csv`.")


def _create(database: Database, keyring: Keyring, name: str, zone: str, display: str) -> None:
    with database.begin() as connection:
        practice = practices.create(connection, name=name, zone=zone, display=display, now=utc_now())
        place = Place(database=database, keyring=keyring, practice=practice, now=utc_now())
        place.audit(connection, "practice.created", "practice", practice.id, display=display)
    check_key(database, keyring)
