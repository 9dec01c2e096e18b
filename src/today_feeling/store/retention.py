"""How long users want their diary to be kept, and what is older."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from today_feeling.store import rollups, songs
from today_feeling.store.deletions import delete_some
from today_feeling.store.schema import (
    EntryRow,
    ObservationRow,
    PlayRow,
    PreferencesRow,
    RecommendationRow,
)


def limits(session: Session) -> list[tuple[int, int, str | None]]:
    """The users who want it to end, after how many days, and the time zone they have chosen."""
    row = PreferencesRow
    rows = session.execute(
        select(row.user_id, row.retention_days, row.timezone).where(
            PreferencesRow.retention_days.is_not(None)
        )
    )
    return [(user_id, days, zone) for user_id, days, zone in rows if days is not None]


def drop_before(session: Session, user_id: int, before: datetime, limit: int) -> int:
    """Really delete the user's records that began before then, at most `limit`; returns how many.

    Call it until it returns less. With a play goes its recommendation.
    """
    rollups.lock(session, user_id)
    seen = and_(ObservationRow.user_id == user_id, ObservationRow.observed_at < before)
    done = delete_some(session, ObservationRow, seen, limit)
    written = and_(EntryRow.user_id == user_id, EntryRow.at < before)
    done += delete_some(session, EntryRow, written, limit - done)
    kept = exists().where(
        PlayRow.recommendation_id == RecommendationRow.id, PlayRow.started_at >= before
    )
    recommended = and_(
        RecommendationRow.user_id == user_id, RecommendationRow.created_at < before, ~kept
    )
    done += delete_some(session, RecommendationRow, recommended, limit - done)
    if done < limit:
        # Also where nothing was left to delete: the run before may have ended halfway.
        rollups.rebuild(session, user_id, (None, before))
        songs.rebuild(session, user_id, (None, before))
    return done
