"""The words that go over the wire: JSON objects in Slack's shapes, and Slack's way of refusing."""

import json
from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """A Web API call answered `ok: false` with Slack's own error code."""

    def __init__(self, code: str, *messages: str, **extra: str) -> None:
        """Name the code; `messages` go to `response_metadata`, `extra` beside the code (`needed`, `provided`)."""
        super().__init__(code)
        self.code = code
        self.messages = messages
        self.extra = extra

    def answer(self) -> Json:
        """The JSON body Slack sends with this error."""
        body: Json = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            body["response_metadata"] = {"messages": list(self.messages)}
        return body


def dumps(body: object) -> str:
    """Compact JSON, as Slack sends it."""
    return json.dumps(body, separators=(",", ":"))
