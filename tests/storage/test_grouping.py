"""Works that share a commit on SQLite: each stands or falls alone, and nobody is told before it is durable."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from ccm.errors import Busy, Refused
from storage.database import Database, open_database

MANY = 40


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{tmp_path / 'notes.db'}")
    with database.begin() as connection:
        connection.execute(text("CREATE TABLE note (word TEXT PRIMARY KEY)"))
    yield database
    database.close()


def writing(word: str) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        connection.execute(text("INSERT INTO note VALUES (:word)"), {"word": word})
        return word

    return work


def failing(word: str) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        writing(word)(connection)
        raise Refused("not this one")

    return work


def standing(database: Database) -> set[str]:
    with database.read() as connection:
        return set(connection.execute(text("SELECT word FROM note")).scalars())


def held(database: Database, entered: threading.Event, leave: threading.Event) -> None:
    """Somebody writes, so that whatever comes meanwhile queues up and is done together."""
    with database.begin():
        entered.set()
        leave.wait(5)


def all_at_once(database: Database, works: list[Callable[[Connection], str]]) -> list[str | Exception]:
    entered, leave = threading.Event(), threading.Event()
    holder = threading.Thread(target=held, args=(database, entered, leave))
    holder.start()
    entered.wait(5)

    def outcome(work: Callable[[Connection], str]) -> str | Exception:
        try:
            return database.write(work)
        except Refused as error:
            return error

    with ThreadPoolExecutor(len(works)) as pool:
        asked = [pool.submit(outcome, work) for work in works]
        time.sleep(0.1)
        leave.set()
        told = [each.result() for each in asked]
    holder.join()
    return told


def test_everybody_gets_their_own_result_and_it_stands(notes: Database) -> None:
    words = [f"word {n}" for n in range(MANY)]

    told = all_at_once(notes, [writing(word) for word in words])

    assert told == words
    assert standing(notes) == set(words)


@pytest.mark.parametrize("first_fails", [True, False], ids=["the leader fails", "a follower fails"])
def test_a_work_that_fails_takes_back_itself_alone(notes: Database, first_fails: bool) -> None:
    kinds = [failing if (n % 3 == 0) is first_fails else writing for n in range(MANY)]

    told = all_at_once(notes, [kind(f"word {n}") for n, kind in enumerate(kinds)])

    good = {f"word {n}" for n, kind in enumerate(kinds) if kind is writing}
    assert standing(notes) == good
    assert {each for each in told if isinstance(each, str)} == good
    assert sum(isinstance(each, Refused) for each in told) == MANY - len(good)


def test_nobody_is_told_before_the_others_can_see_it(notes: Database) -> None:
    unseen = []

    def write_and_look(number: int) -> None:
        word = notes.write(writing(f"word {number}"))
        if word not in standing(notes):
            unseen.append(word)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write_and_look, range(100)))

    assert unseen == []


def test_a_turn_that_does_not_come_is_busy_for_all_and_the_next_write_is_well(notes: Database) -> None:
    entered, leave = threading.Event(), threading.Event()
    holder = threading.Thread(target=held, args=(notes, entered, leave))
    holder.start()
    entered.wait(5)

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(notes.write, writing(f"late {n}")) for n in range(4)]
        for each in asked:
            with pytest.raises(Busy):
                each.result()
    leave.set()
    holder.join()

    assert standing(notes) == set()
    assert notes.write(writing("after")) == "after"
