"""`today-feeling library`: the user's own music files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn
from rich.table import Table

from today_feeling.commands.shared import LONGEST_NAME, DatabaseUrl, open_database, progress
from today_feeling.music.hearing.ears import PATIENCE_S
from today_feeling.services import analysing, catalogue
from today_feeling.services.analysing import Analysed, OnSong
from today_feeling.services.catalogue import OnFile, Report

app = typer.Typer(no_args_is_help=True, help="Your own music files.")

_Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder with music files.")]


def report_skipped(report: Report | Analysed) -> None:
    """Name on stderr what could not be used."""
    console = Console(stderr=True, highlight=False)
    for skipped in report.skipped:
        console.print(f"Skipped {skipped.locator}: {skipped.why}", markup=False, soft_wrap=True)


@app.command()
def add(folder: _Folder, database: DatabaseUrl = None) -> None:
    """Add a folder and everything in it. Nothing is copied or changed."""
    with open_database(database) as opened, _on_file() as on_file:
        report = catalogue.add_folder(opened, folder, now=datetime.now(UTC), on_file=on_file)
    _tell(folder, report)


@app.command("list")
def list_(database: DatabaseUrl = None) -> None:
    """Show the folders and how many songs are in each."""
    with open_database(database) as opened:
        folders = catalogue.list_folders(opened)
    if not folders:
        typer.echo("The library is empty. Add a folder: today-feeling library add DIR")
        return
    table = Table("Folder", "Songs", box=None)
    table.columns[0].overflow = "fold"
    for folder in folders:
        table.add_row(str(folder.path), str(folder.tracks))
    Console(markup=False, emoji=False).print(table)


@app.command()
def remove(folder: _Folder, database: DatabaseUrl = None) -> None:
    """Take a folder out. The files stay; the diary keeps the names of its songs."""
    with open_database(database) as opened:
        count = catalogue.remove_folder(opened, folder)
    typer.echo(f"{folder}: {count} songs taken out.")


@app.command()
def rescan(database: DatabaseUrl = None) -> None:
    """Read all folders again: what is new, has changed, or is gone."""
    with open_database(database) as opened, _on_file() as on_file:
        reports = catalogue.rescan(opened, now=datetime.now(UTC), on_file=on_file)
    for folder, report in reports.items():
        _tell(folder, report)
    if not reports:
        typer.echo("The library is empty. Add a folder: today-feeling library add DIR")


@app.command()
def analyse(
    again: Annotated[
        bool, typer.Option("--again", help="Also what was listened to before.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many songs.")] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Processes that listen.")] = 1,
    patience_s: Annotated[
        float, typer.Option("--patience", min=1, help="Seconds for one song.")
    ] = PATIENCE_S,
    database: DatabaseUrl = None,
) -> None:
    """Listen to the songs, and estimate roughly how glad and how driving they sound. Stopped, it
    goes on where it was. Needs: pip install 'today-feeling[audio]'"""
    with open_database(database) as opened, _on_song() as on_song:
        done = analysing.analyse(
            opened, again=again, limit=limit, jobs=jobs, patience_s=patience_s, on_song=on_song
        )
    report_skipped(done)
    typer.echo(f"{done.heard} heard, {len(done.skipped)} not, {done.left} left for the next time.")


@contextmanager
def _on_song() -> Iterator[OnSong]:
    """A bar that shows how many songs were listened to."""
    with progress(BarColumn(), MofNCompleteColumn()) as shown:
        task = shown.add_task("", total=None)
        yield lambda number, total, name: shown.update(
            task, completed=number, total=total, description=Path(name).name[:LONGEST_NAME]
        )


@contextmanager
def _on_file() -> Iterator[OnFile]:
    """A line that shows which file is being read."""
    with progress(SpinnerColumn(), TextColumn("{task.completed} files")) as shown:
        task = shown.add_task("", total=None)
        yield lambda count, name: shown.update(
            task, completed=count, description=Path(name).name[:LONGEST_NAME]
        )


def _tell(folder: Path, report: Report) -> None:
    report_skipped(report)
    typer.echo(
        f"{folder}: {report.added} new, {report.changed} changed, {report.unchanged} unchanged, "
        f"{report.moved} moved, {report.removed} gone, {len(report.skipped)} skipped."
    )
