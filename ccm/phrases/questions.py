"""What the program asks back: whole sentences without names or the person's words."""

from __future__ import annotations

from datetime import date

from ccm.phrases.mention import Mention
from ccm.readings import About, Ask

_MINUTES = {
    "": "How many minutes was it?",
    "whole": "Entries are whole minutes. How many whole minutes was it?",
    "zero": "An entry needs at least one minute. How many minutes was it?",
    "negative": "Minutes cannot be less than one. How many minutes was it? To correct an entry, say “make it 12”.",
    "span": "That gives more than one number. How many minutes was it exactly?",
    "bound": "That gives a limit rather than an amount. How many minutes was it exactly?",
    "about": "An estimate is not a record. Is this the number of minutes to save?",
    "shared": "One time for several patients: how many minutes was it for each of them?",
    "unpaired": "I could not tell which minutes belong to which patient. Please send one line for each patient.",
    "mismatch": "The clock times and the minutes do not agree. How many minutes was it?",
    "parts": "The parts and the total do not agree, or I could not tell them apart. How many minutes was it in all?",
    "clock": "I could not tell when this began and ended. How many minutes was it?",
    "bare": "I was not sure which number is the minutes. How many minutes was it?",
}
_DAYS = {
    "ahead": "That day has not come yet. On which day was the work done?",
    "vague": "That does not name one day. On which day was the work done?",
    "either": "That can mean two days. Which one was it?",
    "mismatch": "The weekday and the date do not agree. Which day was it?",
    "impossible": "There is no such day in the calendar. On which day was the work done?",
    "several": "There is more than one day in this. On which day was the work done?",
    "event": "I was not sure whether that day is when the work was done. On which day was it?",
    "later": "That time of day has not come yet today. On which day was it?",
}
_COUNTS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}


def which_patient(mention: Mention | None) -> Ask:
    """Whom the entry is for: a chooser where the roster has candidates."""
    if not mention:
        return Ask(about=About.PATIENT, question="Which patient was this for? A last name, a code or an MRN is enough.")
    ids = tuple(each.id for each in mention.patients)
    if mention.doubt:
        if not ids:
            return Ask(
                about=About.PATIENT, question=("I found no patient by that name in this practice. Who was it for?")
            )
        return Ask(
            about=About.PATIENT,
            question=("I found nobody by exactly that name. Did you mean one of these?"),
            candidates=ids,
        )
    if len(ids) > 1:
        count = _COUNTS.get(len(ids), "Several")
        return Ask(about=About.PATIENT, question=f"{count} patients match. Which one?", candidates=ids)
    if ids:
        return Ask(about=About.PATIENT, question="Is this the patient you mean?", candidates=ids)
    return Ask(about=About.PATIENT, question="I found no patient by that name in this practice. Who was it for?")


def how_many(trouble: str = "", minutes: tuple[int, ...] = ()) -> Ask:
    """How many minutes, saying why they are not taken as written."""
    return Ask(about=About.MINUTES, question=_MINUTES.get(trouble, _MINUTES[""]), minutes=minutes)


def which_day(trouble: str, days: tuple[date, ...] = ()) -> Ask:
    """On which day, saying why it is not taken as written."""
    return Ask(about=About.DATE, question=_DAYS.get(trouble, _DAYS["vague"]), days=days)


def confirm(question: str, *, minutes: tuple[int, ...] = (), days: tuple[date, ...] = ()) -> Ask:
    """A yes or no before anything is stored."""
    return Ask(about=About.CONFIRM, question=question, minutes=minutes, days=days)
