"""The file of a backup: gzipped JSON Lines, the same from SQLite and from PostgreSQL.

    {"format": "today-feeling-backup", "version": 1, "revision": ..., "made_at": ..., ...}
    {"table": "users", "columns": {"id": "integer", ...}, "rows": 2}
    [1, false, ...]
    [2, true, ...]
    {"sha256": of the rows' lines}
    ... further tables ...
    {"sha256": of all lines before this one}

Why not the databases' own formats, and what may change: docs/adr/backups.md.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from today_feeling.errors import InvalidInput

FORMAT: Final = "today-feeling-backup"
VERSION: Final = 1

_DAMAGE: Final = (EOFError, zlib.error, AttributeError, KeyError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says of itself."""

    revision: str
    """Of the tables when it was made."""
    made_at: datetime
    made_by: str
    """The version of the program."""


@dataclass(frozen=True, slots=True)
class StoredTable:
    """What a backup says of a table before its rows."""

    name: str
    columns: Mapping[str, str]
    """Names in order, and what each holds: a key of `layout.KINDS`."""
    rows: int


class Writer:
    """Writes the lines of a backup, and sums them up."""

    def __init__(self, stream: IO[bytes], header: Header) -> None:
        self._stream = stream
        self._sha256 = hashlib.sha256()
        self._say(
            format=FORMAT,
            version=VERSION,
            revision=header.revision,
            made_at=header.made_at.isoformat(),
            made_by=header.made_by,
        )

    def begin_table(self, table: StoredTable) -> None:
        self._say(table=table.name, columns=dict(table.columns), rows=table.rows)

    def row(self, line: bytes) -> None:
        self._sha256.update(line)
        self._stream.write(line)

    def end_table(self, sha256: str) -> None:
        self._say(sha256=sha256)

    def finish(self) -> None:
        self._say(sha256=self._sha256.hexdigest())

    def _say(self, **what: Any) -> None:
        self.row(json.dumps(what, separators=(",", ":")).encode() + b"\n")


class Reader:
    """Reads a backup, once, from its start to its end."""

    def __init__(self, path: Path, stream: IO[bytes]) -> None:
        """Read the header. Raises `InvalidInput` where the file is no backup that we can read."""
        self._path = path
        self._stream = stream
        self._sha256 = hashlib.sha256()
        self._last = b""
        try:
            first = json.loads(self._line())
            if first["format"] != FORMAT:
                raise ValueError("another format")
            version = int(first["version"])
            if version <= VERSION:
                made_at = datetime.fromisoformat(first["made_at"])
                self.header = Header(str(first["revision"]), made_at, str(first["made_by"]))
        except (*_DAMAGE, gzip.BadGzipFile) as error:
            raise InvalidInput(f"{path} is no backup of Today Feeling.") from error
        if version > VERSION:
            raise InvalidInput(f"{path} is of a newer Today Feeling than this one.")

    def tables(self) -> Iterator[tuple[StoredTable, Iterator[list[Any]]]]:
        """Each table with its rows, which have to be read before the next one is asked for.

        Raises `InvalidInput` where the file is damaged or cut short; when it ends, every checksum
        has held.
        """
        with self._telling_damage():
            while "table" in (said := json.loads(self._line())):
                table = StoredTable(said["table"], said["columns"], int(said["rows"]))
                yield table, self._rows(table)
            if said["sha256"] != self._sha256.hexdigest():
                raise ValueError("its checksum is wrong")
            if self._stream.read(1):
                raise ValueError("it goes on after its end")

    def _rows(self, table: StoredTable) -> Iterator[list[Any]]:
        sha256 = hashlib.sha256()
        with self._telling_damage():
            for _ in range(table.rows):
                line = self._line()
                sha256.update(line)
                values = json.loads(line)
                if not isinstance(values, list):
                    raise ValueError(f"rows of {table.name} are missing")
                yield values
            if json.loads(self._line())["sha256"] != sha256.hexdigest():
                raise ValueError(f"the checksum of {table.name} is wrong")

    def _line(self) -> bytes:
        """The next line; all before it are summed up then."""
        self._sha256.update(self._last)
        self._last = self._stream.readline()
        if not self._last.endswith(b"\n"):
            raise EOFError("it ends too soon")
        return self._last

    @contextmanager
    def _telling_damage(self) -> Iterator[None]:
        try:
            yield
        except (*_DAMAGE, gzip.BadGzipFile) as error:
            raise InvalidInput(f"{self._path} is damaged: {error}.") from error
