"""The tables of any revision, and a form of their rows that is the same on every database.

What a revision's tables are is asked of its migrations, run on an empty SQLite in memory: so a
database that is older than the program can be kept and moved as it is, and no list of tables
exists that a new one could be missing from.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    StaticPool,
    String,
    Table,
    Text,
    Uuid,
    create_engine,
)
from sqlalchemy.types import CHAR, TypeEngine

from today_feeling.store import migrations
from today_feeling.store.types import Id, UtcDateTime

KINDS: Final[dict[str, TypeEngine[Any]]] = {
    "boolean": Boolean(),
    "bytes": LargeBinary(),
    "date": Date(),
    "integer": Id,
    "json": JSON(none_as_null=True),
    "number": Double(),
    "text": Text(),
    "time": UtcDateTime(),
    "uuid": Uuid(),
}
"""What a column may hold. The names are written into backups, so they stay."""

NOT_KEPT: Final = frozenset({migrations.VERSION_TABLE, "track_changes"})
"""What is said of one database alone, and noted anew by any other that takes its rows."""

# The first that fits: an UUID is text on SQLite, and nothing else of ours is CHAR.
_KIND_OF_TYPE: Final[tuple[tuple[type[TypeEngine[Any]], str], ...]] = (
    (CHAR, "uuid"),
    (JSON, "json"),
    (Boolean, "boolean"),
    (DateTime, "time"),
    (Date, "date"),
    (LargeBinary, "bytes"),
    (Integer, "integer"),
    (Float, "number"),
    (String, "text"),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The tables of a revision, each after all that its foreign keys name."""

    revision: str
    tables: tuple[Table, ...]


@cache
def of(revision: str) -> Layout:
    """The layout of a revision, without `NOT_KEPT`. Raises `Conflict` where this program does not
    know it."""
    scratch = create_engine("sqlite://", poolclass=StaticPool)
    with scratch.begin() as connection:
        migrations.run(connection, revision)
        found = MetaData()
        found.reflect(connection)
    scratch.dispose()
    ours = MetaData()
    return Layout(
        revision,
        tuple(
            Table(table.name, ours, *(_column(column) for column in table.columns))
            for table in found.sorted_tables
            if table.name not in NOT_KEPT
        ),
    )


def kinds(table: Table) -> dict[str, str]:
    """Column names of a layout's table, in order, and what each holds: a key of `KINDS`."""
    return {column.name: column.info["kind"] for column in table.columns}


def line(row: Sequence[Any]) -> bytes:
    """The row as one line of JSON; equal rows give equal lines, whichever database they are in."""
    values = [_plain(value) for value in row]
    text = json.dumps(values, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return text.encode() + b"\n"


def row(table: Table, values: Sequence[Any]) -> dict[str, Any]:
    """What `line` said, once read as JSON, as a row to insert.

    Raises `ValueError`, `TypeError` or `AttributeError` where the values are none of this table.
    """
    return {
        name: None if value is None else _rich(kind, value)
        for (name, kind), value in zip(kinds(table).items(), values, strict=True)
    }


def _column(column: Column[Any]) -> Column[Any]:
    kind = next((kind for each, kind in _KIND_OF_TYPE if isinstance(column.type, each)), None)
    if kind is None:
        raise TypeError(f"{column} is of {column.type!r}: give it a kind, or no backup holds it")
    return Column(
        column.name,
        KINDS[kind],
        primary_key=column.primary_key,
        nullable=column.nullable,
        info={"kind": kind},
    )


def _plain(value: Any) -> Any:
    match value:
        case bytes():
            return base64.b64encode(value).decode()
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
    return value


def _rich(kind: str, value: Any) -> Any:
    match kind:
        case "bytes":
            return base64.b64decode(value, validate=True)
        case "time":
            return datetime.fromisoformat(value)
        case "date":
            return date.fromisoformat(value)
        case "uuid":
            return UUID(value)
    return value
