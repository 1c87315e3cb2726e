"""Random row ids: they tell nothing about a person, a practice or an order."""

import secrets

CODE_ALPHABET = "23456789ACDEFGHJKMNPQRTVWXYZ"
"""Characters that read the same on paper, on a phone and aloud."""


def new_id() -> str:
    """96 random bits as text."""
    return secrets.token_hex(12)


def new_code() -> str:
    """A patient code such as "P-7K4QX": five characters, 17 million of them."""
    return "P-" + "".join(secrets.choice(CODE_ALPHABET) for _ in range(5))
