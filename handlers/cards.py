"""Cards: receipts, a person's day, a patient's month. Built from plain values; Slack's limits are named here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ccm.activities import label
from ccm.billing import FIRST_STEP, PatientMonth
from ccm.months import ServiceMonth
from ccm.records import TimeEntry
from ccm.roster import RosterPatient
from ccm.verdicts import Standing, verdict
from handlers.answers import Answer, Block, actions, button, escape, says, small
from storage.directory import Snapshot
from storage.ledger import Done

UNDO, EDIT = "undo.click", "edit.open"
LABEL_MOST = 75
"""Characters on a button."""
SECTION_MOST = 2900
"""Characters in a paragraph, a little under Slack's 3,000."""
MOST_LINES = 20
"""Entries shown one by one in a card: well under Slack's 50 blocks and 13,200 characters a message."""
_HEADS = {"log": "Saved", "undo": "Undone", "edit": "Changed"}


def who(snapshot: Snapshot, patient_id: str) -> str:
    """A patient as this practice's display policy allows in a message; the code always stands beside."""
    patient = snapshot.roster.get(patient_id)
    if patient is None:
        return "a former patient"
    match snapshot.practice.display:
        case "name":
            return f"*{escape(full_name(patient))}* ({patient.code})"
        case "initials":
            return f"*{escape(patient.first[:1] + patient.last[:1])}* ({patient.code})"
        case _:
            return f"*{patient.code}*"


def plain_who(snapshot: Snapshot, patient_id: str) -> str:
    """The same for a button: plain text, and at most 75 characters with the code kept whole."""
    patient = snapshot.roster.get(patient_id)
    if patient is None:
        return "a former patient"
    named = {"name": full_name(patient), "initials": patient.first[:1] + patient.last[:1]}
    code = patient.code
    shown = named.get(snapshot.practice.display, "")
    return f"{shown[: LABEL_MOST - len(code) - 3]} ({code})" if shown else code


def full_name(patient: RosterPatient) -> str:
    """First, last and suffix, as written on the roster."""
    return " ".join(part for part in (patient.first, patient.last, patient.suffix) if part)


def day_text(day: date, today: date) -> str:
    """A service date as people say it; a calendar day, never an instant."""
    match (today - day).days:
        case 0:
            return "today"
        case 1:
            return "yesterday"
        case _:
            written = f"{day:%a %b} {day.day}"
            return written if day.year == today.year else f"{written}, {day.year}"


def month_name(month: ServiceMonth) -> str:
    """ "November 2026"."""
    return f"{month.first:%B %Y}"


def line(snapshot: Snapshot, entry: TimeEntry, today: date) -> str:
    """One entry read back, with what its minutes are worth when they do not simply count."""
    parts = [
        f"*{entry.minutes} min*",
        label(entry.activity),
        who(snapshot, entry.patient_id),
        day_text(entry.day, today),
    ]
    found = verdict(entry)
    if found.standing is not Standing.COUNTS:
        rule = f" ({found.rule})" if found.rule else ""
        parts.append(f"_{found.standing.value}: {found.because}{rule}_")
    if "late" in entry.flags:
        parts.append("_late entry_")
    return " · ".join(parts)


def month_line(month: ServiceMonth, counted: PatientMonth) -> str:
    """A patient-month in one line: total, way to the first code, what stands beside it."""
    if counted.minutes_to_next is None:
        total = f"{month_name(month)}: *{counted.counted} min*, the first {FIRST_STEP} are reached"
    else:
        total = f"{month_name(month)}: *{counted.counted} of {FIRST_STEP} min*, {counted.minutes_to_next} to go"
    if counted.review_minutes:
        total += f" (+ {counted.review_minutes} in review)"
    if counted.other_minutes:
        total += f" (+ {counted.other_minutes} that do not count)"
    return total


def receipt(snapshot: Snapshot, done: Done, today: date) -> Answer:
    """What an act did, read back: entries, month totals, Undo and Edit."""
    head = _HEADS[done.kind]
    shown = done.added or done.removed
    blocks: list[Block] = [says(f":white_check_mark: *{head}*")]
    struck = "" if done.added else "~"
    blocks += [_entry_block(snapshot, entry, today, struck, alone=len(shown) == 1) for entry in shown[:MOST_LINES]]
    if len(shown) > MOST_LINES:
        blocks.append(small(f"and {len(shown) - MOST_LINES} more"))
    blocks += _month_blocks(snapshot, done, alone=len(shown) == 1)
    if done.added and done.kind != "undo":
        buttons = [button("Undo", UNDO, done.act_id)]
        if len(shown) == 1:
            buttons.append(button("Edit", EDIT, shown[0].id))
        blocks.append(actions(*buttons))
    return Answer(text=f"{head}: CCM time", blocks=tuple(blocks))


def _entry_block(snapshot: Snapshot, entry: TimeEntry, today: date, struck: str, *, alone: bool) -> Block:
    text = line(snapshot, entry, today)
    block = says(f"Taken out: {text}" if struck else text)
    if not alone and not struck:
        block["accessory"] = button("Edit", EDIT, entry.id)
    return block


def _month_blocks(snapshot: Snapshot, done: Done, *, alone: bool) -> list[Block]:
    lines = []
    for (patient_id, month), counted in sorted(done.months.items())[:MOST_LINES]:
        prefix = "" if alone and len(done.months) == 1 else f"{who(snapshot, patient_id)} · "
        lines.append(prefix + month_line(month, counted))
    return [small(part) for part in paragraphs(lines)]


def entry_list(snapshot: Snapshot, entries: Sequence[TimeEntry], today: date) -> list[Block]:
    """Entries one under the other, newest last."""
    shown = entries[-MOST_LINES:]
    left = len(entries) - len(shown)
    head = [small(f"{left} earlier ones are not shown")] if left else []
    return head + [says(part) for part in paragraphs(f"• {line(snapshot, entry, today)}" for entry in shown)]


def paragraphs(lines: Iterable[str]) -> list[str]:
    """Lines joined to as few paragraphs as Slack's limit allows."""
    parts: list[str] = []
    for each in lines:
        if parts and len(parts[-1]) + len(each) < SECTION_MOST:
            parts[-1] += f"\n{each}"
        else:
            parts.append(each)
    return parts
