"""A question waits thirty minutes for the person it was put to, and for nobody else."""

from __future__ import annotations

import pytest

from storage import drafts
from storage.schema import draft
from tests.conftest import HandClock
from tests.storage.office import Office
from tests.storage.test_races import together


def put(office: Office, key: str = "cmd:q", text: str = "12m Lopez", by: str = "nina") -> str:
    request = office.request(by, key)
    with office.database.begin() as connection:
        return drafts.put(connection, office.keyring, request, text)


def get(office: Office, draft_id: str, by: str = "nina") -> str | None:
    request = office.request(by)
    with office.database.read() as connection:
        return drafts.get(connection, office.keyring, request, draft_id)


def test_a_question_keeps_its_state(office: Office) -> None:
    assert get(office, put(office)) == "12m Lopez"


def test_the_same_request_again_gets_the_same_question(office: Office) -> None:
    first = put(office)

    assert put(office, text="something else") == first
    assert get(office, first) == "12m Lopez"


def test_another_request_gets_another_question(office: Office) -> None:
    assert put(office) != put(office, "cmd:other")


def test_the_same_request_delivered_at_once_gets_one_question(office: Office) -> None:
    office.actor("nina")

    found = together(*(lambda: put(office) for _ in range(4)))

    assert len(set(found)) == 1
    assert office.size(draft) == 1


@pytest.mark.parametrize(
    ("minutes", "is_there"), [pytest.param(29.9, True, id="just in time"), pytest.param(30, False, id="too late")]
)
def test_it_waits_thirty_minutes(office: Office, clock: HandClock, minutes: float, is_there: bool) -> None:
    draft_id = put(office)
    clock.advance(minutes=minutes)

    assert (get(office, draft_id) is not None) is is_there


@pytest.mark.parametrize("by", ["cora", "doc"])
def test_a_colleague_cannot_answer_it(office: Office, by: str) -> None:
    assert get(office, put(office), by) is None


def test_a_question_nobody_asked_is_none(office: Office) -> None:
    assert get(office, "0123456789abcdef01234567") is None


def test_what_is_over_is_erased_and_the_rest_stays(office: Office, clock: HandClock) -> None:
    old = put(office)
    clock.advance(minutes=20)
    young = put(office, "cmd:young")
    clock.advance(minutes=10)

    with office.database.begin() as connection:
        assert drafts.erase_old(connection, clock.now) == 1
        assert drafts.erase_old(connection, clock.now) == 0

    assert (get(office, old), get(office, young)) == (None, "12m Lopez")


def test_a_request_whose_question_was_erased_may_ask_again(office: Office, clock: HandClock) -> None:
    first = put(office)
    clock.advance(minutes=31)
    with office.database.begin() as connection:
        drafts.erase_old(connection, clock.now)

    second = put(office)

    assert second != first
    assert get(office, second) == "12m Lopez"
