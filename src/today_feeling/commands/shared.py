"""What several commands have in common: the database they work on, and progress on stderr."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, ProgressColumn, TextColumn

from today_feeling.settings import Settings
from today_feeling.store.database import Database

DatabaseUrl = Annotated[
    str | None, typer.Option("--database", help="sqlite:///PATH or PostgreSQL.")
]
"""The option of every command that works on a database; without it the settings say which."""

LONGEST_NAME = 60
"""Characters of what is being worked on that are shown."""


@contextmanager
def open_database(url: str | None, *, migrated: bool = True) -> Iterator[Database]:
    """The database of the option, else of the settings, brought up to date unless told not to.

    A backup before an upgrade is of the older tables, and `migrate` itself goes up and down.
    """
    with Database(url or Settings.from_environment().database_url) as database:
        if migrated:
            database.migrate()
        yield database


@contextmanager
def progress(*columns: ProgressColumn) -> Iterator[Progress]:
    """These columns, then what is being worked on; on stderr, and only while someone watches."""
    console = Console(stderr=True)
    named = TextColumn("{task.description}", markup=False)
    with Progress(
        *columns, named, console=console, transient=True, disable=not console.is_terminal
    ) as shown:
        yield shown
