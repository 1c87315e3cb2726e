"""Many at once: totals are exact, a request acts once, nobody waits for ever and nobody is turned away for nothing."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from ccm.errors import CcmError, Duplicate, NothingToUndo
from ccm.readings import EntryDraft
from storage import audit, ledger, ledger_rows, outbox
from storage.database import Database, open_database
from storage.messages import Message
from storage.patients import Person
from storage.schema import act, time_entry
from tests.storage.office import Office

THREADS = 8
EACH = 6


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Run all calls at the same moment; gives what each returned, or the sentence-like error it raised."""
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        start.wait(5)
        try:
            return call()
        except CcmError as error:
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def kinds(outcomes: list[Any]) -> Counter[str]:
    return Counter(type(each).__name__ for each in outcomes)


def assert_chain_is_whole(office: Office, rows: int) -> None:
    with office.database.read() as connection:
        assert audit.verify_chain(connection, office.keyring, office.practice_id) == audit.ChainReport(rows, None)


@pytest.fixture
def replicas(postgres_office: Office, postgres_url: str) -> Iterator[tuple[Office, Office]]:
    """Two bots on one PostgreSQL database, each with connections of its own."""
    other = open_database(postgres_url)
    second = Office(other, postgres_office.keyring, postgres_office.practice_id, postgres_office.clock)
    second.patients, second.keys = postgres_office.patients, itertools.count(1000)
    second.reload()
    yield postgres_office, second
    other.close()


def storm(*offices: Office) -> list[Any]:
    """All threads log to one patient-month, every entry of other minutes than the rest."""

    def logs(office: Office, number: int) -> Callable[[], list[Any]]:
        return lambda: [office.log(1 + number * EACH + turn) for turn in range(EACH)]

    return together(*(logs(office, number) for office, number in zip(itertools.cycle(offices), range(THREADS))))


def test_many_threads_on_one_patient_month_lose_nothing(office: Office) -> None:
    outcomes = storm(office)

    assert kinds(outcomes) == {"list": THREADS}
    assert office.total() == sum(range(1, THREADS * EACH + 1))
    assert office.size(act) == office.size(time_entry) == THREADS * EACH
    assert_chain_is_whole(office, THREADS * EACH)


@pytest.mark.postgres
def test_two_replicas_on_one_patient_month_lose_nothing(replicas: tuple[Office, Office]) -> None:
    office, _ = replicas

    outcomes = storm(*replicas)

    assert kinds(outcomes) == {"list": THREADS}
    assert office.total() == sum(range(1, THREADS * EACH + 1))
    assert_chain_is_whole(office, THREADS * EACH)


def test_one_request_delivered_to_many_threads_acts_once(office: Office) -> None:
    outcomes = together(*(lambda: office.log(12, key="cmd:same") for _ in range(THREADS)))

    assert kinds(outcomes) == {"Done": 1, "NoneType": THREADS - 1}
    assert office.size(act) == office.size(time_entry) == 1
    assert office.total() == 12


@pytest.mark.postgres
def test_one_request_delivered_to_both_replicas_acts_once(replicas: tuple[Office, Office]) -> None:
    calls = [lambda each=each: each.log(12, key="cmd:same") for each in replicas * 3]

    outcomes = together(*calls)

    assert kinds(outcomes) == {"Done": 1, "NoneType": 5}
    assert replicas[0].total() == 12


def test_the_same_entry_typed_twice_at_once_is_stored_once_and_asked_about(office: Office) -> None:
    outcomes = together(*(lambda: office.log(12) for _ in range(4)))

    assert kinds(outcomes) == {"Done": 1, "Duplicate": 3}
    assert all(isinstance(each, Duplicate | ledger.Done) for each in outcomes)
    assert office.total() == 12


def test_clicks_on_one_undo_button_undo_once(office: Office) -> None:
    office.log(5)
    act_id = office.log(12).act_id  # type: ignore[union-attr]

    outcomes = together(*(lambda: office.undo(act_id) for _ in range(THREADS)))

    assert kinds(outcomes) == {"Done": 1, "NothingToUndo": THREADS - 1}
    assert office.total() == 5
    assert_chain_is_whole(office, 3)


def test_one_undo_delivered_to_many_threads_is_known_to_all_but_one(office: Office) -> None:
    """The second delivery said "that was undone already" to a person who had clicked once."""
    office.log(5)
    act_id = office.log(12).act_id  # type: ignore[union-attr]

    outcomes = together(*(lambda: office.undo(act_id, key="act:same") for _ in range(THREADS)))

    assert kinds(outcomes) == {"Done": 1, "NoneType": THREADS - 1}
    assert office.total() == 5


