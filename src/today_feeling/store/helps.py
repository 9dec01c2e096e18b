"""Sums of what songs of a kind did to a user's mood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from today_feeling.domain.goals import RETURN
from today_feeling.domain.helps import Sums
from today_feeling.domain.music import Genre
from today_feeling.domain.recommend.songs import artist_key
from today_feeling.store.schema import PlayRow, RecommendationRow, TrackRow


def by_genre(session: Session, user_id: int) -> Mapping[Genre, Sums]:
    """Of every genre that the user has a measured play of."""
    return {cast("Genre", genre): sums for genre, sums in _sums(session, user_id, TrackRow.genre)}


def by_artist(session: Session, user_id: int, limit: int) -> Mapping[str, Sums]:
    """Of the artists that the user has most measured plays of, each by the way in which their name
    is written most: artists are told apart as bans do."""
    names: dict[str, str] = {}
    found: dict[str, Sums] = {}
    for name, sums in _sums(session, user_id, TrackRow.artist):
        key = artist_key(name)
        names.setdefault(key, name)
        found[key] = _both(found[key], sums) if key in found else sums
    most = sorted(found, key=lambda key: (-found[key].plays, names[key]))[:limit]
    return {names[key]: found[key] for key in most}


def _both(one: Sums, other: Sums) -> Sums:
    return Sums(one.plays + other.plays, one.total + other.total, one.squares + other.squares)


def _sums(
    session: Session,
    user_id: int,
    by: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
) -> list[tuple[str, Sums]]:
    """Of each kind, the one with most plays first."""
    change = PlayRow.valence_after - (1 - RETURN) * PlayRow.valence_before
    plays = func.count()
    rows = session.execute(
        select(by, plays, func.sum(change), func.sum(change * change))
        .join(RecommendationRow, RecommendationRow.track_id == TrackRow.id)
        .join(PlayRow, PlayRow.recommendation_id == RecommendationRow.id)
        .where(
            PlayRow.user_id == user_id,
            PlayRow.valence_before.is_not(None),
            PlayRow.deletion_id.is_(None),
            by.is_not(None),
        )
        .group_by(by)
        .order_by(plays.desc(), by)
    )
    return [
        (kind, Sums(count, total or 0.0, squares or 0.0))
        for kind, count, total, squares in rows
        if kind
    ]
