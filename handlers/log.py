"""`/ccm log` and the sentences that mean it."""

from __future__ import annotations

from ccm import phrases
from ccm.readings import EntryDraft, Intent, Reading
from handlers.answers import Answer, plainly
from handlers.conduct import say
from handlers.pending import Pending
from handlers.questions import question, store, with_question
from handlers.turns import Desk, Turn

HOW = "Say minutes, patient and what it was, for example: `/ccm log 12m med rec Lopez`."


def understand(turn: Turn, text: str, last_patient: str | None = None) -> Reading:
    """Read a sentence against this practice's roster, on the clinic's clock."""
    return phrases.understand(
        text,
        roster=turn.snapshot.roster,
        now=turn.local,
        closed_through=turn.snapshot.practice.closed_through,
        last_patient=last_patient,
    )


def log(desk: Desk, turn: Turn, rest: str) -> Answer:
    """The verb: what follows it is read as time, whatever it may look like otherwise."""
    reading = understand(turn, f"log {rest}")
    if reading.intent is not Intent.LOG:
        return say(desk, turn, plainly(f"I could not read minutes and a patient in that. Nothing was saved. {HOW}"))
    return log_reading(desk, turn, reading)


def log_reading(desk: Desk, turn: Turn, reading: Reading) -> Answer:
    """Store what is clear, ask about what is not."""
    if reading.ask is None:
        return store(desk, turn, Pending.of(turn, reading.entries))
    rest = reading.draft or (EntryDraft(),)
    pending = Pending.of(turn, rest, reading.ask)
    if not reading.entries:
        return question(desk, turn, pending)
    return with_question(desk, turn, pending, store(desk, turn, Pending.of(turn, reading.entries)))
