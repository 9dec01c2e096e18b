"""Own entries, corrections, deletions that can be undone, and sums for the statistics"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
EMOTIONS = ("anger", "fear", "happiness", "neutral", "sadness", "surprise")
MARKED = sa.text("deletion_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "entries",
        sa.Column("user_id", ID, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("emotion", sa.String(length=16), nullable=True),
        sa.Column("valence", sa.Double(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("deletion_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_entries_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_entries"),
    )
    op.create_index("ix_entries_user_id_at", "entries", ["user_id", "at"])
    op.create_table(
        "deletions",
        sa.Column("user_id", ID, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deleted_at", TIME, nullable=False),
        sa.Column("whole_span", sa.Boolean(), nullable=False),
        sa.Column("starts_at", TIME, nullable=True),
        sa.Column("ends_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_deletions_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_deletions"),
    )
    op.create_index("ix_deletions_deleted_at", "deletions", ["deleted_at"])

    op.add_column("observations", sa.Column("corrected", sa.String(length=16), nullable=True))
    op.add_column("observations", sa.Column("deletion_id", sa.Uuid(), nullable=True))
    op.add_column("plays", sa.Column("valence_before", sa.Double(), nullable=True))
    op.add_column("plays", sa.Column("valence_after", sa.Double(), nullable=True))
    op.add_column("plays", sa.Column("emotion_after", sa.String(length=16), nullable=True))
    op.add_column("plays", sa.Column("deletion_id", sa.Uuid(), nullable=True))
    for table in ("observations", "plays", "entries"):
        op.create_index(
            f"ix_{table}_user_id_deletion_id",
            table,
            ["user_id", "deletion_id"],
            sqlite_where=MARKED,
            postgresql_where=MARKED,
        )

    op.create_table(
        "quarter_hours",
        sa.Column("user_id", ID, autoincrement=False, nullable=False),
        sa.Column("quarter", ID, autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Double(), nullable=False) for name in (*EMOTIONS, "unsure")),
        sa.Column("plays", ID, nullable=False),
        sa.Column("entries", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_quarter_hours_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "quarter", name="pk_quarter_hours"),
        sqlite_with_rowid=False,
    )
    _fill_the_sums()


def _fill_the_sums() -> None:
    def quarter(column: str) -> str:
        if op.get_bind().dialect.name == "sqlite":
            return f"CAST(strftime('%s', substr({column}, 1, 19)) AS INTEGER) / 900"
        return f"CAST(floor(extract(epoch FROM {column})) AS BIGINT) / 900"

    sure = ", ".join(
        f"CASE WHEN emotion = '{emotion}' THEN duration_s * (1 - unsure_share) ELSE 0 END AS {emotion}"  # noqa: E501
        for emotion in EMOTIONS
    )
    sums = ", ".join(f"sum({name})" for name in (*EMOTIONS, "unsure", "plays"))
    none = ", ".join("0" for _ in (*EMOTIONS, "unsure"))
    op.execute(
        f"""
        INSERT INTO quarter_hours
        SELECT user_id, quarter, {sums}, 0 FROM (
            SELECT user_id, {quarter("observed_at")} AS quarter, {sure},
                   CASE WHEN emotion = 'unsure' THEN duration_s ELSE duration_s * unsure_share END
                       AS unsure,
                   0 AS plays
            FROM observations
            UNION ALL
            SELECT user_id, {quarter("started_at")}, {none}, 1 FROM plays
        ) AS each_record
        GROUP BY user_id, quarter
        """  # noqa: S608 - nothing in it comes from outside
    )


def downgrade() -> None:
    op.drop_table("quarter_hours")
    # The older program knows no marks: what is deleted must not come back to its eyes.
    for table in ("observations", "plays"):
        op.drop_index(f"ix_{table}_user_id_deletion_id", table)
        op.execute(sa.text(f"DELETE FROM {table} WHERE deletion_id IS NOT NULL"))  # noqa: S608
        op.drop_column(table, "deletion_id")
    op.drop_column("observations", "corrected")
    for column in ("emotion_after", "valence_after", "valence_before"):
        op.drop_column("plays", column)
    op.drop_table("deletions")
    op.drop_table("entries")
