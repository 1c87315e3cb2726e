"""Which of the days in a line is the day of the work, and which only dates a lab, a visit, a fall or a call to come."""

from __future__ import annotations

from ccm.phrases import lexicon as lx
from ccm.phrases.days import Day
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.tokens import Line
from ccm.phrases.words_topic import SLUGS

SERVICE, EVENT, DOUBT = "service", "event", "doubt"
_GLUE = frozenset("on at the a an for in of was is his her their last back again to".split())
_SINCE = frozenset("since until till til by due dob born before after starting effective expires dated drawn thru through collected every next scheduled".split())
_COMING = frozenset("will needs need gonna going scheduled resched rescheduled r/s sched cb rcb callback recheck sees returns calling tomorrow remind reminder booked".split())
_OWN = frozenset("dos entry note log time late service dated today".split())
_BREAKS = frozenset((",", ";", "\n", ".", "-", "(", ")", "/", "+", "!", "?"))
_CLAUSE_ENDS = frozenset((",", ";", "\n", ".", "!", "?", "(", ")"))
_EVENT_NOUNS = frozenset(
    "appt appts appointment appointments visit surgery procedure dialysis discharge d/c admission stay followup f/u follow-up checkup fall stress infusion clinic eval labs' "
    "trip injection chemo transfusion colonoscopy mammogram".split()
)


def occasion(line: Line, day: Day) -> str:
    """Whether the day says when the work was done."""
    before, after = day.start - 1, day.end
    word = word_at(line, before)
    if _is_labelled_service(line, before):
        return SERVICE
    if word in _SINCE or line.words[day.end - 1].endswith("'s") or word_at(line, after) == "'":
        return EVENT
    if word in ("for", "from") and before > 0:
        return EVENT if not day.day or sense_at(line, before - 1) & (lx.LAB | lx.EVENT) or not _is_timed(line, before) else DOUBT
    told = _told_before(line, before)
    if told:
        return told
    if day.trouble == "ahead" and before > 0 and not _is_timed(line, before) and _tells_something(line, day):
        return EVENT
    return _followed(line, day)


def _is_labelled_service(line: Line, before: int) -> bool:
    step = before
    while step >= 0 and line.words[step] in ("for", "on", ":", "=", "of", "from"):
        step -= 1
    return step >= 0 and line.words[step] in _OWN and (step != before or line.words[step] == "dos")


def _is_timed(line: Line, place: int) -> bool:
    """Whether minutes stand in the same clause."""
    return any(line.senses[each] & (lx.MINUTE | lx.HOUR) or line.kinds[each] in ("clock", "hours") for each in _clause(line, place))


def _tells_something(line: Line, day: Day) -> bool:
    """Whether the day's own clause has words enough to speak of something else."""
    own = [place for place in _clause(line, day.start) if not day.start <= place < day.end and line.kinds[place] == "word" and line.words[place] not in _GLUE]
    return len(own) > 1


def _clause(line: Line, place: int) -> range:
    start = end = place
    while start > 0 and line.words[start - 1] not in _CLAUSE_ENDS:
        start -= 1
    while end < len(line) and line.words[end] not in _CLAUSE_ENDS:
        end += 1
    return range(start, end)


def _told_before(line: Line, before: int) -> str:
    """An event named shortly before the day, in the same clause."""
    glued = True
    for back in range(before, max(before - 6, -1), -1):
        word, sense = line.words[back], line.senses[back]
        if word in _BREAKS:
            return ""
        if word in _COMING and (glued or sense & lx.PLAN):
            return EVENT
        if glued and (sense & lx.EVENT or word in _EVENT_NOUNS):
            return DOUBT if word in ("f/u", "follow-up", "followup") else EVENT
        if glued and sense & lx.LAB and word_at(line, before) != "on" and line.kinds[day_start(before)] == "num":
            return DOUBT
        glued = glued and (word in _GLUE or sense & (lx.CLINICIAN | lx.PLACE | lx.WITH) > 0 or word in SLUGS and SLUGS[word] == "care_coordination")
    return ""


def day_start(before: int) -> int:
    """The token right behind the words looked at."""
    return before + 1


def _followed(line: Line, day: Day) -> str:
    """A noun right behind the day may own it: "9/20 appt", "11/2 A1c"."""
    place = day.end
    word, sense = word_at(line, place), sense_at(line, place)
    second = word_at(line, place + 1)
    named = {word, second} if word in ("ed", "er", "pcp", "eye", "cardiology", "cards", "hospital", "snf", "wellness") else {word}
    if named & _EVENT_NOUNS and line.words[day.start] not in ("yesterday", "yest", "yday", "today", "this", "last", "earlier", "just", "right"):
        return DOUBT if day.day else EVENT
    if sense & lx.LAB and line.kinds[day.start] in ("num", "full", "iso"):
        return DOUBT
    return SERVICE
