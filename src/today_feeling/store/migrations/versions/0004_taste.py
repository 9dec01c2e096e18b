"""What was learned from plays, and the goal and the counts of a recommendation"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("recommendations", sa.Column("reason_liked", ID, nullable=True))
    op.add_column("recommendations", sa.Column("reason_heard", ID, nullable=True))
    op.add_column("recommendations", sa.Column("goal", sa.String(length=16), nullable=True))
    op.create_table(
        "taste_shared",
        sa.Column("version", ID, autoincrement=False, nullable=False),
        sa.Column("a", sa.LargeBinary(), nullable=False),
        sa.Column("b", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_taste_shared"),
    )
    op.create_table(
        "taste_people",
        sa.Column("user_id", ID, autoincrement=False, nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.Column("a", sa.LargeBinary(), nullable=False),
        sa.Column("b", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_taste_people_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name="pk_taste_people"),
    )
    op.create_table(
        "taste_songs",
        sa.Column("track_id", ID, autoincrement=False, nullable=False),
        sa.Column("surprise", sa.Double(), nullable=False),
        sa.Column("opinions", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name="fk_taste_songs_track_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", name="pk_taste_songs"),
    )
    op.create_table(
        "taste_choices",
        sa.Column("recommendation_id", ID, autoincrement=False, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.Column("x", sa.LargeBinary(), nullable=False),
        sa.Column("prior", sa.Double(), nullable=False),
        sa.Column("expected", sa.Double(), nullable=False),
        sa.Column("reward", sa.Double(), nullable=True),
        sa.Column("weight", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendations.id"],
            name="fk_taste_choices_recommendation_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_taste_choices_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recommendation_id", name="pk_taste_choices"),
    )
    op.create_index("ix_taste_choices_user_id", "taste_choices", ["user_id"])


def downgrade() -> None:
    for table in ("taste_choices", "taste_songs", "taste_people", "taste_shared"):
        op.drop_table(table)
    for column in ("goal", "reason_heard", "reason_liked"):
        op.drop_column("recommendations", column)
