"""Changing what was stored: "make it 35", "should say 8, not 18", "that was on Monday", "I meant Jenson"."""

from __future__ import annotations

import re

from ccm.phrases import lexicon as lx
from ccm.phrases.bares import bare_numbers
from ccm.phrases.clocks import Interval
from ccm.phrases.facts import Facts
from ccm.phrases.layout import Spent
from ccm.phrases.mention import Mention
from ccm.phrases.people import patients_meant
from ccm.phrases.quantities import quantity_at, word_at
from ccm.phrases.questions import confirm, how_many, which_day, which_patient
from ccm.phrases.topics import activity_of
from ccm.phrases.whom import is_clear
from ccm.phrases.wordsets import word_set
from ccm.readings import Ask, Intent, Reading

_IT = (
    r"(?:that|it|this|the last (?:one|entry)|my last(?: one| entry)?|last (?:one|entry)|the (?:entry|minutes|time|"
    r"date|day|patient|pt|name|activity|category)|mine|that (?:one|entry|last one))"
)
_CHANGE = re.compile(
    rf"^(?:please |can you |could you )?(?:(?:make|change|set|fix|correct|edit|adjust|amend|update|move|switch|"
    rf"reassign|mark|put) {_IT}\b|(?:{_IT} )?(?:should|shoulda|shouldve|should've|was supposed to|were supposed to|"
    rf"ought to|needs? to|is supposed to) "
    rf"?(?:have |ha |of )?(?:be|been|say|said|read|have|go)\b|i (?:really )?meant\b|meant\b|{_IT} (?:was|were|is|"
    rf"wasn't) |wrong (?:pt|patient|person|name|one|date|day|time|minutes|number|amount|lopez)\b|correction\b|typo\b|"
    r"make \d|not \d+ ?(?:m|min|mins|minutes)?,? |\d+ ?(?:m|min|mins|minutes)?,? not \d+|actually,? (?:it was |"
    r"that was |make (?:it|that) )?\d+ ?(?:m|min|mins|minutes)?$)"
)
_NOT_NUMBER = re.compile(r"\b(?:not|instead of|rather than) \d+")
_TRIGGERS = word_set(
    "make change set fix correct edit adjust amend update move switch reassign should shoulda shouldve "
    "should've supposed ought needs need meant was were is wrong correction typo not actually mark put"
)
_DROPPED = word_set("not instead than from wasn't isn't never")
_IS = re.compile(rf"^{_IT} (?:was|were|is) ")
_LABELS = frozenset(["activity", "category"])


def read_amend(facts: Facts, first: int) -> Reading | None:
    """A correction of the last entry: it names only what changes."""
    line = facts.line
    if (
        _TRIGGERS.isdisjoint(line.words[max(first - 1, 0) : first + 6])
        or first >= len(line)
        or line.words[-1] == "?"
        or len(line) > 18
    ):
        return None
    start = _kept_start(facts, first)
    text = line.text[line.starts[start] :].lower().strip(" .!\n")
    if not _CHANGE.match(text) and not (
        _NOT_NUMBER.search(text) and not line.bag.isdisjoint(("was", "is", "should", "actually"))
    ):
        return None
    minutes, minutes_ask = _new_minutes(facts)
    days = [day for place, day in enumerate(facts.findings.days) if not _is_dropped(facts, day.start)]
    people = [each for each in patients_meant(line, facts.mentions, 0, len(line)) if not _is_dropped(facts, each.start)]
    if _IS.match(text) and not _is_change(facts, text, minutes, minutes_ask, bool(days), people):
        return None
    if _IS.match(text) and people and (minutes or minutes_ask):
        return Reading(intent=Intent.AMEND, ask=confirm("Is this a change of your last entry?"))
    if people and len({each.patients for each in people}) > 1:
        return Reading(intent=Intent.AMEND, ask=which_patient(None))
    who = people[0] if people else None
    ask = minutes_ask or (None if not who or is_clear(facts, who) else which_patient(who))
    day = days[0] if days else None
    if not ask and day and (not day.day or len({each.day for each in days}) > 1):
        ask = which_day(day.trouble or "several", tuple(each for each in day.days if each <= facts.today))
    if not ask and day and day.day and facts.is_closed(day.day):
        ask = confirm("That month is closed. Shall I send this to a supervisor as a late correction?")
    activity = _activity(facts) if not (who or day or minutes) else None
    if not ask and not (who or day or minutes or activity):
        ask = how_many()
    patient = who.patients[0].id if who and not ask else None
    return Reading(
        intent=Intent.AMEND, ask=ask, patient=patient, minutes=minutes, day=day.day if day else None, activity=activity
    )


