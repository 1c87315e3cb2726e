"""A slow or locked record: an honest answer in time; "not saved" only if not saved, "not known" and then the truth."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import pytest

from bot import socket
from sandbox import Person
from sandbox.delivery import Delivery
from storage import ledger
from tests.scenarios.office import Office

BUSY = "The record is not reachable right now."
LATE = "It is not known yet whether it is saved"


def test_while_another_process_holds_the_record_everybody_is_told_in_time(office: Office) -> None:
    """A message used to be acked too late, delivered again and saved after all; a form used to close, its words lost.

    A button's receipt used to give way to the apology.
    """
    nina, cora, sam, drew = map(office.person, ("nina", "cora", "sam", "drew"))
    sam.types("/ccm")
    sam.chooses("Patient", office.code("Lopez"), typed="lop")
    sam.fills(Minutes="15", Note="went through the list")
    drew.types("7 min call Chen")
    drew.sees("Saved", new=True)

    with office.locked():
        command, message, _, click = _at_once(
            lambda: nina.types("/ccm log 12m med rec Lopez"),
            lambda: cora.types("5 min call Lopez"),
            sam.submits,
            lambda: drew.clicks("Undo"),
        )
        for person in (nina, cora, drew):
            assert person.sees(BUSY, new=True).has("Nothing was saved.")
    office.settles()

    assert all(one.acked_after is not None and one.acked_after < 2.8 for one in (command, message, click))
    assert message.attempts == 1
    assert len([one for one in cora.messages() if one.has(BUSY)]) == 1
    assert sam.modal is not None
    assert BUSY in " ".join(sam.field_errors.values())
    assert drew.sees("Saved").buttons == ["Undo", "Edit"]
    assert office.minutes() == [7]
    sam.submits()
    sam.sees("15 min", new=True)
    drew.clicks("Undo")
    drew.sees("Undone", new=True)
    nina.types("/ccm log 12m med rec Lopez")
    assert sorted(office.minutes()) == [12, 15]


def _at_once(*acts: Callable[[], Delivery | None]) -> list[Delivery]:
    with ThreadPoolExecutor(len(acts)) as pool:
        return [done for each in [pool.submit(act) for act in acts] if (done := each.result())]


def test_looks_do_not_wait_for_writers(office: Office, nina: Person) -> None:
    nina.types("/ccm log 12m med rec Lopez")

    with office.locked():
        said = nina.types("/ccm today")
        nina.opens_home()

    nina.sees("Your day: 12 min", new=False)
    assert said is not None
    assert said.acked_after is not None
    assert said.acked_after < 1.0  # a writer would wait for 1.5 s


def test_many_at_once_are_all_told_the_truth_in_time(office: Office) -> None:
    with office.locked():
        sent = _at_once(
            *(partial(office.slack.command, "/ccm", f"log {minutes} min med rec Lopez") for minutes in range(1, 9))
        )
    acked = [(one.acked_after, str(one.ack_payload)) for one in sent]

    office.settles()
    assert all(after is not None and after < 2.9 for after, _ in acked)
    assert all(BUSY in text or LATE in text for _, text in acked)
    nina = office.person("nina")
    told_late = sum(LATE in text for _, text in acked)
    nina.sees(BUSY)
    assert len([one for one in nina.messages() if one.has("Saved")]) == len(office.rows())
    assert len([one for one in nina.messages() if one.has(BUSY)]) == 8 - len(office.rows())
    assert len(nina.messages()) == 8 + told_late


@contextmanager
def _slow(monkeypatch: pytest.MonkeyPatch, seconds: float) -> Iterator[None]:
    prompt = ledger.log

    def slow(*args: object, **more: object) -> object:
        time.sleep(seconds)
        return prompt(*args, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(ledger, "log", slow)
        yield


def test_a_late_answer_is_first_unknown_and_then_the_truth(
    office: Office, nina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _slow(monkeypatch, 2.8):
        said = nina.types("/ccm log 12m med rec Lopez")

        assert said is not None
        assert said.error is None
        nina.sees(LATE, new=True)
        assert office.rows() == []
        nina.sees("Saved", timeout=3)

    assert office.minutes() == [12]
    assert nina.errors == []


def test_typing_again_after_a_late_answer_asks_instead_of_counting_twice(
    office: Office, nina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "DEADLINE_S", 0.2)
    with _slow(monkeypatch, 0.6):
        nina.types("/ccm log 12m med rec Lopez")
        nina.sees(LATE, new=True)
        nina.types("/ccm log 12m med rec Lopez")

        nina.sees("Was this a second one?", timeout=3)

    assert office.minutes() == [12]


def test_the_truth_is_told_though_slack_stumbles(office: Office, nina: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failed post of the late answer used to leave the person with "not known yet" for good."""
    monkeypatch.setattr(socket, "DEADLINE_S", 0.2)
    monkeypatch.setattr(socket, "LATE_PAUSES_S", (0.0, 0.1))
    sent: list[object] = []
    prompt = socket.WebhookClient.send

    def stumbling(self: socket.WebhookClient, **message: object) -> object:
        sent.append(message)
        if len(sent) == 1:
            raise ConnectionResetError
        return prompt(self, **message)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.WebhookClient, "send", stumbling)
    with _slow(monkeypatch, 0.6):
        nina.types("/ccm log 12m med rec Lopez")
        nina.sees("Saved", timeout=3)

    assert len(sent) == 2


def test_a_late_form_does_not_claim_anything_was_done(
    office: Office, nina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that only opens a form used to end with a bare "Done"."""
    monkeypatch.setattr(socket, "DEADLINE_S", 0.2)
    office.slack.faults.put("slow", "views.open", seconds=0.7)

    nina.types("/ccm")

    nina.sees("Nothing was saved.", timeout=3)
    assert nina.modal is not None
