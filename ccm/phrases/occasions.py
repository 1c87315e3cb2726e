"""Which of the days in a line is the day of the work, and which only dates a lab, a visit, a fall or a call to come."""

from __future__ import annotations

from ccm.phrases import lexicon as lx
from ccm.phrases.day import Day
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.tokens import Line
from ccm.phrases.words_topic import SLUGS
from ccm.phrases.wordsets import word_set

SERVICE, EVENT, DOUBT = "service", "event", "doubt"
_GLUE = word_set("on at the a an for in of was is his her their last again to")
_SINCE = word_set(
    "since until till til by due dob born before after starting effective expires dated drawn thru through "
    "collected every next scheduled"
)
_COMING = word_set(
    "will needs need gonna going scheduled resched rescheduled r/s sched cb rcb callback recheck sees returns "
    "calling tomorrow remind reminder booked"
)
_OWN = word_set("dos entry note log time late service dated today enter logged missed one")
_BREAKS = frozenset((",", ";", "\n", ".", "-", "(", ")", "/", "+", "!", "?"))
_CLAUSE_ENDS = frozenset((",", ";", "\n", ".", "!", "?", "(", ")"))
_RELATIVE = word_set("yesterday yest yday today this last earlier just right")
_STAYS = word_set("ed er hospital hosp snf rehab icu inpatient")
_EVENT_NOUNS = word_set(
    "appt appts appointment appointments visit surgery procedure dialysis discharge d/c admission stay "
    "followup f/u follow-up checkup fall stress infusion clinic eval trip injection chemo transfusion "
    "colonoscopy mammogram mammo colo dexa"
)
_SOFT = word_set("mammo colo dexa mammogram colonoscopy clinic eval injection infusion checkup trip stress chemo")
_TELLING = lx.TOPIC | lx.EVENT | lx.LAB | lx.KIN | lx.PATIENT_DOES


def occasion(line: Line, day: Day, named: frozenset[int]) -> str:
    """Whether the day says when the work was done; `named` tokens are patients' names."""
    before, after = day.start - 1, day.end
    word = word_at(line, before)
    if _is_labelled_service(line, before):
        return SERVICE
    if day.long_ago or word in _SINCE:
        return EVENT
    if line.words[day.end - 1].endswith("'s") or word_at(line, after) == "'":
        return EVENT if sense_at(line, after) & (lx.LAB | lx.EVENT) else DOUBT
    timed = _is_timed(line, day)
    if word in ("for", "from") and before > 0:
        return EVENT if not day.day or sense_at(line, before - 1) & (lx.LAB | lx.EVENT) or not timed else DOUBT
    told = _told_before(line, day, timed, named)
    if told:
        return told
    if not timed and not day.today and _tells_something(line, day, named):
        return EVENT if day.trouble == "ahead" else DOUBT
    return _followed(line, day)


def _is_labelled_service(line: Line, before: int) -> bool:
    step = before
    while step >= 0 and line.words[step] in ("for", "on", ":", "=", "of", "from"):
        step -= 1
    return step >= 0 and line.words[step] in _OWN and (step != before or line.words[step] in ("dos", "enter", "entry"))


def _is_timed(line: Line, day: Day) -> bool:
    """Whether minutes stand in the same clause."""
    return any(
        line.senses[each] & (lx.MINUTE | lx.HOUR) or line.kinds[each] in ("clock", "hours")
        for each in _clause(line, day)
    )


def _clause(line: Line, day: Day) -> list[int]:
    """The other tokens between the marks around the day."""
    start, end = day.start, day.end
    while start > 0 and line.words[start - 1] not in _CLAUSE_ENDS:
        start -= 1
    while end < len(line) and line.words[end] not in _CLAUSE_ENDS:
        end += 1
    return [*range(start, day.start), *range(day.end, end)]


def _tells_something(line: Line, day: Day, named: frozenset[int]) -> bool:
    """Whether the day's own clause, without minutes and patient, speaks of something that happens."""
    own = [place for place in _clause(line, day) if line.kinds[place] == "word"]
    if any(line.senses[place] & lx.KIN or line.words[place] in ("she", "he", "pt", "patient", "they") for place in own):
        return True
    if any(place in named for place in own):
        return day.trouble == "ahead" and len(own) > 2
    if any(line.senses[place] & lx.WORK and not line.senses[place] & lx.EVENT for place in own):
        return day.trouble == "ahead" and len(own) > 1
    return any(line.senses[place] & _TELLING or not line.senses[place] for place in own)


def _of_event(line: Line, day: Day, word: str, *, glued: bool, timed: bool, named: frozenset[int]) -> str:
    """How surely an event's word before the day owns it."""
    if glued:
        return DOUBT if word in _SOFT else EVENT
    if any(place in named for place in _clause(line, day)):
        return "" if line.words[day.end - 1] in ("ago", *_RELATIVE) else DOUBT
    return DOUBT if timed else EVENT


def _told_before(line: Line, day: Day, timed: bool, named: frozenset[int]) -> str:
    """An event named shortly before the day, in the same clause."""
    before, glued = day.start - 1, True
    for back in range(before, max(before - 6, -1), -1):
        word, sense = line.words[back], line.senses[back]
        if word in _BREAKS or sense & (lx.MINUTE | lx.HOUR):
            return ""
        if word in _COMING and (glued or sense & lx.PLAN):
            return EVENT
        if word in ("recheck", "repeat", "redo", "scheduled", "booked", "rescheduled", "sched"):
            return DOUBT if timed else EVENT
        if sense & lx.EVENT or word in _EVENT_NOUNS or (glued and word in _STAYS):
            if word in ("f/u", "follow-up", "followup"):
                return DOUBT if glued else ""
            return _of_event(line, day, word, glued=glued, timed=timed, named=named)
        if sense & (lx.WORK | lx.CHANNEL):
            return ""
        if glued and sense & lx.LAB and word_at(line, before) != "on" and line.kinds[before + 1] == "num":
            return DOUBT
        glued = glued and _is_glue(word, sense)
    return ""


def _is_glue(word: str, sense: int) -> bool:
    return word in _GLUE or bool(sense & (lx.CLINICIAN | lx.PLACE | lx.WITH)) or SLUGS.get(word) == "care_coordination"


def _followed(line: Line, day: Day) -> str:
    """A noun right behind the day may own it: "9/20 appt", "11/2 A1c"."""
    place = day.end
    word, sense = word_at(line, place), sense_at(line, place)
    second = word_at(line, place + 1)
    named = (
        {word, second}
        if word in ("ed", "er", "pcp", "eye", "cardiology", "cards", "hospital", "snf", "wellness")
        else {word}
    )
    if named & _EVENT_NOUNS and line.words[day.start] not in _RELATIVE:
        return DOUBT if day.day else EVENT
    if sense & lx.LAB and line.kinds[day.start] in ("num", "full", "iso"):
        return DOUBT
    return SERVICE
