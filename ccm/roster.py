"""Whom a practice cares for: names, codes and MRNs in an index built once per roster version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ccm import names
from ccm.nearmiss import NearMiss
from ccm.nicks import canonicals, is_form_of

Found = tuple["RosterPatient", ...]
SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPatient:
    """One patient as staff may name them. `id` is the row's id, `code` the practice's "P-7K4Q"."""

    id: str
    code: str
    mrn: str
    first: str
    last: str
    preferred: str | None = None
    suffix: str | None = None
    born: date | None = None


def _grouped(pairs: Iterable[tuple[str, RosterPatient]]) -> dict[str, Found]:
    grouped: dict[str, list[RosterPatient]] = defaultdict(list)
    for key, patient in pairs:
        if key and patient not in grouped[key][-1:]:
            grouped[key].append(patient)
    return {key: tuple(found) for key, found in grouped.items() if found}


def called(patient: RosterPatient) -> tuple[str, ...]:
    """The first names a patient goes by, as keys; of a double name also its first half."""
    whole, preferred, half = (
        names.squash(patient.first),
        names.squash(patient.preferred or ""),
        names.parts(patient.first)[:1],
    )
    return tuple(dict.fromkeys(key for key in (whole, preferred, *half) if key))


@dataclass(frozen=True, kw_only=True, eq=False)
class Roster:
    """Patients of one practice, indexed; build it with `Roster.of`, it never changes afterwards.

    by_last, by_first: keys of `names.squash`. by_piece: words of compound surnames. heads: beginnings after which a
    surname may go on.
    """

    patients: Found
    by_id: dict[str, RosterPatient]
    by_last: dict[str, Found]
    by_first: dict[str, Found]
    by_piece: dict[str, Found]
    by_code: dict[str, Found]
    by_mrn: dict[str, Found]
    heads: frozenset[str]

    @classmethod
    def of(cls, patients: Iterable[RosterPatient]) -> Roster:
        """Index the patients."""
        everyone = tuple(patients)
        return cls(
            patients=everyone,
            by_id={patient.id: patient for patient in everyone},
            by_last=_grouped((key, each) for each in everyone for key in names.spellings(each.last)),
            by_first=_grouped((key, each) for each in everyone for key in called(each)),
            by_piece=_grouped((key, each) for each in everyone for key in names.pieces(each.last)),
            by_code=_grouped((each.code.lower().removeprefix("p-"), each) for each in everyone),
            by_mrn=_grouped((each.mrn.lower().lstrip("0"), each) for each in everyone),
            heads=frozenset(head for each in everyone for head in (*names.heads(each.last), *names.heads(each.first))),
        )

    def __len__(self) -> int:
        return len(self.patients)

    def __iter__(self) -> Iterator[RosterPatient]:
        return iter(self.patients)

    def get(self, patient_id: str) -> RosterPatient | None:
        """The patient with this row id."""
        return self.by_id.get(patient_id)

    def coded(self, code: str) -> Found:
        """Patients with the code "P-7K4Q", "7K4Q" or "p-7k4q"."""
        return self.by_code.get(code.lower().removeprefix("p-"), ())

    def numbered(self, mrn: str) -> Found:
        """Patients with this MRN: as written if one is, else with leading zeros left out."""
        loose = self.by_mrn.get(mrn.lower().lstrip("0"), ())
        return tuple(each for each in loose if each.mrn.lower() == mrn.lower()) or loose

    def born_as(self, initials: str, year: int) -> Found:
        """Patients with these two initials born in this year."""
        return self._by_initials.get((initials.lower(), year), ())

    def surnamed(self, word: str) -> Found:
        """Patients of this surname or, where nobody has it, of one a slip away."""
        key = names.squash(word)
        return self.by_last.get(key) or self.nearly(key)

    def nearly(self, surname: str) -> Found:
        """Patients whose surname, or a word of it, is one slip away from the key `surname`."""
        near = self._near_last.one_slip(surname)
        found = dict.fromkeys(each for key in sorted(near) for each in self.by_last.get(key) or self.by_piece[key])
        return tuple(found)

    def around(self, surname: str) -> Found:
        """Patients a chooser may offer for a surname nobody has: one slip away or a little more."""
        near = self._near_last.around(surname)
        return tuple(
            dict.fromkeys(each for key in sorted(near) for each in self.by_last.get(key) or self.by_piece[key])
        )

    def nicknamed(self, word: str) -> Found:
        """Patients whose first name `word` is a usual short form of, beside those who go by it."""
        full = (each for key in sorted(canonicals(word)) for each in self.by_first.get(key, ()))
        return tuple(dict.fromkeys((*self.by_first.get(word, ()), *full)))

    @cached_property
    def known(self) -> frozenset[str]:
        """Every key a name may begin with: a word of the lexicon that is none of these names nobody."""
        return self.heads | self.by_last.keys() | self.by_first.keys()

    @cached_property
    def _near_last(self) -> NearMiss:
        return NearMiss.of([*self.by_last, *self.by_piece])

    @cached_property
    def _by_initials(self) -> dict[tuple[str, int], Found]:
        found: dict[tuple[str, int], list[RosterPatient]] = defaultdict(list)
        for each in self.patients:
            for first in {key[0] for key in called(each)}:
                for last in {key[0] for key in names.spellings(each.last)}:
                    if each.born:
                        found[first + last, each.born.year].append(each)
        return {key: tuple(many) for key, many in found.items()}

    def warm(self) -> None:
        """Build what is built on first need; for a thread of its own after a new roster came."""
        self.nearly("warmup")
        self.born_as("xx", 1900)
        is_form_of("bob", "robert")
