"""Slack's text as a person reads it: escapes undone; mentions, links, quotes and emoji gone; odd characters plain."""

from __future__ import annotations

import re
import unicodedata

from ccm.names import plain

LONGEST = 4_000
"""Characters read; a longer text is a pasted document, not a log."""

_MARKUP = re.compile(
    r"```.*?(?:```|\Z)|<(?:[@#!][^>\n]*|(?:https?|mailto|tel|ftp)[^>\n]*)>|\b(?:https?://|www\.)\S+|\S+@\w+\.\w\S*|"
    r"[*_~]{1,2}(?=\w)|(?<=\w)[*_~]{1,2}(?!\w)",
    re.DOTALL,
)
_EMOJI = re.compile(r"(?<![\w:]):[a-z+_-][\w+'-]*:(?::skin-tone-\d:)?", re.IGNORECASE)
_QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_ESCAPES = re.compile(r"&(amp|lt|gt|quot|#39|nbsp);")
_UNESCAPED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "#39": "'", "nbsp": " "}
_SMART = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ′`´", "'"),
        **dict.fromkeys("“”″„", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "×": "x",
        "…": "...",
        "⁄": "/",
        "•": "\n",
        "·": "-",
    }
)
_FRACTIONS = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3"}
_FRACTION = re.compile("[" + "".join(_FRACTIONS) + "]")
_LATIN = re.compile(r"[^\x00-\x7f]")
_UNCLEAR = re.compile(r"[^A-Za-z0-9 ,;'()/+#!?-]")
"""All but letters, digits and marks that cleaning leaves as they are."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x19\x1b-\x1f\x7f]")


def cleaned(text: str) -> str:
    """The text in plain ASCII, line breaks kept; letters of other scripts become `\\x1a`, other signs blanks."""
    if not _UNCLEAR.search(text):
        return text
    if (
        "<" in text
        or "`" in text
        or "@" in text
        or "://" in text
        or "*" in text
        or "_" in text
        or "~" in text
        or "www." in text
    ):
        text = _MARKUP.sub(" ", text)
    if "&" in text:
        text = _ESCAPES.sub(lambda found: _UNESCAPED[found[1]], text)
        text = _MARKUP.sub(" ", text) if "<" in text else text
    if ">" in text:
        text = _QUOTED.sub("", text)
    if not text.isascii():
        text = _ascii(text)
    if ":" in text:
        text = _EMOJI.sub(" ", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("`", "'")
    return _CONTROL.sub("", text) if not text.isprintable() else text


def _ascii(text: str) -> str:
    text = _FRACTION.sub(lambda found: _FRACTIONS[found[0]], text.translate(_SMART))
    return _LATIN.sub(_stand_in, plain(text).translate(_SMART))


def _stand_in(found: re.Match[str]) -> str:
    kind = unicodedata.category(found[0])
    if kind.startswith("L"):
        return "\x1a"
    return "" if kind in ("Cf", "Mn", "Cc") else "\n" if kind in ("Zl", "Zp") else " "
