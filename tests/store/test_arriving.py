"""What comes from another server is looked for by indexes, however many songs there are."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.event import listen

from tests.conftest import FakeClock
from today_feeling.domain.music import Track
from today_feeling.domain.recommend import Mood, Reason, Recommendation
from today_feeling.store import accounts, arriving
from today_feeling.store.database import Database
from today_feeling.store.portable import Kept


@pytest.mark.parametrize(
    ("about", "index"),
    [
        ("tracks.title =", "ix_tracks_title"),
        ("recommendations.created_at IN", "ix_recommendations_user_id_created_at"),
    ],
)
def test_nothing_is_read_from_end_to_end(
    database: Database, clock: FakeClock, about: str, index: str
) -> None:
    track = Track(0, "library", "One", "Somebody", "jazz")
    made = Recommendation(
        0, clock(), track, Mood("sadness", "manual"), Reason("random", None, None)
    )
    asked: list[tuple[str, Any]] = []
    with database.writing() as session:
        user_id = accounts.add_guest(session, clock()).id
        connection = session.connection()
        listen(connection, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
        assert arriving.add(session, user_id, [Kept(made, 1.0, None)], clock()) == 1
        statement, values = next(each for each in asked if about in each[0])
        explain = "EXPLAIN QUERY PLAN"
        if not database.is_sqlite:
            explain = "EXPLAIN"
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = connection.exec_driver_sql(f"{explain} {statement}", values).all()
    # PostgreSQL reads of a user who has next to nothing all there is.
    assert index in str(plan) or (not database.is_sqlite and "_user_id_" in str(plan))
