"""The plainest logs ("log 12m med rec Lopez") read in one pass; `None` leaves every other line to the full grammar.

Nothing here may read a line otherwise than the full grammar does: a line is plain only where each of its words has
one known effect, and `tests/ccm/test_phrases_plain.py` holds both readings against one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from ccm.months import ServiceMonth
from ccm.names import squash
from ccm.phrases.findings import plain_amount
from ccm.phrases.occasions import SERVICE, occasion
from ccm.phrases.said_days import said
from ccm.phrases.tokens import Line
from ccm.phrases.topics import activity_of
from ccm.phrases.words_spoken import SPOKEN
from ccm.phrases.wordsets import word_set
from ccm.readings import EntryDraft, Intent, Reading
from ccm.roster import Roster, RosterPatient, called

LONGEST_LINE = 14
"""Tokens; a longer line is no plain log."""
MOST_NAMESAKES = 8
"""Patients of one surname looked through for a first name."""
FILLERS = word_set(
    "med meds medication medications medicine medicines refill refills rx prescription prescriptions pharmacy insulin "
    "pill phone call calls called spoke talked portal message messages lab labs result results goal goals education "
    "teaching diet nutrition referral referrals coordination insurance records equipment transportation housing "
    "vaccine flu symptoms chart note notes documentation review reviewed with re regarding for about on the "
    "and"
)
"""Words that tell the activity or join, and do nothing else."""
SMALL = word_set("care rec plan w/")
"""The same, where written small: with a capital they could be a name, or an initial."""
_BEHIND = {"rec": "med", "plan": "care"}
"""Words that are plain only right behind another."""
_UNITS = word_set("m min mins minute minutes")
_UNSURE = word_set("for about")
"""Before the minutes they may make an order ("call Lopez for 12m") or an estimate."""
_DAYS = word_set("today yesterday")
_MINUTES = {str(minutes): minutes for minutes in range(1, 61)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the minutes, the names and the day of a plain line stand; `day` is -1 where none is said."""

    amount: int
    names: tuple[int, ...]
    day: int


def read_plain(line: Line, roster: Roster, now: datetime, closed_through: ServiceMonth | None) -> Reading | None:
    """The entry of a plain log, the very one the full grammar reads; None when the line is not plain."""
    places = _places(line, roster)
    patient = _patient(line, roster, places.names) if places else None
    if not places or not patient:
        return None
    amount = plain_amount(line, places.amount)
    if not amount or amount.trouble:
        return None
    day = _day(line, places, now.date())
    if not day or (closed_through is not None and ServiceMonth.of(day) <= closed_through):
        return None
    skip = frozenset((*places.names, places.amount, places.amount + 1, places.day))
    activity = activity_of(line, 0, len(line), skip)
    draft = EntryDraft(patient=patient.id, minutes=amount.minutes, day=day, activity=activity)
    return Reading(intent=Intent.LOG, entries=(draft,))


def _places(line: Line, roster: Roster) -> Places | None:
    """Where everything stands; None when a word is none of a plain log's."""
    words, kinds, known = line.words, line.kinds, roster.known
    if not 3 <= len(words) <= LONGEST_LINE or kinds.count("num") != 1 or kinds.count("word") != len(words) - 1:
        return None
    amount, named, day = kinds.index("num"), [], -1
    if words[amount] not in _MINUTES or amount + 1 == len(words) or words[amount + 1] not in _UNITS:
        return None
    if words[0] == "and" or words[amount - 1] in _UNSURE:
        return None
    for place, word in enumerate(words):
        if word in FILLERS or word in SMALL or (word == "log" and not place):
            if word.removesuffix("/") in known or not _is_in_order(line, place):
                return None
        elif word in _DAYS and place and day < 0:
            day = place
        elif place not in (amount, amount + 1):
            named.append(place)
    if len(named) > 2 or not _is_apart(words, roster):
        return None
    return Places(amount=amount, names=tuple(named), day=day)


def _is_in_order(line: Line, place: int) -> bool:
    """Whether the word stands and is written as it must to be plain."""
    word = line.words[place]
    if word in SMALL and line.written[place] != word:
        return False
    return word not in _BEHIND or line.words[place - 1 : place] == (_BEHIND[word],)


def _is_apart(words: tuple[str, ...], roster: Roster) -> bool:
    """Whether no two neighbours together are a first name ("Mary Ann", "re Gina")."""
    firsts = roster.by_first
    return not any(one + two in firsts for one, two in pairwise(words))


def _patient(line: Line, roster: Roster, places: tuple[int, ...]) -> RosterPatient | None:
    """The one patient of a surname nobody shares, or of a first name and surname that fit one another."""
    names = [line.words[place] for place in places]
    if not names or any(line.senses[place] for place in places) or not all(_is_simple(name, roster) for name in names):
        return None
    patients = roster.by_last.get(names[-1], ())
    if names[-1] in roster.by_first:
        return None
    if len(names) == 1:
        return patients[0] if len(patients) == 1 else None
    if places[1] != places[0] + 1 or names[0] in roster.by_last or len(patients) > MOST_NAMESAKES:
        return None
    return _called(names[0], patients)


def _is_simple(name: str, roster: Roster) -> bool:
    """Whether a word can be nothing but one whole first name or surname."""
    return (
        len(name) > 2
        and name.isalpha()
        and name not in SPOKEN
        and name not in roster.heads
        and name not in roster.by_piece
    )


def _called(first: str, patients: tuple[RosterPatient, ...]) -> RosterPatient | None:
    """The only one of `patients` who goes by `first`, where nobody else has the same first name on paper."""
    fits = [each for each in patients if first in called(each)]
    if len(fits) != 1 or sum(squash(each.first) == squash(fits[0].first) for each in patients) > 1:
        return None
    return fits[0]


def _day(line: Line, places: Places, today: date) -> date | None:
    """Today, or the day said where it is surely the day of the work."""
    if places.day < 0:
        return today
    day = said(line, places.day, today)
    if not day or day.end != places.day + 1 or occasion(line, day, frozenset(places.names)) != SERVICE:
        return None
    return day.day
