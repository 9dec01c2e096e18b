"""Move everything from one database to another, or into one from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Table

from today_feeling.errors import Conflict, InvalidInput, StoreUnavailable
from today_feeling.store import layout, migrations, rows
from today_feeling.store.database import Database
from today_feeling.store.layout import Layout
from today_feeling.store.rows import OnRows, Tally


def copy(
    source: Database, target: Database, *, replace: bool = False, told: OnRows = rows.ignore
) -> dict[str, Tally]:
    """Make the target equal to the source, row by row, as it is at this moment.

    Both may be in use meanwhile; what is written to the source later is not copied. Returns what
    each table holds, which was read back from the target and found equal. All of it happens, or
    nothing. Raises `Conflict` where the target holds rows and `replace` is false, or cannot hold
    a row; `NotFound` and `InvalidInput` where the source is no database of ours.
    """
    if _same(source, target):
        raise InvalidInput("A database cannot be copied onto itself.")
    with snapshot(source) as (reader, plan), replacing(target, plan, replace) as writer:
        return {table.name: _copy_table(reader, writer, table, told) for table in plan.tables}


@contextmanager
def snapshot(source: Database) -> Iterator[tuple[Connection, Layout]]:
    """The source at one moment, and what its tables are; it waits for nobody."""
    with source.snapshot() as session:
        connection = session.connection()
        revision = migrations.current(connection)
        if revision is None:
            raise InvalidInput(f"{source} is no database of Today Feeling.")
        yield connection, layout.of(revision)


@contextmanager
def replacing(target: Database, plan: Layout, replace: bool) -> Iterator[Connection]:
    """A transaction on the target, in which its tables are those of the plan, and empty.

    What it held before comes back where the block raises. Raises `Conflict` where it holds rows
    and `replace` is false.
    """
    target.make_file()
    with target.rebuilding() as session:
        connection = session.connection()
        migrations.lock(connection)
        before = migrations.current(connection)
        if before is not None:
            held = {table.name: rows.count(connection, table) for table in layout.of(before).tables}
            if any(held.values()) and not replace:
                named = ", ".join(f"{number} {name}" for name, number in held.items() if number)
                raise Conflict(f"{target} is in use ({named}): --force replaces what it holds.")
            migrations.run(connection, "base")
        migrations.run(connection, plan.revision)
        yield connection


def check(writer: Connection, expected: Tally) -> Tally:
    """Read a table back. Raises `StoreUnavailable` where it does not hold what was written."""
    if rows.tally(writer, expected.table) != expected:
        raise StoreUnavailable(f"{expected.table.name} reads differently from what was written.")
    return expected


def _copy_table(reader: Connection, writer: Connection, table: Table, told: OnRows) -> Tally:
    tally = Tally(table)
    names = list(layout.kinds(table))

    def counted(found: Iterable[Sequence[object]]) -> Iterator[dict[str, object]]:
        for row in found:
            tally.add(row)
            yield dict(zip(names, row, strict=True))

    with rows.read(reader, table) as found:
        rows.write(writer, table, counted(found), rows.count(reader, table), told)
    return check(writer, tally)


def _same(one: Database, other: Database) -> bool:
    if one.is_sqlite and other.is_sqlite:
        return Path(one.url.database or "").resolve() == Path(other.url.database or "").resolve()
    return one.url == other.url
