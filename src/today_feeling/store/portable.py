"""Recommendations and plays as they leave for another server; `arriving` is how they come."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from today_feeling.domain.diary import Play
from today_feeling.domain.music import FailureCode, Track
from today_feeling.domain.recommend import Recommendation
from today_feeling.store.schema import PlayRow, RecommendationRow, TrackFailureRow, TrackRow
from today_feeling.store.told import to_play, to_recommendation
from today_feeling.store.tracks import to_track


class Kept(NamedTuple):
    """A recommendation, and the play that came of it."""

    recommendation: Recommendation
    probability: float
    """With which the policy of its time drew the track."""
    play: Play | None


def played(session: Session, user_id: int, after: Kept | None, limit: int) -> list[Kept]:
    """The next of all the user's plays, in order of time."""
    wanted = (
        select(PlayRow, RecommendationRow, TrackRow)
        .join(RecommendationRow, RecommendationRow.id == PlayRow.recommendation_id)
        .join(TrackRow, TrackRow.id == RecommendationRow.track_id)
        .where(PlayRow.user_id == user_id, PlayRow.deletion_id.is_(None))
        .order_by(PlayRow.started_at, PlayRow.id)
        .limit(limit)
    )
    if after is not None and after.play is not None:
        last = (after.play.started_at, after.play.id)
        wanted = wanted.where(tuple_(PlayRow.started_at, PlayRow.id) > last)
    return [
        Kept(to_recommendation(row, track), row.choice_probability, to_play((play, row, track)))
        for play, row, track in session.execute(wanted)
    ]


def unplayed(session: Session, user_id: int, after: Kept | None, limit: int) -> list[Kept]:
    """The next of all that was recommended to the user and never sounded, but for mere plans."""
    wanted = (
        select(RecommendationRow, TrackRow)
        .join(TrackRow, TrackRow.id == RecommendationRow.track_id)
        .outerjoin(PlayRow, PlayRow.recommendation_id == RecommendationRow.id)
        .where(
            RecommendationRow.user_id == user_id,
            RecommendationRow.planned.is_(False),
            PlayRow.id.is_(None),
        )
        .order_by(RecommendationRow.id)
        .limit(limit)
    )
    if after is not None:
        wanted = wanted.where(RecommendationRow.id > after.recommendation.id)
    return [
        Kept(to_recommendation(row, track), row.choice_probability, None)
        for row, track in session.execute(wanted)
    ]


def failures(session: Session, user_id: int) -> list[tuple[Track, FailureCode, datetime]]:
    """Every song that did not play for the user, why and when."""
    rows = session.execute(
        select(TrackRow, TrackFailureRow.code, TrackFailureRow.failed_at)
        .join(TrackFailureRow, TrackFailureRow.track_id == TrackRow.id)
        .where(TrackFailureRow.user_id == user_id)
        .order_by(TrackFailureRow.failed_at, TrackRow.id)
    )
    return [(to_track(row), cast("FailureCode", code), at) for row, code, at in rows]
