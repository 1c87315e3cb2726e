"""Where a message really begins: behind greetings, sighs and politeness."""

from __future__ import annotations

from ccm.phrases import lexicon as lx
from ccm.phrases.quantities import sense_at
from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set

_GREETINGS = word_set(
    "hi hey hello ok okay so also please pls plz btw and then oh um uh well just fyi morning afternoon "
    "evening good team all - * , . ! : > thanks & a thx whoops oops woops sorry ugh wait hm hmm shoot crap "
    "darn argh actually no nope ack eek yikes oof bot again"
)
_KEPT = word_set("no actually wait sorry good all a morning afternoon evening and")


def opening(line: Line, start: int, end: int) -> int:
    """The first place that is no greeting or mark."""
    while start < end and line.words[start] in _GREETINGS:
        if line.words[start] == "a" and sense_at(line, start + 1) & lx.HOUR:
            break
        if (
            line.words[start] in _KEPT
            and start + 1 < end
            and line.kinds[start + 1] not in ("sign",)
            and line.words[start] not in ("actually", "wait", "sorry", "and", "good")
        ):
            break
        start += 1
    return start
