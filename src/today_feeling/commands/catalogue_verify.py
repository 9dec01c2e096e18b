"""`today-feeling catalogue verify`: whether the videos still are what we say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn

from today_feeling.commands.catalogue_import import internet
from today_feeling.commands.shared import LONGEST_NAME, DatabaseUrl, open_database, progress
from today_feeling.music.oembed import WHY_NOT
from today_feeling.services import catalogue, verifying
from today_feeling.services.verifying import OnVideo


def verify(
    days: Annotated[
        int, typer.Option("--older-than", min=0, help="Days since the last look; 0: all.")
    ] = 30,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    per_second: Annotated[float, typer.Option(min=0.1, max=20, help="Questions to YouTube.")] = 5.0,
    database: DatabaseUrl = None,
) -> None:
    """Ask YouTube about every video: those that are dead are not offered any more, and those with
    another title are named. Stopped, it goes on where it was."""
    now = datetime.now(UTC)
    with open_database(database) as opened, _on_video() as on_video:
        catalogue.load_starter_songs(opened, now=now)
        done = verifying.verify(
            opened,
            now=now,
            older_than=timedelta(days=days),
            limit=limit,
            per_second=per_second,
            internet=internet(),
            on_video=on_video,
        )
    console = Console(highlight=False, markup=False, emoji=False)
    for track, verdict, title in ((each.track, each.verdict, each.title) for each in done.doubts):
        called = f": {title}" if verdict == "mismatch" else ""
        console.print(
            f"{track.id}  {track.artist or '-'}  {track.title}: {WHY_NOT[verdict]}{called}",
            soft_wrap=True,
        )
    dead = sum(each.verdict != "mismatch" for each in done.doubts)
    typer.echo(
        f"{done.fine} fine, {dead} dead, {len(done.doubts) - dead} with another title, "
        f"{done.revived} alive again."
    )
    if done.own_doubts:
        typer.echo(f"Of users' own songs, {done.own_doubts} are dead or have another title.")
    if done.interrupted:
        typer.echo(f"{done.interrupted} {done.left} are left for the next time.", err=True)
        raise typer.Exit(1)


@contextmanager
def _on_video() -> Iterator[OnVideo]:
    """A bar that shows how many videos YouTube was asked about."""
    with progress(BarColumn(), MofNCompleteColumn()) as shown:
        task = shown.add_task("", total=None)
        yield lambda number, total, title: shown.update(
            task, completed=number, total=total, description=title[:LONGEST_NAME]
        )
