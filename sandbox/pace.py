"""How long Slack waits, how often it tries again and how much it allows: one value, replaced as a whole."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Slack's timings; the defaults are Slack's own (docs.slack.dev events-api, modals, handling-user-interaction).

    `ack_wait`, `retry_delays`, `trigger_life`, `hang` and `disconnect_grace` are real seconds; `response_url_life`
    is seconds of the sandbox's clock, so that moving the clock by an hour expires the addresses.
    """

    ack_wait: float = 3.0
    retry_delays: tuple[float, ...] = (0.0, 60.0, 300.0)
    trigger_life: float = 3.0
    response_url_life: float = 1800.0
    response_url_uses: int = 5
    disconnect_grace: float = 1.0
    warning_grace: float = 10.0
    max_connections: int = 10
    # Chance that an acknowledged event comes a second time all the same (bolt-js#2487, bolt-python#868).
    duplicate_rate: float = 0.0
    # chat.postMessage at most once per second and channel; off unless a test asks for it.
    rate_limited: bool = False
    hang: float = 60.0
