"""How fast songs are"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("tempo", "tempo_heard"):
        op.add_column("tracks", sa.Column(column, sa.Double(), nullable=True))


def downgrade() -> None:
    for column in ("tempo_heard", "tempo"):
        op.drop_column("tracks", column)
