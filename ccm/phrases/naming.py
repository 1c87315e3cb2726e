"""A patient named on a screen or in an argument: only the name, nothing else."""

from __future__ import annotations

from ccm.phrases.clean import LONGEST, cleaned
from ccm.phrases.mentions import find_mentions
from ccm.phrases.tokens import cut
from ccm.roster import Found, Roster


def patients_named(text: str, roster: Roster) -> Found:
    """Whom the words may mean: one patient when they are clear, several to choose from, none when nobody fits."""
    line = cut(cleaned(text[:LONGEST]))
    mentions = [each for each in find_mentions(line, roster, frozenset()) if each.doubt in ("", "near")]
    return (
        mentions[0].patients
        if len(mentions) == 1
        else tuple(dict.fromkeys(one for each in mentions for one in each.patients))
    )
