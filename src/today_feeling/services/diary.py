"""What was, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from today_feeling.domain.diary import Day, Observation, day_bounds, seconds_by_reading, zone
from today_feeling.store import observations as seen
from today_feeling.store import plays
from today_feeling.store.database import Database


def observe(database: Database, user_id: int, observations: Sequence[Observation]) -> None:
    """Keep what was seen, all or nothing; one that is there already is skipped."""
    with database.writing() as session:
        seen.add(session, user_id, observations)


def day_of(database: Database, user_id: int, day: date, timezone: str) -> Day:
    """The user's day where the user lives. Raises `InvalidInput` for an unknown time zone."""
    start, end = day_bounds(day, zone(timezone))
    with database.reading() as session:
        observations = seen.between(session, user_id, start, end)
        played = plays.between(session, user_id, start, end)
    return Day(
        day=day,
        timezone=timezone,
        starts_at=start,
        ends_at=end,
        observations=tuple(observations),
        plays=tuple(played),
        seconds=seconds_by_reading(observations),
    )
