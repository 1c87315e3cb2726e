"""Which words may be somebody's name although the roster does not know them."""

from __future__ import annotations

from ccm.nicks import is_given_name
from ccm.phrases import lexicon as lx
from ccm.phrases.tokens import Line
from ccm.phrases.words_topic import DRUG_ENDINGS
from ccm.roster import Roster

_ENDINGS = (
    *DRUG_ENDINGS,
    "ing",
    "tion",
    "tions",
    "ment",
    "ments",
    "ness",
    "ously",
    "ally",
    "ology",
    "ologist",
    "itis",
    "osis",
    "emia",
    "scopy",
    "gram",
    "able",
    "ible",
    "ance",
    "ence",
)


def is_stranger(line: Line, place: int, roster: Roster) -> bool:
    """A word no list of ours knows, written with a capital or known as a first name elsewhere."""
    if line.kinds[place] != "word" or line.senses[place] & ~lx.COMMON:
        return False
    word, written = line.words[place].removesuffix("'s"), line.written[place]
    if len(word) < 2 or (written.isupper() and len(word) < 5):
        return False
    if line.senses[place]:
        return False
    if is_given_name(word):
        return True
    if word.endswith(_ENDINGS):
        return False
    return written[:1].isupper() and not line.text.isupper() and word not in roster.by_first
