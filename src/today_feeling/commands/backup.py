"""`today-feeling backup` and `today-feeling restore`: everything in one file, and back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, TaskID

from today_feeling import __version__
from today_feeling.commands.shared import DatabaseUrl, open_database, progress
from today_feeling.store import backup as backups
from today_feeling.store.backup import Contents
from today_feeling.store.rows import OnRows


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file, for you only.")],
    database: DatabaseUrl = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it is there.")] = False,
) -> None:
    """Write the whole database into one file: accounts, diary, songs, settings.

    The server may run meanwhile. The file fits SQLite and PostgreSQL. It holds what the database
    holds, so keep it as private. Your music files are not in it.
    """
    with open_database(database, migrated=False) as opened, on_rows() as told:
        made = backups.backup(
            opened, file, now=datetime.now(UTC), made_by=__version__, replace=force, told=told
        )
    typer.echo(f"{file}: {_summary(made)}, {file.stat().st_size:,} bytes.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Made by `backup`.")],
    database: DatabaseUrl = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace all that the database holds.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only read FILE: is it whole? Nothing is changed.")
    ] = False,
) -> None:
    """Make the database what it was when the backup was made.

    All of it comes back, or nothing changes: a damaged file is refused, and so is a database that
    holds something, unless --force is given. Stop the server before.
    """
    if check:
        with on_rows() as told:
            found = backups.check(file, told=told)
        typer.echo(f"{file} is whole: {_summary(found)}.")
        return
    with open_database(database, migrated=False) as opened, on_rows() as told:
        found = backups.restore(opened, file, replace=force, told=told)
        typer.echo(f"{opened}: {_summary(found)} are back.")


@contextmanager
def on_rows() -> Iterator[OnRows]:
    """A bar for each table."""
    with progress(BarColumn(), MofNCompleteColumn()) as shown:
        tasks: dict[str, TaskID] = {}

        def told(table: str, done: int, total: int) -> None:
            if table not in tasks:
                tasks[table] = shown.add_task(table, total=total)
            shown.update(tasks[table], completed=done)

        yield told


def _summary(contents: Contents) -> str:
    rows = sum(tally.rows for tally in contents.tables.values())
    made_at = contents.header.made_at.astimezone(UTC)
    return (
        f"{rows:,} rows in {len(contents.tables)} tables of {made_at:%Y-%m-%d %H:%M} UTC "
        f"(revision {contents.header.revision})"
    )
