"""Which activity words are about: the topic beats the channel, a stay or teaching beats the topic."""

from __future__ import annotations

from collections.abc import Iterator

from ccm.phrases import lexicon as lx
from ccm.phrases.tokens import Line
from ccm.phrases.words_topic import CHANNELS, DRUG_ENDINGS, PAIRS, SLUGS, STRONG
from ccm.phrases.wordsets import word_set

_CHANNELS = frozenset(CHANNELS.split())
_TEACH = "education"
_STAY = "transition_of_care"
_RIDE = word_set("ride rides transport transportation lyft uber paratransit taxi medicab van-ride")
_OUTPATIENT = word_set("clinic bed pharmacy")
_TEACHING = word_set(
    "teach teaching taught educate educated education edu ed educating counseling counselling counseled "
    "counselled counsel coaching coached technique class classes teach-back teachback"
)
_WEAK_COORDINATION = word_set("pcp records record fax faxed faxing aide therapist")


def activity_of(line: Line, start: int, end: int, skip: frozenset[int]) -> str | None:
    """The slug for tokens start..end; None when nothing is said. `skip` tokens (names) say nothing."""
    found = list(_named(line, start, end, skip))
    if not found:
        return None
    slugs = [slug for slug, _ in found]
    words = {word for _, word in found}
    if words & _RIDE:
        return "community_resources"
    if _TEACH in slugs and (words & _TEACHING or not {*slugs} & STRONG - {_TEACH}):
        return _TEACH
    if _STAY in slugs:
        return _STAY
    if "prior_auth" in slugs:
        return "medication_management" if "medication_management" in slugs else "care_coordination"
    firm = [slug for slug, word in found if slug in STRONG and word not in _WEAK_COORDINATION]
    if firm:
        return "medication_management" if words & {"pharmacy", "pharmacist", "pharm"} else firm[0]
    return _lesser(found)


def _lesser(found: list[tuple[str, str]]) -> str:
    """No topic of weight: the first channel, clinician or paper named."""
    told = [
        slug for slug, word in found if slug != "documentation" and not (slug == "care_coordination" and word == "pcp")
    ]
    return told[0] if told else found[0][0]


def _named(line: Line, start: int, end: int, skip: frozenset[int]) -> Iterator[tuple[str, str]]:
    place = start
    while place < end:
        word, sense = line.words[place], line.senses[place]
        if place in skip or line.kinds[place] not in ("word", "code"):
            place += 1
            continue
        pair = PAIRS.get(word)
        after = line.words[place + 1] if pair and place + 1 < end and place + 1 not in skip else ""
        if pair and after in pair:
            slug = pair[after]
            if slug:
                yield slug, word
            place += 2
            continue
        slug = _single(line, place, word, sense)
        if slug:
            yield slug, word
        place += 1


def _single(line: Line, place: int, word: str, sense: int) -> str:
    if word == "pa":
        return "prior_auth"
    if word in ("er", "ed"):
        return _emergency(line, place, word)
    if sense & lx.TOPIC and not (word in ("bed", "line") and not line.written[place]):
        return SLUGS[word]
    if word in _CHANNELS:
        return "patient_communication"
    if not sense and len(word) > 5 and word.endswith(DRUG_ENDINGS):
        return "medication_management"
    if line.kinds[place] == "code" and word.startswith("a1c"):
        return "lab_review"
    return SLUGS.get(word.removesuffix("'s"), "") if word.endswith("'s") else ""


def _emergency(line: Line, place: int, word: str) -> str:
    """ED is the emergency department, or education; capitals and neighbours tell."""
    if word == "er":
        return _STAY
    after = line.words[place + 1] if place + 1 < len(line) else ""
    before = line.words[place - 1] if place else ""
    if after in ("visit", "stay", "discharge", "f/u", "follow-up", "d/c", "for", "with", "last", "to") or before in (
        "the",
        "from",
        "in",
        "to",
        "at",
        "post",
    ):
        return _STAY
    return _TEACH
