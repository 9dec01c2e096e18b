"""Lists of YouTube songs come into the catalogue: first what would happen, then it happens."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from pathlib import Path
from typing import Final

from today_feeling.domain.music import Genre, Song
from today_feeling.errors import InvalidInput, SourceUnavailable, UnreadableMedia
from today_feeling.music.completing import Completer
from today_feeling.music.links import parse_link
from today_feeling.music.oembed import OEmbed
from today_feeling.music.plain_links import read_links
from today_feeling.music.sheet import Sheet
from today_feeling.music.source import Found, Place, Skipped, Unchanged
from today_feeling.music.suggest import Suggester
from today_feeling.services.linked import Internet, ListOfSongs, of_links
from today_feeling.store import catalogue, videos
from today_feeling.store.database import Database
from today_feeling.store.videos import Counts

BATCH: Final = 50
"""Songs that are written in one transaction: so many are lost at most where it is stopped."""

OnItem = Callable[[int, Found], None]
"""Told the number of rows looked at so far, and what became of the last one."""


@dataclass(slots=True)
class Plan:
    """What lists would bring."""

    songs: list[Song] = field(default_factory=list)
    """Not in the catalogue, or listed there with a genre of the list's own."""
    why: Mapping[str, str] = field(default_factory=dict)
    """Id of a video -> what speaks for its genre, where it was suggested."""
    there: int = 0
    """Songs that the catalogue has already."""
    skipped: list[Skipped] = field(default_factory=list)
    full: bool = False
    """There are as many songs as were wanted, and perhaps more in the lists."""
    interrupted: str | None = None
    """Why the reading ended early; the songs up to then are here."""


@contextmanager
def completing(
    database: Database,
    internet: Internet,
    *,
    genre: Genre | None = None,
    own: Collection[str] | None = None,
) -> Iterator[Completer]:
    """What makes songs of rows. `own`: the videos that one user has already, who brings songs for
    oneself; else they are looked up in everybody's catalogue."""
    with database.reading() as session:
        suggester = Suggester(catalogue.artists(session))
        there = catalogue.video_ids(session) if own is None else own
    with OEmbed(internet.youtube, sleep=internet.sleep) as oembed:
        yield Completer(genre=genre, suggester=suggester, oembed=oembed, there=there)


@contextmanager
def opened(
    database: Database,
    arguments: Sequence[str],
    *,
    genre: Genre | None = None,
    internet: Internet | None = None,
) -> Iterator[tuple[list[ListOfSongs], Completer]]:
    """The lists that files, links and ids of videos name. Raises `InvalidInput` where one is
    neither, `UnreadableMedia` where a file is of no kind that is read."""
    internet = internet or Internet()
    with completing(database, internet, genre=genre) as completer:
        yield list(_sources(arguments, completer, internet)), completer


def plan(
    sources: Iterable[ListOfSongs],
    completer: Completer,
    *,
    on_item: OnItem | None = None,
    most: int | None = None,
) -> Plan:
    """Read the lists, at most `most` songs of them, and write nothing. Where one ends early, what
    it told so far stays."""
    made = Plan(why=completer.why)
    for item in _all(sources, made, on_item):
        if isinstance(item, Song):
            made.songs.append(item)
        if most is not None and len(made.songs) >= most:
            made.full = True
            break
    return made


def write(database: Database, songs: Sequence[Song], now: datetime) -> Counts:
    """Put the songs of a plan into the catalogue, `BATCH` at a time."""
    done = database.writing_some(
        songs, BATCH, lambda session, some: videos.put_songs(session, "import", some, now)
    )
    return reduce(Counts.plus, done, Counts())


def write_at_once(
    database: Database,
    sources: Iterable[ListOfSongs],
    completer: Completer,
    now: datetime,
    *,
    on_item: OnItem | None = None,
) -> tuple[Plan, Counts]:
    """Read the lists and write what they bring as it comes, without asking anybody: where it is
    stopped, the next try goes on behind what was written."""
    made = Plan(why=completer.why)
    counts = Counts()
    batch: list[Song] = []

    def flush() -> None:
        nonlocal counts
        counts = counts.plus(write(database, batch, now))
        batch.clear()

    try:
        for item in _all(sources, made, on_item):
            if isinstance(item, Song):
                made.songs.append(item)
                batch.append(item)
            if len(batch) >= BATCH:
                flush()
    finally:
        flush()
    return made, counts


def _all(sources: Iterable[ListOfSongs], made: Plan, on_item: OnItem | None) -> Iterator[Found]:
    number = 0
    seen: set[str] = set()
    for source in sources:
        try:
            for item in _readable(source):
                number += 1
                told = item
                if isinstance(item, Song | Unchanged):
                    if item.locator in seen:
                        told = _of_an_earlier_list(item)
                    seen.add(item.locator)
                if on_item is not None:
                    on_item(number, told)
                if isinstance(told, Skipped):
                    made.skipped.append(told)
                elif isinstance(told, Unchanged):
                    made.there += 1
                yield told
        except SourceUnavailable as error:
            made.interrupted = str(error)
            return


def _readable(source: ListOfSongs) -> Iterator[Found]:
    """Its songs; a list that cannot be read at all does not stop the others."""
    try:
        yield from source.songs()
    except UnreadableMedia as error:
        yield Place(source.name, about=source.name).skipped("list", str(error))


def _of_an_earlier_list(item: Song | Unchanged) -> Skipped:
    title = item.title if isinstance(item, Song) else item.locator
    return Place(title, None, title).skipped("twice", "it is in two of the lists")


def _sources(
    arguments: Sequence[str], completer: Completer, internet: Internet
) -> Iterator[ListOfSongs]:
    """Files are the operator's own: what strangers send must not come by here."""
    links: list[str] = []
    for argument in arguments:
        path = Path(argument)
        link = parse_link(argument)
        if path.is_file() or (link is None and path.suffix):
            if path.suffix.lower() == ".txt":
                yield from _sources(read_links(path), completer, internet)
            elif path.suffix.lower() in {".csv", ".xlsx"}:
                yield Sheet(path, completer)
            else:
                raise UnreadableMedia(f"{path} is none of .csv, .xlsx and .txt.")
        elif link is None:
            raise InvalidInput(f"{argument} is neither a file nor a link to YouTube.")
        else:
            links.append(argument)
    yield from of_links(links, completer, internet)
