"""The sandbox's one workspace: everything it remembers, in one object that lives on the event loop."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.ids import Ids
from sandbox.manifest import Manifest
from sandbox.messages import Messages
from sandbox.pace import Pace
from sandbox.permits import ResponseUrls, Triggers
from sandbox.screens import Screens
from sandbox.socketmode import SocketMode
from sandbox.traffic import Traffic
from sandbox.views import Views
from sandbox.wire import Json
from sandbox.world import World

# Not secrets: fixed, so that a demo's bot can be started before the sandbox.
BOT_TOKEN = "xoxb-sandbox-bot"  # noqa: S105
APP_TOKEN = "xapp-sandbox-app"  # noqa: S105
VERIFICATION_TOKEN = "sandbox"  # noqa: S105


@dataclass(frozen=True, slots=True, kw_only=True)
class LintFinding:
    """Something in a payload of the bot that Slack would refuse (`error`) or advises against (`warning`)."""

    where: str
    pointer: str
    message: str
    severity: str


class Workspace:
    """Memory of the sandbox; the other modules act on it, always on the event loop's thread."""

    def __init__(self, *, manifest: Manifest, world: World, clock: Clock, pace: Pace, seed: int = 1) -> None:
        self.manifest = manifest
        self.world = world
        self.clock = clock
        self.ids = Ids()
        self.chance = random.Random(seed)  # noqa: S311 - which connection gets an envelope, nothing secret
        self.screens = Screens()
        self.traffic = Traffic(clock, self.screens)
        self.messages = Messages()
        self.views = Views(self.ids)
        self.triggers = Triggers(self.ids)
        self.response_urls = ResponseUrls(self.ids, clock)
        self.faults = Faults()
        self.socket = SocketMode(self.traffic, pace, self.chance, self.bot_changed)
        self.lint_findings: list[LintFinding] = []
        self.message_states: dict[tuple[str, str, str], Json] = {}
        self.files: dict[str, Json] = {}
        self.last_post_at: dict[str, float] = {}
        self.statuses: list[Json] = []
        self.calls_in_flight = 0
        self.base_url = ""
        self.bot_running: Callable[[], Json] = lambda: {"running": None, "pid": None}

    @property
    def pace(self) -> Pace:
        """Slack's timings as they are now."""
        return self.socket.pace

    @pace.setter
    def pace(self, pace: Pace) -> None:
        self.socket.pace = pace

    def bot_frame(self) -> Json:
        """What the page shows of the bot: its sockets and, where it is managed, its process."""
        faults = [{"kind": one.kind, "method": one.method, "times": one.times} for one in self.faults.waiting]
        return {"t": "bot", "connected": len(self.socket.connections), "faults": faults, **self.bot_running()}

    def bot_changed(self) -> None:
        """Show everyone that the bot came, went, was started or was killed."""
        self.screens.show_all(self.bot_frame())

    def note_finding(self, where: str, pointer: str, message: str, severity: str = "error") -> None:
        """Remember what is wrong with a payload of the bot."""
        found = LintFinding(where=where, pointer=pointer, message=message, severity=severity)
        self.lint_findings.append(found)

    def forget(self) -> None:
        """Forget all that was said and shown; people, places, the bot's connections and the clock stay."""
        self.socket.forget_deliveries()
        self.messages = Messages()
        self.views.stacks.clear()
        self.views.homes.clear()
        self.message_states.clear()
        self.files.clear()
        self.statuses.clear()
        self.faults.clear()
        self.lint_findings.clear()
        self.traffic.exchanges.clear()
        self.screens.notifications.clear()
        self.screens.toasts.clear()

    def is_busy(self) -> bool:
        """Whether an envelope awaits its ack or a call of the bot is being answered."""
        return bool(self.socket.waiting) or self.calls_in_flight > 0
