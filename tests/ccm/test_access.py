"""Who may do what: the whole table, and nothing beyond it."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from ccm.access import ALLOWED, Action, demand, may
from ccm.errors import NotAllowed
from ccm.records import Actor, Role

EXPECTED: dict[Role, set[Action]] = {
    Role.MEMBER: {Action.LOG, Action.SEE_OWN, Action.SEE_PATIENT},
    Role.COORDINATOR: {Action.LOG, Action.SEE_OWN, Action.SEE_PATIENT},
    Role.SUPERVISOR: {Action.LOG, Action.SEE_OWN, Action.SEE_PATIENT},
    Role.BILLER: {Action.SEE_PATIENT},
    Role.ADMIN: set(),
}


def actor(*roles: Role) -> Actor:
    return Actor(
        staff_id="s1", practice_id="p1", user_id="U1", name="Nina", roles=frozenset(roles), credentials=()
    )  # fmt: skip


@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)), ids=str)
def test_each_role_may_do_what_the_table_says(role: Role, action: Action) -> None:
    assert may(actor(role), action) is (action in EXPECTED[role])


@pytest.mark.parametrize("action", Action, ids=str)
def test_without_a_role_nothing_is_allowed(action: Action) -> None:
    assert not may(actor(), action)
    with pytest.raises(NotAllowed):
        demand(actor(), action)


@pytest.mark.parametrize(("one", "other"), list(combinations(Role, 2)), ids=str)
def test_several_roles_add_up(one: Role, other: Role) -> None:
    found = {action for action in Action if may(actor(one, other), action)}

    assert found == EXPECTED[one] | EXPECTED[other]


def test_every_action_stands_in_the_table() -> None:
    """An action left out would be an error instead of a refusal."""
    assert set(ALLOWED) == set(Action)
    assert set(EXPECTED) == set(Role)


def test_a_refusal_names_the_action_and_no_person() -> None:
    with pytest.raises(NotAllowed, match="see a patient") as refused:
        demand(actor(Role.ADMIN), Action.SEE_PATIENT)

    assert "Nothing was saved or shown" in refused.value.hint
    assert "Nina" not in f"{refused.value} {refused.value.hint}"
