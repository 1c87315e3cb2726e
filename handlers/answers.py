"""An answer as plain values, before it is known how it travels: in an ack, a direct message or an update."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ccm.errors import CcmError

Block = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`text` names the kind of message and may show on a lock screen: it never holds a name, code or number of minutes.

    blocks: Block Kit as plain dictionaries; the first is as general as the text.
    """

    text: str
    blocks: tuple[Block, ...]

    def payload(self) -> dict[str, Any]:
        """What `ack` takes for a command."""
        return {"text": self.text, "blocks": list(self.blocks)}


def says(text: str) -> Block:
    """A paragraph of mrkdwn."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def small(text: str) -> Block:
    """A line of small print."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def button(label: str, action_id: str, value: str, *, style: str | None = None) -> Block:
    """A button; `value` is a random row id, never anything about a person."""
    made: Block = {
        "type": "button",
        "text": {"type": "plain_text", "text": label},
        "action_id": action_id,
        "value": value,
    }
    return made | ({"style": style} if style else {})


def actions(*elements: Block) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements)}


def escape(text: str) -> str:
    """Make a person's words safe inside mrkdwn."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def sorry(error: CcmError) -> Answer:
    """What went against it, and what to do."""
    blocks = (says(f"*{escape(str(error))}*"), small(escape(error.hint))) if error.hint else (says(str(error)),)
    return Answer(text="About your message", blocks=blocks)


def plainly(text: str) -> Answer:
    """A sentence and nothing else; it must not hold anything about a patient."""
    return Answer(text=text, blocks=(says(text),))
