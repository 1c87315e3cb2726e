"""Work told without its minutes, or with a vague amount: asks how many; talk about something else is left alone."""

from __future__ import annotations

import re

from ccm.phrases import lexicon as lx
from ccm.phrases.dating import dated
from ccm.phrases.facts import Facts
from ccm.phrases.layout import Row
from ccm.phrases.mention import FAIR, Mention
from ccm.phrases.openings import opening
from ccm.phrases.people import patients_meant
from ccm.phrases.questions import how_many, which_patient
from ccm.phrases.stance import stance
from ccm.phrases.topics import activity_of
from ccm.phrases.whom import is_clear
from ccm.phrases.wordsets import word_set
from ccm.readings import EntryDraft, Intent, Reading

_VAGUE = re.compile(
    r"\b(?:(?:some|lots? of|a lot of|a bit of|a little|more|extra|long|much|short) time|(?:a |the )?(?:few|couple|"
    r"couple of|several|some|handful of) (?:m|min|mins|minutes|hours?|hrs?)|a while|awhile|ages|forever|"
    r"(?:half|most|part|all|much|rest|chunk) (?:of )?(?:the |my |this )?(?:day|morning|afternoon|evening|shift)|"
    r"(?:all|whole) (?:day|morning|afternoon)|a bit|(?:a )?(?:min|minute|sec|second)s?$)\b"
)
_PAST = word_set(
    "called spoke talked reviewed rev'd revd updated discussed coordinated sent faxed lvm left checked "
    "arranged taught educated counseled refilled helped messaged emailed texted followed reconciled contacted "
    "reached completed finished spent worked went met visited phoned rang charted documented scheduled "
    "ordered did returned answered"
)
_OPENERS = word_set("log logged logging record add note enter put bill chart document track")


def read_unfinished(facts: Facts) -> Reading | None:
    """A question for the minutes when work for a patient is told; None for anything else."""
    line = facts.line
    first = opening(line, 0, len(line))
    if first >= len(line) or any(each.trouble == "others" for each in facts.findings.amounts):
        return None
    people = [
        each for each in patients_meant(line, facts.mentions, 0, len(line)) if each.patients or each.strength >= FAIR
    ]
    if not _is_work(facts, first, people) or stance(line, 0, len(line), len(line), facts.names):
        return None
    row = Row(mention=people[0] if people else None, spent=(), minutes=None, start=0, end=len(line))
    day = dated(facts, [row], 0, len(line))[0]
    activity = activity_of(line, 0, len(line), facts.names | facts.findings.taken)
    known = [each.patients[0].id if is_clear(facts, each) else None for each in people] or [None]
    draft = tuple(EntryDraft(patient=who, day=day.day, activity=activity) for who in dict.fromkeys(known))
    unclear = next((each for each in people if not is_clear(facts, each)), None)
    ask = how_many() if people and not unclear else which_patient(unclear)
    return Reading(intent=Intent.LOG, ask=ask, draft=draft)


def _is_work(facts: Facts, first: int, people: list[Mention]) -> bool:
    line = facts.line
    sure = [each for each in people if each.patients and each.strength >= FAIR]
    if line.words[first] in _OPENERS and first not in facts.names:
        return bool(people) or any(sense & (lx.TOPIC | lx.CHANNEL) for sense in line.senses)
    if not sure:
        return False
    if _VAGUE.search(line.text.lower()):
        return True
    if line.words[first] in _PAST and first not in facts.names:
        return True
    if any(sense & lx.MEASURE for sense in line.senses) and any(kind == "num" for kind in line.kinds):
        return False
    told = any(sense & (lx.TOPIC | lx.CHANNEL) and place not in facts.names for place, sense in enumerate(line.senses))
    return told and len(line) <= 6 and "!" not in line.words
