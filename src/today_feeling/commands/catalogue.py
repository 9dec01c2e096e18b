"""`today-feeling catalogue`: the songs that there are to play."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from today_feeling.commands.catalogue_import import confirm, import_
from today_feeling.commands.catalogue_verify import verify
from today_feeling.commands.shared import DatabaseUrl, open_database
from today_feeling.domain.music import FASTEST, Genre, SourceId, Verdict
from today_feeling.errors import Conflict, InvalidInput
from today_feeling.music.sheet import escape
from today_feeling.services import catalogue
from today_feeling.store.catalogue import Item, Wanted
from today_feeling.store.database import Database

app = typer.Typer(no_args_is_help=True, help="The songs that there are to play.")
app.command("import")(import_)
app.command()(verify)

_Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
_State = Literal["available", "dead", "missing", "removed", "any"]

EXPORTED = (
    "title",
    "artist",
    "genre",
    "year",
    "language",
    "youtube_video_id",
    "duration_s",
    "valence",
    "energy",
    "tempo",
    "explicit",
)


@app.command("list")
def list_(
    *,
    genre: Annotated[Genre | None, typer.Option(help="Only of this genre.")] = None,
    source: Annotated[SourceId | None, typer.Option(help="Only of this source.")] = None,
    search: Annotated[str | None, typer.Option(help="Words in title or artist.")] = None,
    check: Annotated[
        Verdict | None, typer.Option(help="Only those of which `verify` found this.")
    ] = None,
    state: Annotated[_State, typer.Option(help="Whether it can be played.")] = "available",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array.")] = False,
    database: DatabaseUrl = None,
) -> None:
    """Show songs of everybody's."""
    wanted = Wanted(genre, source, search, check, None if state == "any" else state)
    with _catalogue(database) as opened:
        items = catalogue.find(opened, wanted)
    if as_json:
        json.dump([_plain(item) for item in items], sys.stdout, ensure_ascii=False, indent=1)
        typer.echo()
        return
    table = Table("Id", "Source", "Genre", "Artist", "Title", "Year", "Video", box=None)
    for item in items:
        track = item.track
        row = (track.source, track.genre, track.artist or "", track.title)
        year, video = str(track.year or ""), track.youtube_video_id or ""
        table.add_row(str(track.id), *row, year, video)
    table.columns[-1].no_wrap = True
    Console(markup=False, emoji=False, highlight=False).print(table)


@app.command()
def edit(
    name: Annotated[str, typer.Argument(metavar="ID", help="Of a song or a video.")],
    *,
    title: Annotated[str | None, typer.Option()] = None,
    artist: Annotated[str | None, typer.Option(help="Empty: nobody.")] = None,
    genre: Annotated[Genre | None, typer.Option()] = None,
    year: Annotated[int | None, typer.Option(min=1000, max=9999)] = None,
    language: Annotated[str | None, typer.Option(help="ISO 639-1, or instrumental.")] = None,
    explicit: Annotated[bool | None, typer.Option("--explicit/--clean")] = None,
    valence: Annotated[float | None, typer.Option(min=0, max=1, help="Sad 0 .. 1 glad.")] = None,
    energy: Annotated[float | None, typer.Option(min=0, max=1, help="Calm 0 .. 1 driving.")] = None,
    tempo: Annotated[float | None, typer.Option(min=1, max=FASTEST, help="Beats a minute.")] = None,
    database: DatabaseUrl = None,
) -> None:
    """Correct what is known of a song. No update of the program takes that back."""
    given = {
        "title": title,
        "artist": artist,
        "genre": genre,
        "year": year,
        "language": language,
        "explicit": explicit,
        "valence": valence,
        "energy": energy,
        "tempo": tempo,
    }
    changes = {column: value for column, value in given.items() if value is not None}
    if not changes:
        raise InvalidInput("Say what is to change, like --genre jazz.")
    with _catalogue(database) as opened:
        item = catalogue.edit(opened, name, changes)
    typer.echo(_line(item))


@app.command()
def remove(
    names: Annotated[list[str] | None, typer.Argument(metavar="[ID]...")] = None,
    dead: Annotated[bool, typer.Option(help="All that `verify` found dead.")] = False,
    yes: _Yes = False,
    database: DatabaseUrl = None,
) -> None:
    """Take songs out. The diary keeps their names; importing brings them back."""
    if not names and not dead:
        raise InvalidInput("Say which songs, or --dead.")
    with _catalogue(database) as opened:
        items = catalogue.pick(opened, names or [])
        if dead:
            items += catalogue.find(opened, Wanted(state="dead"))
        for item in items:
            typer.echo(_line(item))
        if items and not yes and not confirm(f"Take out {len(items)} songs?"):
            return
        count = catalogue.remove(opened, [item.track.id for item in items])
    typer.echo(f"{count} songs taken out.")


@app.command()
def export(
    path: Annotated[Path, typer.Argument(metavar="FILE.csv")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
    database: DatabaseUrl = None,
) -> None:
    """Write the YouTube songs of everybody's into a list that `import` reads."""
    if path.exists() and not force:
        raise Conflict(f"{path} exists: --force replaces it.")
    with _catalogue(database) as opened:
        items = catalogue.find(opened, Wanted(source="youtube"))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(EXPORTED)
        for item in items:
            plain = _plain(item)
            words = {None: "", True: "yes", False: "no"}
            plain["explicit"] = words[item.explicit]
            writer.writerow([escape(_text(plain[column])) for column in EXPORTED])
    typer.echo(f"{path}: {len(items)} songs.")


@contextmanager
def _catalogue(url: str | None) -> Iterator[Database]:
    """The database, with the songs of this release in it."""
    with open_database(url) as database:
        catalogue.load_starter_songs(database, now=datetime.now(UTC))
        yield database


def _plain(item: Item) -> dict[str, Any]:
    """The song as JSON has it; `import` takes the same names."""
    told = {**asdict(item.track), "explicit": item.explicit}
    del told["user_id"], told["has_cover"]
    checked = item.checked_at.isoformat() if item.checked_at else None
    return {**told, "state": item.state, "check": item.check, "checked_at": checked}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _line(item: Item) -> str:
    track = item.track
    return f"{track.id}  {track.genre}  {track.artist or '-'}  {track.title}"
