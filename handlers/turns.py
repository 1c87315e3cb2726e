"""One request as our own values, and how its answer travels back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from ccm.records import Actor, Surface
from handlers.answers import Answer
from storage.acts import Request
from storage.database import Database
from storage.directory import Directory, Snapshot
from storage.messages import Message
from storage.sealing import Keyring

Carry = Callable[[Answer], tuple[Message, ...]]
"""Turns an answer into the messages that bring it; none when it rides in the ack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What listeners work with: the record, the clock, and a bell for the outbox."""

    database: Database
    keyring: Keyring
    directory: Directory
    clock: Callable[[], datetime]
    wake: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One request of one staff member, let in by the gate.

    source_key: the request's identity at Slack. said_at: when it was said; at: when it is processed.
    direct: the person's direct message with the bot, or her user id where that is not known.
    """

    snapshot: Snapshot
    actor: Actor
    surface: Surface
    source_key: str
    words: str
    said_at: datetime
    at: datetime
    carry: Carry
    direct: str
    channel: str
    trigger_id: str = ""

    @property
    def today(self) -> date:
        """The clinic's day on which it was said."""
        return self.snapshot.practice.day_of(self.said_at)

    @property
    def local(self) -> datetime:
        """When it was said, on the clinic's clock."""
        return self.said_at.astimezone(self.snapshot.practice.zone)

    def request(self) -> Request:
        """What the ledger needs of it."""
        return Request(
            practice=self.snapshot.practice,
            actor=self.actor,
            source_key=self.source_key,
            surface=self.surface,
            words=self.words,
            said_at=self.said_at,
            at=self.at,
        )

    def saying(self, words: str) -> Turn:
        """The same turn with other words."""
        return replace(self, words=words)


def in_ack(_answer: Answer) -> tuple[Message, ...]:
    """The answer to a command is the ack itself."""
    return ()


def in_direct(channel: str) -> Carry:
    """A new message in the person's direct message with the bot."""

    def carry(answer: Answer) -> tuple[Message, ...]:
        return (Message(kind="post", channel=channel, text=answer.text, blocks=list(answer.blocks)),)

    return carry


def in_mention(*, direct: str, channel: str, thread_ts: str, user: str) -> Carry:
    """Details go to the direct message; in the channel only she sees that there is an answer."""

    def carry(answer: Answer) -> tuple[Message, ...]:
        note = "My answer is in our direct message."
        told = Message(kind="ephemeral", channel=channel, user=user, thread_ts=thread_ts, text=note, blocks=[])
        return (*in_direct(direct)(answer), told)

    return carry


def in_place(channel: str, ts: str) -> Carry:
    """The message that was clicked becomes the answer."""

    def carry(answer: Answer) -> tuple[Message, ...]:
        return (Message(kind="update", channel=channel, ts=ts, text=answer.text, blocks=list(answer.blocks)),)

    return carry


def in_ephemeral(channel: str, response_url: str) -> Carry:
    """The private message that was clicked becomes the answer; only its response_url can change it."""

    def carry(answer: Answer) -> tuple[Message, ...]:
        return (
            Message(
                kind="respond",
                channel=channel,
                response_url=response_url,
                replace_original=True,
                text=answer.text,
                blocks=list(answer.blocks),
            ),
        )

    return carry
