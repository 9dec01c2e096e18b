"""Recommendations, and the plays that came of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import BindParameter, Select, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from today_feeling.domain.diary import Outcome, Play
from today_feeling.domain.music import Track
from today_feeling.domain.recommend import Choice, Mood, Recommendation
from today_feeling.domain.recommend.queue import LONGEST
from today_feeling.store import effects, rollups, songs
from today_feeling.store.schema import Base, PlayRow, RecommendationRow, TrackRow
from today_feeling.store.statements import inserting
from today_feeling.store.told import to_play, to_recommendation
from today_feeling.store.tracks import to_track
from today_feeling.store.types import UtcDateTime


@dataclass(frozen=True, slots=True)
class Recommended:
    """One of the last recommendations, as far as the next one needs it."""

    id: int
    track_id: int
    at: datetime
    """When it was made, or began to sound."""


_RECOMMENDATIONS: Final = Base.metadata.tables["recommendations"]
_ADD: Final = insert(_RECOMMENDATIONS).returning(
    _RECOMMENDATIONS.c.id, sort_by_parameter_order=True
)


def add_recommendation(
    session: Session, user_id: int, mood: Mood, choice: Choice, now: datetime
) -> Recommendation:
    """Keep what was recommended to the user, and why."""
    track = to_track(session.get_one(TrackRow, choice.track_id))
    return add_recommendations(session, user_id, mood, [(choice, track)], now)[0]


def add_recommendations(
    session: Session,
    user_id: int,
    mood: Mood,
    chosen: Sequence[tuple[Choice, Track]],
    now: datetime,
) -> list[Recommendation]:
    """The same of several at once, each with its track."""
    if not chosen:
        return []
    of_all = {
        "user_id": user_id,
        "created_at": now,
        "emotion": mood.emotion,
        "origin": mood.origin,
        "confidence": mood.confidence,
        "probabilities": list(mood.probabilities) if mood.probabilities is not None else None,
        "goal": mood.goal,
    }
    rows = [
        {
            **of_all,
            "track_id": choice.track_id,
            "reason_code": choice.reason.code,
            "reason_genre": choice.reason.genre,
            "reason_instead_of": choice.reason.instead_of,
            "reason_liked": choice.reason.liked,
            "reason_heard": choice.reason.heard,
            "choice_probability": choice.probability,
            "at_random": choice.at_random,
            "planned": choice.planned,
            "step": choice.step,
        }
        for choice, _ in chosen
    ]
    ids = session.scalars(_ADD, rows).all()
    return [
        Recommendation(number, now, track, mood, choice.reason, choice.step)
        for number, (choice, track) in zip(ids, chosen, strict=True)
    ]


def has_recommendation(session: Session, user_id: int, recommendation_id: int) -> bool:
    """Whether it was made to this user."""
    found = session.scalar(
        select(RecommendationRow.id).where(
            RecommendationRow.user_id == user_id, RecommendationRow.id == recommendation_id
        )
    )
    return found is not None


# Statements of every request are made once, and of tables: to make them, and to look for objects,
# takes longer than to carry them out.
_MADE: Final = Base.metadata.tables[RecommendationRow.__tablename__]
_PLAYS: Final = Base.metadata.tables[PlayRow.__tablename__]
_LAST: Final = (
    select(
        *(_MADE.c.id, _MADE.c.track_id),
        func.coalesce(_PLAYS.c.started_at, _MADE.c.created_at, type_=UtcDateTime()),
    )
    .select_from(_MADE.outerjoin(_PLAYS, _PLAYS.c.recommendation_id == _MADE.c.id))
    .where(
        _MADE.c.user_id == bindparam("user_id"),
        or_(_MADE.c.planned.is_(False), _PLAYS.c.id.is_not(None)),
    )
    .order_by(_MADE.c.id.desc())
    .limit(bindparam("most"))
)


def last_recommended(session: Session, user_id: int, limit: int) -> list[Recommended]:
    """What was recommended to the user last, the newest first; of what was planned ahead, only
    what has sounded."""
    # A queue does not play in the order in which it was planned.
    rows = session.execute(_LAST, {"user_id": user_id, "most": limit + LONGEST})
    made = sorted((Recommended(*row) for row in rows), key=lambda each: (each.at, each.id))
    return made[: -limit - 1 : -1]


_RECOMMENDED = (
    select(RecommendationRow, TrackRow)
    .join(TrackRow, TrackRow.id == RecommendationRow.track_id)
    .where(
        RecommendationRow.user_id == bindparam("user_id"),
        RecommendationRow.id.in_(bindparam("ids", expanding=True)),
    )
)


def recommended(
    session: Session, user_id: int, ids: Collection[int]
) -> Mapping[int, Recommendation]:
    """Those of the recommendations that are the user's, by their ids."""
    if not ids:
        return {}
    rows = session.execute(_RECOMMENDED, {"user_id": user_id, "ids": list(ids)})
    return {row.id: to_recommendation(row, track) for row, track in rows}


