"""Assembles the bot from its parts in one function; nothing happens at import."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import structlog
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler

from bot.settings import Settings
from bot.socket import DeadlineHandler
from ccm.errors import BadSetting
from ccm.records import Practice
from handlers import register
from handlers.gate import Gate
from handlers.posting import SlackSender
from handlers.turns import Desk
from reminders.delivery import Deliverer, DeliverySettings, deliver_one
from storage import migrating, practices
from storage.canary import check_key
from storage.database import Database, open_database
from storage.directory import Directory
from storage.sealing import Keyring, load_keyring

log = structlog.get_logger("bot")
DISPATCHERS = 10
"""Envelopes worked on at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """A bot ready to connect."""

    app: App
    handler: DeadlineHandler
    deliverer: Deliverer
    background: ThreadPoolExecutor
    database: Database
    desk: Desk
    gate: Gate
    practice: Practice

    def start(self) -> None:
        """Connect, then begin to deliver what an earlier run left."""
        self.handler.connect()  # type: ignore[no-untyped-call]
        self.deliverer.start()
        self.background.submit(self._warm)

    def warm_rest(self) -> None:
        """Do what can wait until the first messages are answered: what only a mistyped name needs."""
        self.desk.directory.current(self.database, self.desk.clock()).roster.warm()

    def stop(self) -> None:
        """Close the connection first, then let what is in work end."""
        self.handler.close()
        self.deliverer.stop()
        self.background.shutdown(wait=True, cancel_futures=True)
        self.app.listener_runner.listener_executor.shutdown(wait=True)
        self.database.close()

    def _warm(self) -> None:
        """Do ahead what the first message of the day would wait for."""
        self.gate.warm(self.desk.directory.current(self.database, self.desk.clock()))


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


def compose(settings: Settings, *, clock: Callable[[], datetime] = utc_now) -> Bot:
    """Open the record, ask Slack who we are, and tie everything together. Raises BadSetting with a plain sentence."""
    bot_token, app_token = settings.slack_tokens()
    keyring = load_keyring(settings.key_file)
    database = open_record(settings)
    check_key(database, keyring)
    identity = _authenticate(settings, bot_token, app_token)
    practice = _practice(database, str(identity.team_id))
    client = WebClient(bot_token, base_url=settings.api_url, timeout=10, retry_handlers=[])
    gate = Gate(_reading(settings, bot_token), bot_user_id=str(identity.bot_user_id))
    deliverer = _deliverer(settings, database, keyring, clock, practice, bot_token)
    directory = Directory(practice.id, keyring)
    desk = Desk(database=database, keyring=keyring, directory=directory, clock=clock, wake=deliverer.wake)
    background = ThreadPoolExecutor(2, thread_name_prefix="background")
    app = _app(client)
    register(app, {"desk": desk, "gate": gate, "background": background})
    return Bot(
        app=app,
        handler=DeadlineHandler(app, app_token, ping_interval=settings.ping_interval_s, concurrency=DISPATCHERS),
        deliverer=deliverer,
        background=background,
        database=database,
        desk=desk,
        gate=gate,
        practice=practice,
    )


def open_record(settings: Settings) -> Database:
    """Open the database and bring an older schema up to date; one of a newer program is refused."""
    database = open_database(settings.database_url)
    migrating.bring_up_to_date(database)
    return database


def _app(client: WebClient) -> App:
    """Bolt without what Socket Mode does not need; the listener runs before the ack is sent (docs/decisions/0002)."""
    return App(
        client=client,
        process_before_response=True,
        request_verification_enabled=False,  # Socket Mode carries no signatures
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )


def _authenticate(settings: Settings, bot_token: str, app_token: str) -> AuthorizeResult:
    """Ask Slack once who the tokens are; a wrong one ends the start instead of being tried forever."""
    client = WebClient(bot_token, base_url=settings.api_url, timeout=10)
    try:
        found = client.auth_test()
        client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        reason = error.response.get("error", "unknown")
        raise BadSetting(
            f"Slack refuses the tokens ({reason}).", hint="Check SLACK_BOT_TOKEN and SLACK_APP_TOKEN."
        ) from None
    except (SlackClientError, OSError):
        raise BadSetting("Slack cannot be reached.", hint="Check the network and SLACK_API_URL.") from None
    return AuthorizeResult.from_auth_test_response(
        bot_token=bot_token, auth_test_response=found, user_auth_test_response=None
    )


def _practice(database: Database, team_id: str) -> Practice:
    """The practice of this workspace; the first one not yet tied to a workspace is tied to it now."""
    with database.begin() as connection:
        known = practices.listed(connection)
        chosen = next((p for p in known if p.team_id == team_id), None)
        chosen = chosen or next((p for p in known if p.team_id is None), None)
        if chosen is None:
            raise BadSetting("There is no practice for this Slack workspace yet.", hint="Run `ccm-bot init` first.")
        practices.bind_team(connection, chosen.id, team_id)
    return chosen


def _reading(settings: Settings, bot_token: str) -> WebClient:
    """A client for questions to Slack: only reads are repeated by themselves."""
    again = [ConnectionErrorRetryHandler(max_retry_count=1), RateLimitErrorRetryHandler(max_retry_count=1)]
    return WebClient(bot_token, base_url=settings.api_url, timeout=2, retry_handlers=again)


def _deliverer(
    settings: Settings,
    database: Database,
    keyring: Keyring,
    clock: Callable[[], datetime],
    practice: Practice,
    bot_token: str,
) -> Deliverer:
    timeout_s = max(1, round(settings.post_timeout_s))
    client = WebClient(bot_token, base_url=settings.api_url, timeout=timeout_s, retry_handlers=[])
    longest_s = 3.0 * timeout_s  # connect, TLS and answer, each with the client's timeout
    pacing = DeliverySettings(timeout_s=longest_s, settle_s=settings.settle_s, pace_s=settings.pace_s)
    deliver = partial(deliver_one, database, keyring, clock, SlackSender(client), pacing, practice_id=practice.id)
    return Deliverer(deliver)
