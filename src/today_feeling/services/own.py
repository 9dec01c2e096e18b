"""A user's own songs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from today_feeling.domain.music import Song, Track
from today_feeling.errors import Conflict, NotFound
from today_feeling.music.completing import cut, cut_names
from today_feeling.store import own, rollups
from today_feeling.store.database import Database

MOST: Final = 2000
"""Songs of one user."""


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
    rollups.lock(session, user_id)  # of two lists at once, the second finds what room is left
    room = max(0, MOST - own.count(session, user_id))
    missing = own.missing(session, user_id, songs)[:room]
    return own.put(session, user_id, [_clean(song) for song in missing], now)


def edit(database: Database, user_id: int, track_id: int, changes: Mapping[str, Any]) -> Track:
    """Change what is known of one of the user's own songs, by the names of `Track`. Raises
    `NotFound`, and `InvalidInput` for an empty title."""
    with database.writing() as session:
        track = own.edit(session, user_id, track_id, cut_names(changes))
    if track is None:
        raise NotFound("There is no such song of yours.")
    return track


def remove(database: Database, user_id: int, track_id: int) -> None:
    """Take one of the user's own songs out. Raises `NotFound`."""
    with database.writing() as session:
        if not own.remove(session, user_id, track_id):
            raise NotFound("There is no such song of yours.")


def _clean(song: Song) -> Song:
    """As every other way in has it: blanks alone are no name."""
    return replace(song, title=cut(song.title) or song.locator, artist=cut(song.artist))
