"""Seals words at rest: AES-256-GCM bound to its row, keyed hashes for look-up and for the audit chain.

Key file (mode 600, kept apart from the data), one key a line, standard base64 of 32 bytes:

    root <key>        derives the index, audit and delivery keys; never rotated
    cell k1 <key>     seals cells; the last line seals new ones, earlier lines still open old ones
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ccm.errors import BadSetting, CcmError

NONCE = 12
"""Bytes of the random nonce in front of each sealed text; rotate a key far below 2**32 seals."""
ENCODING = ("utf-8", "surrogatepass")
"""Half an emoji, as a client may cut one, is kept as it came."""
LONGEST_ID = 16
"""Characters of a cell key's id, as wide as its columns."""


class Unsealable(CcmError):
    """The cell is of another key, another row, or was changed."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a sealed column pair holds."""

    key_id: str
    data: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """All keys of one deployment; `repr` shows none of them."""

    index_key: bytes
    audit_key: bytes
    delivery_key: bytes
    ciphers: dict[str, AESGCM]
    current: str
    _aad: bytes = field(default=b"ccm1|")

    def seal(self, text: str, *, practice_id: str, kind: str, row_id: str) -> Sealed:
        """Encrypt `text` so that it opens only as this kind in this row of this practice."""
        nonce = os.urandom(NONCE)
        sealed = self.ciphers[self.current].encrypt(nonce, _utf8(text), self._bound(practice_id, kind, row_id))
        return Sealed(self.current, nonce + sealed)

    def open(self, sealed: Sealed, *, practice_id: str, kind: str, row_id: str) -> str:
        """Decrypt; raises Unsealable for a moved or changed cell or an unknown key."""
        cipher = self.ciphers.get(sealed.key_id)
        if cipher is None:
            raise Unsealable("A record was sealed with a key this key file does not hold.")
        try:
            bound = self._bound(practice_id, kind, row_id)
            return cipher.decrypt(sealed.data[:NONCE], sealed.data[NONCE:], bound).decode(*ENCODING)
        except (InvalidTag, ValueError):  # ValueError: cut too short to hold a nonce
            raise Unsealable(
                "A sealed record does not open: it was changed, moved or sealed with another key."
            ) from None

    def blind_index(self, text: str) -> bytes:
        """A keyed hash for exact look-up of a number (MRN); never used for names."""
        return hmac.digest(self.index_key, _utf8(text), "sha256")

    def fingerprint(self, text: str) -> bytes:
        """A keyed hash kept in the ledger beside a cell's id, so that a changed cell is noticed."""
        return hmac.digest(self.index_key, b"words|" + _utf8(text), "sha256")

    def chain(self, previous: bytes, record: bytes) -> bytes:
        """The audit chain's next link: HMAC-SHA256 of the previous link and this record."""
        return hmac.digest(self.audit_key, previous + record, "sha256")

    def _bound(self, practice_id: str, kind: str, row_id: str) -> bytes:
        return self._aad + f"{practice_id}|{kind}|{row_id}".encode()


def create_key_file(path: Path) -> None:
    """Write a new key file readable by its owner alone; raises FileExistsError rather than overwrite one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = f"root {_fresh()}\ncell k1 {_fresh()}\n"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def load_keyring(path: Path) -> Keyring:
    """Read the key file; BadSetting tells in a sentence what is wrong with it."""
    if not path.is_file():
        raise BadSetting(
            f"CCM_KEY_FILE: there is no key file at {path}.",
            hint="A new practice: run `ccm-bot init`. Otherwise restore the file from its backup.",
        )
    if path.stat().st_mode & 0o077:
        raise BadSetting(f"CCM_KEY_FILE: others can read {path}.", hint=f"Run `chmod 600 {path}`.")
    try:
        return _read(path.read_text())
    except (ValueError, IndexError):
        raise BadSetting(
            f"CCM_KEY_FILE: {path} is not a key file of this program.", hint="Restore it from your secret store."
        ) from None


def _read(text: str) -> Keyring:
    root, cells = b"", dict[str, AESGCM]()
    for line in text.splitlines():
        match line.split():
            case ["root", key] if not root:
                root = _bytes(key)
            case ["cell", key_id, key] if key_id not in cells and len(key_id) <= LONGEST_ID:
                cells[key_id] = AESGCM(_bytes(key))
            case []:
                continue
            case _:
                raise ValueError("an unknown line, or a key named twice")
    if not root or not cells:
        raise ValueError("a root and a cell key are needed")
    return Keyring(
        index_key=_derive(root, "index"),
        audit_key=_derive(root, "audit"),
        delivery_key=_derive(root, "delivery"),
        ciphers=cells,
        current=list(cells)[-1],
    )


def _utf8(text: str) -> bytes:
    return text.encode(*ENCODING)


def _derive(root: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"ccm-bot|" + purpose.encode()).derive(root)


def _bytes(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != hashlib.sha256().digest_size:
        raise ValueError("a key has 32 bytes")
    return key


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
