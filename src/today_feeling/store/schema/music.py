"""Tables of songs, and of what was recommended to whom."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from today_feeling.store.schema.base import Base

NAMED: Final = text(
    "youtube_video_id IS NULL AND coalesce(substr(file_path, 1, 9), '') <> 'imported:'"
)
"""Songs of this server that an imported diary may name by their titles. Those that only imported
diaries name are not looked through: there may be any number of them."""


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
            "(source = 'youtube' AND youtube_video_id IS NOT NULL AND file_path IS NULL"
            " AND remote_key IS NULL)"
            " OR (source = 'library' AND youtube_video_id IS NULL AND file_path IS NOT NULL"
            " AND remote_key IS NULL)"
            " OR (source IN ('subsonic', 'radio') AND youtube_video_id IS NULL"
            " AND file_path IS NULL AND remote_key IS NOT NULL)",
            name="locator",
        ),
        Index(None, "availability", "source", "genre"),
        Index(None, "user_id", "availability", "id"),
        Index(None, "user_id", "youtube_video_id", unique=True),
        # No two nulls are the same to an index, so everybody's videos need one of their own.
        Index(
            "ix_tracks_youtube_video_id",
            "youtube_video_id",
            unique=True,
            sqlite_where=text("user_id IS NULL"),
            postgresql_where=text("user_id IS NULL"),
        ),
        Index("ix_tracks_title", "title", sqlite_where=NAMED, postgresql_where=NAMED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    """Whose own song it is, which nobody else hears or sees; null is everybody's."""
    source: Mapped[str] = mapped_column(String(16))
    availability: Mapped[str] = mapped_column(String(16))
    """`available`; `missing`: its file is gone; `removed`: taken out of the catalogue; `dead`: its
    video is gone or plays only on YouTube's own pages."""
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
    affect_source: Mapped[str | None] = mapped_column(String(16))
    """Where valence and energy are from: `list`, or `audio` where they were estimated; `unheard`
    where that failed."""
    tempo: Mapped[float | None]
    """Beats a minute, as a tag or a list has it;"""
    tempo_heard: Mapped[float | None]
    """and as it was estimated from the sound."""
    added_at: Mapped[datetime]
    youtube_video_id: Mapped[str | None] = mapped_column(String(11))
    catalogue: Mapped[str | None] = mapped_column(String(16))
    """Of a YouTube track: `starter`, the list of the release, or `import`, a list of the user."""
    folder_id: Mapped[int | None] = mapped_column(
        ForeignKey("library_folders.id", ondelete="SET NULL"), index=True
    )
    file_path: Mapped[str | None] = mapped_column(String(4096), unique=True)
    file_size: Mapped[int | None]
    file_mtime_ns: Mapped[int | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    """Digest of a file's sound: finds it again where it was moved."""
    remote_key: Mapped[str | None] = mapped_column(String(300), unique=True)
    """Of a song of a music server `SERVER:ID`, of a radio station its UUID."""
    server_id: Mapped[int | None] = mapped_column(
        ForeignKey("music_servers.id", ondelete="SET NULL"), index=True
    )
    stream_url: Mapped[str | None] = mapped_column(String(2000))
    cover: Mapped[str | None] = mapped_column(String(500))
    checked_at: Mapped[datetime | None]
    """When YouTube was last asked about the video,"""
    check_result: Mapped[str | None] = mapped_column(String(16))
    """and what it said: see `domain.music.Verdict`."""


class TrackChangeRow(Base):
    """That a song came, changed or went, as triggers of `tracks` note it; see
    `track_changes`. A migration that makes `tracks` anew, as SQLite needs it, makes them anew, too.

    A row stays for ever, so there are no more of them than songs that were ever available.
    """

    __tablename__ = "track_changes"

    track_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """No foreign key: what was deleted is named. 0 is no song, but the beginning of the log."""
    number: Mapped[int] = mapped_column(index=True)
    """Of the last change: on SQLite a count, on PostgreSQL the id of the transaction."""


class MusicServerRow(Base):
    """A music server of the operator. Its password is not here, only what lets this program in."""

    __tablename__ = "music_servers"

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(String(2000), unique=True)
    user_name: Mapped[str | None] = mapped_column(String(255))
    """Null with an API key."""
    salt: Mapped[str | None] = mapped_column(String(64))
    secret: Mapped[str] = mapped_column(String(500))
    """The token that belongs to the salt, or the API key."""
    added_at: Mapped[datetime]


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
    __table_args__ = (Index(None, "user_id", "id"), Index(None, "user_id", "created_at"))

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
    at_random: Mapped[bool | None]
    """Whether it was the rule's own draw, which owes nothing to what was learned: what came of such
    songs judges any policy. Null where nobody here knows: in older rows, and in what came from
    another server."""
    planned: Mapped[bool] = mapped_column(server_default=false())
    """Chosen ahead, for the queue: it was heard only where there is a play of it."""
    step: Mapped[int] = mapped_column(server_default=text("0"))
    """So many songs were to come between the mood and this one."""
