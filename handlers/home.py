"""App Home: one's own day in counts. No name, no code, no patient stands here (modals and Home are not messages)."""

from __future__ import annotations

from typing import Any

from ccm.months import ServiceMonth
from handlers.answers import Block, actions, button, says, small
from handlers.turns import Desk, Turn
from storage import looks

LOG = "home.log"


def view(desk: Desk, turn: Turn) -> dict[str, Any]:
    """The person's Home as a view."""
    month = ServiceMonth.of(turn.today)
    with desk.database.read() as connection:
        practice_id, staff_id = turn.snapshot.practice.id, turn.actor.staff_id
        entries = looks.own_entries(connection, practice_id, staff_id, month.first, turn.today)
    day = [entry for entry in entries if entry.day == turn.today]
    patients = len({entry.patient_id for entry in entries})
    blocks: list[Block] = [
        {"type": "header", "text": {"type": "plain_text", "text": "Your care time"}},
        {
            "type": "section",
            "fields": [
                _figure("Today", f"{sum(e.minutes for e in day)} min", _counted(len(day), "entry", "entries")),
                _figure(
                    f"{month.first:%B}",
                    f"{sum(e.minutes for e in entries)} min",
                    _counted(patients, "patient", "patients"),
                ),
            ],
        },
        actions(button("Log time", LOG, "new", style="primary")),
        {"type": "divider"},
        says("Write to me in *Messages*, or type `/ccm` anywhere it is allowed:"),
        says("`/ccm log 12m med rec Lopez`\n`/ccm today`\n`/ccm undo`\n`/ccm help`"),
        small("Home shows counts only. Patients stand in messages you ask for."),
    ]
    if not entries:
        blocks.insert(2, small("Nothing logged this month yet. The first entry is one line away."))
    return {"type": "home", "blocks": blocks}


def stranger_view() -> dict[str, Any]:
    """What somebody sees who is not on the staff list."""
    return {"type": "home", "blocks": [says("I can only work with people on this practice's staff list.")]}


def _figure(label: str, value: str, beside: str) -> Block:
    return {"type": "mrkdwn", "text": f"*{label}*\n{value} · {beside}"}


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
