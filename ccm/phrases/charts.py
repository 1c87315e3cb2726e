"""Patients by number: MRN, code, initials with a birth year."""

from __future__ import annotations

from ccm.phrases import lexicon as lx
from ccm.phrases.mention import SURE, Mention
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.tokens import Line
from ccm.roster import Roster


def numbered_at(line: Line, roster: Roster, place: int) -> Mention | None:
    if line.words[place] == "#":
        after = place + 1
        labelled = word_at(line, place - 1) if place else ""
        if (
            word_at(line, after).isdigit()
            and len(line.words[after]) >= 4
            and not (sense_at(line, place - 1) & lx.LABEL)
            and labelled != "#"
        ):
            return _mrn(line, roster, place, after, said=True)
        return None
    if line.kinds[place] == "code":
        patients = roster.coded(line.words[place])
        return Mention(start=place, end=place + 1, patients=patients, strength=SURE) if patients else None
    return (
        _mrn(line, roster, place, place, said=False)
        if len(line.words[place]) >= 5 and line.words[place].isdigit() and not sense_at(line, place - 1) & lx.LABEL
        else None
    )


def _mrn(line: Line, roster: Roster, start: int, place: int, *, said: bool) -> Mention | None:
    patients = roster.numbered(line.words[place])
    if not patients and not said:
        return None
    return Mention(start=start, end=place + 1, patients=patients, strength=SURE)


def after_mrn(line: Line, roster: Roster, place: int) -> Mention | None:
    number = place + 1
    while word_at(line, number) in ("#", ":", "is", "no", "."):
        number += 1
    if number < len(line) and line.kinds[number] in ("num", "code"):
        return _mrn(line, roster, place, number, said=True)
    return None


def initials(line: Line, roster: Roster, place: int) -> Mention | None:
    """ "TL 1955", "T.L. '55"."""
    year, letters = place + 1, line.words[place]
    if len(letters) == 1 and word_at(line, place + 1) == "." and len(word_at(line, place + 2)) == 1:
        letters, year = letters + line.words[place + 2], place + 3 + (word_at(line, place + 3) == ".")
    if len(letters) != 2 or year >= len(line):
        return None
    year += line.words[year] in (",", "(", "'")
    number = word_at(line, year)
    if not (number.isdigit() and (len(number) == 4 and 1900 <= int(number) <= 2020)):
        return None
    patients = roster.born_as(letters, int(number))
    if not patients and line.senses[place]:
        return None
    return Mention(start=place, end=year + 1 + (word_at(line, year + 1) == ")"), patients=patients, strength=SURE)
