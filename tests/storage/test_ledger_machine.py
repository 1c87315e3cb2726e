"""The ledger against a small model: whatever is logged, changed, undone and delivered again, the totals agree."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from ccm.errors import NothingToUndo, Refused
from storage.database import Database
from storage.ledger import Done
from storage.sealing import Keyring
from tests.conftest import HandClock, add_practice
from tests.storage.office import FEBRUARY, MARCH, Office

DAYS = {FEBRUARY: date(2026, 2, 20), MARCH: date(2026, 3, 10)}
QUICK = settings(
    max_examples=20,
    stateful_step_count=20,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
SOAK = settings(QUICK, max_examples=1500, stateful_step_count=40, derandomize=False)
staff = st.sampled_from(["nina", "cora"])
patient = st.sampled_from(["lopez", "nguyen"])
month = st.sampled_from([FEBRUARY, MARCH])
minutes = st.integers(1, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A standing row of the model; `instead_of` the row that an edit replaced by it."""

    id: str
    act_id: str
    by: str
    patient: str
    month: Any
    minutes: int
    instead_of: Row | None = None


class Model:
    """The rows that stand, in the order they were made."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def put(self, *rows: Row) -> None:
        self.rows += rows

    def undo(self, act_id: str) -> list[Row]:
        """Take an act's rows out; gives the rows that stand again."""
        gone = [row for row in self.rows if row.act_id == act_id]
        self.rows = [row for row in self.rows if row not in gone]
        return [row.instead_of for row in gone if row.instead_of]

    def total(self, patient: str, month: Any) -> int:
        return sum(row.minutes for row in self.rows if (row.patient, row.month) == (patient, month))


class LedgerMachine(RuleBasedStateMachine):
    """Two people, two patients, two months of which the first may be closed."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office, self.model = office, Model()
        self.known: list[Row] = []
        self.delivered: list[Callable[[], Done | None]] = []
        self.is_closed = False

    def deliver(self, request: Callable[[], Done | None]) -> Done:
        """Send a new request; it can be sent again later."""
        done = request()
        assert done is not None
        self.delivered.append(request)
        return done

    def put(self, *rows: Row) -> None:
        self.model.put(*rows)
        self.known += rows

    def refuses(self, *months: Any) -> bool:
        return self.is_closed and FEBRUARY in months

    def key(self) -> str:
        return f"cmd:{len(self.delivered)}"

    @rule(by=staff, rows=st.lists(st.tuples(patient, month, minutes), min_size=1, max_size=3))
    def log(self, by: str, rows: list[tuple[str, Any, int]]) -> None:
        drafts = [self.office.draft(given, name, day=DAYS[of]) for name, of, given in rows]
        key = self.key()

        def request() -> Done | None:
            return self.office.log_all(*drafts, by=by, key=key, confirmed=True)

        if self.refuses(*(of for _, of, _ in rows)):
            with pytest.raises(Refused):
                request()
            return
        done = self.deliver(request)
        for entry, (name, of, given) in zip(done.added, rows, strict=True):
            self.put(Row(id=entry.id, act_id=done.act_id, by=by, patient=name, month=of, minutes=given))

    @precondition(lambda self: self.known)
    @rule(data=st.data(), name=patient | st.none(), of=month | st.none(), given=minutes | st.none())
    def edit(self, data: st.DataObject, name: str | None, of: Any, given: int | None) -> None:
        old = data.draw(st.sampled_from(self.known))
        new_name, new_month, new_minutes = name or old.patient, of or old.month, given or old.minutes
        key = self.key()

        def request() -> Done | None:
            day = DAYS[of] if of else None
            return self.office.edit(old.id, by=old.by, key=key, patient=name, day=day, minutes=given)

        if self.refuses(old.month, new_month) or old not in self.model.rows:
            with pytest.raises((Refused, NothingToUndo)):
                request()
            return
        done = self.deliver(request)
        self.model.rows.remove(old)
        self.put(
            Row(
                id=done.added[0].id,
                act_id=done.act_id,
                by=old.by,
                patient=new_name,
                month=new_month,
                minutes=new_minutes,
                instead_of=old,
            )
        )

    @rule(by=staff)
    def undo_last(self, by: str) -> None:
        own = [row for row in self.model.rows if row.by == by]
        self._undo(by, own[-1].act_id if own else None, named=False)

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def undo_named(self, data: st.DataObject) -> None:
        row = data.draw(st.sampled_from(self.known))
        self._undo(row.by, row.act_id, named=True)

    def _undo(self, by: str, act_id: str | None, *, named: bool) -> None:
        key = self.key()
        gone = [row for row in self.model.rows if row.act_id == act_id]

        def request() -> Done | None:
            return self.office.undo(act_id if named else None, by=by, key=key)

        if not gone or self.refuses(*(each.month for row in gone for each in (row, row.instead_of) if each)):
            with pytest.raises((NothingToUndo, Refused)):
                request()
            return
        done = self.deliver(request)
        assert act_id is not None
        again = self.model.undo(act_id)
        for entry, old in zip(done.added, again, strict=True):
            self.put(
                Row(id=entry.id, act_id=done.act_id, by=by, patient=old.patient, month=old.month, minutes=old.minutes)
            )

    @precondition(lambda self: self.delivered)
    @rule(data=st.data())
    def redeliver(self, data: st.DataObject) -> None:
        assert data.draw(st.sampled_from(self.delivered))() is None

    @rule(closed=st.booleans())
    def close(self, closed: bool) -> None:
        self.is_closed = closed
        self.office.close(FEBRUARY if closed else None)

    @invariant()
    def totals_agree(self) -> None:
        for name in ("lopez", "nguyen"):
            for of in DAYS:
                assert self.office.total(name, of) == self.model.total(name, of)


def offices(database: Database, keyring: Keyring, clock: HandClock) -> Callable[[], LedgerMachine]:
    """A machine with a practice of its own for every example."""
    numbers = itertools.count()

    def machine() -> LedgerMachine:
        practice_id = add_practice(database, f"practice{next(numbers)}", clock.now)
        office = Office.furnished(database, keyring, practice_id, clock)
        office.hire("cora")
        return LedgerMachine(office)

    return machine


def test_the_ledger_agrees_with_the_model(sqlite_database: Database, keyring: Keyring, clock: HandClock) -> None:
    run_state_machine_as_test(offices(sqlite_database, keyring, clock), settings=QUICK)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_the_ledger_agrees_with_the_model_for_long(database: Database, keyring: Keyring, clock: HandClock) -> None:
    run_state_machine_as_test(offices(database, keyring, clock), settings=SOAK)
