"""A text cut into words, numbers and signs, each with the senses the lexicon knows: what every later step walks over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ccm.phrases.lexicon import SENSES

_TOKEN = re.compile(
    r"""
    (?P<iso>\d{4}-\d{1,2}-\d{1,2})(?!\d)
  | (?P<full>\d{1,2}([/.-])\d{1,2}\3(?:\d{4}|\d{2}))(?![\d/])
  | (?P<phone>(?:\+?1[-. ])?(?:\(\d{3}\)[ ]?|\d{3}[-.])?\d{3}[-.]\d{4})(?!\d)
  | (?P<long>\d{1,2}:\d{2}:\d{2})
  | (?P<clock>\d{0,2}:\d{2})(?!\d)
  | (?P<code>p-[a-z0-9]{4,8}\b(?<=\w)|(?!x\d+\b|q\d+h?\b)[a-z]+\d[a-z0-9]*(?:\.\d+)?|(?!\d+h(?:rs?|ours?)?\d)\d+[a-z]+\d[a-z0-9]*)
  | (?P<num>\d{1,3}(?:,\d{3})+(?!\d)|\d*\.\d+|\d+)
  | (?P<word>[a-z]+(?:'[a-z]+)*(?:-[a-z]+(?:'[a-z]+)*)*|(?:w/o|w/|[a-z]/[a-z](?:/[a-z])?\b)(?:'[a-z]+)?)
  | (?P<line>\n)
  | (?P<sign>\S)
    """,
    re.VERBOSE,
)
_SLASHED = frozenset("w/o w/ f/u d/c r/s c/o b/c s/s n/v n/v/d y/o t/c h/o s/p i/o l/m v/m p/u w/c h/h".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Tokens in parallel tuples. words: small letters; written: as typed; kinds: groups of the token pattern; senses: bits of the lexicon."""

    text: str
    words: tuple[str, ...]
    written: tuple[str, ...]
    kinds: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    senses: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)
