"""Recommendations and plays as they leave for another server, and as they come from one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.orm import Session

from today_feeling.domain.bans import Ban
from today_feeling.domain.diary import Play
from today_feeling.domain.music import FailureCode, Track
from today_feeling.domain.recommend import Recommendation
from today_feeling.store import bans, effects, rollups
from today_feeling.store.schema import BanRow, PlayRow, RecommendationRow, TrackFailureRow, TrackRow
from today_feeling.store.told import to_play, to_recommendation
from today_feeling.store.tracks import IMPORTED, REMOVED, of_user, to_track


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


def add(session: Session, user_id: int, coming: Sequence[Kept], now: datetime) -> int:
    """Give the user what another server, or this one, has kept; returns how many are new.

    One of the same instant and song is the same, and there already. Ids are given anew.
    """
    known = _known(session, user_id, [kept.recommendation.created_at for kept in coming])
    added = 0
    times: list[datetime] = []
    plays: list[PlayRow] = []
    for kept in coming:
        made = kept.recommendation
        track_id = _track_id(session, user_id, made.track, now)
        recommendation_id, play = known.get((made.created_at, track_id), (None, None))
        if play is not None and play.deletion_id is not None:
            session.delete(play)
            session.flush()
            play = None
        if recommendation_id is None:
            recommendation_id = _add_recommendation(session, user_id, kept, track_id)
            added += kept.play is None
        row = None
        if kept.play is not None and play is None:
            row = PlayRow(
                user_id=user_id,
                recommendation_id=recommendation_id,
                started_at=kept.play.started_at,
                outcome=kept.play.outcome,
                seconds=kept.play.seconds,
                liked=kept.play.liked,
            )
            session.add(row)
            plays.append(row)
            times.append(row.started_at)
            added += 1
        known[(made.created_at, track_id)] = (recommendation_id, row or play)
    session.flush()
    rollups.touched(session, user_id, times)
    effects.played(session, user_id, [row.id for row in plays])
    return added


def add_bans(session: Session, user_id: int, coming: Sequence[Ban], now: datetime) -> int:
    """Give the user bans from another server; what is banned already stays as it is. Returns how
    many are new."""
    added = 0
    for ban in coming:
        track_id = _track_id(session, user_id, ban.track, now) if ban.track else None
        if not bans.has(session, user_id, track_id, ban.artist):
            added += 1
            bans.add(
                session,
                user_id,
                track_id=track_id,
                artist=ban.artist,
                recommendation_id=None,
                now=ban.banned_at,
                until=ban.until,
            )
    return added


def drop_unused_tracks(session: Session) -> None:
    """Forget the songs that only some import named, and that no diary names any more."""
    named = select(RecommendationRow.id).where(RecommendationRow.track_id == TrackRow.id).exists()
    failed = select(TrackFailureRow.user_id).where(TrackFailureRow.track_id == TrackRow.id).exists()
    banned = select(BanRow.id).where(BanRow.track_id == TrackRow.id).exists()
    session.execute(
        delete(TrackRow).where(TrackRow.file_path.startswith(IMPORTED), ~named, ~failed, ~banned),
        execution_options={"synchronize_session": False},
    )


def _known(
    session: Session, user_id: int, times: Sequence[datetime]
) -> dict[tuple[datetime, int], tuple[int, PlayRow | None]]:
    if not times:
        return {}
    rows = session.execute(
        select(
            RecommendationRow.created_at, RecommendationRow.track_id, RecommendationRow.id, PlayRow
        )
        .outerjoin(PlayRow, PlayRow.recommendation_id == RecommendationRow.id)
        .where(
            RecommendationRow.user_id == user_id,
            RecommendationRow.created_at >= min(times),
            RecommendationRow.created_at <= max(times),
        )
    )
    return {(created_at, track_id): (id_, play) for created_at, track_id, id_, play in rows}


def _add_recommendation(session: Session, user_id: int, kept: Kept, track_id: int) -> int:
    made = kept.recommendation
    row = RecommendationRow(
        user_id=user_id,
        track_id=track_id,
        created_at=made.created_at,
        emotion=made.mood.emotion,
        origin=made.mood.origin,
        confidence=made.mood.confidence,
        probabilities=list(made.mood.probabilities)
        if made.mood.probabilities is not None
        else None,
        reason_code=made.reason.code,
        reason_genre=made.reason.genre,
        reason_instead_of=made.reason.instead_of,
        goal=made.mood.goal,
        choice_probability=kept.probability,
    )
    session.add(row)
    session.flush()
    return row.id


def _track_id(session: Session, user_id: int, track: Track, now: datetime) -> int:
    """The song as this server has it; one that it lacks is kept for the diary to name.

    Such a row is found by everything that is told of it, so that no import can change what
    another one's diary says.
    """
    if track.youtube_video_id is not None:
        same = [TrackRow.youtube_video_id == track.youtube_video_id, of_user(user_id)]
    else:
        same = [
            TrackRow.source == track.source,
            TrackRow.title == track.title,
            TrackRow.artist.is_not_distinct_from(track.artist),
            TrackRow.duration_s.is_not_distinct_from(track.duration_s),
            func.coalesce(TrackRow.file_path, "").not_like(f"{IMPORTED}%"),
        ]
    found = session.scalar(select(TrackRow.id).where(*same).order_by(TrackRow.id).limit(1))
    if found is not None:
        return found
    path = _path(track)
    row = session.scalars(select(TrackRow).where(TrackRow.file_path == path)).one_or_none()
    if row is None:
        row = TrackRow(
            source="library",  # of a row with a path; `tracks.to_track` reads the true one in it
            availability=REMOVED,
            title=track.title,
            artist=track.artist,
            genre=track.genre,
            year=track.year,
            language=track.language,
            duration_s=track.duration_s,
            file_path=path,
            added_at=now,
        )
        session.add(row)
        session.flush()
    return row.id


def _path(track: Track) -> str:
    told = [track.title, track.artist, track.genre, track.year, track.language, track.duration_s]
    digest = hashlib.sha256(json.dumps(told).encode()).hexdigest()
    return f"{IMPORTED}{track.source}:{track.youtube_video_id or ''}:{digest}"
