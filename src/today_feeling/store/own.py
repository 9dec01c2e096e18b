"""Songs that a user brought, which nobody else hears or sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from today_feeling.domain.music import Song, Track
from today_feeling.store.rollups import lock
from today_feeling.store.schema import BanRow, RecommendationRow, TrackRow
from today_feeling.store.tracks import AVAILABLE, DEAD, REMOVED, to_track, write_song


def songs(session: Session, user_id: int) -> list[Track]:
    """The user's own, the newest first; those that turned out dead, too."""
    rows = session.scalars(
        select(TrackRow)
        .where(TrackRow.user_id == user_id, TrackRow.availability.in_((AVAILABLE, DEAD)))
        .order_by(TrackRow.id.desc())
    )
    return [to_track(row) for row in rows]


def video_ids(session: Session, user_id: int) -> set[str]:
    """Of the user's own songs."""
    return {track.youtube_video_id for track in songs(session, user_id) if track.youtube_video_id}


def count(session: Session, user_id: int) -> int:
    """How many songs the user has; those that turned out dead, too."""
    found = select(func.count()).where(
        TrackRow.user_id == user_id, TrackRow.availability.in_((AVAILABLE, DEAD))
    )
    return session.scalar(found) or 0


def missing(session: Session, user_id: int, coming: Sequence[Song]) -> list[Song]:
    """Those of the songs that the user does not have, or has taken out; each once."""
    there = video_ids(session, user_id)
    return [
        song
        for song in {each.locator: each for each in coming}.values()
        if song.locator not in there
    ]


def put(session: Session, user_id: int, coming: Sequence[Song], now: datetime) -> int:
    """Give the user these songs; one of a video that the user has is renewed. Returns how many are
    new, or back again."""
    lock(session, user_id)  # of the same song sent twice at once, the second finds the first
    rows = {
        row.youtube_video_id: row
        for row in session.scalars(
            select(TrackRow).where(
                TrackRow.user_id == user_id,
                TrackRow.youtube_video_id.in_([song.locator for song in coming]),
            )
        )
    }
    added = 0
    for song in coming:
        row = rows.get(song.locator)
        if row is None:
            row = TrackRow(
                user_id=user_id, source="youtube", youtube_video_id=song.locator, added_at=now
            )
            rows[song.locator] = row
            session.add(row)
            added += 1
        elif row.availability == REMOVED:
            added += 1
        write_song(row, song)
    return added


def edit(
    session: Session, user_id: int, track_id: int, changes: Mapping[str, object]
) -> Track | None:
    """Change columns of the user's song; None where there is none."""
    row = _row(session, user_id, track_id)
    if row is None:
        return None
    for name, value in changes.items():
        setattr(row, name, value)
    if {"valence", "energy"} & changes.keys():
        row.affect_source = None if row.valence is None and row.energy is None else "list"
    session.flush()
    return to_track(row)


def remove(session: Session, user_id: int, track_id: int) -> bool:
    """Take the user's song out; where the diary names it, its name stays. Returns whether it was
    there."""
    lock(session, user_id)
    row = _row(session, user_id, track_id)
    if row is None:
        return False
    named = (
        select(each.id).where(each.track_id == track_id) for each in (RecommendationRow, BanRow)
    )
    if any(session.scalar(each.limit(1)) is not None for each in named):
        row.availability = REMOVED
    else:
        session.delete(row)
    return True


def _row(session: Session, user_id: int, track_id: int) -> TrackRow | None:
    """The user's song, unless it was taken out."""
    return session.scalars(
        select(TrackRow).where(
            TrackRow.id == track_id,
            TrackRow.user_id == user_id,
            TrackRow.availability != REMOVED,
        )
    ).one_or_none()
