"""`today-feeling catalogue import`: from links and lists to songs that there are to play."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import SpinnerColumn, TextColumn
from rich.table import Table

from today_feeling.commands.shared import LONGEST_NAME, DatabaseUrl, open_database, progress
from today_feeling.domain.music import Genre, Song
from today_feeling.music.source import Found
from today_feeling.services import catalogue, importing
from today_feeling.services.importing import OnItem, Plan
from today_feeling.services.linked import Internet
from today_feeling.settings import Settings
from today_feeling.store.videos import Counts

_SHOWN: Final = 30


def import_(
    lists: Annotated[
        list[str],
        typer.Argument(
            metavar="LINK|FILE...",
            help="Links to songs, playlists, albums and moods; .csv, .xlsx or .txt files.",
        ),
    ],
    genre: Annotated[
        Genre | None, typer.Option(help="Of songs whose list names none; else it is suggested.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Write as it comes, ask nothing.")
    ] = False,
    database: DatabaseUrl = None,
) -> None:
    """Add YouTube songs, after showing which. A row that is wrong is named; the others go on."""
    now = datetime.now(UTC)
    counts = Counts(0, 0, 0, 0)
    with open_database(database) as opened:
        catalogue.load_starter_songs(opened, now=now)
        with (
            importing.opened(opened, lists, genre=genre, internet=internet()) as (
                sources,
                completer,
            ),
            _on_item() as on_item,
        ):
            if yes:
                plan, counts = importing.write_at_once(
                    opened, sources, completer, now, on_item=on_item
                )
            else:
                plan = importing.plan(sources, completer, on_item=on_item)
        if not yes:
            _preview(plan)
            _report(plan)
            if plan.songs and confirm(f"Add or change {len(plan.songs)} songs?"):
                counts = importing.write(opened, plan.songs, now)
        else:
            _report(plan)
    typer.echo(
        f"{counts.added} new, {counts.changed} changed, "
        f"{counts.unchanged + plan.there} there already, {len(plan.skipped)} skipped."
    )
    if plan.skipped or plan.interrupted:
        raise typer.Exit(1)


def internet() -> Internet:
    """Where the settings say that the outside is."""
    settings = Settings.from_environment()
    return Internet(settings.youtube_url, settings.youtube_music_url)


def confirm(question: str) -> bool:
    """Ask; without anybody there, nothing happens. Says so where the answer is no."""
    try:
        agreed = typer.confirm(question)
    except typer.Abort:
        agreed = False
    if not agreed:
        typer.echo("Nothing was changed.", err=True)
    return agreed


def _preview(plan: Plan) -> None:
    """What would be written, and what speaks for each genre that no list named."""
    if not plan.songs:
        return
    table = Table("Genre", "Because of", "Artist", "Title", box=None)
    for song in plan.songs[:_SHOWN]:
        why = plan.why.get(song.locator, "")
        table.add_row(song.genre, why, song.artist or "", song.title)
    console = Console(markup=False, emoji=False, highlight=False)
    console.print(table)
    if len(plan.songs) > _SHOWN:
        console.print(f"... and {len(plan.songs) - _SHOWN} more.")
    genres = Counter(song.genre for song in plan.songs)
    console.print(", ".join(f"{genre} {count}" for genre, count in genres.most_common()))


def _report(plan: Plan) -> None:
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    for skipped in plan.skipped:
        console.print(f"Skipped {skipped.locator}: {skipped.why}", soft_wrap=True)
    if plan.interrupted:
        console.print(f"{plan.interrupted} The same command goes on later.", soft_wrap=True)


@contextmanager
def _on_item() -> Iterator[OnItem]:
    """A line that shows which song is being looked up."""
    with progress(SpinnerColumn(), TextColumn("{task.completed} songs")) as shown:
        task = shown.add_task("", total=None)

        def show(number: int, item: Found) -> None:
            title = item.title if isinstance(item, Song) else item.locator
            shown.update(task, completed=number, description=title[:LONGEST_NAME])

        yield show
