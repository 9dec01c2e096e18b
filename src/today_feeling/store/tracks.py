"""Songs that there are to play, and which of them failed for whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, cast

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from today_feeling.domain.music import (
    TRANSIENT_FAILURES,
    FailureCode,
    Genre,
    Preferences,
    Song,
    SourceId,
    Track,
)
from today_feeling.store.schema import Base, FolderRow, TrackFailureRow, TrackRow

AVAILABLE = "available"
MISSING = "missing"
REMOVED = "removed"
DEAD = "dead"

HEARD = "audio"
DEAF = "unheard"
"""Where valence and energy of a file are from: estimated from its sound, or that failed."""

IMPORTED = "imported:"
"""Begins the path of a song that only an imported diary names: `imported:SOURCE:VIDEO:SHA256`."""


def get(session: Session, track_id: int) -> Track | None:
    """The track, available or not, whosever it is."""
    row = session.get(TrackRow, track_id)
    return to_track(row) if row else None


def of_user(user_id: int | None) -> ColumnElement[bool]:
    """Whether a track is everybody's, or this user's own."""
    return or_(TrackRow.user_id.is_(None), TrackRow.user_id == user_id)


def is_for(session: Session, user_id: int, track_id: int) -> bool:
    """Whether there is such a track, and it is not another user's own."""
    return bool(session.scalar(select(exists().where(TrackRow.id == track_id, of_user(user_id)))))


_FOR = (
    select(TrackRow, FolderRow.path)
    .outerjoin(FolderRow, FolderRow.id == TrackRow.folder_id)
    .where(
        TrackRow.id.in_(bindparam("track_ids", expanding=True)),
        or_(TrackRow.user_id.is_(None), TrackRow.user_id == bindparam("user_id")),
    )
)
# Statements of every request are made once: that takes longer than to carry them out.


def placed_for(
    session: Session, user_id: int, track_ids: Collection[int]
) -> Mapping[int, tuple[Track, tuple[Path, Path] | None]]:
    """The tracks, each with its file as `file_of` has it, or None for one that is no file of ours;
    without those that are another user's own, or gone."""
    rows = session.execute(_FOR, {"track_ids": list(track_ids), "user_id": user_id})
    return {row.id: (to_track(row), _file(row, folder)) for row, folder in rows}


def _file(row: TrackRow, folder: str | None) -> tuple[Path, Path] | None:
    if row.file_path is None or folder is None or row.availability == REMOVED:
        return None
    return Path(row.file_path), Path(folder)


def any_available(session: Session, user_id: int, liked: Preferences) -> bool:
    """Whether there is any track that the user wants, also one that failed."""
    kinds = session.execute(
        select(TrackRow.language, TrackRow.explicit)
        .where(
            TrackRow.availability == AVAILABLE,
            of_user(user_id),
            TrackRow.source.in_(liked.sources),
        )
        .distinct()
    )
    return any(liked.allow(language, explicit) for language, explicit in kinds)


def count_by_genre(session: Session, user_id: int) -> Mapping[str, int]:
    """Tracks that are available to the user, of each genre that has one."""
    return _count(session, user_id, TrackRow.genre)


def count_by_source(session: Session, user_id: int) -> Mapping[str, int]:
    """Tracks that are available to the user, of each source that has one."""
    return _count(session, user_id, TrackRow.source)


def file_of(session: Session, track_id: int) -> tuple[Path, Path] | None:
    """The file of a library track, and the folder of the library that it is in."""
    found = session.execute(
        select(TrackRow.file_path, FolderRow.path)
        .join(FolderRow, FolderRow.id == TrackRow.folder_id)
        .where(TrackRow.id == track_id, TrackRow.availability != REMOVED)
    ).one_or_none()
    if found is None or found[0] is None:
        return None
    return Path(found[0]), Path(found[1])


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


_FAILURES: Final = Base.metadata.tables[TrackFailureRow.__tablename__].c
_FAILED: Final = select(_FAILURES.track_id).where(_FAILURES.user_id == bindparam("user_id"))
_FAILED_FOR_GOOD: Final = _FAILED.where(_FAILURES.code.not_in(TRANSIENT_FAILURES))
_FAILED_SINCE: Final = _FAILED.where(_FAILURES.failed_at >= bindparam("since"))


def failed_for_good(session: Session, user_id: int) -> set[int]:
    """Tracks that will not play for the user."""
    return set(session.scalars(_FAILED_FOR_GOOD, {"user_id": user_id}))


def failed_since(session: Session, user_id: int, since: datetime) -> set[int]:
    """Tracks that failed for this user at `since` or later."""
    return set(session.scalars(_FAILED_SINCE, {"user_id": user_id, "since": since}))


def _count(session: Session, user_id: int, by: InstrumentedAttribute[str]) -> Mapping[str, int]:
    rows = session.execute(
        select(by, func.count())
        .where(TrackRow.availability == AVAILABLE, of_user(user_id))
        .group_by(by)
    )
    return {row[0]: row[1] for row in rows}


def to_track(row: TrackRow) -> Track:
    """What the rest of the program knows of the row."""
    source, video_id = row.source, row.youtube_video_id
    if row.file_path is not None and row.file_path.startswith(IMPORTED):
        _, source, imported_id, _ = row.file_path.split(":")
        video_id = imported_id or None
    estimated, tempo, tempo_estimated = sound_of(row.affect_source, row.tempo, row.tempo_heard)
    return Track(
        id=row.id,
        source=cast("SourceId", source),
        title=row.title,
        artist=row.artist,
        genre=cast("Genre", row.genre),
        year=row.year,
        language=row.language,
        duration_s=row.duration_s,
        youtube_video_id=video_id,
        valence=row.valence,
        energy=row.energy,
        user_id=row.user_id,
        estimated=estimated,
        tempo=tempo,
        tempo_estimated=tempo_estimated,
        has_cover=row.folder_id is not None or row.cover is not None,
        explicit=row.explicit,
    )


def sound_of(
    affect_source: str | None, tempo: float | None, heard: float | None
) -> tuple[bool, float | None, bool]:
    """Whether valence and energy are estimates, the tempo, and whether that is one; from where the
    first are from, the tempo that a tag or a list has, and that which was heard."""
    if tempo is None:
        return affect_source == HEARD, heard, heard is not None
    return affect_source == HEARD, tempo, False


def write_song(row: TrackRow, song: Song) -> None:
    """Give the row what the source tells about the song, and make it available."""
    row.availability = AVAILABLE
    row.title = song.title
    row.artist = song.artist
    row.genre = song.genre
    row.year = song.year
    row.language = song.language
    row.explicit = song.explicit
    row.duration_s = song.duration_s
    row.valence = song.valence
    row.energy = song.energy
    row.tempo = song.tempo
    row.affect_source = None if song.valence is None and song.energy is None else "list"
    row.stream_url = song.stream_url
    row.cover = song.cover
