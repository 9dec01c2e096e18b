"""`today-feeling database`: move it, and bring its tables up or down."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from today_feeling.commands.backup import on_rows
from today_feeling.commands.shared import DatabaseUrl, open_database
from today_feeling.store import transfer
from today_feeling.store.database import Database

app = typer.Typer(no_args_is_help=True, help="The database: move it, migrate its tables.")


@app.command()
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="sqlite:///PATH or PostgreSQL.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The same; it must be empty.")],
    force: Annotated[bool, typer.Option("--force", help="Replace all that TO holds.")] = False,
) -> None:
    """Copy everything into another database, also from SQLite to PostgreSQL and back.

    Each table is read back from TO, and its rows and their SHA-256 are compared; TO is as it was
    before where anything goes wrong. Stop the server first, or what it writes meanwhile stays
    behind. A password need not be in the URL: PGPASSWORD and ~/.pgpass are read.
    """
    with Database(source) as old, Database(target) as new:
        with on_rows() as told:
            tallies = transfer.copy(old, new, replace=force, told=told)
        shown = Table("Table", "Rows", "SHA-256, the same in both", box=None)
        for name, tally in tallies.items():
            shown.add_row(name, f"{tally.rows:,}", tally.sha256[:16])
        Console(markup=False, emoji=False).print(shown)
        rows = sum(tally.rows for tally in tallies.values())
        typer.echo(f"{new} holds all {rows:,} rows of {old}.")


@app.command()
def migrate(
    revision: Annotated[
        str, typer.Argument(metavar="REVISION", help="`head`, the newest, `base` or a number.")
    ] = "head",
    database: DatabaseUrl = None,
) -> None:
    """Bring the tables to a revision, up or down. The server goes up by itself when it starts.

    Go down before you install an older release; what the older tables have no place for is lost.
    """
    with open_database(database, migrated=False) as opened:
        opened.migrate(revision)
        typer.echo(f"{opened} is at {revision}.")
