"""Staff with dated roles and credentials: on every day exactly one credential, and no role that was taken away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ccm.records import Actor, CredentialKind, Role
from storage import people, practices
from tests.conftest import HandClock
from tests.storage.office import Office, user_id

TODAY = date(2026, 3, 10)
RN, OFFICE, MD = CredentialKind.CLINICAL_STAFF, CredentialKind.NON_CLINICAL, CredentialKind.QHP


def hire(
    office: Office, since: date, kind: CredentialKind = RN, roles: Any = (Role.MEMBER,), name: str = "Nina"
) -> str:
    with office.database.begin() as connection:
        return people.add(
            connection, practice_id=office.practice_id, user_id="U0NEW", name=name, roles=roles, kind=kind,
            title=kind.value, since=since, now=office.clock(),
        )  # fmt: skip


def remove(office: Office, last_day: date, who: str = "U0NEW") -> bool:
    with office.database.begin() as connection:
        return people.remove(connection, office.practice_id, who, last_day)


def actor(office: Office, day: date = TODAY) -> Actor | None:
    with office.database.read() as connection:
        return people.actors(connection, office.practice_id, day).get("U0NEW")


def kinds(office: Office, *days: date) -> list[CredentialKind | None]:
    """Which credential is held on each day; never two at once."""
    found = actor(office)
    assert found is not None
    for day in days:
        assert len([each for each in found.credentials if each.covers(day)]) <= 1
    held = [found.credential_on(day) for day in days]
    return [each.kind if each else None for each in held]


def test_a_new_member_has_role_and_credential_from_the_first_day_on(office: Office) -> None:
    hire(office, date(2026, 3, 1))

    assert kinds(office, date(2026, 2, 28), date(2026, 3, 1), date(2030, 1, 1)) == [None, RN, RN]
    assert actor(office, date(2026, 2, 28)).roles == frozenset()  # type: ignore[union-attr]
    assert actor(office).roles == {Role.MEMBER}  # type: ignore[union-attr]


def test_several_roles_at_once_and_one_named_twice(office: Office) -> None:
    hire(office, TODAY, roles=[Role.MEMBER, Role.SUPERVISOR, Role.MEMBER])

    assert actor(office).roles == {Role.MEMBER, Role.SUPERVISOR}  # type: ignore[union-attr]


def test_a_new_credential_ends_the_one_before(office: Office) -> None:
    first = hire(office, date(2026, 1, 1), OFFICE)
    second = hire(office, date(2026, 3, 5), RN, name="Nina Park")

    assert first == second
    assert kinds(office, date(2026, 3, 4), date(2026, 3, 5)) == [OFFICE, RN]
    assert actor(office).name == "Nina Park"  # type: ignore[union-attr]


def test_a_credential_given_again_for_the_same_day_replaces_it(office: Office) -> None:
    hire(office, TODAY, OFFICE)
    hire(office, TODAY, RN)

    assert kinds(office, TODAY - timedelta(days=1), TODAY) == [None, RN]


def test_a_credential_from_an_earlier_day_replaces_a_later_one(office: Office) -> None:
    hire(office, TODAY, OFFICE)
    hire(office, date(2026, 2, 1), RN)

    assert kinds(office, date(2026, 1, 31), date(2026, 2, 1), TODAY) == [None, RN, RN]


def test_a_role_that_starts_tomorrow_does_not_hold_today(office: Office) -> None:
    hire(office, TODAY)
    hire(office, TODAY + timedelta(days=1), roles=[Role.SUPERVISOR])

    assert actor(office).roles == {Role.MEMBER}  # type: ignore[union-attr]
    assert actor(office, TODAY + timedelta(days=1)).roles == {Role.SUPERVISOR}  # type: ignore[union-attr]


def test_who_was_removed_is_nobody_and_may_come_back(office: Office) -> None:
    staff_id = hire(office, date(2026, 1, 1))
    assert remove(office, date(2026, 3, 1))
    assert actor(office) is None

    assert hire(office, date(2026, 3, 8)) == staff_id
    assert kinds(office, date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 8)) == [RN, None, RN]


def test_who_comes_back_on_the_day_she_left_has_the_new_credential(office: Office) -> None:
    """Both credentials held on that day, and the old one was taken: a receptionist's minutes were billed."""
    hire(office, date(2026, 1, 1), RN, roles=[Role.SUPERVISOR])
    remove(office, TODAY)
    hire(office, TODAY, OFFICE, roles=[Role.MEMBER])

    assert kinds(office, TODAY - timedelta(days=1), TODAY) == [RN, OFFICE]
    assert actor(office).roles == {Role.MEMBER}  # type: ignore[union-attr]


def test_a_removal_dated_earlier_still_ends_all(office: Office) -> None:
    hire(office, date(2026, 1, 1))
    remove(office, TODAY)
    remove(office, date(2026, 2, 1))
    hire(office, date(2026, 3, 20))

    assert kinds(office, date(2026, 2, 1), date(2026, 2, 2), TODAY) == [RN, None, None]


def test_who_is_not_on_the_list_is_not_removed(office: Office) -> None:
    assert not remove(office, TODAY, "U0NOBODY")


def test_what_a_removed_colleague_logged_still_counts(office: Office) -> None:
    office.log(12)

    remove(office, TODAY, user_id("nina"))

    assert office.total() == 12


def test_every_change_is_told_to_running_bots(office: Office) -> None:
    def version() -> int:
        with office.database.read() as connection:
            return practices.load(connection, office.practice_id)[1][1]

    seen = [version()]
    for change in (lambda: hire(office, TODAY), lambda: hire(office, TODAY, MD), lambda: remove(office, TODAY)):
        change()
        seen.append(version())

    assert seen == sorted(set(seen))


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 3, 10)], ids=["first", "last"])
def test_the_days_at_both_ends_are_covered(office: Office, day: date, clock: HandClock) -> None:
    hire(office, date(2026, 3, 8))
    remove(office, date(2026, 3, 10))
    hire(office, date(2026, 4, 1))

    assert kinds(office, day) == [RN]
