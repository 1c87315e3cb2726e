"""Column building blocks of the tables in `schema.py`, and how an instant is stored."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, ForeignKeyConstraint, LargeBinary, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime on every database; SQLite keeps it naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        at = value.astimezone(UTC)
        return at.replace(tzinfo=None) if dialect.name == "sqlite" else at

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def id_column(name: str = "id", *, nullable: bool = False) -> Column[str]:
    """A random row id, see `storage.ids`."""
    return Column(name, String(32), nullable=nullable)


def of_practice() -> Column[str]:
    """Every row belongs to a practice."""
    return Column("practice_id", String(32), nullable=False)


def sealed_columns() -> tuple[Column[str], Column[bytes]]:
    """A sealed text: the key's id, then nonce and ciphertext."""
    return Column("key_id", String(16), nullable=False), Column("sealed", LargeBinary, nullable=False)


def points_to(table: str, column: str) -> ForeignKeyConstraint:
    """A reference that can never cross practices."""
    return ForeignKeyConstraint(["practice_id", column], [f"{table}.practice_id", f"{table}.id"])


def belongs() -> ForeignKeyConstraint:
    """The practice must exist."""
    return ForeignKeyConstraint(["practice_id"], ["practice.id"])
