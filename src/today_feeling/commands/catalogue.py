"""`today-feeling catalogue`: the songs that there are to play."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from today_feeling.commands.library import open_database, report_skipped
from today_feeling.services import catalogue

app = typer.Typer(no_args_is_help=True, help="The songs that there are to play.")

_Url = Annotated[str | None, typer.Option("--database", help="sqlite:///PATH or PostgreSQL.")]


@app.command("list")
def list_(database: _Url = None) -> None:
    """Show every song that can be played."""
    with open_database(database) as opened:
        catalogue.load_starter_songs(opened, now=datetime.now(UTC))
        tracks = catalogue.list_tracks(opened)
    table = Table("Source", "Genre", "Artist", "Title", "Year", box=None)
    for track in tracks:
        year = str(track.year or "")
        table.add_row(track.source, track.genre, track.artist or "", track.title, year)
    Console(markup=False).print(table)


@app.command("import")
def import_(
    path: Annotated[
        Path,
        typer.Argument(metavar="CSV", help="Columns: title, artist, genre, youtube_video_id."),
    ],
    database: _Url = None,
) -> None:
    """Add the YouTube songs of a list. A row that is wrong is named, and the others go on."""
    with open_database(database) as opened:
        now = datetime.now(UTC)
        catalogue.load_starter_songs(opened, now=now)
        report = catalogue.import_songs(opened, path, now=now)
    report_skipped(report)
    typer.echo(
        f"{path}: {report.added} new, {report.changed} changed, {report.unchanged} unchanged, "
        f"{len(report.skipped)} skipped."
    )
    if report.skipped:
        raise typer.Exit(1)
