"""Rows for every table of any revision, found by looking at the tables and not by naming them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Table, inspect, select

from today_feeling.store import layout, migrations, rows
from today_feeling.store.schema import Base

KEPT: Final = sorted(Base.metadata.tables.keys() - layout.NOT_KEPT)
"""The tables that go into a backup."""

ROWS: Final = 3
"""In each table. The first has a value in every column, the second only where it must."""

_START: Final = datetime(2026, 3, 29, 0, 59, 59, 999_999, tzinfo=UTC)

Given = Mapping[str, Mapping[str, Any]]
"""Table -> column -> the value of all rows, where any value would not do."""

Contents = dict[str, list[dict[str, Any]]]
"""Table -> its rows."""

CHECKED: Final[Given] = {"tracks": {"source": "youtube", "file_path": None, "remote_key": None}}


def fill(connection: Connection, given: Given = CHECKED) -> None:
    """Put `ROWS` rows into every table that has none."""
    for table in tables(connection):
        if not rows.count(connection, table):
            new = [_row(connection, table, number, given) for number in range(1, ROWS + 1)]
            rows.write(connection, table, new, ROWS, rows.ignore)


def contents(connection: Connection) -> Contents:
    """All rows of all tables."""
    return {
        table.name: [
            dict(row._mapping) for row in connection.execute(select(table).order_by(*_key(table)))
        ]
        for table in tables(connection)
    }


def tables(connection: Connection) -> tuple[Table, ...]:
    revision = migrations.current(connection)
    return layout.of(revision).tables if revision else ()


def _key(table: Table) -> list[Any]:
    return list(table.primary_key)


def _row(connection: Connection, table: Table, number: int, given: Given) -> dict[str, Any]:
    look = inspect(connection)
    refers = {
        name for key in look.get_foreign_keys(table.name) for name in key["constrained_columns"]
    }
    lengths = {
        column["name"]: getattr(column["type"], "length", None)
        for column in look.get_columns(table.name)
    }
    fixed = {**CHECKED.get(table.name, {}), **given.get(table.name, {})}
    row: dict[str, Any] = {}
    for name, kind in layout.kinds(table).items():
        column = table.columns[name]
        if name in fixed:
            row[name] = fixed[name]
        elif name in refers or (column.primary_key and kind == "integer"):
            row[name] = number
        elif column.nullable and number == 2 and table.name not in CHECKED:
            row[name] = None
        else:
            row[name] = _value(kind, number, lengths[name])
    return row


def _value(kind: str, number: int, length: int | None) -> Any:
    """Different for each number, and awkward: what a careless copy would change."""
    values: dict[str, Any] = {
        "boolean": number % 2 == 1,
        "bytes": bytes([number, 0, 255]),
        "date": date(2026, 2, 27 + number % 2),
        "integer": 2**53 + number,  # no double holds all of these
        "json": {"b": [number, 0.1, None], "a": "한 \"'\\\n😀"},
        "number": 0.1 + 0.2 + number,
        "text": f"{number}한 \"'\\\n\t😀"[:length],
        "time": _START + timedelta(days=number),
        "uuid": UUID(int=number << 120 | number),
    }
    return values[kind]
