"""PHI cells: names, notes and original words, sealed in a table of their own; others hold only a cell's id and hash."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from storage.ids import new_id
from storage.prepared import Prepared, insert_of
from storage.schema import phi_cell
from storage.sealing import Keyring, Sealed

_INSERT = Prepared(insert_of(phi_cell, *(column.name for column in phi_cell.columns)))
_OPEN = select(phi_cell.c.kind, phi_cell.c.key_id, phi_cell.c.sealed).where(
    phi_cell.c.practice_id == bindparam("practice_id"), phi_cell.c.id == bindparam("cell_id")
)


def keep(connection: Connection, keyring: Keyring, *, practice_id: str, kind: str, text: str) -> tuple[str, bytes]:
    """Seal `text` into a new cell; gives its id and the keyed hash by which a changed cell is noticed."""
    cell_id = new_id()
    sealed = keyring.seal(text, practice_id=practice_id, kind=kind, row_id=cell_id)
    row = {
        "practice_id": practice_id,
        "id": cell_id,
        "kind": kind,
        "key_id": sealed.key_id,
        "sealed": sealed.data,
    }
    _INSERT.run(connection, row)
    return cell_id, keyring.fingerprint(text)


def read(connection: Connection, keyring: Keyring, *, practice_id: str, cell_id: str) -> str:
    """Open one cell; Unsealable when it was tampered with, LookupError when it is not there."""
    row = connection.execute(_OPEN, {"practice_id": practice_id, "cell_id": cell_id}).first()
    if row is None:
        raise LookupError("no such cell in this practice")
    return keyring.open(Sealed(row.key_id, row.sealed), practice_id=practice_id, kind=row.kind, row_id=cell_id)
