"""Column types that read the same from SQLite and from PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator

Id = BigInteger().with_variant(Integer, "sqlite")
"""A key that counts up; SQLite counts only in a column of type INTEGER."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware and in UTC on the Python side, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone says no instant")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        time: datetime = value
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


class epoch_seconds(GenericFunction[int]):  # noqa: N801 - an SQL function, and named like one
    """Whole seconds from 1970 to a `UtcDateTime`, rounded down."""

    type = BigInteger()
    inherit_cache = True


class whole_sum(GenericFunction[int]):  # noqa: N801
    """The sum of small whole numbers: PostgreSQL adds up those of 64 bits to decimals, slowly."""

    type = BigInteger()
    inherit_cache = True


@compiles(whole_sum, "postgresql")
def _added_on_postgresql(element: whole_sum, compiler: Any, **options: Any) -> str:
    return f"SUM(CAST({_inside(element, compiler, options)} AS INTEGER))"


@compiles(whole_sum, "sqlite")
def _added_on_sqlite(element: whole_sum, compiler: Any, **options: Any) -> str:
    return f"SUM({_inside(element, compiler, options)})"


@compiles(epoch_seconds, "postgresql")
def _on_postgresql(element: epoch_seconds, compiler: Any, **options: Any) -> str:
    return f"CAST(FLOOR(EXTRACT(EPOCH FROM {_inside(element, compiler, options)})) AS BIGINT)"


@compiles(epoch_seconds, "sqlite")
def _on_sqlite(element: epoch_seconds, compiler: Any, **options: Any) -> str:
    # Only the first 19 characters: SQLite rounds what follows them to milliseconds, and so may
    # come out in the next second.
    time = f"SUBSTR({_inside(element, compiler, options)}, 1, 19)"
    return f"CAST(STRFTIME('%s', {time}) AS INTEGER)"


def _inside(element: GenericFunction[Any], compiler: Any, options: dict[str, Any]) -> str:
    text: str = compiler.process(element.clauses, **options)
    return text
