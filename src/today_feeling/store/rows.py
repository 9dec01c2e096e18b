"""Whole tables, read and written in the order of their keys."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Column, Connection, Table, func, insert, select, text
from sqlalchemy.exc import DataError, IntegrityError

from today_feeling.errors import Conflict
from today_feeling.store import layout

BATCH: Final = 1000
"""Rows that are in memory at once."""

OnRows = Callable[[str, int, int], None]
"""Told (table, rows done, rows in all) after each batch."""


def ignore(table: str, done: int, total: int) -> None:
    """An `OnRows` for those who do not watch."""


class Tally:
    """Counts rows and sums them up: two tables hold the same if their tallies are equal."""

    def __init__(self, table: Table) -> None:
        self.rows = 0
        self.table = table
        self._sha256 = hashlib.sha256()

    def add(self, row: Sequence[Any]) -> bytes:
        """Count the row; returns its line."""
        line = layout.line(row)
        self._sha256.update(line)
        self.rows += 1
        return line

    @property
    def sha256(self) -> str:
        return self._sha256.hexdigest()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tally):
            return NotImplemented
        return (self.rows, self.sha256) == (other.rows, other.sha256)

    __hash__ = None  # type: ignore[assignment]  # it changes


def count(connection: Connection, table: Table) -> int:
    """How many rows there are."""
    return connection.scalar(select(func.count()).select_from(table)) or 0


@contextmanager
def read(connection: Connection, table: Table) -> Iterator[Iterable[Sequence[Any]]]:
    """All rows in the order of the primary key, which is the same on every database."""
    order = [_in_byte_order(connection, column) for column in table.primary_key]
    streamed = {"yield_per": BATCH}
    with connection.execute(select(table).order_by(*order), execution_options=streamed) as found:
        yield found


def tally(connection: Connection, table: Table) -> Tally:
    """Sum up what the table holds."""
    result = Tally(table)
    with read(connection, table) as found:
        for row in found:
            result.add(row)
    return result


def write(
    connection: Connection, table: Table, rows: Iterable[dict[str, Any]], total: int, told: OnRows
) -> None:
    """Insert all rows, and let the next new row's number be above theirs.

    Raises `Conflict` where the database cannot hold one of them.
    """
    done = 0
    for batch in _batches(rows):
        try:
            connection.execute(insert(table), batch)
        except (DataError, IntegrityError, ValueError) as error:
            cause = str(getattr(error, "orig", error)).partition("\n")[0]
            raise Conflict(f"A row of {table.name} cannot be kept here: {cause}") from error
        done += len(batch)
        told(table.name, done, total)
    if connection.dialect.name == "postgresql":
        _raise_sequences(connection, table)


def _in_byte_order(connection: Connection, column: Column[Any]) -> Any:
    # PostgreSQL sorts text as its language does, SQLite by bytes.
    if column.info["kind"] == "text" and connection.dialect.name == "postgresql":
        return column.collate("C")
    return column


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _raise_sequences(connection: Connection, table: Table) -> None:
    find = text("SELECT pg_get_serial_sequence(quote_ident(:table), :column)")
    for column in table.primary_key:
        if column.info["kind"] != "integer":
            continue
        names = {"table": table.name, "column": column.name}
        sequence = connection.scalar(find, names)
        highest = connection.scalar(select(func.max(column)))
        if sequence and highest is not None:
            connection.scalar(select(func.setval(sequence, highest)))
