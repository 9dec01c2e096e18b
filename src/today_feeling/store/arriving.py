"""Recommendations, plays and bans as they come from another server, or back to this one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, TextClause, delete, select
from sqlalchemy.orm import Session

from today_feeling.domain.bans import Ban
from today_feeling.domain.diary import Play
from today_feeling.domain.music import Track
from today_feeling.store import bans, effects, rollups
from today_feeling.store.portable import Kept
from today_feeling.store.schema import BanRow, PlayRow, RecommendationRow, TrackFailureRow, TrackRow
from today_feeling.store.schema.music import NAMED
from today_feeling.store.statements import inserting
from today_feeling.store.tracks import IMPORTED, REMOVED, of_user


class _Key(NamedTuple):
    """What two recommendations of one user never share."""

    at: datetime
    track_id: int


def add(session: Session, user_id: int, coming: Sequence[Kept], now: datetime) -> int:
    """Give the user what another server, or this one, has kept; returns how many are new.

    One of the same instant and song is the same, and there already. Ids are given anew.
    """
    rollups.lock(session, user_id)
    tracks: dict[Track, int] = {}
    wanted: dict[_Key, Kept] = {}
    for kept in coming:
        made = kept.recommendation
        if made.track not in tracks:
            tracks[made.track] = _track_id(session, user_id, made.track, now)
        key = _Key(made.created_at, tracks[made.track])
        if key not in wanted or wanted[key].play is None:
            wanted[key] = kept
    ids, heard = _known(session, user_id, wanted)
    missing = [key for key in wanted if key not in ids]
    rows = [_recommendation(user_id, wanted[key], key.track_id) for key in missing]
    session.add_all(rows)
    session.flush()
    ids |= {key: row.id for key, row in zip(missing, rows, strict=True)}
    plays = [
        _play(user_id, kept.play, ids[key])
        for key, kept in wanted.items()
        if kept.play is not None and key not in heard
    ]
    session.add_all(plays)
    session.flush()
    rollups.touched(session, user_id, [row.started_at for row in plays])
    effects.played(session, user_id, [row.id for row in plays])
    return len(plays) + sum(wanted[key].play is None for key in missing)


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
    session: Session, user_id: int, keys: Collection[_Key]
) -> tuple[dict[_Key, int], set[_Key]]:
    """Which of the user's recommendations are there, by which ids, and which of them were heard.

    A play that is marked as deleted is really deleted: it comes in anew.
    """
    if not keys:
        return {}, set()
    row = RecommendationRow
    rows = session.execute(
        select(row.created_at, row.track_id, row.id, PlayRow)
        .outerjoin(PlayRow, PlayRow.recommendation_id == row.id)
        .where(row.user_id == user_id, row.created_at.in_({key.at for key in keys}))
    )
    ids: dict[_Key, int] = {}
    heard: set[_Key] = set()
    for at, track_id, id_, play in rows:
        key = _Key(at, track_id)
        if key not in keys:
            continue
        ids[key] = id_
        if play is not None and play.deletion_id is None:
            heard.add(key)
        elif play is not None:
            session.delete(play)
    session.flush()
    return ids, heard


def _recommendation(user_id: int, kept: Kept, track_id: int) -> RecommendationRow:
    made = kept.recommendation
    told = made.mood.probabilities
    return RecommendationRow(
        user_id=user_id,
        track_id=track_id,
        created_at=made.created_at,
        emotion=made.mood.emotion,
        origin=made.mood.origin,
        confidence=made.mood.confidence,
        probabilities=None if told is None else list(told),
        reason_code=made.reason.code,
        reason_genre=made.reason.genre,
        reason_instead_of=made.reason.instead_of,
        goal=made.mood.goal,
        choice_probability=kept.probability,
    )


def _play(user_id: int, play: Play, recommendation_id: int) -> PlayRow:
    return PlayRow(
        user_id=user_id,
        recommendation_id=recommendation_id,
        started_at=play.started_at,
        outcome=play.outcome,
        seconds=play.seconds,
        liked=play.liked,
    )


def _track_id(session: Session, user_id: int, track: Track, now: datetime) -> int:
    """The song as this server has it; one that it lacks is kept for the diary to name.

    Such a row is found by everything that is told of it, so that no import can change what
    another one's diary says.
    """
    same: list[ColumnElement[bool] | TextClause]
    if track.youtube_video_id is not None:
        same = [TrackRow.youtube_video_id == track.youtube_video_id, of_user(user_id)]
    else:
        same = [
            TrackRow.source == track.source,
            TrackRow.title == track.title,
            TrackRow.artist.is_not_distinct_from(track.artist),
            TrackRow.duration_s.is_not_distinct_from(track.duration_s),
            NAMED,
        ]
    found = session.scalar(select(TrackRow.id).where(*same).order_by(TrackRow.id).limit(1))
    if found is not None:
        return found
    path = _path(track)
    session.execute(  # or leave what another import brings at the same moment
        inserting(session.get_bind().dialect.name, TrackRow)
        .values(
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
        .on_conflict_do_nothing(index_elements=[TrackRow.file_path])
    )
    return session.scalars(select(TrackRow.id).where(TrackRow.file_path == path)).one()


def _path(track: Track) -> str:
    told = [track.title, track.artist, track.genre, track.year, track.language, track.duration_s]
    digest = hashlib.sha256(json.dumps(told).encode()).hexdigest()
    return f"{IMPORTED}{track.source}:{track.youtube_video_id or ''}:{digest}"
