"""Where codes are the rule (the default), no name ever leaves the record: staff type it, the answer shows the code."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from sandbox import Person
from storage import practices
from tests.scenarios.office import Office
from tests.scenarios.privacy import EXAMPLES, NAMED


@pytest.fixture(params=["code", "initials"])
def coded(office: Office, request: pytest.FixtureRequest) -> Iterator[Office]:
    with office.bot.database.begin() as connection:
        connection.execute(text("UPDATE practice SET display = :display"), {"display": request.param})
        practices.bump_staff(connection, office.practice_id)
    yield office
    said = [one.body["ack"] for one in office.slack.traffic if one.dir == "slack→bot"]
    posted = [one.body["args"] for one in office.slack.traffic if one.dir == "bot→slack"]
    assert not NAMED.search(EXAMPLES.sub("", str([said, posted])))


@pytest.mark.parametrize(
    "words",
    ["log 12m med rec Lopez", "log 12m med rec Jensen", "patient Lopez", "patient Jensen", "log 12m med rec Smith",
     "12 min med rec Lopez and 5 min call Chen", "log 0m Lopez", "today", "help"],
)  # fmt: skip
def test_no_name_is_shown(coded: Office, nina: Person, words: str) -> None:
    nina.types("/ccm log 7m call Chen")
    nina.types(f"/ccm {words}")
    nina.types(words)
    nina.opens_home()

    coded.settles()
    assert nina.messages()


def test_the_code_stands_for_the_patient(coded: Office, nina: Person) -> None:
    nina.types("/ccm log 12m med rec Lopez")

    receipt = nina.sees("Saved", new=True)
    assert receipt.has(coded.code("Lopez"))


def test_namesakes_are_offered_by_code(coded: Office, nina: Person) -> None:
    nina.types("12 min med rec Jensen")
    nina.sees("Which one?", new=True)

    nina.clicks(coded.code("Jensen", "Karen"))

    nina.sees("Saved", new=True)
    assert [entry.patient_id for entry in coded.entries()] == [coded.patient("Jensen", "Karen")]
