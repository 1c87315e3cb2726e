"""Whom a line names: every place where a patient of the roster, or somebody who may be one, is written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ccm.names import squash
from ccm.nicks import is_form_of, is_given_name
from ccm.phrases import lexicon as lx
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.strangers import is_stranger
from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set
from ccm.roster import SUFFIXES, Found, Roster, RosterPatient, called

SURE, FAIR, SLIGHT = 3, 2, 1
"""How surely the words name somebody: title or full name; a name that is no word; a word that may be a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Tokens start..end name one of `patients` (several: ask which; none: somebody not on the roster).

    doubt: "" clear, "near" a slip of the finger, "other" a first name or number beside it that does not fit.
    """

    start: int
    end: int
    patients: Found
    strength: int
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surname:
    """A surname standing in start..end."""

    start: int
    end: int
    patients: Found


_NAMING = lx.TITLE | lx.SUFFIX
_SIGNS = word_set("sign line clock full iso phone long hours")


def find_mentions(line: Line, roster: Roster, taken: frozenset[int]) -> list[Mention]:
    """All mentions from left to right; `taken` tokens (dates, amounts) are not looked at."""
    found: list[Mention] = []
    place, size, known = 0, len(line.words), roster.known
    words, senses, kinds = line.words, line.senses, line.kinds
    while place < size:
        sense, word = senses[place], words[place]
        if (
            place in taken
            or (kinds[place] in _SIGNS and word != "#")
            or (sense & ~_NAMING and word not in known and len(word) > 2 and word[-2:] != "'s" and word != "mrn")
        ):
            place += 1
            continue
        mention = _mention_at(line, roster, place, taken)
        if mention and found and mention.start < found[-1].end:
            mention = None
        if mention:
            found.append(mention)
            place = mention.end
        else:
            place += 1
    return found


def sure_names(line: Line, roster: Roster) -> frozenset[int]:
    """Days and months that are somebody's name beyond doubt ("Sunday Adeyemi", "Mr. May"): no dates."""
    nothing: frozenset[int] = frozenset()
    sure: set[int] = set()
    for place, sense in enumerate(line.senses):
        if not sense & (lx.WEEKDAY | lx.MONTH) and line.words[place] not in ("day", "the", "last"):
            continue
        if line.words[place] not in roster.by_last and line.words[place] not in roster.by_first:
            continue
        for start in (place - 2, place - 1, place):
            found = _named_at(line, roster, start, nothing) if start >= 0 and line.kinds[start] == "word" else None
            if (
                found
                and found.strength == SURE
                and not found.doubt
                and found.start <= place < found.end
                and found.end - found.start > 1
            ):
                sure.update(range(found.start, found.end))
    return frozenset(sure)


def key_at(line: Line, place: int) -> str:
    """The name key of a word: without a possessive ending."""
    word = line.words[place]
    if word.isalpha():
        return word
    return squash(word[:-2] if word.endswith("'s") else word)


def is_possessive(line: Line, end: int) -> bool:
    """Whether the name that ends before `end` is written as an owner ("Chen's", "Summers'")."""
    return line.words[end - 1].endswith("'s") or (word_at(line, end) == "'" and line.starts[end] == line.ends[end - 1])


def _mention_at(line: Line, roster: Roster, place: int, taken: frozenset[int]) -> Mention | None:
    kind = line.kinds[place]
    if kind == "word":
        return _named_at(line, roster, place, taken)
    if kind == "code" or kind == "num" or line.words[place] == "#":
        return _numbered_at(line, roster, place)
    return None


def _numbered_at(line: Line, roster: Roster, place: int) -> Mention | None:
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


def _named_at(line: Line, roster: Roster, place: int, taken: frozenset[int]) -> Mention | None:
    word, sense = line.words[place], line.senses[place]
    if (
        sense
        and word not in roster.known
        and not sense & (lx.TITLE | lx.SUFFIX)
        and word != "mrn"
        and len(word) > 2
        and word[-2:] != "'s"
    ):
        return None
    if word == "mrn" or (word in ("chart", "acct") and word_at(line, place + 1) == "#"):
        return _after_mrn(line, roster, place)
    if sense & lx.TITLE:
        return _titled(line, roster, place, taken)
    found = _first_last(line, roster, place, taken) or _initials(line, roster, place)
    if found:
        return found
    surname = surname_at(line, roster, place, taken)
    if surname:
        return _around_surname(line, roster, surname, taken)
    return _other_name(line, roster, place, taken)


def _after_mrn(line: Line, roster: Roster, place: int) -> Mention | None:
    number = place + 1
    while word_at(line, number) in ("#", ":", "is", "no", "."):
        number += 1
    if number < len(line) and line.kinds[number] in ("num", "code"):
        return _mrn(line, roster, place, number, said=True)
    return None


def _titled(line: Line, roster: Roster, place: int, taken: frozenset[int]) -> Mention | None:
    name = place + 1 + (word_at(line, place + 1) == ".")
    if (
        name >= len(line)
        or line.kinds[name] != "word"
        or (name in taken and not sense_at(line, name) & (lx.MONTH | lx.WEEKDAY))
    ):
        return None
    free = taken - {name}
    found = _first_last(line, roster, name, free)
    surname = None if found else surname_at(line, roster, name, free)
    if surname:
        found = _around_surname(line, roster, surname, free)
    if not found:
        found = _other_name(line, roster, name, free) or Mention(start=name, end=name + 1, patients=(), strength=SURE)
    return replace(found, start=place, strength=SURE)


