"""Everybody's plays, for whoever runs the server to judge the recommender by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from today_feeling.domain.diary import Play
from today_feeling.store.schema import PlayRow, RecommendationRow, TrackRow
from today_feeling.store.told import to_play

AT_ONCE: Final = 1000
_SOUNDED: Final = (
    PlayRow.deletion_id.is_(None),
    or_(PlayRow.outcome.is_(None), PlayRow.outcome != "failed"),
)
"""What a user has deleted is gone, also while it can be had back."""


class Listened(NamedTuple):
    """A play, and whose it is."""

    user_id: int
    play: Play
    at_random: bool | None
    """Whether the song was the rule's own draw; None where nobody here knows."""


def everything(session: Session) -> Iterator[Listened]:
    """All plays that sounded, in order of time."""
    wanted = (
        select(PlayRow, RecommendationRow, TrackRow)
        .join(RecommendationRow, RecommendationRow.id == PlayRow.recommendation_id)
        .join(TrackRow, TrackRow.id == RecommendationRow.track_id)
        .where(*_SOUNDED)
        .order_by(PlayRow.started_at, PlayRow.id)
        .limit(AT_ONCE)
    )
    page = session.execute(wanted).all()
    while page:
        for found in page:
            play, recommendation, _ = found
            yield Listened(play.user_id, to_play(found), recommendation.at_random)
        last = (play.started_at, play.id)
        session.expunge_all()
        later = wanted.where(tuple_(PlayRow.started_at, PlayRow.id) > last)
        page = session.execute(later).all()
