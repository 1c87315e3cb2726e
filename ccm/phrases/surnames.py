"""Surnames and what stands around them: first names, initials, "Last, First", Jr and Sr."""

from __future__ import annotations

from dataclasses import replace

from ccm.names import squash
from ccm.nicks import is_form_of, is_given_name
from ccm.phrases import lexicon as lx
from ccm.phrases.mention import SURE, Mention, Surname, is_possessive, key_at, strength_at
from ccm.phrases.quantities import word_at
from ccm.phrases.strangers import is_stranger
from ccm.phrases.tokens import Line
from ccm.roster import SUFFIXES, Roster, called


def surname_at(line: Line, roster: Roster, place: int, taken: frozenset[int]) -> Surname | None:
    """The longest surname of the roster that begins here."""
    key, end, best = key_at(line, place), place + 1, None
    while True:
        patients = roster.by_last.get(key)
        if patients:
            best = Surname(start=place, end=end, patients=patients)
        if key not in roster.heads:
            return best
        end += word_at(line, end) in (".", "'", "-")
        if end >= len(line) or line.kinds[end] != "word" or end in taken:
            return best
        key, end = key + key_at(line, end), end + 1


def first_last(line: Line, roster: Roster, place: int, taken: frozenset[int]) -> Mention | None:
    """ "Ana de la Cruz", "Bob Turner Jr", "M. Lopez": a first name or initial and a surname that fit one another."""
    key = key_at(line, place)
    if len(key) == 1:
        return _initial_last(line, roster, place, key, taken)
    last = place + 1
    if key not in roster.by_first and last < len(line) and line.kinds[last] == "word":
        joined = key + key_at(line, last)
        if joined in roster.by_first:
            key, last = joined, last + 1
    if (
        last < len(line)
        and len(word_at(line, last)) == 1
        and line.kinds[last] == "word"
        and line.words[last] not in ("a", "m", "h", "s")
    ):
        after = last + 1 + (word_at(line, last + 1) == ".")
        if after < len(line) and line.kinds[after] == "word" and surname_at(line, roster, after, taken):
            last = after
    if last >= len(line) or last in taken or line.kinds[last] != "word":
        return None
    if is_possessive(line, place + 1):
        return None
    surname = surname_at(line, roster, last, taken)
    return _fitting(line, place, key, surname) if surname else None


def _fitting(line: Line, place: int, key: str, surname: Surname) -> Mention | None:
    exact = tuple(each for each in surname.patients if key in called(each))
    fits = exact
    if not fits and not line.senses[place]:
        fits = tuple(each for each in surname.patients if any(is_form_of(key, name) for name in called(each)))
    if not fits:
        return None
    namesakes = {squash(each.first) for each in fits}
    fits = tuple(each for each in surname.patients if each in fits or squash(each.first) in namesakes)
    return _with_suffix(line, Mention(start=place, end=surname.end, patients=fits, strength=SURE))


def _initial_last(line: Line, roster: Roster, place: int, letter: str, taken: frozenset[int]) -> Mention | None:
    last = place + 1 + (word_at(line, place + 1) == ".")
    dotted = last == place + 2
    if (
        last >= len(line)
        or line.kinds[last] != "word"
        or last in taken
        or not (dotted or (line.written[place].isupper() and letter not in "ai"))
    ):
        return None
    surname = surname_at(line, roster, last, taken)
    if not surname:
        return None
    fits = tuple(each for each in surname.patients if any(name[0] == letter for name in called(each)))
    found = Mention(
        start=place, end=surname.end, patients=fits or surname.patients, strength=SURE, doubt="" if fits else "other"
    )
    return _with_suffix(line, found)


def _with_suffix(line: Line, found: Mention) -> Mention:
    place = found.end + (word_at(line, found.end) == ",")
    suffix = SUFFIXES.get(word_at(line, place).removesuffix("'s"))
    if not suffix or (word_at(line, place - 1) == "," and suffix not in ("jr", "sr", "iii")):
        return found
    fits = tuple(each for each in found.patients if SUFFIXES.get((each.suffix or "").lower().strip(". ")) == suffix)
    end = place + 1 + (word_at(line, place + 1) == "." and suffix in ("jr", "sr"))
    return replace(found, end=end, patients=fits or found.patients, doubt="" if fits else "other", strength=SURE)


def around_surname(line: Line, roster: Roster, surname: Surname, taken: frozenset[int]) -> Mention:
    """A surname without a fitting first name before it: look behind it, and mistrust a strange first name in front."""
    single = surname.end == surname.start + 1
    behind = _last_first(line, surname, taken)
    if behind:
        return behind
    firsts = roster.by_first.get(key_at(line, surname.start), ()) if single else ()
    both = tuple(dict.fromkeys((*surname.patients, *firsts))) if firsts else surname.patients
    strength = strength_at(line, surname.start, single)
    found = _with_suffix(line, Mention(start=surname.start, end=surname.end, patients=both, strength=strength))
    before = surname.start - 1
    if before >= 0 and before not in taken and line.kinds[before] == "word" and is_stranger(line, before, roster):
        return replace(
            _slipped_first(line, before, surname) or replace(found, doubt="other"), start=before, end=found.end
        )
    if is_given_behind(line, found.end, roster, taken):
        return replace(found, doubt="other")
    return found


def is_given_behind(line: Line, place: int, roster: Roster, taken: frozenset[int]) -> bool:
    """Whether a first name of somebody else follows ("Lopez Carlos", "Lopez, Carlos")."""
    comma = word_at(line, place) == ","
    place += comma
    if (
        place >= len(line)
        or place in taken
        or line.kinds[place] != "word"
        or line.senses[place]
        or is_possessive(line, place)
    ):
        return False
    key = key_at(line, place)
    if key in roster.by_last or (comma and key in roster.by_first):
        return False
    return (line.written[place][:1].isupper() or not comma) and is_given_name(key)


def _slipped_first(line: Line, before: int, surname: Surname) -> Mention | None:
    from ccm.nearmiss import is_nearly

    key = key_at(line, before)
    fits = tuple(
        each for each in surname.patients if len(key) > 3 and any(is_nearly(key, name, 1) for name in called(each))
    )
    return Mention(start=before, end=surname.end, patients=fits, strength=SURE, doubt="near") if fits else None


def _last_first(line: Line, surname: Surname, taken: frozenset[int]) -> Mention | None:
    """ "Delgado, Miguel", "Delgado M.", "Delgado, M"."""
    comma = word_at(line, surname.end) == ","
    place = surname.end + comma
    if place >= len(line) or place in taken or line.kinds[place] != "word":
        return None
    key = key_at(line, place)
    if len(key) == 1:
        written = line.written[place]
        if (
            not written.isupper()
            or key in "ai"
            or (line.senses[place] & (lx.MEASURE) and word_at(line, place + 1) != ".")
        ):
            return None
        fits = tuple(each for each in surname.patients if any(name[0] == key for name in called(each)))
        end = place + 1 + (word_at(line, place + 1) == ".")
    else:
        fits = tuple(
            each
            for each in surname.patients
            if key in called(each) or (not line.senses[place] and any(is_form_of(key, name) for name in called(each)))
        )
        after = place + 1
        double = after < len(line) and any(key + key_at(line, after) in called(each) for each in fits)
        end = after + double
    if not fits or is_possessive(line, surname.end):
        return None
    if line.senses[place] & lx.COMMON and not line.written[place][:1].isupper():
        return None
    return _with_suffix(line, Mention(start=surname.start, end=end, patients=fits, strength=SURE))
