"""Indexes for what is asked often: what everybody may hear, and what an import may have brought"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NAMED = sa.text("youtube_video_id IS NULL AND coalesce(substr(file_path, 1, 9), '') <> 'imported:'")


def upgrade() -> None:
    op.create_index(
        "ix_tracks_user_id_availability_id", "tracks", ["user_id", "availability", "id"]
    )
    op.create_index(
        "ix_tracks_title", "tracks", ["title"], sqlite_where=NAMED, postgresql_where=NAMED
    )
    op.create_index(
        "ix_recommendations_user_id_created_at", "recommendations", ["user_id", "created_at"]
    )


def downgrade() -> None:
    op.drop_index("ix_recommendations_user_id_created_at", "recommendations")
    op.drop_index("ix_tracks_title", "tracks")
    op.drop_index("ix_tracks_user_id_availability_id", "tracks")
