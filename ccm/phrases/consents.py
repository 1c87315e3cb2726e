"""Consent to the programme: given, signed, declined or taken back; wishes and papers under way are none."""

from __future__ import annotations

import re

from ccm.phrases import lexicon as lx
from ccm.phrases.events import day_of_event
from ccm.phrases.facts import Facts
from ccm.phrases.questions import confirm, which_patient
from ccm.phrases.whom import whom
from ccm.phrases.wordsets import word_set
from ccm.readings import Intent, Reading

_TRIGGERS = word_set(
    "consent consented consents consenting enroll enrolled enrolls enrolling enrollment enrolment opt opted "
    "opts opt-out opt-in ccm program programme disenroll disenrolled unenroll unenrolled unenrolling "
    "disenrolling cosent concent consnet agreement"
)
_REVOKED = re.compile(
    r"\b(?:revok\w*|withdr\w+|opt(?:ed|s|ing)?[- ]out|dis-?enroll\w*|un-?enroll\w*|quit\w*|drop(?:ped|ping|"
    r"s)? (?:out|ccm|the (?:ccm )?program)|no longer wants?|wants? out|backed out|pulled out|"
    r"(?:left|leaving|leaves|cancel\w*|stopp?(?:ed|ing|s)?|ended|ending|terminat\w+|resign\w*)\b.*\b(?:ccm|program|"
    r"consent|enrollment)|took back|takes back|rescind\w*|wants (?:to )?(?:stop|off|leave))\b"
)
_DECLINED = re.compile(
    r"\b(?:declin\w+|refus\w+|sa(?:id|ys) no|does(?:n't|nt| not) want|did(?:n't|nt| not) want|not interested|"
    r"isn't interested|turn(?:ed|s) (?:it |us |ccm |the program )?down|no to (?:the )?(?:ccm|program|enroll\w*|"
    r"consent\w*)|passed on|passes on|"
    r"won't (?:sign|join|enroll|consent|do)|wont (?:sign|join|enroll)|did(?:n't|nt| not) (?:consent|agree|enroll)|"
    r"not (?:enroll\w*|join\w*|consent\w*)|opted not)\b"
)
_WRITTEN = re.compile(r"\b(?:written|signed|signs|signature|paper|e-?sign\w*|docusign|in writing|wet)\b")
_VERBAL = re.compile(
    r"\b(?:verbal\w*|oral\w*|by phone|over (?:the )?phone|on (?:the )?phone|phone|telephone|sa(?:id|ys) (?:yes|ok|"
    r"sure)|spoken|agreed verbally|vc)\b"
)
_GIVEN = re.compile(
    r"\b(?:consented|consents|consent\b.*\b(?:received|obtained|given|done|back|got|recorded|on file|in|complete\w*|"
    r"documented|today|yesterday)|(?:gave|given|gives|got|obtained|received|has|took|recorded|have|documented|signed|"
    r"verbal|written|oral)\b.*\bconsent|"
    r"enrolled|enrolls|opted[- ]in|consent\b.*\bsigned|signed\b.*\bconsent|agree[ds]?(?: to)?|signed up|joined|"
    r"sa(?:id|ys) yes|wants in)\b|^(?:verbal|written) consent\b|consent:? ?(?:verbal|written)"
)
_NOT_YET = re.compile(
    r"\b(?:needs?|need to|get(?:ting)? (?:her |his |their )?consent|no consent|pending|waiting|await\w*|asked about|"
    r"ask(?:ing)? (?:for|about|her|him|if)|thinking|think about|consider\w*|undecided|mailed|mailing|will|might|may|"
    r"should|tomorrow|reminder?|remind|todo|still|if|"
    r"discuss\w*|explain\w*|trying|try|sent|send|wants to (?:think|talk|discuss)|eligible|missing|expired?|lacks?|"
    r"without|hasn't|hasnt|haven't|havent|not yet|before)\b"
)
_HEALTH = re.compile(
    r"\b(?:vaccine|shot|flu|surgery|procedure|transfusion|awv|refill|med|meds|rehab|pt|home health|hospice|statin|"
    r"insulin)\b"
)


def read_consent(facts: Facts, first: int) -> Reading | None:
    """A consent event without minutes; with minutes the words are a log."""
    line = facts.line
    if _TRIGGERS.isdisjoint(line.bag) or facts.findings.amounts or facts.findings.intervals or line.words[-1] == "?":
        return None
    if first < len(line) and line.senses[first] & lx.QUESTION and first not in facts.names:
        return None
    text = line.text.lower()
    kind = "revoked" if _REVOKED.search(text) else "declined" if _DECLINED.search(text) else None
    if not kind and not _GIVEN.search(text):
        return None
    if _NOT_YET.search(_without_names(facts)) and not (
        kind and not re.search(r"\b(?:if|will|might|may|should|thinking|consider\w*|tomorrow)\b", _without_names(facts))
    ):
        return None
    if kind and _HEALTH.search(text) and not re.search(r"\b(?:ccm|program|consent|enroll\w*)\b", text):
        return None
    kind = kind or ("written" if _WRITTEN.search(text) else "verbal" if _VERBAL.search(text) else None)
    return _filed(facts, kind)


def _without_names(facts: Facts) -> str:
    return " ".join(word for place, word in enumerate(facts.line.words) if place not in facts.names)


def _filed(facts: Facts, kind: str | None) -> Reading:
    who = whom(facts)
    day, ask = day_of_event(facts)
    if not who.patient:
        return Reading(intent=Intent.CONSENT, ask=who.ask or which_patient(None), day=day, consent_kind=kind)
    if not ask and (_hears_two(facts) or (not kind and not re.search(r"\bco[a-z]*s[a-z]*nt", facts.line.text.lower()))):
        ask = confirm("Shall I record this about the consent?")
    return Reading(intent=Intent.CONSENT, patient=who.patient, ask=ask, day=day, consent_kind=kind)


def _hears_two(facts: Facts) -> bool:
    """Words for giving and for refusing in one sentence."""
    text = facts.line.text.lower()
    return bool(_REVOKED.search(text) and _DECLINED.search(text)) or bool(
        _VERBAL.search(text) and _WRITTEN.search(text) and not re.search(r"\bno\b", text)
    )
