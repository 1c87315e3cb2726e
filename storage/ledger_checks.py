"""What must hold before a row of time is written; each check speaks to the person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import Connection, RowMapping, bindparam, select

from ccm.billing import live
from ccm.errors import Duplicate, NotAllowed, NothingToUndo, Refused, UnknownPatient
from ccm.months import ServiceMonth
from ccm.readings import EntryDraft
from ccm.records import TimeEntry
from storage import acts, ledger_rows
from storage.acts import Request
from storage.prepared import Prepared
from storage.schema import patient

SAME_AGAIN = timedelta(minutes=10)
"""Within this time an identical entry asks; later it is stored and needs a look (decisions.md 5)."""
LONG = 60
"""Minutes above which an entry is flagged; a person has confirmed it by then."""
_PATIENT = Prepared(
    select(patient.c.id).where(
        patient.c.practice_id == bindparam("practice_id"), patient.c.id == bindparam("patient_id")
    )
)


def check(connection: Connection, request: Request, draft: EntryDraft) -> None:
    """Raise unless the row is whole, of an open month, not ahead of today, by someone then on staff, for a patient."""
    if draft.patient is None or draft.minutes is None or draft.day is None:
        raise Refused("Something of that entry is still open.", hint="Nothing was saved.")
    if not 0 < draft.minutes < 24 * 60:
        raise Refused("An entry has at least 1 minute and less than a day.", hint="Nothing was saved.")
    if draft.day > request.today:
        raise Refused("That day is still ahead.", hint="Nothing was saved. Log care time on or after the day itself.")
    if request.actor.credential_on(draft.day) is None:
        raise Refused(
            "You were not on the staff list on that day.",
            hint="Nothing was saved. Your administrator keeps the dates of your credential.",
        )
    open_month(request, draft.day)
    if _PATIENT.first(connection, {"practice_id": request.practice.id, "patient_id": draft.patient}) is None:
        raise UnknownPatient("No patient of this practice is meant.", hint="Nothing was saved.")


def open_month(request: Request, day: date) -> None:
    """Raise Refused when the day's month is closed."""
    closed = request.practice.closed_through
    if closed is not None and ServiceMonth.of(day) <= closed:
        raise Refused(
            "That month is closed.", hint="Nothing was saved. A supervisor can approve a late correction or reopen it."
        )


def flags(request: Request, draft: EntryDraft, standing: Iterable[TimeEntry], *, confirmed: bool) -> frozenset[str]:
    """What is said aloud with the entry; raises Duplicate when the same was logged moments ago and not confirmed."""
    found = set()
    assert draft.day is not None  # checked before
    assert draft.minutes is not None
    if ServiceMonth.of(draft.day) < ServiceMonth.of(request.today):
        found.add("late")
    if draft.minutes > LONG:
        found.add("over_60")
    twins = [entry for entry in live(standing) if _is_twin(request, draft, entry)]
    if twins and confirmed:
        found.add("confirmed")
    elif any(e.entered_at and request.at - e.entered_at < SAME_AGAIN for e in twins):
        raise Duplicate("You logged the same entry moments ago.", hint="Nothing was saved now. Was this a second one?")
    elif twins:
        found.add("duplicate")
    return frozenset(found)


def _is_twin(request: Request, draft: EntryDraft, entry: TimeEntry) -> bool:
    return (entry.staff_id, entry.day, entry.minutes, entry.activity) == (
        request.actor.staff_id, draft.day, draft.minutes, draft.activity,
    )  # fmt: skip


def own_act(connection: Connection, request: Request, act_id: str) -> None:
    """Raise unless the act is this practice's and this person's."""
    row = acts.get_act(connection, request.practice.id, act_id)
    if row is None:
        raise _not_there()
    if row.staff_id != request.actor.staff_id:
        raise _not_yours()


def own_row(connection: Connection, request: Request, entry_id: str) -> RowMapping:
    """A ledger row; raises unless it is this practice's and this person's."""
    row = ledger_rows.find(connection, request.practice.id, entry_id)
    if row is None:
        raise _not_there()
    if request.actor.staff_id not in (row["staff_id"], row["entered_by_id"]):
        raise _not_yours()
    return row


def _not_there() -> NothingToUndo:
    return NothingToUndo("That entry is not there.", hint="Nothing was changed.")


def _not_yours() -> NotAllowed:
    return NotAllowed("That entry is a colleague's.", hint="Nothing was changed. Ask the person who logged it.")
