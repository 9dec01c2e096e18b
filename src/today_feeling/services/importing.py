"""Lists of YouTube songs come into the catalogue: first what would happen, then it happens."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from today_feeling.domain.music import Genre, Song
from today_feeling.errors import InvalidInput, SourceUnavailable, UnreadableMedia
from today_feeling.music.completing import Completer
from today_feeling.music.links import parse_link
from today_feeling.music.oembed import YOUTUBE, OEmbed
from today_feeling.music.patience import Sleep
from today_feeling.music.plain_links import Links, read_links
from today_feeling.music.sheet import Sheet
from today_feeling.music.source import Found, MusicSource, Skipped, Unchanged
from today_feeling.music.suggest import Suggester
from today_feeling.music.ytmusic import YOUTUBE_MUSIC, YouTubeMusic
from today_feeling.store import catalogue, videos
from today_feeling.store.database import Database

BATCH: Final = 50
"""Songs that are written in one transaction: so many are lost at most where it is stopped."""

OnSong = Callable[[int, str], None]
"""Told the number of rows looked at so far, and the title of the last one."""


@dataclass(frozen=True, slots=True)
class Internet:
    """Where the outside is; tests and mirrors have their own."""

    youtube: str = YOUTUBE
    youtube_music: str = YOUTUBE_MUSIC
    sleep: Sleep = time.sleep


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
    interrupted: str | None = None
    """Why the reading ended early; the songs up to then are here."""


@contextmanager
def opened(
    database: Database,
    arguments: Sequence[str],
    *,
    genre: Genre | None = None,
    internet: Internet | None = None,
) -> Iterator[tuple[list[MusicSource], Completer]]:
    """The lists that files, links and ids of videos name. Raises `InvalidInput` where one is
    neither, `UnreadableMedia` where a file cannot be read or a package is missing."""
    internet = internet or Internet()
    with database.reading() as session:
        suggester = Suggester(catalogue.artists(session))
        there = catalogue.video_ids(session)
    with OEmbed(internet.youtube, sleep=internet.sleep) as oembed:
        completer = Completer(genre=genre, suggester=suggester, oembed=oembed, there=there)
        yield list(_sources(arguments, completer, internet)), completer


def plan(
    sources: Iterable[MusicSource], completer: Completer, *, on_song: OnSong | None = None
) -> Plan:
    """Read the lists, and write nothing. Where one ends early, what it told so far stays."""
    made = Plan(why=completer.why)
    for item in _all(sources, made, on_song):
        if isinstance(item, Song):
            made.songs.append(item)
    return made


def write(database: Database, songs: Sequence[Song], now: datetime) -> videos.Counts:
    """Put the songs of a plan into the catalogue, `BATCH` at a time."""
    added = changed = unchanged = 0
    for start in range(0, len(songs), BATCH):
        with database.writing() as session:
            done = videos.put_songs(session, "import", songs[start : start + BATCH], now)
        added, changed = added + done.added, changed + done.changed
        unchanged += done.unchanged
    return videos.Counts(added, changed, 0, unchanged)


def write_at_once(
    database: Database,
    sources: Iterable[MusicSource],
    completer: Completer,
    now: datetime,
    *,
    on_song: OnSong | None = None,
) -> tuple[Plan, videos.Counts]:
    """Read the lists and write what they bring as it comes, without asking anybody: where it is
    stopped, the next try goes on behind what was written."""
    made = Plan(why=completer.why)
    added = changed = unchanged = 0
    batch: list[Song] = []

    def flush() -> None:
        nonlocal added, changed, unchanged
        done = write(database, batch, now)
        added, changed = added + done.added, changed + done.changed
        unchanged += done.unchanged
        batch.clear()

    try:
        for item in _all(sources, made, on_song):
            if isinstance(item, Song):
                made.songs.append(item)
                batch.append(item)
            if len(batch) >= BATCH:
                flush()
    finally:
        flush()
    return made, videos.Counts(added, changed, 0, unchanged)


def _all(sources: Iterable[MusicSource], made: Plan, on_song: OnSong | None) -> Iterator[Found]:
    number = 0
    seen: set[str] = set()
    for source in sources:
        try:
            for item in source.songs():
                number += 1
                if isinstance(item, Song | Unchanged):
                    if item.locator in seen:  # in an earlier list
                        continue
                    seen.add(item.locator)
                if on_song is not None:
                    on_song(number, item.title if isinstance(item, Song) else item.locator)
                if isinstance(item, Skipped):
                    made.skipped.append(item)
                elif isinstance(item, Unchanged):
                    made.there += 1
                yield item
        except SourceUnavailable as error:
            made.interrupted = str(error)
            return


def _sources(
    arguments: Sequence[str], completer: Completer, internet: Internet
) -> Iterator[MusicSource]:
    single: list[str] = []
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
        elif link.kind == "video":
            single.append(argument)
        else:
            yield YouTubeMusic(link, completer, base=internet.youtube_music, sleep=internet.sleep)
    if single:
        yield Links(single, completer)
