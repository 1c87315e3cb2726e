"""`ccm-bot check`: is everything in place? Exit status 0 only when it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import click
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.cli import settings
from bot.compose import open_record, utc_now
from bot.manifest import manifest
from bot.settings import Settings
from ccm.errors import CcmError
from storage import audit, outbox, people, practices
from storage.canary import check_key
from storage.sealing import load_keyring

Line = tuple[bool, str]
LATE_S = 300
"""A message that waits longer is a sign of trouble; Slack's own outages aside."""


@click.command()
@click.option("--offline", is_flag=True, help="Do not ask Slack.")
def command(offline: bool) -> None:
    """Show every setting with secrets masked, and check key file, database, tokens and scopes."""
    given = settings()
    for key, value in given.shown().items():
        click.echo(f"  {key} = {value}")
    checks = [_record] if offline else [_record, _slack]
    lines = [line for check in checks for line in _guarded(check, given)]
    for good, text in lines:
        click.echo(f"{'ok  ' if good else 'FAIL'} {text}")
    if not all(good for good, _ in lines):
        sys.exit(1)


def _guarded(check: Callable[[Settings], Iterator[Line]], given: Settings) -> Iterator[Line]:
    try:
        yield from check(given)
    except CcmError as error:
        yield False, f"{error} {error.hint}".strip()


def _record(given: Settings) -> Iterator[Line]:
    keyring = load_keyring(given.key_file)
    yield True, "key file"
    database = open_record(given)
    with database.read() as connection:
        yield True, f"database ({database.writer.dialect.name})"
        known = practices.listed(connection)
        check_key(database, keyring)
        yield bool(known), f"{len(known)} practice(s)" + ("" if known else ": run `ccm-bot init`")
        for practice in known:
            staff = people.actors(connection, practice.id, practice.day_of(utc_now()))
            yield bool(staff), f"{len(staff)} staff on the list" + ("" if staff else ": run `ccm-bot staff add`")
            waits = outbox.backlog(connection, practice_id=practice.id, now=utc_now())
            late = waits.oldest_s > LATE_S
            yield not late, f"messages: {waits.waiting} waiting, {waits.unsure} of unknown fate"
            chain = audit.verify_chain(connection, keyring, practice.id)
            broken = f", BROKEN at row {chain.first_bad}" if chain.first_bad else ", whole"
            yield chain.first_bad is None, f"audit trail: {chain.rows} rows{broken}"
    database.close()


def _slack(given: Settings) -> Iterator[Line]:
    bot_token, app_token = given.slack_tokens()
    client = WebClient(bot_token, base_url=given.api_url, timeout=10)
    try:
        found = client.auth_test()
        yield True, f"bot token (workspace {found['team_id']})"
        client.apps_connections_open(app_token=app_token)
        yield True, "app token (Socket Mode)"
    except SlackApiError as error:
        yield False, f"Slack refuses: {error.response.get('error', 'unknown')}"
        return
    except (SlackClientError, OSError):
        yield False, "Slack cannot be reached"
        return
    told = found.headers.get("x-oauth-scopes")
    if told is None:
        yield True, "scopes: Slack does not say which are granted"
        return
    granted = set(str(told).replace(" ", "").split(","))
    missing = sorted(set(manifest()["oauth_config"]["scopes"]["bot"]) - granted)
    yield not missing, "scopes" + (f": missing {', '.join(missing)}; reinstall with app.yaml" if missing else "")