def _first_last(line: Line, roster: Roster, place: int, taken: frozenset[int]) -> Mention | None:
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
    return _fitting(line, roster, place, key, surname) if surname else None


def _fitting(line: Line, roster: Roster, place: int, key: str, surname: Surname) -> Mention | None:
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


def _initials(line: Line, roster: Roster, place: int) -> Mention | None:
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


def _with_suffix(line: Line, found: Mention) -> Mention:
    place = found.end + (word_at(line, found.end) == ",")
    suffix = SUFFIXES.get(word_at(line, place).removesuffix("'s"))
    if not suffix or (word_at(line, place - 1) == "," and suffix not in ("jr", "sr", "iii")):
        return found
    fits = tuple(each for each in found.patients if SUFFIXES.get((each.suffix or "").lower().strip(". ")) == suffix)
    end = place + 1 + (word_at(line, place + 1) == "." and suffix in ("jr", "sr"))
    return replace(found, end=end, patients=fits or found.patients, doubt="" if fits else "other", strength=SURE)


def _around_surname(line: Line, roster: Roster, surname: Surname, taken: frozenset[int]) -> Mention:
    """A surname without a fitting first name before it: look behind it, and mistrust a strange first name in front."""
    single = surname.end == surname.start + 1
    plain = Mention(
        start=surname.start, end=surname.end, patients=surname.patients, strength=_strength(line, surname.start, single)
    )
    behind = _last_first(line, roster, surname, taken)
    if behind:
        return behind
    firsts = roster.by_first.get(key_at(line, surname.start), ()) if single else ()
    both = tuple(dict.fromkeys((*surname.patients, *firsts)))
    found = _with_suffix(line, replace(plain, patients=both))
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


def _last_first(line: Line, roster: Roster, surname: Surname, taken: frozenset[int]) -> Mention | None:
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
        end = place + 1
    if not fits or is_possessive(line, surname.end):
        return None
    if line.senses[place] & lx.COMMON and not line.written[place][:1].isupper():
        return None
    return _with_suffix(line, Mention(start=surname.start, end=end, patients=fits, strength=SURE))


def _other_name(line: Line, roster: Roster, place: int, taken: frozenset[int]) -> Mention | None:
    """A first name alone, part of a surname, a slip of the finger, or a stranger's name."""
    key = key_at(line, place)
    if len(key) < 2:
        return None
    firsts = roster.by_first.get(key, ())
    if firsts:
        return _first_alone(line, roster, place, firsts)
    if line.senses[place]:
        return None
    if key.endswith("s") and key[:-1] in roster.by_last and len(key) > 4:
        return Mention(start=place, end=place + 1, patients=roster.by_last[key[:-1]], strength=FAIR)
    return _guess(line, roster, place, key)


def _first_alone(line: Line, roster: Roster, place: int, firsts: Found) -> Mention:
    """A first name with nobody's surname behind it; a letter may tell ("Maria L")."""
    key, end = key_at(line, place), place + 1
    letter = word_at(line, end)
    more = firsts if line.senses[place] else tuple(dict.fromkeys((*firsts, *roster.nicknamed(key))))
    if len(letter) == 1 and line.kinds[end] == "word" and line.written[end].isupper() and letter not in ("a", "i"):
        fits = tuple(each for each in more if squash(each.last)[:1] == letter)
        end += 1 + (word_at(line, end + 1) == ".")
        return Mention(start=place, end=end, patients=fits or more, strength=SURE, doubt="" if fits else "other")
    strength = _strength(line, place, single=True)
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


def _guess(line: Line, roster: Roster, place: int, key: str) -> Mention | None:
    written, strength = line.written[place], FAIR
    pieces = roster.by_piece.get(key)
    if pieces:
        return Mention(start=place, end=place + 1, patients=pieces, strength=strength, doubt="near")
    short = roster.nicknamed(key)
    if short and (written[:1].isupper() or is_given_name(key)):
        return _first_alone(line, roster, place, short)
    near = _near(line, roster, place, key)
    if near:
        return near
    if is_stranger(line, place, roster) and written[:1].isupper():
        return _stranger(line, roster, place)
    return None


def _near(line: Line, roster: Roster, place: int, key: str) -> Mention | None:
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


def _strength(line: Line, place: int, single: bool) -> int:
    """How much a single word looks like a name here."""
    sense, written = line.senses[place], line.written[place]
    if not single or not sense:
        return FAIR
    if is_possessive(line, place + 1) and written[:1].isupper():
        return SURE
    upper = written[:1].isupper()
    if upper and not written.isupper():
        opening = place == 0 or line.words[place - 1] in (".", "!", "?", "\n", ")", "-", ":")
        return (
            SLIGHT
            if opening
            or (line.senses[place] & (lx.MONTH | lx.WEEKDAY) and place and not line.senses[place - 1] & lx.WITH)
            else FAIR
        )
    return SLIGHT if place and line.senses[place - 1] & lx.WITH else 0
