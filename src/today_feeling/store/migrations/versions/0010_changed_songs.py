"""When what is known of a song last changed, so that processes read only that anew"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "taste_changes",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("count", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_taste_changes"),
    )
    op.add_column(
        "taste_songs", sa.Column("changed", ID, server_default=sa.text("0"), nullable=False)
    )
    op.create_index("ix_taste_songs_changed", "taste_songs", ["changed"])


def downgrade() -> None:
    op.drop_index("ix_taste_songs_changed", "taste_songs")
    op.drop_column("taste_songs", "changed")
    op.drop_table("taste_changes")
