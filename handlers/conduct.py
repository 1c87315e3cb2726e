"""Runs one turn: work and answer in one transaction, so that what was saved and what is said never part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection

from ccm.errors import Busy, CcmError, Duplicate
from handlers.answers import Answer, plainly, sorry
from handlers.cards import receipt
from handlers.turns import Desk, Turn
from storage import ledger, outbox
from storage.ledger import Done

Work = Callable[[Connection], Answer]
CANCELLED = "All right, nothing was saved."
ALREADY = "I have dealt with this already; nothing was changed again."
MOST_TRIES = 2
"""A write whose fate is unknown is tried once more: the request's identity keeps it from acting twice."""


def conduct(desk: Desk, turn: Turn, work: Work) -> Answer:
    """Do the work and give its committed answer; what goes wrong is a sentence too.

    A request that has acted before gets its own answer again, whatever goes against it by now.
    Raises: Duplicate, for who can ask; Busy, since a database that takes no entry takes no message either.
    """
    try:
        return _try(desk, turn, work)
    except (Duplicate, Busy):
        raise
    except CcmError as error:
        refusal = replace(turn, source_key=f"{turn.source_key}|sorry")  # what comes of a second try is said as well
        return _earlier(desk, turn) or say(desk, refusal, sorry(error))


def look(desk: Desk, turn: Turn, work: Work) -> Answer:
    """Like `conduct` for work that only reads; writes nothing when the answer rides in the ack."""
    try:
        with desk.database.read() as connection:
            answer = work(connection)
    except Busy:
        raise
    except CcmError as error:
        answer = sorry(error)
    return say(desk, turn, answer)


def say(desk: Desk, turn: Turn, answer: Answer) -> Answer:
    """Put an answer that cannot ride in an ack into the outbox; gives it back for one that can."""
    if turn.carry(answer):
        with desk.database.begin() as connection:
            _put(desk, turn, connection, answer)
        desk.wake()
    return answer


def record(desk: Desk, turn: Turn, act: Callable[[Connection], Done | None]) -> Work:
    """A ledger act as work; the same request again changes nothing and gets the same receipt."""
    del desk

    def work(connection: Connection) -> Answer:
        done = act(connection)
        return receipt(turn.snapshot, done, turn.today) if done else given(turn, connection) or plainly(ALREADY)

    return work


def given(turn: Turn, connection: Connection) -> Answer | None:
    """The answer this very request got when it acted, told again from the ledger; None when it has not."""
    done = ledger.done_before(connection, turn.request())
    if done is None:
        return None
    return plainly(CANCELLED) if done.kind == "cancel" else receipt(turn.snapshot, done, turn.today)


def _earlier(desk: Desk, turn: Turn) -> Answer | None:
    with desk.database.read() as connection:
        return given(turn, connection)


def _try(desk: Desk, turn: Turn, work: Work) -> Answer:
    def worked(connection: Connection) -> tuple[Answer, bool]:
        answer = work(connection)
        return answer, _put(desk, turn, connection, answer)

    for left in reversed(range(MOST_TRIES)):
        try:
            answer, carried = desk.database.write(worked)
        except Busy:
            if not left or desk.database.is_sqlite:
                raise
        else:
            if carried:
                desk.wake()
            return answer
    raise AssertionError("the last try returns or raises")


def _put(desk: Desk, turn: Turn, connection: Connection, answer: Answer) -> bool:
    messages = turn.carry(answer)
    for number, message in enumerate(messages):
        outbox.put(
            connection,
            desk.keyring,
            practice_id=turn.snapshot.practice.id,
            dedup_key=f"{turn.source_key}|{number}",
            message=message,
            now=turn.at,
        )
    return bool(messages)
