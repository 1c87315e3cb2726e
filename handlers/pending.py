"""What a question or a form is about while the person has not answered: sealed in a draft, never in Slack."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from typing import Any

from ccm.readings import About, Ask, EntryDraft
from ccm.records import Surface
from handlers.turns import Carry, Turn, in_ephemeral, in_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The message that shall become the answer: by `ts`, or by `response_url` when it is private."""

    channel: str
    ts: str | None = None
    response_url: str | None = None

    def carry(self) -> Carry:
        """How the answer gets there."""
        if self.response_url:
            return in_ephemeral(self.channel, self.response_url)
        return in_place(self.channel, self.ts or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """Rows as far as understood, what is asked, and what was said when. `root`: the first draft of this conversation.

    entry_id: set when a standing entry is being edited. confirmed: a question "is that meant?" was answered with yes.
    """

    rows: tuple[EntryDraft, ...]
    words: str
    surface: Surface
    said_at: datetime
    ask: Ask | None = None
    root: str | None = None
    entry_id: str | None = None
    origin: Origin | None = None
    confirmed: bool = False
    note: str | None = None

    @classmethod
    def of(cls, turn: Turn, rows: tuple[EntryDraft, ...], ask: Ask | None = None) -> Pending:
        """What this turn leaves open."""
        return cls(rows=rows, words=turn.words, surface=turn.surface, said_at=turn.said_at, ask=ask)

    def resumed(self, turn: Turn, draft_id: str) -> Turn:
        """The turn that answers, speaking for the one that asked: its words, its day, and one identity for both."""
        return replace(
            turn,
            words=self.words or turn.words,
            surface=self.surface,
            said_at=self.said_at,
            source_key=f"draft:{self.root or draft_id}",
            carry=self.origin.carry() if self.origin else turn.carry,
        )

    def dump(self) -> str:
        """As JSON text."""
        return json.dumps(asdict(self), default=_plain)

    @classmethod
    def load(cls, text: str) -> Pending:
        """The inverse of `dump`."""
        known: dict[str, Any] = json.loads(text)
        asked, origin = known["ask"], known["origin"]
        return cls(
            rows=tuple(_row(row) for row in known["rows"]),
            words=known["words"],
            surface=Surface(known["surface"]),
            said_at=datetime.fromisoformat(known["said_at"]),
            ask=_ask(asked) if asked else None,
            root=known["root"],
            entry_id=known["entry_id"],
            origin=Origin(**origin) if origin else None,
            confirmed=known["confirmed"],
            note=known["note"],
        )


def fill(row: EntryDraft, **values: Any) -> EntryDraft:
    """A row with what is open in it filled."""
    return replace(row, **{name: value for name, value in values.items() if getattr(row, name) is None})


def is_open(row: EntryDraft) -> bool:
    """Whether patient, minutes or day is still missing."""
    return None in (row.patient, row.minutes, row.day)


def _plain(value: object) -> str:
    assert isinstance(value, date | time)
    return value.isoformat()


def _row(row: dict[str, Any]) -> EntryDraft:
    day, start, end = row.pop("day"), row.pop("start"), row.pop("end")
    return EntryDraft(
        day=date.fromisoformat(day) if day else None,
        start=time.fromisoformat(start) if start else None,
        end=time.fromisoformat(end) if end else None,
        **row,
    )


def _ask(known: dict[str, Any]) -> Ask:
    return Ask(
        about=About(known["about"]),
        question=known["question"],
        candidates=tuple(known["candidates"]),
        minutes=tuple(known["minutes"]),
        days=tuple(date.fromisoformat(day) for day in known["days"]),
    )
