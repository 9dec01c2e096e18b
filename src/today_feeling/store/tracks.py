"""Songs that there are to play, and which of them failed for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import cast

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from today_feeling.domain.music import TRANSIENT_FAILURES, FailureCode, Genre, SourceId, Track
from today_feeling.domain.recommend import Candidate
from today_feeling.store.schema import TrackFailureRow, TrackRow

AVAILABLE = "available"
MISSING = "missing"
REMOVED = "removed"


def get(session: Session, track_id: int) -> Track | None:
    """The track, available or not."""
    row = session.get(TrackRow, track_id)
    return to_track(row) if row else None


def candidates(session: Session, user_id: int) -> list[Candidate]:
    """Every available track that has not failed for good for this user."""
    lasting = select(TrackFailureRow.track_id).where(
        TrackFailureRow.user_id == user_id, TrackFailureRow.code.not_in(TRANSIENT_FAILURES)
    )
    rows = session.execute(
        select(TrackRow.id, TrackRow.genre, TrackRow.source)
        .where(TrackRow.availability == AVAILABLE, TrackRow.id.not_in(lasting))
        .order_by(TrackRow.id)
    )
    return [
        Candidate(track_id, cast("Genre", genre), cast("SourceId", source))
        for track_id, genre, source in rows
    ]


def any_available(session: Session, sources: Iterable[SourceId]) -> bool:
    """Whether these sources have any track at all, also one that failed."""
    return (
        session.execute(
            select(TrackRow.id)
            .where(TrackRow.availability == AVAILABLE, TrackRow.source.in_(list(sources)))
            .limit(1)
        ).first()
        is not None
    )


def count_by_genre(session: Session) -> Mapping[str, int]:
    """Available tracks of each genre that has one."""
    return _count(session, TrackRow.genre)


def count_by_source(session: Session) -> Mapping[str, int]:
    """Available tracks of each source that has one."""
    return _count(session, TrackRow.source)


def list_available(session: Session) -> list[Track]:
    """Every available track, by source, genre, artist and title."""
    rows = session.scalars(
        select(TrackRow)
        .where(TrackRow.availability == AVAILABLE)
        .order_by(TrackRow.source, TrackRow.genre, TrackRow.artist, TrackRow.title)
    )
    return [to_track(row) for row in rows]


def file_of(session: Session, track_id: int) -> Path | None:
    """The file of a library track whose folder is still in the library."""
    path = session.scalar(
        select(TrackRow.file_path).where(
            TrackRow.id == track_id,
            TrackRow.source == "library",
            TrackRow.folder_id.is_not(None),
            TrackRow.availability != REMOVED,
        )
    )
    return Path(path) if path else None


def mark_missing(session: Session, track_id: int) -> None:
    """The track's file is gone: it is not offered to anyone until a rescan finds it."""
    session.execute(
        update(TrackRow)
        .where(TrackRow.id == track_id, TrackRow.availability == AVAILABLE)
        .values(availability=MISSING)
    )


def add_failure(
    session: Session, user_id: int, track_id: int, code: FailureCode, now: datetime
) -> None:
    """The track did not play for this user; a lasting failure outlives a passing one."""
    row = session.get(TrackFailureRow, (user_id, track_id))
    if row is None:
        session.add(TrackFailureRow(user_id=user_id, track_id=track_id, code=code, failed_at=now))
    elif row.code in TRANSIENT_FAILURES or code not in TRANSIENT_FAILURES:
        row.code, row.failed_at = code, now


def failed_since(session: Session, user_id: int, since: datetime) -> set[int]:
    """Tracks that failed for this user at `since` or later."""
    return set(
        session.scalars(
            select(TrackFailureRow.track_id).where(
                TrackFailureRow.user_id == user_id, TrackFailureRow.failed_at >= since
            )
        )
    )


def _count(session: Session, by: ColumnElement[str]) -> Mapping[str, int]:
    rows = session.execute(
        select(by, func.count()).where(TrackRow.availability == AVAILABLE).group_by(by)
    )
    return {key: count for key, count in rows}


def to_track(row: TrackRow) -> Track:
    """What the rest of the program knows of the row."""
    return Track(
        id=row.id,
        source=cast("SourceId", row.source),
        title=row.title,
        artist=row.artist,
        genre=cast("Genre", row.genre),
        year=row.year,
        language=row.language,
        duration_s=row.duration_s,
        youtube_video_id=row.youtube_video_id,
        valence=row.valence,
        energy=row.energy,
    )
