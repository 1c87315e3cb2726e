"""What reaches people's screens at once: frames for whoever watches, notifications and Slack's own notices."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sandbox.wire import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A message pushed to a person's devices: `mobile` shows `text`, `desktop` the first block with text."""

    channel: str
    ts: str
    mobile: str
    desktop: str

    def frame(self) -> Json:
        """As the page gets it."""
        return {"channel": self.channel, "ts": self.ts, "mobile": self.mobile, "desktop": self.desktop}


@dataclass(slots=True, eq=False)
class Watcher:
    """Someone shown frames: the page of one person, or (`user` None) an onlooker who is told of every change."""

    user: str | None
    show: Callable[[Json], None]
    wants_traffic: bool = False


class Screens:
    """Everybody's screens."""

    def __init__(self) -> None:
        self.watchers: list[Watcher] = []
        self.notifications: dict[str, list[Notification]] = defaultdict(list)
        self.toasts: dict[str, list[str]] = defaultdict(list)

    def show(self, users: Iterable[str], frame: Json) -> None:
        """Show a frame to those of the users who watch, and to onlookers."""
        if not self.watchers:
            return
        readers = set(users)
        for watcher in list(self.watchers):
            if watcher.user is None or watcher.user in readers:
                watcher.show(frame)

    def show_all(self, frame: Json, *, traffic: bool = False) -> None:
        """Show a frame to every watcher (`traffic`: to those who asked for traffic)."""
        for watcher in list(self.watchers):
            if not traffic or watcher.wants_traffic:
                watcher.show(frame)

    def toast(self, user: str, text: str) -> None:
        """Show what Slack itself says, such as that a command failed."""
        self.toasts[user].append(text)
        self.show([user], {"t": "toast", "text": text})

    def notify(self, user: str, notification: Notification) -> None:
        """Push a notification to a person's devices."""
        self.notifications[user].append(notification)
        self.show([user], {"t": "notification", **notification.frame()})
