"""`ccm-bot patients add`: one patient by hand."""

from __future__ import annotations

from datetime import datetime

import click

from bot.cli.places import of_practice, opened
from storage import patients
from storage.patients import Person


@click.group()
def command() -> None:
    """Patients of the practice."""


@command.command()
@click.option("--first", required=True)
@click.option("--last", required=True)
@click.option("--mrn", required=True, help="Medical record number, as text: leading zeros are kept.")
@click.option("--born", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--preferred", help="The first name the patient goes by.")
@click.option("--suffix", help="Jr., Sr., III")
@of_practice
def add(
    first: str,
    last: str,
    mrn: str,
    born: datetime | None,
    preferred: str | None,
    suffix: str | None,
    practice_name: str | None,
) -> None:
    """Add a patient, or update the one who has this MRN."""
    day = born.date() if born else None
    person = Person(mrn=mrn, first=first, last=last, preferred=preferred, suffix=suffix, born=day)
    with opened(practice_name) as place, place.database.begin() as connection:
        outcome = patients.put(connection, place.keyring, place.practice.id, person, place.now)
        patients.bump(connection, place.practice.id)
        place.audit(connection, f"patient.{outcome}", "roster", "1", count=1)
    click.echo(f"{outcome.capitalize()}: one patient.")
