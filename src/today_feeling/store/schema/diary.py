"""Tables of the diary: what was seen, heard and written, what can be undone, and sums."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from today_feeling.store.schema.base import Base


def deleted_index() -> Index:
    """Finds what a deletion marked; holds nothing else, so it costs nothing otherwise.

    `deletion_id` is no foreign key: SQLite adds none to a table that is there.
    """
    marked = text("deletion_id IS NOT NULL")
    return Index(None, "user_id", "deletion_id", sqlite_where=marked, postgresql_where=marked)


class PlayRow(Base):
    __tablename__ = "plays"
    __table_args__ = (Index(None, "user_id", "started_at"), deleted_index())

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    recommendation_id: Mapped[int] = mapped_column(
        ForeignKey("recommendations.id", ondelete="CASCADE"), unique=True
    )
    started_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(16))
    seconds: Mapped[float | None]
    liked: Mapped[bool | None]
    valence_before: Mapped[float | None]
    """What the song did to the mood, kept by `effects`: all three of these are null, or none."""
    valence_after: Mapped[float | None]
    emotion_after: Mapped[str | None] = mapped_column(String(16))
    deletion_id: Mapped[UUID | None]


class ObservationRow(Base):
    """The client chooses the id, and can neither see nor block another user's."""

    __tablename__ = "observations"
    __table_args__ = (Index(None, "user_id", "observed_at"), deleted_index())

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    observed_at: Mapped[datetime]
    duration_s: Mapped[float]
    emotion: Mapped[str] = mapped_column(String(16))
    probabilities: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True))
    unsure_share: Mapped[float]
    corrected: Mapped[str | None] = mapped_column(String(16))
    """What the user said that it really was."""
    deletion_id: Mapped[UUID | None]


class EntryRow(Base):
    """The user's own words. The client chooses the id, as it does for observations."""

    __tablename__ = "entries"
    __table_args__ = (Index(None, "user_id", "at"), deleted_index())

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    emotion: Mapped[str | None] = mapped_column(String(16))
    valence: Mapped[float | None]
    note: Mapped[str | None] = mapped_column(Text)
    updated_at: Mapped[datetime]
    deletion_id: Mapped[UUID | None]


class DeletionRow(Base):
    """What the user deleted a moment ago and can have back: the rows that bear its id."""

    __tablename__ = "deletions"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    deleted_at: Mapped[datetime] = mapped_column(index=True)
    whole_span: Mapped[bool]
    """Everything in [starts_at, ends_at), null being without end; else single records."""
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]


class CorrectionRow(Base):
    """Observations that the user corrected together a moment ago, and what they said before."""

    __tablename__ = "corrections"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    corrected_at: Mapped[datetime] = mapped_column(index=True)
    before: Mapped[dict[str, str | None]] = mapped_column(JSON)
    """By the id of the observation."""


class QuarterHourRow(Base):
    """What the diary holds in one quarter hour: sums that `rollups` keeps, from which any day
    in any time zone is added up, because no zone is off by less."""

    __tablename__ = "quarter_hours"
    __table_args__ = ({"sqlite_with_rowid": False},)

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    quarter: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Quarter hours since 1970, UTC."""
    anger: Mapped[float]
    """Seconds, as all of the seven."""
    fear: Mapped[float]
    happiness: Mapped[float]
    neutral: Mapped[float]
    sadness: Mapped[float]
    surprise: Mapped[float]
    unsure: Mapped[float]
    plays: Mapped[int]
    entries: Mapped[int]


class SongSpanRow(Base):
    """What a user heard of a song in thirty days (UTC, counted since 1970): sums over plays, which
    `songs` keeps, so that years are not added up from every play in them."""

    __tablename__ = "song_spans"
    __table_args__ = ({"sqlite_with_rowid": False},)

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    span: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    track_id: Mapped[int] = mapped_column(
        ForeignKey("tracks.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    plays: Mapped[int]
    kept: Mapped[int]
    likes: Mapped[int]
    seconds: Mapped[float]
    last_at: Mapped[datetime]
    measured: Mapped[int]
    valence_before: Mapped[float]
    valence_after: Mapped[float]
