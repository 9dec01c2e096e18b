"""What statements of several modules are made with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy.dialects import postgresql, sqlite

_Item = TypeVar("_Item")

_CHUNK: Final = 500
"""Ids in one statement: the oldest SQLite takes 999 values."""


def inserting(dialect: str, into: Any) -> sqlite.Insert | postgresql.Insert:
    """An `INSERT` that may say what happens `ON CONFLICT`. `into`: a table, or a row's class."""
    return sqlite.insert(into) if dialect == "sqlite" else postgresql.insert(into)


def chunks(ids: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """As many at once as a statement takes."""
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
