"""Music servers, radio stations, songs of one's own, and files that are known by their sound"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)

_NOW = """
    (source = 'youtube' AND youtube_video_id IS NOT NULL AND file_path IS NULL
     AND remote_key IS NULL)
    OR (source = 'library' AND youtube_video_id IS NULL AND file_path IS NOT NULL
     AND remote_key IS NULL)
    OR (source IN ('subsonic', 'radio') AND youtube_video_id IS NULL
     AND file_path IS NULL AND remote_key IS NOT NULL)
"""
_BEFORE = """
    (source = 'youtube' AND youtube_video_id IS NOT NULL AND file_path IS NULL)
    OR (source = 'library' AND youtube_video_id IS NULL AND file_path IS NOT NULL)
"""
_NEW = [
    "check_result",
    "checked_at",
    "cover",
    "stream_url",
    "server_id",
    "remote_key",
    "content",
    "affect_source",
    "user_id",
]
_EVERYBODYS = sa.text("user_id IS NULL")


def upgrade() -> None:
    op.create_table(
        "music_servers",
        sa.Column("id", ID, nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("user_name", sa.String(length=255), nullable=True),
        sa.Column("salt", sa.String(length=64), nullable=True),
        sa.Column("secret", sa.String(length=500), nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_music_servers"),
        sa.UniqueConstraint("url", name="uq_music_servers_url"),
    )
    with op.batch_alter_table("tracks") as tracks:
        tracks.add_column(sa.Column("user_id", ID, nullable=True))
        tracks.add_column(sa.Column("affect_source", sa.String(length=16), nullable=True))
        tracks.add_column(sa.Column("content", sa.LargeBinary(length=32), nullable=True))
        tracks.add_column(sa.Column("remote_key", sa.String(length=300), nullable=True))
        tracks.add_column(sa.Column("server_id", ID, nullable=True))
        tracks.add_column(sa.Column("stream_url", sa.String(length=2000), nullable=True))
        tracks.add_column(sa.Column("cover", sa.String(length=500), nullable=True))
        tracks.add_column(sa.Column("checked_at", TIME, nullable=True))
        tracks.add_column(sa.Column("check_result", sa.String(length=16), nullable=True))
        tracks.create_foreign_key(
            op.f("fk_tracks_user_id"), "users", ["user_id"], ["id"], ondelete="CASCADE"
        )
        tracks.create_foreign_key(
            op.f("fk_tracks_server_id"), "music_servers", ["server_id"], ["id"], ondelete="SET NULL"
        )
        tracks.drop_constraint(op.f("uq_tracks_youtube_video_id"), type_="unique")
        tracks.create_unique_constraint(op.f("uq_tracks_remote_key"), ["remote_key"])
        _be_located(tracks, _NOW)
    op.create_index("ix_tracks_content", "tracks", ["content"])
    op.create_index("ix_tracks_server_id", "tracks", ["server_id"])
    op.create_index(
        "ix_tracks_user_id_youtube_video_id", "tracks", ["user_id", "youtube_video_id"], unique=True
    )
    op.create_index(
        "ix_tracks_youtube_video_id",
        "tracks",
        ["youtube_video_id"],
        unique=True,
        sqlite_where=_EVERYBODYS,
        postgresql_where=_EVERYBODYS,
    )
    op.execute(
        "UPDATE tracks SET affect_source = 'list' WHERE valence IS NOT NULL OR energy IS NOT NULL"
    )


def downgrade() -> None:
    # The older program knows neither: the diary keeps their names, as it keeps imported ones.
    op.execute(
        "UPDATE tracks SET availability = 'removed', remote_key = NULL, source = 'library',"
        " file_path = 'imported:' || source || ':' || coalesce(youtube_video_id, '') || ':' || id,"
        " youtube_video_id = NULL"
        " WHERE source IN ('subsonic', 'radio') OR user_id IS NOT NULL"
    )
    for index in ("youtube_video_id", "user_id_youtube_video_id", "server_id", "content"):
        op.drop_index(f"ix_tracks_{index}", "tracks")
    with op.batch_alter_table("tracks") as tracks:
        _be_located(tracks, _BEFORE)
        tracks.drop_constraint(op.f("fk_tracks_user_id"), type_="foreignkey")
        tracks.drop_constraint(op.f("fk_tracks_server_id"), type_="foreignkey")
        tracks.drop_constraint(op.f("uq_tracks_remote_key"), type_="unique")
        tracks.create_unique_constraint(op.f("uq_tracks_youtube_video_id"), ["youtube_video_id"])
        for column in _NEW:
            tracks.drop_column(column)
    op.drop_table("music_servers")


def _be_located(tracks: BatchOperations, rule: str) -> None:
    """A track has what its source finds it by."""
    for before in sa.inspect(op.get_bind()).get_check_constraints("tracks"):
        tracks.drop_constraint(op.f(str(before["name"])), type_="check")
    tracks.create_check_constraint(op.f("ck_tracks_locator"), sa.text(rule))
