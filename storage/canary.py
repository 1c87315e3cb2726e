"""A word sealed in each practice's record: a start with the wrong key is refused in a sentence."""

from __future__ import annotations

from sqlalchemy import select

from ccm.errors import BadSetting
from storage import cells
from storage.database import Database
from storage.schema import phi_cell, practice
from storage.sealing import Keyring, Unsealable

WORD = "canary"


def check_key(database: Database, keyring: Keyring) -> None:
    """Open every practice's canary, or another of its cells; seal one where there is none. Raises BadSetting."""
    with database.begin() as connection:
        for practice_id in connection.execute(select(practice.c.id)).scalars().all():
            own = select(phi_cell.c.id).where(phi_cell.c.practice_id == practice_id).limit(1)
            found = connection.execute(own.where(phi_cell.c.kind == WORD)).scalar()
            cell_id = found or connection.execute(own).scalar()
            if cell_id is not None:
                try:
                    cells.read(connection, keyring, practice_id=practice_id, cell_id=cell_id)
                except Unsealable:
                    raise BadSetting(
                        "CCM_KEY_FILE: this key does not open the database: it is the key of another one.",
                        hint="Restore the key file that was kept with this database's backup.",
                    ) from None
            if found is None:
                cells.keep(connection, keyring, practice_id=practice_id, kind=WORD, text=WORD)
