"""Which first names are forms of each other (Bob, Robert): the only user of `nicknames`, and only when asked."""

from __future__ import annotations

from functools import cache

_OWN = {"dob", "do", "may", "will", "pt", "ed", "al", "in", "so", "hob", "nap", "dose"}
"""Entries of the list that are rather words of a note; as typed first names they are left to the roster alone."""


@cache
def _canonicals() -> dict[str, frozenset[str]]:
    from nicknames import NickNamer

    names = NickNamer().canonical_lookup
    return {nick: frozenset(full) for nick, full in names.items()}


@cache
def _given() -> frozenset[str]:
    full = frozenset().union(*_canonicals().values())
    return full | _canonicals().keys()


def canonicals(nick: str) -> frozenset[str]:
    """The full names `nick` is short for; empty when it is none."""
    return frozenset() if nick in _OWN else _canonicals().get(nick, frozenset())


def is_form_of(said: str, first: str) -> bool:
    """Whether someone called `first` may be called `said`, or the other way round."""
    return said == first or first in canonicals(said) or said in canonicals(first)


def is_given_name(word: str) -> bool:
    """Whether the word is known as somebody's first name."""
    return word not in _OWN and word in _given()
