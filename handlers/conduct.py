"""Runs one turn: work and answer in one transaction, so that what was saved and what is said never part."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from ccm.errors import Busy, CcmError, Duplicate
from handlers.answers import Answer, plainly, sorry
from handlers.cards import receipt
from handlers.turns import Desk, Turn
from storage import acts, outbox
from storage.ledger import Done

Work = Callable[[Connection], Answer]
ALREADY = "I have dealt with this already; nothing was changed again."
MOST_TRIES = 2
"""A write whose fate is unknown is tried once more: the request's identity keeps it from acting twice."""


def conduct(desk: Desk, turn: Turn, work: Work) -> Answer:
    """Do the work and give its committed answer; what goes wrong is a sentence too. Duplicate passes through."""
    try:
        return _try(desk, turn, work)
    except Duplicate:
        raise
    except CcmError as error:
        return say(desk, turn, sorry(error))


def look(desk: Desk, turn: Turn, work: Work) -> Answer:
    """Like `conduct` for work that only reads; writes nothing when the answer rides in the ack."""
    try:
        with desk.database.read() as connection:
            answer = work(connection)
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
    """A ledger act as work: the receipt is kept with it, and the same request again gets the same receipt."""

    def work(connection: Connection) -> Answer:
        request = turn.request()
        done = act(connection)
        if done is None:
            kept = acts.answer_to(connection, desk.keyring, request.practice.id, request.source_key)
            return Answer.load(kept) if kept else plainly(ALREADY)
        answer = receipt(turn.snapshot, done, turn.today)
        acts.keep_answer(connection, desk.keyring, request, done.act_id, answer.dump())
        return answer

    return work


def _try(desk: Desk, turn: Turn, work: Work) -> Answer:
    for left in reversed(range(MOST_TRIES)):
        try:
            with desk.database.begin() as connection:
                answer = work(connection)
                carried = _put(desk, turn, connection, answer)
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
