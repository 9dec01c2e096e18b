"""A user's own songs: what links and rows of a list would bring, and keeping it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from today_feeling.domain.music import Song, Track
from today_feeling.errors import Conflict, InvalidInput, NotFound
from today_feeling.music.completing import Completer, cut
from today_feeling.music.oembed import OEmbed
from today_feeling.music.sheet import listed_in
from today_feeling.music.source import Skipped
from today_feeling.music.suggest import Suggester
from today_feeling.store import catalogue, own
from today_feeling.store.database import Database

MOST: Final = 2000
"""Songs of one user."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What became of one row."""

    song: Song | None
    why: str | None
    """What speaks for the song's genre, where the row named none."""
    problem: str | None
    """Why there is no song."""


def look(database: Database, rows: Sequence[Mapping[str, str]], *, youtube: str) -> list[Looked]:
    """What each row would bring; nothing is kept. `rows`: `video`, and perhaps `title`, `artist`
    and `genre`. YouTube at `youtube` is asked for titles; raises `SourceUnavailable` without it."""
    with database.reading() as session:
        suggester = Suggester(catalogue.artists(session))
    seen: set[str] = set()
    found: list[Looked] = []
    # Whoever waits for an answer can ask again; no thread of ours sleeps for them.
    with OEmbed(youtube, tries=1) as oembed:
        completer = Completer(suggester=suggester, oembed=oembed)
        for row in rows:
            try:
                item = completer.complete(listed_in(row), seen, place="")
            except InvalidInput as error:
                found.append(Looked(None, None, str(error)))
                continue
            if isinstance(item, Song):
                found.append(Looked(item, completer.why.get(item.locator), None))
            else:
                problem = item.why if isinstance(item, Skipped) else None
                found.append(Looked(None, None, problem))
    return found


def listed(database: Database, user_id: int) -> list[Track]:
    """The user's own songs, the newest first."""
    with database.reading() as session:
        return own.songs(session, user_id)


def add(database: Database, user_id: int, songs: Sequence[Song], now: datetime) -> int:
    """Keep songs for the user alone; returns how many are new. Raises `Conflict` above `MOST`."""
    with database.writing() as session:
        added = own.put(session, user_id, [_clean(song) for song in songs], now)
        if own.count(session, user_id) > MOST:
            raise Conflict(f"These would be more than {MOST} songs.")
        return added


def take_in(session: Session, user_id: int, songs: Sequence[Song], now: datetime) -> int:
    """Keep those of the songs that the user does not have, as far as there is room; returns how
    many."""
    room = max(0, MOST - own.count(session, user_id))
    missing = own.missing(session, user_id, songs)[:room]
    return own.put(session, user_id, [_clean(song) for song in missing], now)


def remove(database: Database, user_id: int, track_id: int) -> None:
    """Take one of the user's own songs out. Raises `NotFound`."""
    with database.writing() as session:
        if not own.remove(session, user_id, track_id):
            raise NotFound("There is no such song of yours.")


def _clean(song: Song) -> Song:
    """As every other way in has it: blanks alone are no name."""
    return replace(song, title=cut(song.title) or song.locator, artist=cut(song.artist))
