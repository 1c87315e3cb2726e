"""What an interaction allows the app for a while: a trigger id once, a response_url a few times."""

import time
from dataclasses import dataclass, field

from sandbox.clock import Clock
from sandbox.ids import Ids
from sandbox.pace import Pace
from sandbox.wire import SlackError


@dataclass(slots=True)
class Triggers:
    """Trigger ids: single use, short-lived on the real clock (docs.slack.dev/surfaces/modals)."""

    ids: Ids
    given: dict[str, tuple[str, float]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def give(self, user: str, pace: Pace) -> str:
        """A new trigger id for a person."""
        trigger = f"{self.ids.new('')}.{self.ids.new('')}.{self.ids.uuid().replace('-', '')}"
        self.given[trigger] = (user, time.monotonic() + pace.trigger_life)
        self._forget()
        return trigger

    def exchange(self, trigger: str) -> str:
        """Use a trigger id up and tell whose it was.

        Raises:
            SlackError: `exchanged_trigger_id`, `expired_trigger_id` or `invalid_trigger_id`.
        """
        if trigger in self.used:
            raise SlackError("exchanged_trigger_id")
        if trigger not in self.given:
            raise SlackError("invalid_trigger_id")
        user, expires = self.given[trigger]
        if time.monotonic() > expires:
            raise SlackError("expired_trigger_id")
        self.used.add(trigger)
        return user

    def _forget(self, keep: int = 5000) -> None:
        while len(self.given) > keep:
            oldest = next(iter(self.given))
            del self.given[oldest]
            self.used.discard(oldest)


@dataclass(slots=True, kw_only=True)
class ResponseUrl:
    """Where an app may answer an interaction; `source` is the ts of the message it came from, "" for a command."""

    user: str
    channel: str
    source: str
    is_ephemeral: bool
    uses: int
    expires_at: float


@dataclass(slots=True)
class ResponseUrls:
    """Response addresses by their id."""

    ids: Ids
    clock: Clock
    given: dict[str, ResponseUrl] = field(default_factory=dict)

    def give(self, pace: Pace, user: str, channel: str, source: str = "", *, is_ephemeral: bool = False) -> str:
        """A new address' id, good for `pace.response_url_uses` uses."""
        made = self.ids.uuid().replace("-", "")
        self.given[made] = ResponseUrl(
            user=user,
            channel=channel,
            source=source,
            is_ephemeral=is_ephemeral,
            uses=pace.response_url_uses,
            expires_at=self.clock.now() + pace.response_url_life,
        )
        while len(self.given) > 20_000:
            del self.given[next(iter(self.given))]
        return made

    def use(self, made: str) -> ResponseUrl:
        """Count one use.

        Raises:
            SlackError: `used_url` after the last use, `expired_url` after its time; Slack sends both as HTTP 404.
        """
        found = self.given.get(made)
        if found is None or self.clock.now() > found.expires_at:
            raise SlackError("expired_url")
        if found.uses <= 0:
            raise SlackError("used_url")
        found.uses -= 1
        return found
