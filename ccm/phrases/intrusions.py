"""Texts that are no speech of a nurse: program text, and attempts to talk the program out of its rules."""

from __future__ import annotations

import re

from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set

_CODE = re.compile(
    r"\bdef \w+\(|\breturn\b.*[(=]|==|=>|[{}]|\bfunction\b ?\(|\bselect\b.+\bfrom\b|\bdrop table\b|\binsert into\b|"
    r"</?\w+>|\bimport \w+$",
    re.IGNORECASE,
)

_RULES = word_set(
    "rule rules instruction instructions prompt policy policies limit limits guideline guidelines previous "
    "prior above restriction restrictions safety safeguards confirmation constraints programming checks"
)

_OVERRIDE = word_set("ignore disregard forget override bypass skip pretend disable ignoring overriding")

_ORDERS = re.compile(
    r"\b(?:you are now|act as|(?:developer|admin|debug|god|root) mode|no questions|without (?:asking|confirm\w*)|"
    r"(?:don't|do not|dont) (?:ask|question|confirm)|as an ai|jailbreak|sudo|system ?:|assistant ?:|"
    r"new instructions?|trust me)\b|\[system\]",
    re.IGNORECASE,
)

_CODE_SIGNS = frozenset("{}=<>(|")

_CODE_WORDS = word_set("select drop insert import return")

_ORDER_WORDS = word_set(
    "mode questions asking confirm confirming confirmation system assistant ai jailbreak sudo instructions "
    "instruction trust act now ask question"
)


def is_code(text: str, bag: frozenset[str]) -> bool:
    """Whether the text is program text rather than speech."""
    if _CODE_SIGNS.isdisjoint(text) and _CODE_WORDS.isdisjoint(bag):
        return False
    return bool(_CODE.search(text))


def is_order(line: Line) -> bool:
    """Whether the text tries to talk the program out of its rules."""
    if not _OVERRIDE.isdisjoint(line.bag):
        for place, word in enumerate(line.words):
            if word in _OVERRIDE and any(near in _RULES for near in line.words[place + 1 : place + 6]):
                return True
    return not _ORDER_WORDS.isdisjoint(line.bag) and bool(_ORDERS.search(line.text))
