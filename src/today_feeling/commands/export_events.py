"""`today-feeling export-events`: the listening log as `evaluate-recommender` reads it."""

from __future__ import annotations

import csv
import os
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from today_feeling.commands.shared import DatabaseUrl, open_database
from today_feeling.domain.evaluation import log
from today_feeling.errors import Conflict, InvalidInput
from today_feeling.store import listened


def export_events(
    events: Annotated[Path, typer.Argument(metavar="EVENTS.csv", help="What was heard.")],
    songs: Annotated[Path, typer.Argument(metavar="SONGS.csv", help="The songs of it.")],
    database: DatabaseUrl = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the files if they are there.")
    ] = False,
) -> None:
    """Write what everybody heard into two files for `evaluate-recommender`.

    No names, titles or notes: people have numbers that are dealt out anew each time. A like is a
    rating of 5, a dislike of 1; without either the rating is empty. `random` is 1 where the song
    was drawn by the rule of the ticked genres and not by what was learned.

    These are still moods of people: keep the files as private as the database.
    """
    for path in (events, songs):
        if path.exists() and not force:
            raise Conflict(f"{path} exists: --force replaces it.")
    with open_database(database) as opened, opened.reading() as session:
        kept = log.Log(random.SystemRandom())
        heard = (kept.event(*each) for each in listened.everything(session))
        plays = _write(events, log.EVENTS, heard)
        known = _write(songs, log.SONGS, kept.songs())
    typer.echo(f"{events}: {plays} plays. {songs}: {known} songs.")


def _write(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> int:
    """Into a file for its owner alone; returns how many rows."""
    written = 0
    try:
        with open(path, "w", encoding="utf-8", newline="", opener=_private) as file:
            writer = csv.DictWriter(file, list(columns))
            writer.writeheader()
            for row in rows:
                writer.writerow(row)
                written += 1
    except OSError as error:
        raise InvalidInput(f"{path}: cannot be written ({error}).") from error
    return written


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)
