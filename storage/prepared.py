"""Core statements compiled once and handed to the driver directly, for what every log passes.

A Core execution costs several times the driver's own, and a log is a dozen statements. The statement stays a Core
construct, typed and portable; only its execution is short-cut (figures in docs/decisions/0004).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import Insert
from sqlalchemy.sql.expression import Executable, Select

Row = dict[str, Any]
Statement = Select[Any] | Insert | Executable
_Convert = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Compiled:
    """SQL of one dialect, how each parameter goes in, and how each column comes out."""

    sql: str
    names: tuple[str, ...]
    defaults: Mapping[str, Any]
    bound: tuple[tuple[int, Callable[[Any], Any]], ...]
    columns: tuple[str, ...]
    converted: tuple[tuple[str, Callable[[Any], Any]], ...]
    is_positional: bool

    def bind(self, given: Mapping[str, Any]) -> Any:
        if self.defaults:
            given = {**self.defaults, **given}
        values = [given[name] for name in self.names]
        for place, convert in self.bound:
            values[place] = convert(values[place])
        return values if self.is_positional else dict(zip(self.names, values, strict=True))

    def read(self, values: Any) -> Row:
        row = dict(zip(self.columns, values, strict=True))
        for name, convert in self.converted:
            row[name] = convert(row[name])
        return row


class Prepared:
    """A statement with named parameters, run inside the caller's transaction; by dialect name where they differ."""

    def __init__(self, statement: Statement | Mapping[str, Statement]) -> None:
        self._statement = statement
        self._by_dialect: dict[str, _Compiled] = {}

    def run(self, connection: Connection, given: Mapping[str, Any]) -> None:
        """Execute; nothing is read."""
        self._execute(connection, given)[1].close()

    def first(self, connection: Connection, given: Mapping[str, Any]) -> Row | None:
        """Execute and read the first row, by column name."""
        compiled, cursor = self._execute(connection, given)
        values = cursor.fetchone()
        cursor.close()
        return None if values is None else compiled.read(values)

    def all(self, connection: Connection, given: Mapping[str, Any]) -> list[Row]:
        """Execute and read every row, by column name."""
        compiled, cursor = self._execute(connection, given)
        rows = [compiled.read(values) for values in cursor.fetchall()]
        cursor.close()
        return rows

    def _execute(self, connection: Connection, given: Mapping[str, Any]) -> tuple[_Compiled, Any]:
        dialect = connection.dialect
        compiled = self._by_dialect.get(dialect.name) or self._compile(dialect)
        cursor = connection.connection.cursor()
        try:
            cursor.execute(compiled.sql, compiled.bind(given))
        except dialect.loaded_dbapi.Error as error:
            cursor.close()
            if dialect.is_disconnect(error, connection.connection, cursor):
                connection.invalidate(error)
            raise DBAPIError.instance(
                compiled.sql, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect
            ) from None
        return compiled, cursor

    def _compile(self, dialect: Dialect) -> _Compiled:
        chosen = self._statement[dialect.name] if isinstance(self._statement, Mapping) else self._statement
        compiled = chosen.compile(dialect=dialect)  # type: ignore[attr-defined]
        names = compiled.positiontup if compiled.positional else list(compiled.binds)
        columns = getattr(chosen, "exported_columns", ())
        binds = [compiled.binds[name] for name in names]
        converters = [bind.type.dialect_impl(dialect).bind_processor(dialect) for bind in binds]
        made = _Compiled(
            sql=str(compiled),
            names=tuple(names),
            defaults={name: bind.value for name, bind in zip(names, binds, strict=True) if not bind.required},
            bound=tuple((place, convert) for place, convert in enumerate(converters) if convert),
            columns=tuple(column.name for column in columns),
            converted=tuple((c.name, convert) for c in columns if (convert := _reader(c.type, dialect))),
            is_positional=compiled.positional,
        )
        self._by_dialect[dialect.name] = made
        return made


def insert_of(table: Table, *names: str) -> Insert:
    """An INSERT of these columns, each a parameter of its own name."""
    return insert(table).values({name: bindparam(name, type_=table.c[name].type) for name in names})


def _reader(type_: Any, dialect: Dialect) -> _Convert:
    return type_.dialect_impl(dialect).result_processor(dialect, None)  # type: ignore[no-any-return]
