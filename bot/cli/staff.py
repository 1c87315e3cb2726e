"""`ccm-bot staff add|list|remove`: who works here, with dated roles and credentials."""

from __future__ import annotations

import re
from datetime import date, datetime

import click

from bot.cli.places import of_practice, opened
from ccm.errors import Refused
from ccm.records import CredentialKind, Role
from storage import people

TITLES: dict[str, CredentialKind] = {
    **dict.fromkeys(("MD", "DO", "NP", "PA", "CNS", "CNM"), CredentialKind.QHP),
    **dict.fromkeys(
        ("RN", "LPN", "LVN", "MA", "CMA", "PharmD", "LCSW", "CNA", "CHW", "RD"), CredentialKind.CLINICAL_STAFF
    ),
    **dict.fromkeys(("front desk", "billing", "office"), CredentialKind.NON_CLINICAL),
}
"""Credentials and whether their minutes count (R10, R11)."""


@click.group()
def command() -> None:
    """Staff of the practice."""


@command.command()
@click.argument("user_id")
@click.option("--name", required=True, help="As colleagues know the person.")
@click.option("--credential", required=True, type=click.Choice(list(TITLES), case_sensitive=False))
@click.option("--role", "roles", multiple=True, type=click.Choice([r.value for r in Role]), default=["member"])
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="First day of role and credential; default today.")
@of_practice
def add(
    user_id: str, name: str, credential: str, roles: tuple[str, ...], since: datetime | None, practice_name: str | None
) -> None:
    """Add a Slack user, or give one on the list new roles and a new credential."""
    if not re.fullmatch(r"[UW][A-Z0-9]{2,}", user_id):
        raise Refused("That is not a Slack user id.", hint="In Slack: profile, ⋮, Copy member ID (it starts with U).")
    with opened(practice_name) as place, place.database.begin() as connection:
        first: date = since.date() if since else place.practice.day_of(place.now)
        staff_id = people.add(
            connection,
            practice_id=place.practice.id,
            user_id=user_id,
            name=name,
            roles=[Role(role) for role in roles],
            kind=TITLES[credential],
            title=credential,
            since=first,
            now=place.now,
        )
        place.audit(connection, "staff.added", "staff", staff_id, roles=sorted(roles), credential=credential)
    click.echo(f"{name} may use the bot from {first} on ({credential}; {', '.join(roles)}).")


@command.command("list")
@of_practice
def list_(practice_name: str | None) -> None:
    """Everyone on the list, with today's roles and credential."""
    with opened(practice_name) as place, place.database.read() as connection:
        today = place.practice.day_of(place.now)
        for actor in people.actors(connection, place.practice.id, today).values():
            credential = actor.credential_on(today)
            held = f"{credential.title} ({credential.kind})" if credential else "no credential today"
            click.echo(f"{actor.user_id}  {actor.name}  {held}  {', '.join(sorted(actor.roles)) or 'no role today'}")


@command.command()
@click.argument("user_id")
@of_practice
def remove(user_id: str, practice_name: str | None) -> None:
    """Take a Slack user off the list from now on; what they logged stays."""
    with opened(practice_name) as place, place.database.begin() as connection:
        if not people.remove(connection, place.practice.id, user_id, place.practice.day_of(place.now)):
            raise Refused("That user is not on the staff list.", hint="Nothing was changed.")
        place.audit(connection, "staff.removed", "staff", user_id)
    click.echo("Removed. The running bot refuses the user from the next message on.")
