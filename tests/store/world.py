"""Small things that store and service tests put into a database."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from today_feeling.domain.diary import Entry, Observation
from today_feeling.domain.music import Genre, Song, Track
from today_feeling.store import catalogue, videos

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def video(number: int, genre: Genre = "jazz", title: str | None = None) -> Song:
    """A song whose id tells its number."""
    return Song(f"video{number:06d}", title or f"Song {number}", "Someone", genre)


def add_track(session: Session, number: int = 1, genre: Genre = "jazz") -> int:
    """A YouTube track; returns its id."""
    from sqlalchemy import select

    from today_feeling.store.schema import TrackRow

    videos.put_songs(session, "import", [video(number, genre)], START)
    session.flush()
    wanted = video(number).locator
    return session.scalars(select(TrackRow.id).where(TrackRow.youtube_video_id == wanted)).one()


def everything(session: Session) -> list[Track]:
    """All songs of everybody's that can be played."""
    return [item.track for item in catalogue.find(session, catalogue.Wanted())]


def observation(number: int, at: datetime, **other: object) -> Observation:
    """Ten seconds of happiness, unless told otherwise."""
    values: dict[str, object] = {
        "id": UUID(int=number),
        "observed_at": at,
        "duration_s": 10.0,
        "emotion": "happiness",
        "probabilities": (0.0, 0.0, 1.0, 0.0, 0.0, 0.0),
        "unsure_share": 0.0,
    }
    return Observation(**{**values, **other})  # type: ignore[arg-type]


def entry(number: int, at: datetime, **other: object) -> Entry:
    """A short note, unless told otherwise."""
    values: dict[str, object] = {
        "id": UUID(int=number),
        "at": at,
        "emotion": None,
        "valence": None,
        "note": f"Note {number}",
        "updated_at": START,
    }
    return Entry(**{**values, **other})  # type: ignore[arg-type]
