"""Which songs came, changed or went, so that processes read only those anew"""

from __future__ import annotations

import time
from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# What the recommender goes by. `catalogue verify`, say, writes others into every video.
_COLUMNS: Final = (
    *("user_id", "availability", "source", "genre", "artist", "year", "language", "explicit"),
    *("valence", "energy", "affect_source", "tempo", "tempo_heard"),
)
_OF_OLD, _OF_NEW = (", ".join(f"{row}.{column}" for column in _COLUMNS) for row in ("OLD", "NEW"))
_OFFERED_BEFORE, _OFFERED_NOW = (f"{row}.availability = 'available'" for row in ("OLD", "NEW"))
_TRIGGERS: Final = {
    "track_came": ("INSERT", _OFFERED_NOW),
    "track_changed": (
        f"UPDATE OF {', '.join(_COLUMNS)}",
        f"({_OFFERED_BEFORE} OR {_OFFERED_NOW}) AND ({_OF_OLD}) {{differs}} ({_OF_NEW})",
    ),
    "track_went": ("DELETE", _OFFERED_BEFORE),
}

# Writers come one after the other: the next one's number is greater, and is seen later.
_ON_SQLITE: Final = """
    CREATE TRIGGER {name} AFTER {event} ON tracks WHEN {condition}
    BEGIN
        INSERT INTO track_changes (track_id, number)
        VALUES ({row}.id, (SELECT coalesce(max(number), 0) + 1 FROM track_changes))
        ON CONFLICT (track_id) DO UPDATE SET number = excluded.number;
    END
"""
# To count on, each writer would wait for the one before to commit: the transaction is the number.
_NOTING: Final = """
    CREATE FUNCTION note_track_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path FROM CURRENT
    AS $$
    BEGIN
        INSERT INTO track_changes (track_id, number)
        VALUES (coalesce(NEW.id, OLD.id), pg_current_xact_id()::text::bigint)
        ON CONFLICT (track_id) DO UPDATE SET number = excluded.number;
        RETURN NULL;
    END
    $$
"""
_ON_POSTGRESQL: Final = """
    CREATE TRIGGER {name} AFTER {event} ON tracks
    FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION note_track_change()
"""


def upgrade() -> None:
    op.create_table(
        "track_changes",
        sa.Column("track_id", ID, autoincrement=False, nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.PrimaryKeyConstraint("track_id", name="pk_track_changes"),
    )
    op.create_index("ix_track_changes_number", "track_changes", ["number"])
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    # No song has the id 0: whoever finds it changed has read of a database that was there before
    # this one. No log counts a million changes a second, so a later one begins with more.
    begun = time.time_ns() // 1000 if on_sqlite else "pg_current_xact_id()::text::bigint"
    op.execute(f"INSERT INTO track_changes (track_id, number) VALUES (0, {begun})")  # noqa: S608
    if not on_sqlite:
        op.execute(_NOTING)
    for name, (event, condition) in _TRIGGERS.items():
        op.execute(
            (_ON_SQLITE if on_sqlite else _ON_POSTGRESQL).format(
                name=name,
                event=event,
                condition=condition.format(differs="IS NOT" if on_sqlite else "IS DISTINCT FROM"),
                row="OLD" if event == "DELETE" else "NEW",
            )
        )


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name in _TRIGGERS:
        op.execute(f"DROP TRIGGER {name}" if on_sqlite else f"DROP TRIGGER {name} ON tracks")
    if not on_sqlite:
        op.execute("DROP FUNCTION note_track_change")
    op.drop_index("ix_track_changes_number", "track_changes")
    op.drop_table("track_changes")
