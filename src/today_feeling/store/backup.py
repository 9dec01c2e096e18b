"""Keep a whole database in one file, and bring it back, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from sqlalchemy import Connection, Table

from today_feeling.errors import Conflict, InvalidInput, StoreUnavailable
from today_feeling.store import archive, layout, migrations, rows, transfer
from today_feeling.store.archive import Header, StoredTable
from today_feeling.store.database import Database
from today_feeling.store.layout import Layout
from today_feeling.store.rows import OnRows, Tally


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a backup."""

    header: Header
    tables: dict[str, Tally]


def backup(
    database: Database,
    path: Path,
    *,
    now: datetime,
    made_by: str,
    replace: bool = False,
    told: OnRows = rows.ignore,
) -> Contents:
    """Write everything, as it is at this moment, into a file that only its owner may read.

    The database may be in use. The file appears when it is complete and on the disk. Raises
    `Conflict` where it is there and `replace` is false, `StoreUnavailable` where it cannot be
    written, `NotFound` and `InvalidInput` where the database is none of ours.
    """
    if path.exists() and not replace:
        raise Conflict(f"{path} exists: --force replaces it.")
    with transfer.snapshot(database) as (connection, plan), _new_file(path) as stream:
        header = Header(plan.revision, now, made_by)
        writer = archive.Writer(stream, header)
        tables = {table.name: _keep(connection, table, writer, told) for table in plan.tables}
        writer.finish()
    return Contents(header, tables)


def restore(
    database: Database, path: Path, *, replace: bool = False, told: OnRows = rows.ignore
) -> Contents:
    """Make the database what it was when the backup was made; then bring its tables up to date.

    What is written is read back and compared. All of it happens, or nothing. Raises `InvalidInput`
    where the file is damaged or no backup, `Conflict` where the database holds rows and `replace`
    is false, where it cannot hold one of the backup, or where the backup is newer than we are.
    """
    with _open(path) as reader:
        plan = layout.of(reader.header.revision)
        with transfer.replacing(database, plan, replace) as connection:
            tables: dict[str, Tally] = {}
            for table, stored, values in _planned(reader, plan, path):
                tally = Tally(table)
                rows.write(connection, table, _summed(values, tally), stored.rows, told)
                tables[table.name] = transfer.check(connection, tally)
            migrations.run(connection, "head")
    return Contents(reader.header, tables)


def check(path: Path, *, told: OnRows = rows.ignore) -> Contents:
    """Read a backup to its end without any database. Raises as `restore` does."""
    with _open(path) as reader:
        plan = layout.of(reader.header.revision)
        tables: dict[str, Tally] = {}
        for table, stored, values in _planned(reader, plan, path):
            tally = Tally(table)
            for number, _ in enumerate(_summed(values, tally), start=1):
                if number % rows.BATCH == 0 or number == stored.rows:
                    told(table.name, number, stored.rows)
            tables[table.name] = tally
    return Contents(reader.header, tables)


def _keep(connection: Connection, table: Table, writer: archive.Writer, told: OnRows) -> Tally:
    total = rows.count(connection, table)
    writer.begin_table(StoredTable(table.name, layout.kinds(table), total))
    tally = Tally(table)
    with rows.read(connection, table) as found:
        for row in found:
            writer.row(tally.add(row))
            if tally.rows % rows.BATCH == 0 or tally.rows == total:
                told(table.name, tally.rows, total)
    writer.end_table(tally.sha256)
    return tally


def _planned(
    reader: archive.Reader, plan: Layout, path: Path
) -> Iterator[tuple[Table, StoredTable, Iterator[dict[str, Any]]]]:
    """The tables of the plan, each with what the backup holds of it: neither less nor more."""
    expected = iter(plan.tables)
    for stored, values in reader.tables():
        table = next(expected, None)
        if table is None or table.name != stored.name or not _fits(table, stored):
            raise InvalidInput(
                f"{path} has another table {stored.name} than revision {plan.revision}."
            )
        yield table, stored, _rows(table, values, path)
    if (missing := next(expected, None)) is not None:
        raise InvalidInput(f"{path} lacks the table {missing.name}.")


def _fits(table: Table, stored: StoredTable) -> bool:
    return list(layout.kinds(table).items()) == list(stored.columns.items())


def _rows(table: Table, values: Iterator[list[Any]], path: Path) -> Iterator[dict[str, Any]]:
    for each in values:
        try:
            yield layout.row(table, each)
        except (AttributeError, TypeError, ValueError) as error:
            raise InvalidInput(f"{path} holds no row of {table.name}: {error}.") from error


def _summed(values: Iterator[dict[str, Any]], tally: Tally) -> Iterator[dict[str, Any]]:
    for each in values:
        tally.add(tuple(each.values()))
        yield each


@contextmanager
def _open(path: Path) -> Iterator[archive.Reader]:
    try:
        with gzip.open(path) as stream:
            yield archive.Reader(path, cast("IO[bytes]", stream))
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror or error}.") from error


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file beside `path` that takes its name at the end, or is gone where the block raises."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        with suppress(FileNotFoundError):
            partial.unlink()
        with os.fdopen(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as raw:
            with gzip.open(raw, "wb", compresslevel=6) as stream:
                yield cast("IO[bytes]", stream)
            raw.flush()
            os.fsync(raw.fileno())
        partial.replace(path)
    except OSError as error:
        raise StoreUnavailable(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        with suppress(OSError):
            partial.unlink()
