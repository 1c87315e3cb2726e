"""`ccm-bot import patients FILE.csv`: a roster, all or nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from bot.cli.places import of_practice, opened
from bot.roster_csv import read_roster
from storage import patients


@click.group()
def command() -> None:
    """Bring records in."""


@command.command("patients")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@of_practice
def patients_(path: Path, practice_name: str | None) -> None:
    """Patients from a UTF-8 CSV file with the usual headers. Enrollment and consent are never touched."""
    roster = read_roster(path)
    with opened(practice_name) as place, place.database.begin() as connection:
        known = Counter(
            patients.put(connection, place.keyring, place.practice.id, person, place.now) for person in roster.people
        )
        patients.bump(connection, place.practice.id)
        place.audit(connection, "patients.imported", "roster", str(len(roster.people)), **known)
    if roster.dropped:
        click.echo(f"Not taken, on purpose: {', '.join(roster.dropped)}.")
    counts = ", ".join(f"{known[word]} {word}" for word in ("new", "changed", "unchanged"))
    click.echo(f"{len(roster.people)} patients: {counts}.")
