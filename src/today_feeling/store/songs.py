"""Which songs a user heard in a span, and how often."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from today_feeling.domain.music import Track
from today_feeling.store.schema import PlayRow, RecommendationRow, TrackRow
from today_feeling.store.tracks import to_track


class Heard(NamedTuple):
    """A song in a span."""

    track_id: int
    plays: int
    kept: int
    """Plays that were neither skipped nor failed."""
    likes: int
    """Plays with a thumb up, less those with a thumb down."""
    seconds: float
    last_at: datetime
    measured: int
    """Plays that tell what the song did to the mood; the next two are sums over them."""
    valence_before: float
    valence_after: float


def heard(session: Session, user_id: int, start: datetime, end: datetime) -> list[Heard]:
    """Every song that the user began to hear in [start, end)."""
    row = PlayRow
    rows = session.execute(
        select(
            RecommendationRow.track_id,
            func.count(),
            func.sum(case((row.outcome.in_(("skipped", "failed")), 0), else_=1)),
            func.sum(case((row.liked.is_(True), 1), (row.liked.is_(False), -1), else_=0)),
            func.coalesce(func.sum(row.seconds), 0.0),
            func.max(row.started_at),
            func.count(row.valence_before),
            func.coalesce(func.sum(row.valence_before), 0.0),
            func.coalesce(func.sum(row.valence_after), 0.0),
        )
        .join(RecommendationRow, RecommendationRow.id == row.recommendation_id)
        .where(
            row.user_id == user_id,
            row.started_at >= start,
            row.started_at < end,
            row.deletion_id.is_(None),
        )
        .group_by(RecommendationRow.track_id)
    )
    return [Heard(*each) for each in rows]


def named(session: Session, track_ids: Collection[int]) -> Mapping[int, Track]:
    """The tracks with these ids."""
    rows = session.scalars(select(TrackRow).where(TrackRow.id.in_(track_ids)))
    return {row.id: to_track(row) for row in rows}
