"""What stands beside the activity: how a contact ended, another program's minutes, clerical work (decisions.md 7)."""

from __future__ import annotations

import re

from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set

_OUTCOMES = {
    word: outcome
    for outcome, words in (
        ("left_message", "lvm lm lmtcb lmom lvmtcb voicemail vm"),
        ("no_answer", "utr utc busy unreachable"),
        ("rescheduled", "r/s rescheduled"),
        ("language_barrier_interpreter_used", "interpreter"),
        ("deceased", "deceased"),
        ("refused_today", "refused"),
    )
    for word in words.split()
}
_SAID = re.compile(
    r"\b(?:left (?:a |her |him )?(?:msg|message|vm|voicemail)|(no ans(?:wer)?|rang out|mailbox full|vm full|"
    r"unable to reach|not home)|(wrong (?:#|number|no\b)))",
    re.IGNORECASE,
)
_PROGRAMS = {"rpm": "RPM", "rtm": "RTM", "tcm": "TCM", "bhi": "BHI", "pcm": "PCM", "apcm": "APCM"}
_HINTS = word_set("left no rang mailbox vm unable not wrong")
_CLERICAL = word_set("scan scanned scanning copay demographics billing scheduling filing rescheduling faxing")


def besides(line: Line, start: int, end: int) -> tuple[str | None, str | None, bool]:
    """Outcome, program and whether the words are of clerical work, for tokens start..end."""
    if start >= end:
        return None, None, False
    words = line.words[start:end]
    outcome = next((_OUTCOMES[word] for word in words if word in _OUTCOMES), None)
    if not outcome and not _HINTS.isdisjoint(line.bag):
        said = _SAID.search(line.text, line.starts[start], line.ends[end - 1])
        if said:
            outcome = "wrong_number" if said[2] else "no_answer" if said[1] else "left_message"
    program = next((_PROGRAMS[word] for word in words if word in _PROGRAMS), None)
    return outcome, program, not _CLERICAL.isdisjoint(words)