def test_undo_of_the_last_from_many_threads_takes_each_act_once(office: Office) -> None:
    for minutes in (1, 2, 4, 8):
        office.log(minutes)

    outcomes = together(*(office.undo for _ in range(6)))

    taken = [entry.id for each in outcomes if isinstance(each, ledger.Done) for entry in each.removed]
    assert len(taken) == len(set(taken))
    assert {type(each) for each in outcomes} <= {ledger.Done, NothingToUndo}
    assert office.fresh().entries == 4 - len(taken)
    assert office.total() == office.fresh().counted


def test_edits_and_undo_of_one_entry_at_once_let_one_win(office: Office) -> None:
    done = office.log(12)
    assert done is not None
    entry = done.added[0]

    outcomes = together(
        lambda: office.edit(entry.id, minutes=20),
        lambda: office.edit(entry.id, patient="nguyen"),
        lambda: office.edit(entry.id, minutes=30),
        lambda: office.undo(done.act_id),
    )

    (winner,) = (each for each in outcomes if isinstance(each, ledger.Done))
    assert kinds(outcomes) == {"Done": 1, "NothingToUndo": 3}
    assert office.total() + office.total("nguyen") == sum(each.minutes for each in winner.added)


def test_acts_over_the_same_patients_in_opposite_order_do_not_block_each_other(office: Office) -> None:
    def logs(number: int) -> Callable[[], Any]:
        names = ("lopez", "nguyen") if number % 2 else ("nguyen", "lopez")
        rows: list[EntryDraft] = [office.draft(1 + number, name) for name in names]
        return lambda: office.log_all(*rows)

    outcomes = together(*(logs(number) for number in range(THREADS)))

    assert kinds(outcomes) == {"Done": THREADS}
    assert office.total() == office.total("nguyen") == sum(range(1, THREADS + 1))


def test_messages_and_refusals_written_at_once_do_not_block_each_other(office: Office) -> None:
    """Two who each had put a message, and so referred to the practice, then both wanted its chain: a deadlock."""
    both_have_put = threading.Barrier(2 if not office.database.is_sqlite else 1)

    def refuse(number: int) -> Callable[[], Any]:
        def call() -> None:
            with office.database.begin() as connection:
                message = Message(kind="post", channel=f"D{number}", text="no")
                given = {"practice_id": office.practice_id, "message": message, "now": office.clock()}
                outbox.put(connection, office.keyring, dedup_key=f"no|{number}", **given)
                both_have_put.wait(5)
                audit.append(
                    connection, office.keyring, practice_id=office.practice_id, at=office.clock(), actor="U0",
                    action="refused", object_kind="surface", object_id="command",
                )  # fmt: skip

        return call

    assert kinds(together(refuse(1), refuse(2))) == {"NoneType": 2}
    assert_chain_is_whole(office, 2)


@pytest.mark.postgres
def test_an_import_under_way_keeps_nobody_from_logging(replicas: tuple[Office, Office]) -> None:
    """A long import refers to the practice with every patient; logging waited for its end and gave up."""
    importing, logging = replicas

    with importing.database.begin() as connection:
        importing._admit(connection, "new", Person(mrn="9", first="Ann", last="Newly"))
        done = logging.log(12)

    assert done is not None
    assert logging.total() == 12


def test_readers_never_wait_for_a_writer(office: Office, database: Database) -> None:
    office.log(12)

    with database.begin() as connection:
        ledger.log(connection, office.keyring, office.request(), [office.draft(7)])
        (seen,) = together(office.total)

    assert seen == 12
    assert office.total() == 19


def test_who_was_told_that_it_stands_can_see_it_from_elsewhere(office: Office, database_url: str) -> None:
    """Writers may share one commit, but nobody is answered before it."""
    elsewhere = open_database(database_url)

    def logs(number: int) -> Callable[[], list[bool]]:
        def log() -> list[bool]:
            seen = []
            for turn in range(EACH):
                entry = office.entry(1 + number * EACH + turn)
                with elsewhere.read() as connection:
                    seen.append(ledger_rows.get(connection, office.practice_id, entry.id) is not None)
            return seen

        return log

    outcomes = together(*(logs(number) for number in range(THREADS)))
    elsewhere.close()

    assert outcomes == [[True] * EACH] * THREADS
