"""Names without a known surname: a first name alone, a slip of the finger, a stranger."""

from __future__ import annotations

from dataclasses import replace

from ccm.names import squash
from ccm.nicks import is_given_name
from ccm.phrases.mention import FAIR, SLIGHT, SURE, Mention, is_possessive, key_at, strength_at
from ccm.phrases.quantities import word_at
from ccm.phrases.strangers import is_stranger
from ccm.phrases.tokens import Line
from ccm.roster import Found, Roster, RosterPatient


def other_name(line: Line, roster: Roster, place: int, *, slips: bool = True) -> Mention | None:
    """A first name alone, part of a surname, a slip of the finger, or a stranger's name."""
    key = key_at(line, place)
    if len(key) < 2:
        return None
    double = _double_name(line, roster, place)
    if double:
        return double
    firsts = roster.by_first.get(key, ())
    if firsts:
        return _first_alone(line, roster, place, firsts)
    if line.senses[place]:
        return None
    if key.endswith("s") and key[:-1] in roster.by_last and len(key) > 4:
        return Mention(start=place, end=place + 1, patients=roster.by_last[key[:-1]], strength=FAIR)
    return _guess(line, roster, place, key, slips=slips)


def _double_name(line: Line, roster: Roster, place: int) -> Mention | None:
    """ "Mary Ann", two words of one first name."""
    after = place + 1
    if after >= len(line) or line.kinds[after] != "word":
        return None
    patients = roster.by_first.get(key_at(line, place) + key_at(line, after), ())
    return Mention(start=place, end=after + 1, patients=patients, strength=FAIR) if patients else None


def _first_alone(line: Line, roster: Roster, place: int, firsts: Found) -> Mention:
    """A first name with nobody's surname behind it; a letter may tell ("Maria L")."""
    key, end = key_at(line, place), place + 1
    letter = word_at(line, end)
    own = line.senses[place] or any(squash(each.first) == key for each in firsts)
    more = firsts if own else tuple(dict.fromkeys((*firsts, *roster.nicknamed(key))))
    if len(letter) == 1 and line.kinds[end] == "word" and line.written[end].isupper() and letter not in ("a", "i"):
        fits = tuple(each for each in more if squash(each.last)[:1] == letter)
        end += 1 + (word_at(line, end + 1) == ".")
        return Mention(start=place, end=end, patients=fits or more, strength=SURE, doubt="" if fits else "other")
    strength = strength_at(line, place, single=True)
    found = Mention(start=place, end=end, patients=more, strength=strength)
    if (
        end < len(line)
        and not is_possessive(line, end)
        and line.kinds[end] == "word"
        and is_stranger(line, end, roster)
    ):
        slipped = _slipped_last(line, roster, end, more)
        return replace(
            found,
            end=end + 1,
            patients=slipped or more,
            doubt="near" if slipped else "other",
            strength=max(strength, FAIR),
        )
    before = place - 1
    if before >= 0 and line.kinds[before] == "word" and is_stranger(line, before, roster):
        return replace(found, start=before, doubt="other")
    return found


def _slipped_last(line: Line, roster: Roster, place: int, firsts: Found) -> Found:
    near = roster.nearly(key_at(line, place))
    return tuple(each for each in firsts if each in near)


def _guess(line: Line, roster: Roster, place: int, key: str, *, slips: bool) -> Mention | None:
    written, strength = line.written[place], FAIR
    pieces = roster.by_piece.get(key)
    if pieces:
        return Mention(start=place, end=place + 1, patients=pieces, strength=strength, doubt="near")
    short = roster.nicknamed(key)
    if short and (written[:1].isupper() or is_given_name(key)):
        return _first_alone(line, roster, place, short)
    near = _near(roster, place, key) if slips else None
    if near:
        return near
    if is_stranger(line, place, roster) and written[:1].isupper():
        return _stranger(line, roster, place)
    return None


def _near(roster: Roster, place: int, key: str) -> Mention | None:
    near = roster.nearly(key)
    if not near and key.endswith("s"):
        near = roster.nearly(key[:-1])
    if not near:
        return None
    return Mention(start=place, end=place + 1, patients=near, strength=FAIR if len(key) > 4 else SLIGHT, doubt="near")


def _stranger(line: Line, roster: Roster, place: int) -> Mention:
    """A name nobody on the roster has; a chooser may offer who is called nearly so."""
    end = place + 1
    while (
        end < len(line)
        and line.kinds[end] == "word"
        and line.written[end][:1].isupper()
        and is_stranger(line, end, roster)
        and key_at(line, end) not in roster.by_last
    ):
        end += 1
    around: tuple[RosterPatient, ...] = roster.around(key_at(line, end - 1))
    return Mention(start=place, end=end, patients=around[:5], strength=SLIGHT, doubt="stranger")
