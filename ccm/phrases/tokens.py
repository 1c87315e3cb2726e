"""A text cut into words, numbers and signs with the senses the lexicon knows: what every later step walks over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_

from ccm.phrases.lexicon import SENSES

_TOKEN = re.compile(
    r"""
    (?=[\d(+:])(?:
      (?P<iso>\d{4}-\d{1,2}-\d{1,2})(?!\d)
    | (?P<full>\d{1,2}([/.-])\d{1,2}\3(?:\d{4}|\d{2}))(?![\d/])
    | (?P<phone>(?:\+?1[-. ])?(?:\(\d{3}\)[ ]?|\d{3}[-.])?\d{3}[-.]\d{4})(?!\d)
    | (?P<long>\d{1,2}:\d{2}:\d{2})
    | (?P<clock>\d{0,2}:\d{2})(?!\d)
    | (?P<hours>\d+h(?:rs?|ours?)?\d{1,2}(?:m(?:ins?)?)?\b))
  | (?P<code>p-[a-z0-9]{4,8}\b
      |(?!x\d+(?:m|min|mins)?\b)[a-z]++\d[a-z0-9]*(?:\.\d+)?
      |(?!\d+h(?:rs?|ours?)?\d)\d++[a-z]++\d[a-z0-9]*)
  | (?P<num>\d{1,3}(?:,\d{3})+(?!\d)|\d*\.\d+|\d+)
  | (?P<word>(?:w/o|w/c|w/|n/v/d|[a-z]/[a-z]\b(?:'[a-z]+)?)|[a-z]+(?:'[a-z]+)*(?:-[a-z]+(?:'[a-z]+)*)*)
  | (?P<line>\n)
  | (?P<sign>\S)
    """,
    re.VERBOSE,
)
_KNOTTY = re.compile(r"[^A-Za-z0-9 ]|[A-Za-z][0-9]")
"""Signs, and codes ("7k4q", "1h10"); without them a token is a run of letters or a run of digits."""
_RUN = re.compile(r"[a-z]+|[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Tokens in parallel tuples.

    words: small letters; written: as typed; kinds: groups of the token pattern; senses: bits of the lexicon,
    `every` all of them together; bag: the words as a set.
    """

    text: str
    words: tuple[str, ...]
    written: tuple[str, ...]
    kinds: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    senses: tuple[int, ...]
    every: int
    bag: frozenset[str]

    def __len__(self) -> int:
        return len(self.words)


def cut(text: str) -> Line:
    """The line's tokens; numbers and words glued together ("15min") come apart, codes ("7k4q") do not."""
    low = text.lower()
    pattern = _TOKEN if _KNOTTY.search(text) else _RUN
    matches = list(pattern.finditer(low))
    words = tuple([match[0] for match in matches])
    starts, ends = tuple([match.start() for match in matches]), tuple([match.end() for match in matches])
    if pattern is _RUN:
        kinds = tuple(["num" if word.isdigit() else "word" for word in words])
    else:
        kinds = tuple([match.lastgroup or "" for match in matches])
    get = SENSES.get
    senses = tuple([get(word, 0) for word in words])
    return Line(
        text=text, words=words, kinds=kinds, starts=starts, ends=ends,
        written=words if low == text else tuple([text[start:end] for start, end in zip(starts, ends, strict=True)]),
        senses=senses, every=reduce(or_, senses, 0), bag=frozenset(words),
    )  # fmt: skip
