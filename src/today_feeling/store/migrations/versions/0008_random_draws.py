"""Whether a song was the rule's own draw"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("recommendations", sa.Column("at_random", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("recommendations", "at_random")
