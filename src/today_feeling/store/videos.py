"""Lists of YouTube videos: the starter songs of the release, and what the user imported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from today_feeling.domain.music import Song
from today_feeling.store.schema import BanRow, RecommendationRow, TrackFailureRow, TrackRow
from today_feeling.store.tracks import AVAILABLE, DEAD, REMOVED, write_song

Catalogue = Literal["starter", "import"]

STARTER: Final = "starter"


class Counts(NamedTuple):
    """What a list did to the catalogue."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    def plus(self, other: Counts) -> Counts:
        """What both did."""
        return Counts(*(one + more for one, more in zip(self, other, strict=True)))


def put_songs(
    session: Session, catalogue: Catalogue, songs: Sequence[Song], now: datetime
) -> Counts:
    """Bring the list's tracks up to date; the same list again changes nothing.

    Starter songs leave what an import brought or changed as it is; those that the release no
    longer has are taken out. An import only adds and changes.
    """
    wanted = select(TrackRow).where(TrackRow.source == "youtube", TrackRow.user_id.is_(None))
    if catalogue != STARTER:
        wanted = wanted.where(TrackRow.youtube_video_id.in_([song.locator for song in songs]))
    rows = {row.youtube_video_id: row for row in session.scalars(wanted)}
    added = changed = unchanged = removed = 0
    for song in songs:
        row = rows.get(song.locator)
        if row is None:
            row = TrackRow(
                source="youtube",
                youtube_video_id=song.locator,
                catalogue=catalogue,
                added_at=now,
            )
            write_song(row, song)
            session.add(row)
            rows[song.locator] = row
            added += 1
        elif catalogue != STARTER or row.catalogue == STARTER:
            before = row.availability
            write_song(row, song)
            if before == DEAD:  # no list brings a video back to life
                row.availability = DEAD
            if session.is_modified(row):
                row.catalogue = catalogue
                changed += 1
            else:
                unchanged += 1
        else:
            unchanged += 1
    if catalogue == STARTER:
        listed = {song.locator for song in songs}
        for video_id, row in rows.items():
            gone = row.catalogue == STARTER and video_id not in listed
            if gone and row.availability == AVAILABLE:
                row.availability = REMOVED
                removed += 1
    return Counts(added, changed, removed, unchanged)


def join(session: Session, guest_id: int, account_id: int) -> None:
    """Before a guest's songs become the account's: of a video that both have, the account's stays,
    and what was heard and said of it is about that one. It comes back where it was taken out."""
    of_account = {
        row.youtube_video_id: row
        for row in session.scalars(select(TrackRow).where(TrackRow.user_id == account_id))
    }
    twice = session.scalars(
        select(TrackRow).where(
            TrackRow.user_id == guest_id, TrackRow.youtube_video_id.in_(of_account)
        )
    ).all()
    for row in twice:
        kept = of_account[row.youtube_video_id]
        for told in (RecommendationRow, BanRow, TrackFailureRow):
            session.execute(update(told).where(told.track_id == row.id).values(track_id=kept.id))
        if kept.availability == REMOVED:
            kept.availability = row.availability
            kept.title, kept.artist, kept.genre = row.title, row.artist, row.genre
        session.delete(row)
    session.flush()
