"""Sums of songs, tries that all processes count together, and corrections that can be undone"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "song_spans",
        sa.Column("user_id", ID, autoincrement=False, nullable=False),
        sa.Column("span", ID, autoincrement=False, nullable=False),
        sa.Column("track_id", ID, autoincrement=False, nullable=False),
        sa.Column("plays", ID, nullable=False),
        sa.Column("kept", ID, nullable=False),
        sa.Column("likes", ID, nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("last_at", TIME, nullable=False),
        sa.Column("measured", ID, nullable=False),
        sa.Column("valence_before", sa.Double(), nullable=False),
        sa.Column("valence_after", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_song_spans_user_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name="fk_song_spans_track_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "span", "track_id", name="pk_song_spans"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_song_spans_track_id", "song_spans", ["track_id"])
    _fill_the_sums()
    op.create_table(
        "tries",
        sa.Column("caller", sa.LargeBinary(length=32), nullable=False),
        sa.Column("times", sa.JSON(), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("caller", name="pk_tries"),
    )
    op.create_index("ix_tries_expires_at", "tries", ["expires_at"])
    op.create_table(
        "corrections",
        sa.Column("user_id", ID, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("corrected_at", TIME, nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_corrections_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_corrections"),
    )
    op.create_index("ix_corrections_corrected_at", "corrections", ["corrected_at"])


def _fill_the_sums() -> None:
    second = (
        "CAST(strftime('%s', substr(started_at, 1, 19)) AS INTEGER)"
        if op.get_bind().dialect.name == "sqlite"
        else "CAST(floor(extract(epoch FROM started_at)) AS BIGINT)"
    )
    op.execute(
        f"""
        INSERT INTO song_spans
        SELECT plays.user_id, {second} / 2592000, recommendations.track_id,
               count(*),
               sum(CASE WHEN outcome IN ('skipped', 'failed') THEN 0 ELSE 1 END),
               sum(CASE WHEN liked THEN 1 WHEN NOT liked THEN -1 ELSE 0 END),
               coalesce(sum(seconds), 0), max(started_at), count(valence_before),
               coalesce(sum(valence_before), 0), coalesce(sum(valence_after), 0)
        FROM plays JOIN recommendations ON recommendations.id = plays.recommendation_id
        WHERE deletion_id IS NULL
        GROUP BY 1, 2, 3
        """  # noqa: S608 - nothing in it comes from outside
    )


def downgrade() -> None:
    for table in ("corrections", "tries", "song_spans"):
        op.drop_table(table)
