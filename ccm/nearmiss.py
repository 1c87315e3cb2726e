"""Names one slip of the finger away: a deletion index (SymSpell, distance 1) checked by `rapidfuzz`, its only user."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

SHORTEST = 4
"""Below this a slip turns one real name into another too easily."""


def _shorter(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """Words by what remains of them when one letter is left out."""

    by_rest: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, words: Iterable[str]) -> NearMiss:
        """Index the words; those under `SHORTEST` letters take no slips."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in words:
            if len(word) >= SHORTEST:
                for rest in (word, *_shorter(word)):
                    found[rest].append(word)
        return cls(by_rest={rest: tuple(dict.fromkeys(known)) for rest, known in found.items()})

    def around(self, word: str) -> set[str]:
        """Words that share a rest with `word`: one slip away, and some two slips away."""
        if len(word) < SHORTEST:
            return set()
        get = self.by_rest.get
        return {known for rest in (word, *_shorter(word)) for known in get(rest, ())}

    def one_slip(self, word: str) -> set[str]:
        """Words at exactly one insertion, deletion, change or swap of neighbours."""
        return {known for known in self.around(word) if OSA.distance(word, known, score_cutoff=1) == 1}


def is_nearly(word: str, known: str, slips: int) -> bool:
    """Whether `word` is `known` but for at most `slips` slips."""
    return OSA.distance(word, known, score_cutoff=slips) <= slips
