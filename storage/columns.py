"""Column building blocks of the tables in `schema.py`, and how an instant is stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Date, DateTime, ForeignKeyConstraint, Integer, LargeBinary, MetaData, Numeric, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

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
    """An aware UTC datetime: `timestamptz` on PostgreSQL, text that sorts by time on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String(26) if dialect.name == "sqlite" else DateTime(timezone=True))

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        return _instant_as_text if dialect.name == "sqlite" else _instant

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        del coltype
        return _text_as_instant if dialect.name == "sqlite" else _instant


def _instant(value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is not UTC:
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return value.astimezone(UTC)
    return value


def _instant_as_text(value: datetime | None) -> str | None:
    at = _instant(value)
    return None if at is None else at.isoformat(" ", "microseconds")[:26]


def _text_as_instant(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


class Day(TypeDecorator[date]):
    """A clinic-local calendar day: `date` on PostgreSQL, "2026-03-31" on SQLite."""

    impl = Date
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[date | None], Any] | None:
        return _day_as_text if dialect.name == "sqlite" else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], date | None] | None:
        del coltype
        return _text_as_day if dialect.name == "sqlite" else None


def _day_as_text(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _text_as_day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


class WholeMinutes(TypeDecorator[int]):
    """Whole minutes. PostgreSQL rounds 19.5 on its way into an INTEGER, so there the check stands on a NUMERIC."""

    impl = Integer
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Numeric() if dialect.name == "postgresql" else Integer())

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], int | None] | None:
        del coltype  # our prepared statements do not know it
        return _whole if dialect.name == "postgresql" else None


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def id_column(name: str = "id", *, nullable: bool = False) -> Column[str]:
    """A random row id, see `storage.ids`."""
    sorted_by_bytes = String(32).with_variant(String(32, collation="C"), "postgresql")
    return Column(name, sorted_by_bytes, nullable=nullable)


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