def _kept_start(facts: Facts, first: int) -> int:
    """ "actually", "sorry" and "no" may open a correction themselves."""
    before = first - 1
    return before if before >= 0 and facts.line.words[before] == "actually" else first


def _is_change(
    facts: Facts, text: str, minutes: int | None, ask: Ask | None, dated: bool, people: list[Mention]
) -> bool:
    """Whether "that was ..." corrects rather than chats: a number, a day or a name follows at once."""
    after = _IS.sub("", text)
    if minutes or ask:
        return (
            bool(
                re.match(
                    r"(?:really |actually |only |just |supposed to be |more like |about |closer to )*(?:\d|"
                    r"[a-z]+(?:-[a-z]+)? (?:m|min|mins|minutes)\b)",
                    after,
                )
            )
            or not people
        )
    start = len(facts.line.text) - len(facts.line.text[facts.line.starts[0] :])
    del start
    return len(facts.line) <= 9 and (
        dated
        or (bool(people) and bool(re.match(r"(?:really |actually |for |with |supposed to be )*\w", after)))
        or bool(_activity(facts) and re.match(r"(?:really |actually |for )*\w", after) and " not " in after)
    )


def _is_dropped(facts: Facts, place: int) -> bool:
    """Whether the value at a place is the old one: "not 18", "instead of Chen"."""
    line = facts.line
    for back in range(place - 1, max(place - 5, -1), -1):
        word = line.words[back]
        if (
            word in _DROPPED
            and not (word == "instead" and word_at(line, back + 1) != "of")
            and not (word == "from" and not _to_follows(facts, place))
        ):
            return True
        if word in (",", ";", "to", "meant", "be"):
            return False
    return False


def _to_follows(facts: Facts, place: int) -> bool:
    return "to" in facts.line.words[place:]


def _new_minutes(facts: Facts) -> tuple[int | None, Ask | None]:
    """The one amount meant, or the question."""
    line, found = facts.line, facts.findings
    spent: list[Spent] = (
        [*found.amounts, *found.intervals]
        or list(bare_numbers(line, 0, len(line), found.taken | facts.names))
        or _spelled(facts)
    )
    if found.amounts:
        spent += bare_numbers(line, 0, len(line), found.taken | facts.names)
    spent = [each for each in spent if not _is_dropped(facts, each.start)]
    if not spent:
        return None, None
    if len(spent) > 1 or spent[0].trouble or spent[0].minutes is None:
        return None, how_many(spent[0].trouble or "span", tuple(each.minutes for each in spent if each.minutes))
    minutes = spent[0].minutes
    if (minutes > 60 and not isinstance(spent[0], Interval)) or minutes > 300:
        return minutes, confirm("That is more than an hour in one entry. Is that right?", minutes=(minutes,))
    return minutes, None


def _spelled(facts: Facts) -> list[Spent]:
    """ "make it twelve"."""
    from ccm.phrases.amounts import Amount

    line = facts.line
    for place, sense in enumerate(line.senses):
        if (
            (sense & lx.NUMBER or ("-" in line.words[place] and line.kinds[place] == "word"))
            and place not in facts.findings.taken
            and line.words[place] != "one"
        ):
            quantity = quantity_at(line, place)
            if quantity and quantity.amount.denominator == 1 and quantity.amount > 0:
                return [Amount(start=place, end=quantity.end, minutes=int(quantity.amount))]
    return []


def _activity(facts: Facts) -> str | None:
    line = facts.line
    end = next((place for place, word in enumerate(line.words) if word in ("not", "instead")), len(line))
    return activity_of(line, 0, end, facts.names)
