"""The first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "library_folders",
        sa.Column("id", ID, nullable=False),
        sa.Column("path", sa.String(length=4096), nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_library_folders"),
        sa.UniqueConstraint("path", name="uq_library_folders_path"),
    )
    op.create_table(
        "users",
        sa.Column("id", ID, nullable=False),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
    )
    op.create_table(
        "observations",
        sa.Column("user_id", ID, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("observed_at", TIME, nullable=False),
        sa.Column("duration_s", sa.Double(), nullable=False),
        sa.Column("emotion", sa.String(length=16), nullable=False),
        sa.Column("probabilities", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("unsure_share", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_observations_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_observations"),
    )
    op.create_index(
        "ix_observations_user_id_observed_at", "observations", ["user_id", "observed_at"]
    )

    op.create_table(
        "preferences",
        sa.Column("user_id", ID, autoincrement=False, nullable=False),
        sa.Column("genres", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_preferences_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name="pk_preferences"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("token_sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("last_used_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_sessions_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("token_sha256", name="uq_sessions_token_sha256"),
    )
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])

    op.create_table(
        "tracks",
        sa.Column("id", ID, nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("availability", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("artist", sa.String(length=500), nullable=True),
        sa.Column("genre", sa.String(length=16), nullable=False),
        sa.Column("year", ID, nullable=True),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("duration_s", sa.Double(), nullable=True),
        sa.Column("valence", sa.Double(), nullable=True),
        sa.Column("energy", sa.Double(), nullable=True),
        sa.Column("added_at", TIME, nullable=False),
        sa.Column("youtube_video_id", sa.String(length=11), nullable=True),
        sa.Column("catalogue", sa.String(length=16), nullable=True),
        sa.Column("folder_id", ID, nullable=True),
        sa.Column("file_path", sa.String(length=4096), nullable=True),
        sa.Column("file_size", ID, nullable=True),
        sa.Column("file_mtime_ns", ID, nullable=True),
        sa.CheckConstraint(
            "(source = 'youtube' AND youtube_video_id IS NOT NULL AND file_path IS NULL)"
            " OR (source = 'library' AND youtube_video_id IS NULL AND file_path IS NOT NULL)",
            name="ck_tracks_locator",
        ),
        sa.ForeignKeyConstraint(
            ["folder_id"], ["library_folders.id"], name="fk_tracks_folder_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_tracks"),
        sa.UniqueConstraint("file_path", name="uq_tracks_file_path"),
        sa.UniqueConstraint("youtube_video_id", name="uq_tracks_youtube_video_id"),
    )
    op.create_index(
        "ix_tracks_availability_source_genre", "tracks", ["availability", "source", "genre"]
    )
    op.create_index("ix_tracks_folder_id", "tracks", ["folder_id"])

    op.create_table(
        "recommendations",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("track_id", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("emotion", sa.String(length=16), nullable=True),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("probabilities", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason_code", sa.String(length=32), nullable=False),
        sa.Column("reason_genre", sa.String(length=16), nullable=True),
        sa.Column("reason_instead_of", sa.String(length=16), nullable=True),
        sa.Column("choice_probability", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name="fk_recommendations_track_id"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_recommendations_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_recommendations"),
    )
    op.create_index("ix_recommendations_track_id", "recommendations", ["track_id"])
    op.create_index("ix_recommendations_user_id_id", "recommendations", ["user_id", "id"])

    op.create_table(
        "track_failures",
        sa.Column("user_id", ID, autoincrement=False, nullable=False),
        sa.Column("track_id", ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("failed_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name="fk_track_failures_track_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_track_failures_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "track_id", name="pk_track_failures"),
    )
    op.create_index("ix_track_failures_track_id", "track_failures", ["track_id"])

    op.create_table(
        "plays",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("recommendation_id", ID, nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("liked", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendations.id"],
            name="fk_plays_recommendation_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_plays_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_plays"),
        sa.UniqueConstraint("recommendation_id", name="uq_plays_recommendation_id"),
    )
    op.create_index("ix_plays_user_id_started_at", "plays", ["user_id", "started_at"])


def downgrade() -> None:
    for table in (
        "plays",
        "track_failures",
        "recommendations",
        "tracks",
        "sessions",
        "preferences",
        "observations",
        "users",
        "library_folders",
    ):
        op.drop_table(table)
