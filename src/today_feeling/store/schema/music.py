"""Tables of songs, and of what was recommended to whom."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from today_feeling.store.schema.base import Base


class FolderRow(Base):
    """A folder whose music files are served; no file outside of one ever is."""

    __tablename__ = "library_folders"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(4096), unique=True)
    added_at: Mapped[datetime]


class TrackRow(Base):
    """A song. A row stays for ever, because the diary names it: it only becomes unavailable."""

    __tablename__ = "tracks"
    __table_args__ = (
        CheckConstraint(
            "(source = 'youtube' AND youtube_video_id IS NOT NULL AND file_path IS NULL)"
            " OR (source = 'library' AND youtube_video_id IS NULL AND file_path IS NOT NULL)",
            name="locator",
        ),
        Index(None, "availability", "source", "genre"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(16))
    availability: Mapped[str] = mapped_column(String(16))
    """`available`; `missing`: its file is gone; `removed`: taken out of the catalogue."""
    title: Mapped[str] = mapped_column(String(500))
    artist: Mapped[str | None] = mapped_column(String(500))
    genre: Mapped[str] = mapped_column(String(16))
    year: Mapped[int | None]
    language: Mapped[str | None] = mapped_column(String(16))
    explicit: Mapped[bool | None]
    """None: nobody has said."""
    duration_s: Mapped[float | None]
    valence: Mapped[float | None]
    energy: Mapped[float | None]
    added_at: Mapped[datetime]
    youtube_video_id: Mapped[str | None] = mapped_column(String(11), unique=True)
    catalogue: Mapped[str | None] = mapped_column(String(16))
    """Of a YouTube track: `starter`, the list of the release, or `import`, a list of the user."""
    folder_id: Mapped[int | None] = mapped_column(
        ForeignKey("library_folders.id", ondelete="SET NULL"), index=True
    )
    file_path: Mapped[str | None] = mapped_column(String(4096), unique=True)
    file_size: Mapped[int | None]
    file_mtime_ns: Mapped[int | None]


class TrackFailureRow(Base):
    """A track did not play for a user; the last failure is kept."""

    __tablename__ = "track_failures"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    track_id: Mapped[int] = mapped_column(
        ForeignKey("tracks.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    code: Mapped[str] = mapped_column(String(16))
    failed_at: Mapped[datetime]


class RecommendationRow(Base):
    __tablename__ = "recommendations"
    __table_args__ = (Index(None, "user_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    track_id: Mapped[int] = mapped_column(ForeignKey("tracks.id"), index=True)
    created_at: Mapped[datetime]
    emotion: Mapped[str | None] = mapped_column(String(16))
    origin: Mapped[str] = mapped_column(String(16))
    confidence: Mapped[float | None]
    probabilities: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True))
    reason_code: Mapped[str] = mapped_column(String(32))
    reason_genre: Mapped[str | None] = mapped_column(String(16))
    reason_instead_of: Mapped[str | None] = mapped_column(String(16))
    reason_liked: Mapped[int | None]
    reason_heard: Mapped[int | None]
    goal: Mapped[str | None] = mapped_column(String(16))
    """Null in rows that are older than goals: `match`."""
    choice_probability: Mapped[float]
    """With which the policy of that time drew this track."""
