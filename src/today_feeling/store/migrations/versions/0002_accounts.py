"""Accounts, and what else a user may prefer"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)

# Columns are added one by one, never in a batch: on SQLite a batch drops the table and makes it
# again, and dropping `users` would delete every row that refers to it.


def upgrade() -> None:
    op.add_column("users", sa.Column("login_id", sa.String(length=15), nullable=True))
    op.add_column("users", sa.Column("password_hash", sa.String(length=255), nullable=True))
    op.add_column("users", sa.Column("name", sa.String(length=50), nullable=True))
    op.add_column("users", sa.Column("email", sa.String(length=254), nullable=True))
    op.create_index("ix_users_login_id", "users", ["login_id"], unique=True)

    op.add_column(
        "sessions",
        sa.Column("remembered", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.add_column("sessions", sa.Column("device", sa.String(length=40), nullable=True))

    op.create_table(
        "password_resets",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("token_sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_password_resets_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_password_resets"),
        sa.UniqueConstraint("token_sha256", name="uq_password_resets_token_sha256"),
    )
    op.create_index("ix_password_resets_expires_at", "password_resets", ["expires_at"])
    op.create_index("ix_password_resets_user_id", "password_resets", ["user_id"])

    op.add_column(
        "preferences",
        sa.Column("explicit", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column(
        "preferences", sa.Column("languages", sa.JSON(), server_default="[]", nullable=False)
    )
    op.add_column("preferences", sa.Column("retention_days", ID, nullable=True))
    op.add_column(
        "preferences",
        sa.Column("theme", sa.String(length=8), server_default="system", nullable=False),
    )
    op.add_column("preferences", sa.Column("language", sa.String(length=2), nullable=True))
    op.add_column("preferences", sa.Column("timezone", sa.String(length=64), nullable=True))

    op.add_column("tracks", sa.Column("explicit", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("tracks", "explicit")
    for column in ("timezone", "language", "theme", "retention_days", "languages", "explicit"):
        op.drop_column("preferences", column)
    op.drop_table("password_resets")
    for column in ("device", "remembered"):
        op.drop_column("sessions", column)
    # The older program knows guests only: an account goes on as one while its session lives.
    op.execute(sa.text("UPDATE users SET guest = true WHERE NOT guest"))
    op.drop_index("ix_users_login_id", "users")
    for column in ("email", "name", "password_hash", "login_id"):
        op.drop_column("users", column)
