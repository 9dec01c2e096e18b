"""All tables. `migrations/` leads to exactly these; a test compares the two."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    false,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from today_feeling.store.types import Id, UtcDateTime


class Base(DeclarativeBase):
    """Constraints have names, so that a later migration can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime(), int: Id}


class UserRow(Base):
    """Someone who uses the app. What only an account has is null for a guest."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    guest: Mapped[bool]
    created_at: Mapped[datetime]
    login_id: Mapped[str | None] = mapped_column(String(15), index=True, unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    name: Mapped[str | None] = mapped_column(String(50))
    email: Mapped[str | None] = mapped_column(String(254))


class SessionRow(Base):
    """A browser that is logged in. Deleting the row ends the session."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_sha256: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    remembered: Mapped[bool] = mapped_column(server_default=true())
    """False: it ends soon after its last use, and its cookie with the browser."""
    device: Mapped[str | None] = mapped_column(String(40))


class PasswordResetRow(Base):
    """A link that sets a new password. Deleting the row makes it useless."""

    __tablename__ = "password_resets"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_sha256: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class PreferencesRow(Base):
    """A user without a row has the default preferences."""

    __tablename__ = "preferences"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    genres: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    sources: Mapped[list[str]] = mapped_column(JSON)
    explicit: Mapped[bool] = mapped_column(server_default=false())
    languages: Mapped[list[str]] = mapped_column(JSON, server_default="[]")
    retention_days: Mapped[int | None]
    theme: Mapped[str] = mapped_column(String(8), server_default="system")
    language: Mapped[str | None] = mapped_column(String(2))
    timezone: Mapped[str | None] = mapped_column(String(64))


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
    choice_probability: Mapped[float]
    """With which the policy of that time drew this track."""


class PlayRow(Base):
    __tablename__ = "plays"
    __table_args__ = (Index(None, "user_id", "started_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    recommendation_id: Mapped[int] = mapped_column(
        ForeignKey("recommendations.id", ondelete="CASCADE"), unique=True
    )
    started_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(16))
    seconds: Mapped[float | None]
    liked: Mapped[bool | None]


class ObservationRow(Base):
    """The client chooses the id, and can neither see nor block another user's."""

    __tablename__ = "observations"
    __table_args__ = (Index(None, "user_id", "observed_at"),)

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    observed_at: Mapped[datetime]
    duration_s: Mapped[float]
    emotion: Mapped[str] = mapped_column(String(16))
    probabilities: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True))
    unsure_share: Mapped[float]
