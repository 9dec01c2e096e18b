"""What was, day by day; how the user corrects, writes and deletes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from today_feeling.domain.diary import (
    Day,
    Entry,
    Observation,
    Reading,
    day_bounds,
    seconds_by_reading,
    zone,
)
from today_feeling.domain.emotion import Emotion
from today_feeling.errors import Conflict, InvalidInput, NotFound, UndoExpired
from today_feeling.store import corrections, deletions, entries, plays
from today_feeling.store import observations as seen
from today_feeling.store.corrections import Correction
from today_feeling.store.database import Database
from today_feeling.store.deletions import Deletion, Kind
from today_feeling.store.rollups import Times

MOST_AT_ONCE: Final = timedelta(hours=48)
"""Readings of so long a span are corrected or deleted together: a day in any zone, and more."""


def observe(database: Database, user_id: int, observations: Sequence[Observation]) -> None:
    """Keep what was seen, all or nothing; one that is there already is skipped."""
    with database.writing() as session:
        seen.add(session, user_id, observations)


def correct(
    database: Database, user_id: int, observation_id: UUID, corrected: Emotion | None
) -> Observation:
    """Note what it really was; None takes that back. Raises `NotFound`."""
    with database.writing() as session:
        found = seen.correct(session, user_id, observation_id, corrected)
    if found is None:
        raise NotFound("There is no such observation.")
    return found


def correct_readings(
    database: Database,
    user_id: int,
    times: tuple[datetime, datetime],
    shown: Reading | None,
    corrected: Emotion | None,
    *,
    now: datetime,
) -> Correction:
    """Note what the readings in [from, to) that count as `shown` really were, so that it can be
    undone; None: of any kind, and that they stand as they were read.

    Raises `InvalidInput` where the span ends before it begins, or is longer than `MOST_AT_ONCE`.
    """
    _check_short(times)
    with database.writing() as session:
        return corrections.span(session, user_id, times, shown, corrected, now=now)


def delete_readings(
    database: Database,
    user_id: int,
    times: tuple[datetime, datetime],
    shown: Reading | None,
    now: datetime,
) -> Deletion:
    """Delete the readings in [from, to) that count as `shown`, None being any, so that it can be
    undone; songs and entries stay.

    Raises `InvalidInput` where the span ends before it begins, or is longer than `MOST_AT_ONCE`.
    """
    _check_short(times)
    with database.writing() as session:
        return deletions.readings(session, user_id, times, shown, now)


def write(database: Database, user_id: int, entry: Entry) -> Entry:
    """Keep the entry; where its id is there already, that entry is returned as it is.

    Raises `Conflict` where it was deleted.
    """
    with database.writing() as session:
        entries.add(session, user_id, [entry])
        kept = entries.get(session, user_id, entry.id)
    if kept is None:
        raise Conflict("This entry was deleted.")
    return kept


def rewrite(
    database: Database, user_id: int, entry_id: UUID, edit: Callable[[Entry], Entry]
) -> Entry:
    """Replace the entry by what `edit` makes of it, with nobody in between. Raises `NotFound`."""
    with database.writing() as session:
        entry = entries.get(session, user_id, entry_id)
        if entry is None:
            raise NotFound("There is no such entry.")
        edited = edit(entry)
        entries.put(session, user_id, edited)
    return edited


def day_of(database: Database, user_id: int, day: date, timezone: str) -> Day:
    """The user's day where the user lives. Raises `InvalidInput` for an unknown time zone."""
    start, end = day_bounds(day, zone(timezone))
    with database.reading() as session:
        observations = seen.between(session, user_id, start, end)
        played = plays.between(session, user_id, start, end)
        written = entries.between(session, user_id, start, end)
    return Day(
        day=day,
        timezone=timezone,
        starts_at=start,
        ends_at=end,
        observations=tuple(observations),
        plays=tuple(played),
        entries=tuple(written),
        seconds=seconds_by_reading(observations),
    )


def delete(
    database: Database, user_id: int, kind: Kind, record_id: UUID | int, now: datetime
) -> Deletion:
    """Delete one record, so that it can be undone. Raises `NotFound`."""
    with database.writing() as session:
        deletion = deletions.one(session, user_id, kind, record_id, now)
    if deletion is None:
        raise NotFound("There is no such record.")
    return deletion


def delete_span(database: Database, user_id: int, times: Times, now: datetime) -> Deletion:
    """Delete all that began in [from, to), None being without end, so that it can be undone.

    Raises `InvalidInput` where the span ends before it begins.
    """
    start, end = times
    if start is not None and end is not None and end < start:
        raise InvalidInput("The span ends before it begins.")
    with database.writing() as session:
        return deletions.span(session, user_id, times, now)


def undo(database: Database, user_id: int, change_id: UUID, now: datetime) -> None:
    """Bring back what was deleted, or take back a correction. Raises `UndoExpired`."""
    with database.writing() as session:
        undone = deletions.undo(session, user_id, change_id, now) or corrections.undo(
            session, user_id, change_id, now
        )
        if not undone:
            raise UndoExpired("This can no longer be undone.")


def _check_short(times: tuple[datetime, datetime]) -> None:
    start, end = times
    if not start <= end <= start + MOST_AT_ONCE:
        raise InvalidInput("The span ends before it begins, or is longer than 48 hours.")
