"""What users do not want to hear, and songs that were planned ahead"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "recommendations",
        sa.Column("planned", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column(
        "recommendations", sa.Column("step", ID, server_default=sa.text("0"), nullable=False)
    )
    op.create_table(
        "bans",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("track_id", ID, nullable=True),
        sa.Column("artist", sa.String(length=500), nullable=True),
        sa.Column("artist_key", sa.String(length=500), nullable=True),
        sa.Column("recommendation_id", ID, nullable=True),
        sa.Column("banned_at", TIME, nullable=False),
        sa.Column("until", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_bans_user_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name="fk_bans_track_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendations.id"],
            name="fk_bans_recommendation_id",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bans"),
        sa.UniqueConstraint("user_id", "track_id", name="uq_bans_user_id_track_id"),
        sa.UniqueConstraint("user_id", "artist_key", name="uq_bans_user_id_artist_key"),
    )
    for column in ("track_id", "recommendation_id"):
        op.create_index(f"ix_bans_{column}", "bans", [column])


def downgrade() -> None:
    op.drop_table("bans")
    for column in ("step", "planned"):
        op.drop_column("recommendations", column)
