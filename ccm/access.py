"""Who may do what (product.md section 7). Denies unless a row of the table allows."""

from __future__ import annotations

from enum import StrEnum

from ccm.errors import NotAllowed
from ccm.records import Actor, Role


class Action(StrEnum):
    """What a request does, as far as rights go."""

    LOG = "log"
    SEE_OWN = "see own entries"
    SEE_PATIENT = "see a patient"


_CARE = frozenset({Role.MEMBER, Role.COORDINATOR, Role.SUPERVISOR})
ALLOWED: dict[Action, frozenset[Role]] = {
    Action.LOG: _CARE,
    Action.SEE_OWN: _CARE,
    Action.SEE_PATIENT: _CARE | {Role.BILLER},
}


def may(actor: Actor, action: Action) -> bool:
    """Whether one of the person's roles covers the action."""
    return bool(actor.roles & ALLOWED[action])


def demand(actor: Actor, action: Action) -> None:
    """Raise NotAllowed unless `may`."""
    if not may(actor, action):
        raise NotAllowed(
            f"Your role does not include this ({action.value}).",
            hint="Nothing was saved or shown. Your administrator can change your role.",
        )
