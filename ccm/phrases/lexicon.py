"""What single words may mean, as bits: one dictionary look-up per word tells every later step what it needs."""

from __future__ import annotations

from typing import Final

from ccm.phrases import words_care, words_plain, words_topic

MINUTE: Final = 1 << 0
HOUR: Final = 1 << 1
SECOND: Final = 1 << 2
DOSE: Final = 1 << 3
COUNTED: Final = 1 << 4
MEASURE: Final = 1 << 5
LABEL: Final = 1 << 6
MONTH: Final = 1 << 7
WEEKDAY: Final = 1 << 8
NUMBER: Final = 1 << 9
TITLE: Final = 1 << 10
KIN: Final = 1 << 11
CLINICIAN: Final = 1 << 12
PLACE: Final = 1 << 13
WORK: Final = 1 << 14
LOG: Final = 1 << 15
PLAN: Final = 1 << 16
SAYS: Final = 1 << 17
QUESTION: Final = 1 << 18
FOREIGN: Final = 1 << 19
PRONOUN: Final = 1 << 20
EACH: Final = 1 << 21
ESTIMATE: Final = 1 << 22
VAGUE: Final = 1 << 23
TOTAL: Final = 1 << 24
EVENT: Final = 1 << 25
BOUND: Final = 1 << 26
NEGATION: Final = 1 << 27
PATIENT_DOES: Final = 1 << 28
IDLE: Final = 1 << 29
SUFFIX: Final = 1 << 30
WITH: Final = 1 << 31
TOPIC: Final = 1 << 32
COMMON: Final = 1 << 33
CHANNEL: Final = 1 << 34
LAB: Final = 1 << 35
LINKING: Final = 1 << 36

_TABLES: tuple[tuple[int, str], ...] = (
    (MINUTE, words_plain.MINUTES),
    (HOUR, words_plain.HOURS),
    (SECOND, words_plain.SECONDS),
    (DOSE, words_care.DOSES),
    (COUNTED, words_care.COUNTED),
    (MEASURE, words_care.MEASURES),
    (LABEL, words_care.LABELS),
    (MONTH, " ".join(words_plain.MONTHS)),
    (WEEKDAY, " ".join(words_plain.WEEKDAYS)),
    (NUMBER, " ".join(words_plain.NUMBERS)),
    (TITLE, "mr mrs ms miss mister missus"),
    (KIN, words_care.KIN),
    (CLINICIAN, words_care.CLINICIANS),
    (PLACE, words_care.PLACES),
    (WORK, words_care.WORK),
    (LOG, words_plain.LOG),
    (PLAN, words_plain.PLAN),
    (SAYS, words_plain.SAYS),
    (QUESTION, words_plain.QUESTIONS),
    (FOREIGN, words_plain.FOREIGN),
    (PRONOUN, words_plain.PRONOUNS),
    (EACH, "each ea apiece per"),
    (ESTIMATE, words_plain.ESTIMATES),
    (VAGUE, words_plain.VAGUE),
    (TOTAL, "total totals totaling totalling totaled tot altogether overall combined"),
    (EVENT, words_care.EVENTS),
    (BOUND, words_plain.BOUNDS),
    (NEGATION, words_plain.NEGATIONS),
    (PATIENT_DOES, words_care.PATIENT_DOES),
    (IDLE, words_plain.IDLE),
    (SUFFIX, "jr sr ii iii iv junior senior"),
    (WITH, "with w/ w wth for re regarding about abt on"),
    (TOPIC, " ".join(words_topic.SLUGS)),
    (COMMON, words_plain.COMMON),
    (CHANNEL, words_topic.CHANNELS),
    (LAB, words_care.LAB_NOUNS),
    (LINKING, "and & plus + also then"),
)


def _senses() -> dict[str, int]:
    senses: dict[str, int] = {}
    for bit, words in _TABLES:
        for word in words.split():
            senses[word] = senses.get(word, 0) | bit
    return senses


SENSES: Final = _senses()
