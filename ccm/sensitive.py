"""What must not stand in free text: social security and phone numbers, full birth dates, e-mail addresses."""

from __future__ import annotations

import re

from ccm.errors import Refused

_SSN = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])|(?i:\bssn\b)\D{0,8}\d{3}[ -]?\d{2}[ -]?\d{4}\b")
_PHONE = re.compile(r"(?<![\d-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\d-])")
_BIRTH = re.compile(
    r"(?i)\b(?:dob|d\.o\.b|born|birth ?date|date of birth)\b\W{0,4}"
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})\b"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[A-Za-z]{2,}")
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a social security number", _SSN),
    ("a phone number", _PHONE),
    ("a date of birth", _BIRTH),
    ("an e-mail address", _MAIL),
)


def refuse_sensitive(text: str) -> None:
    """Raise Refused, naming the kind of number and never the number, when `text` seems to hold one."""
    for kind, pattern in KINDS:
        if pattern.search(text):
            raise Refused(
                f"That looks like it holds {kind}.",
                hint="Nothing was saved. Please send it again without: name, MRN or patient code is enough.",
            )
