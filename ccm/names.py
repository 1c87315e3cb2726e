"""How a written name becomes a key: case, accents, hyphens, apostrophes and blanks do not count."""

from __future__ import annotations

import re
import unicodedata

_STRANGE = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ß": "ss",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "ı": "i",
        "ð": "d",
        "þ": "th",
    }
)
_OTHER = re.compile(r"[^a-z]+")
_PARTS = re.compile(r"[a-z]+")
PARTICLES = frozenset(
    [
        "de",
        "la",
        "le",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "al",
        "el",
        "bin",
        "ibn",
        "st",
        "saint",
        "san",
        "mac",
        "mc",
        "o",
        "d",
        "du",
        "y",
    ]
)


def plain(text: str) -> str:
    """`text` without accents; letters that do not come apart are spelled the English way."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text.translate(_STRANGE))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def squash(text: str) -> str:
    """The key of a name: its plain small letters alone ("de la Cruz" and "delacruz" are one)."""
    return text if text.isascii() and text.islower() and text.isalpha() else _OTHER.sub("", plain(text).lower())


def parts(text: str) -> tuple[str, ...]:
    """The words of a name in small plain letters."""
    return tuple(_PARTS.findall(plain(text).lower()))


def spellings(surname: str) -> tuple[str, ...]:
    """Keys a surname answers to in full: "St. James" also as "Saint James"."""
    key = squash(surname)
    first, *rest = parts(surname) or ("",)
    if rest and first == "st":
        return key, "saint" + "".join(rest)
    return (key,) if key else ()


def heads(surname: str) -> tuple[str, ...]:
    """What stands before each inner boundary of a surname of several words: "de", "dela" for "de la Cruz"."""
    pieces = parts(surname)
    joined = ["".join(pieces[:count]) for count in range(1, len(pieces))]
    if pieces and pieces[0] == "st":
        joined.append("saint")
    if len(pieces) == 1 and pieces[0].startswith("mc"):
        joined.append("mc")
    return tuple(joined)


def pieces(surname: str) -> tuple[str, ...]:
    """The telling words of a compound surname, each of which people use alone: "cruz"; none for a simple one."""
    words = parts(surname)
    return tuple(word for word in words if len(word) > 2 and word not in PARTICLES) if len(words) > 1 else ()
