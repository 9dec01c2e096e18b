"""What is to be forgotten is forgotten: deletions that cannot be undone any more, and the diary
that is older than its user wants it to be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from today_feeling.domain.diary import day_bounds, zone
from today_feeling.store import (
    arriving,
    corrections,
    deletions,
    forgetting,
    password_resets,
    retention,
    tries,
)
from today_feeling.store.database import Database

_BATCH: Final = 2000
"""Rows that are deleted at once: others who want to write wait no longer than for that."""


def purge(database: Database, now: datetime) -> None:
    """Really delete what was deleted or corrected so long ago that it cannot be undone, sessions
    and links that have ended, guests who have none, and tries to log in that count no more."""
    _in_batches(database, lambda session: deletions.purge(session, now, _BATCH), stop_below=1)
    with database.writing() as session:
        corrections.purge(session, now)
        tries.purge(session, now)
        forgetting.drop_expired_sessions(session, now)
        password_resets.drop_expired(session, now)
    with database.reading() as session:
        lost = forgetting.lost_guests(session)
    for user_id in lost:
        forget(database, user_id)


def forget(database: Database, user_id: int) -> None:
    """Really delete the user, and everything that is theirs."""
    _in_batches(
        database,
        lambda session: forgetting.forget_some(session, user_id, _BATCH),
        stop_below=_BATCH,
    )


def keep_limits(database: Database, now: datetime) -> None:
    """Delete what is older than its user wants it to be, and songs that no diary names."""
    with database.reading() as session:
        limits = retention.limits(session)
    for user_id, days, timezone in limits:
        before = _first_instant_kept(now, days, timezone)

        def drop(session: Session, user_id: int = user_id, before: datetime = before) -> int:
            return retention.drop_before(session, user_id, before, _BATCH)

        _in_batches(database, drop, stop_below=_BATCH)
    with database.writing() as session:
        arriving.drop_unused_tracks(session)


def _first_instant_kept(now: datetime, days: int, timezone: str | None) -> datetime:
    """Of whom has chosen a time zone whole days are kept: today and so many before it."""
    if timezone is None:
        return now - timedelta(days=days)
    home = zone(timezone)
    return day_bounds(now.astimezone(home).date() - timedelta(days=days), home)[0]


def _in_batches(database: Database, drop: Callable[[Session], int], stop_below: int) -> None:
    """Drop until less than `stop_below` rows were dropped, each time in a short transaction."""
    dropped = stop_below
    while dropped >= stop_below:
        with database.writing() as session:
            dropped = drop(session)
        database.give_way()
