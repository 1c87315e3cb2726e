"""The driver for tests: a sandbox in a thread of its own, and persons who act and look.

with Sandbox() as slack:
    ...start a bot with slack.api_url, slack.bot_token, slack.app_token...
    slack.wait_connected()
    nina = slack.person("nina")
    nina.types("/ccm log 12m med rec Lopez")
    nina.sees("12 min")
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from sandbox import acting, hearing
from sandbox.clock import Clock
from sandbox.delivery import Delivery
from sandbox.faults import Faults
from sandbox.messages import bare
from sandbox.pace import Pace
from sandbox.people import BOT_USER_ID, Channel, User
from sandbox.person import Person
from sandbox.serverthread import ServerThread
from sandbox.serving import APP_YAML, workspace
from sandbox.traffic import Exchange
from sandbox.wire import Json
from sandbox.workspace import APP_TOKEN, BOT_TOKEN, LintFinding, Workspace
from sandbox.world import World


class Sandbox(ServerThread):
    """A workspace served on loopback while inside `with`; every method may be called from any thread."""

    bot_token = BOT_TOKEN
    app_token = APP_TOKEN

    def __init__(
        self,
        manifest: Path = APP_YAML,
        *,
        world: World | None = None,
        pace: Pace | None = None,
        clock_offset: float = 0.0,
        seed: int = 1,
        port: int = 0,
    ) -> None:
        """Prepare a workspace; `pace` shortens Slack's waits, `clock_offset` moves its clock [s]."""
        clock = Clock(clock_offset)
        self.slack: Workspace = workspace(manifest, world=world, clock=clock, pace=pace, seed=seed)
        super().__init__(self.slack, port)

    # -- the bot's side

    @property
    def base_url(self) -> str:
        """Where the page is: `http://127.0.0.1:PORT`."""
        return self.slack.base_url

    @property
    def api_url(self) -> str:
        """What the bot's API base URL must be: `http://127.0.0.1:PORT/api/`."""
        return f"{self.slack.base_url}/api/"

    @property
    def connections(self) -> int:
        """How many web sockets the bot holds."""
        return len(self.slack.socket.connections)

    def wait_connected(self, n: int = 1, timeout: float = 20.0) -> None:
        """Wait until the bot holds at least `n` web sockets.

        Raises:
            AssertionError: when time is up.
        """
        enough = self.wait_for(lambda: self.connections >= n or None, timeout)
        assert enough, f"{self.connections} of {n} connections after {timeout} s"

    def wait_disconnected(self, timeout: float = 20.0) -> None:
        """Wait until the bot holds no web socket.

        Raises:
            AssertionError: when time is up.
        """
        assert self.wait_for(lambda: self.connections == 0 or None, timeout), "still connected"

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Send every connection a `disconnect` frame; it is closed after the grace in `pace`."""
        self.run(self.slack.socket.disconnect(reason, list(self.slack.socket.connections)))

    def drop(self) -> None:
        """Reset every connection's TCP without a word."""

        def reset_all() -> None:
            for connection in list(self.slack.socket.connections):
                connection.reset()

        self.ask(reset_all)

    # -- what went on

    @property
    def faults(self) -> Faults:
        """Faults to put before the bot's calls."""
        return self.slack.faults

    @property
    def traffic(self) -> list[Exchange]:
        """The newest exchanges between Slack and the bot."""
        return self.ask(lambda: list(self.slack.traffic.exchanges))

    @property
    def deliveries(self) -> list[Delivery]:
        """Everything Slack told the bot, oldest first."""
        return self.ask(lambda: list(self.slack.socket.deliveries))

    @property
    def lint_findings(self) -> list[LintFinding]:
        """What is wrong with what the bot posted; see `lint_errors` for what Slack refused."""
        return self.ask(lambda: list(self.slack.lint_findings))

    @property
    def lint_errors(self) -> list[LintFinding]:
        """The findings for which Slack would refuse a payload."""
        return [finding for finding in self.lint_findings if finding.severity == "error"]

    def calls(self, method: str) -> list[Json]:
        """The bodies (`args`, `answer`) of the bot's calls of a method, oldest first."""
        return [one.body for one in self.traffic if one.kind == method]

    def history(self, channel: str) -> list[Json]:
        """Every kept message of a conversation, replies and metadata included, oldest first."""
        found = self._channel(channel)
        return self.ask(lambda: [dict(one) for one in self.slack.messages.by_channel.get(found.id, {}).values()])

    def forget(self) -> None:
        """Begin anew for the next test: nothing said, shown, pushed, faulty or found; people and the bot stay."""
        self.ask(self.slack.forget)

    # -- people and places

    def person(self, name: str) -> Person:
        """Someone to act as, by name or id."""
        return Person(self, self.slack.world.user(name).id)

    def add_user(self, name: str, **fields: Any) -> Person:
        """Add a member (`is_restricted=True`, `tz=...`); their id is `U0NAME`."""
        return self.person(self.ask(lambda: self.slack.world.add_user(name, **fields)).id)

    def change_user(self, name: str, **fields: Any) -> User:
        """Change a member (`deleted=True`); the bot hears `user_change` if subscribed."""

        def changed() -> User:
            user = self.slack.world.change_user(name, **fields)
            hearing.tell(self.slack, hearing.user_changed(self.slack, user.id))
            return user

        return self.ask(changed)

    def add_channel(self, name: str, **fields: Any) -> Channel:
        """Add a conversation (`kind="private"`, `members=[...]`, `with_bot=True`); its id is `C0NAME`."""
        if fields.pop("with_bot", True):
            fields["members"] = [*fields.get("members", ()), BOT_USER_ID]
        return self.ask(lambda: self.slack.world.add_channel(name, **fields))

    def change_channel(self, name: str, **fields: Any) -> Channel:
        """Change a conversation (`is_ext_shared=True`)."""
        return self.ask(lambda: self.slack.world.change_channel(name, **fields))

    def join(self, name: str, channel: str) -> None:
        """Let someone join a channel; the bot hears `member_joined_channel` if it is there and subscribed."""

        def joined() -> None:
            user, found = self.slack.world.user(name), self.slack.world.channel(channel)
            changed = self.slack.world.change_channel(found.id, members=found.members | {user.id})
            hearing.tell(self.slack, hearing.joined(self.slack, user.id, changed))

        self.ask(joined)

    def leave(self, name: str, channel: str) -> None:
        """Let someone leave a channel."""
        user, found = self.slack.world.user(name), self.slack.world.channel(channel)
        self.change_channel(found.id, members=found.members - {user.id})

    def _channel(self, name: str) -> Channel:
        try:
            return self.slack.world.channel(name)
        except LookupError:
            return self.slack.world.dm(self.slack.world.user(name).id)

    # -- single steps

    def command(self, name: str, text: str, *, user: str = "nina", channel: str = "") -> Delivery:
        """Send a slash command (from the DM with the bot unless told) and wait for its ack or Slack's giving up."""
        who = self.slack.world.user(user)
        where = self._channel(channel or who.id)
        return self.run(acting.command(self.slack, who.id, where, name, text))

    def redeliver(self, delivery: Delivery) -> Delivery:
        """Send the same payload once more, as Slack does when it missed the ack."""
        return self.run(self.slack.socket.attempt_again(delivery))

    def set_pace(self, **changes: Any) -> Pace:
        """Change some of Slack's timings from now on."""
        self.slack.pace = replace(self.slack.pace, **changes)
        return self.slack.pace

    @property
    def clock_offset(self) -> float:
        """Seconds the sandbox's clock is ahead of the real one."""
        return self.slack.clock.offset

    @clock_offset.setter
    def clock_offset(self, seconds: float) -> None:
        self.slack.clock.offset = seconds

    def message(self, channel: str, ts: str) -> Json | None:
        """One kept message without metadata."""
        found = self.slack.messages.get(self._channel(channel).id, ts)
        return bare(found) if found else None
