"""One patient's month: `/ccm patient Lopez`, "how many minutes does Lopez have?"."""

from __future__ import annotations

from sqlalchemy import Connection

from ccm.access import Action, demand
from ccm.billing import PatientMonth
from ccm.errors import UnknownPatient
from ccm.months import ServiceMonth
from ccm.readings import Reading
from handlers.answers import Answer, actions, button, plainly, says, small
from handlers.cards import entry_list, month_line, plain_who, who
from handlers.conduct import conduct, look, say
from handlers.log import understand
from handlers.turns import Desk, Turn
from storage import looks

SHOW = "patient.show"
MOST_CANDIDATES = 20


def patient(desk: Desk, turn: Turn, rest: str) -> Answer:
    """The verb: what follows names the patient."""
    if not rest.strip():
        return say(desk, turn, plainly("Say whose month: a name, an MRN or a code, as in `/ccm patient Lopez`."))
    return status(desk, turn, understand(turn, f"status {rest}"))


def status(desk: Desk, turn: Turn, reading: Reading) -> Answer:
    """The month of the patient the sentence is about; asks when several are meant."""
    if reading.patient is None:
        return _which(desk, turn, reading)
    month = ServiceMonth.parse(reading.month) if reading.month else ServiceMonth.of(turn.today)
    return show(desk, turn, reading.patient, month)


def show(desk: Desk, turn: Turn, patient_id: str, month: ServiceMonth) -> Answer:
    """The card; the look itself is audited."""

    def work(connection: Connection) -> Answer:
        demand(turn.actor, Action.SEE_PATIENT)
        if turn.snapshot.roster.get(patient_id) is None:
            raise UnknownPatient("No patient of this practice is meant.", hint="Try a name, an MRN or a code.")
        entries, counted = looks.patient_month(connection, desk.keyring, turn.request(), patient_id, month)
        blocks = (
            says("*Patient's month*"),
            says(f"{who(turn.snapshot, patient_id)}\n{month_line(month, counted)}"),
            small(_by_role(counted)),
            *entry_list(turn.snapshot, entries, turn.today),
        )
        return Answer(text="A patient's month", blocks=blocks)

    return conduct(desk, turn, work)


def _by_role(counted: PatientMonth) -> str:
    parts = [f"clinical staff {counted.staff_minutes} min", f"billing practitioner {counted.qhp_minutes} min"]
    return " · ".join([*parts, f"{counted.entries} {'entry' if counted.entries == 1 else 'entries'}"])


def _which(desk: Desk, turn: Turn, reading: Reading) -> Answer:
    """Several match, or none; who may see no patient learns neither."""
    candidates = reading.ask.candidates[:MOST_CANDIDATES] if reading.ask else ()

    def work(_connection: Connection) -> Answer:
        demand(turn.actor, Action.SEE_PATIENT)
        if not candidates:
            return plainly("I found no such patient in this practice. Try the full name, the MRN or the code.")
        buttons = [button(plain_who(turn.snapshot, each), f"{SHOW}.{n}", each) for n, each in enumerate(candidates)]
        head = says("*More than one patient matches. Which one?*")
        return Answer(text="Which patient?", blocks=(head, actions(*buttons)))

    return look(desk, turn, work)