_FORGET: Final = delete(_MADE).where(
    _MADE.c.user_id == bindparam("whose"),
    _MADE.c.planned.is_(True),
    _MADE.c.created_at < bindparam("before"),
    ~select(_PLAYS.c.id).where(_PLAYS.c.recommendation_id == _MADE.c.id).exists(),
)


def forget_plans(session: Session, user_id: int, before: datetime) -> None:
    """Forget what was planned before then and never sounded: nothing came of it."""
    session.execute(_FORGET, {"whose": user_id, "before": before})


def start(session: Session, user_id: int, recommendation_id: int, now: datetime) -> Play | None:
    """The play of this recommendation of this user, begun now unless it was before.

    None where the user has deleted it.
    """
    rollups.lock(session, user_id)
    session.execute(
        inserting(session.get_bind().dialect.name, PlayRow)
        .values(user_id=user_id, recommendation_id=recommendation_id, started_at=now)
        .on_conflict_do_nothing(index_elements=[PlayRow.recommendation_id])
    )
    rollups.touched(session, user_id, [now])
    play = of_recommendation(session, user_id, recommendation_id)
    if play is not None:
        songs.played(session, user_id, play.recommendation.track.id, play.started_at)
    return play


def get(session: Session, user_id: int, play_id: int) -> Play | None:
    """The user's play."""
    found = session.execute(_ONE, {"user_id": user_id, "play_id": play_id}).one_or_none()
    return to_play(found) if found else None


def of_recommendation(session: Session, user_id: int, recommendation_id: int) -> Play | None:
    """The user's play of the recommendation."""
    one = {"user_id": user_id, "recommendation_id": recommendation_id}
    found = session.execute(_OF_RECOMMENDATION, one).one_or_none()
    return to_play(found) if found else None


def change(
    session: Session,
    user_id: int,
    play: Play,
    *,
    outcome: Outcome | None,
    seconds: float | None,
    liked: bool | None,
) -> Play:
    """Replace what came of the user's play; returns it as it is now. Who calls it holds the user.

    What was seen around it is looked at again only where it ends at another time.
    """
    changed = replace(play, outcome=outcome, seconds=seconds, liked=liked)
    if changed == play:
        return play
    if seconds != play.seconds:
        after = effects.around(session, user_id, play.started_at, seconds)
        changed = replace(changed, after=after)
    told = {"outcome": outcome, "seconds": seconds, "liked": liked}
    one = {"whose": user_id, "which": play.id}
    session.connection().execute(_CHANGED, {**one, **told, **effects.columns(changed.after)})
    songs.played(session, user_id, play.recommendation.track.id, play.started_at)
    return changed


_CHANGED: Final = update(_PLAYS).where(
    _PLAYS.c.user_id == bindparam("whose"), _PLAYS.c.id == bindparam("which")
)


def between(session: Session, user_id: int, start: datetime, end: datetime) -> list[Play]:
    """The user's plays that began in [start, end), in order of time."""
    rows = session.execute(
        _plays_of(user_id)
        .where(PlayRow.started_at >= start, PlayRow.started_at < end)
        .order_by(PlayRow.started_at, PlayRow.id)
    )
    return [to_play(row) for row in rows]


def _plays_of(user_id: int | BindParameter[int]) -> Select[PlayRow, RecommendationRow, TrackRow]:
    return (
        select(PlayRow, RecommendationRow, TrackRow)
        .join(RecommendationRow, RecommendationRow.id == PlayRow.recommendation_id)
        .join(TrackRow, TrackRow.id == RecommendationRow.track_id)
        .where(PlayRow.user_id == user_id, PlayRow.deletion_id.is_(None))
    )


_ONE = _plays_of(bindparam("user_id")).where(PlayRow.id == bindparam("play_id"))
_OF_RECOMMENDATION = _plays_of(bindparam("user_id")).where(
    PlayRow.recommendation_id == bindparam("recommendation_id")
)
