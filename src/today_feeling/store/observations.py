"""What was seen of each user, as probabilities: never a picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from today_feeling.domain.diary import Observation
from today_feeling.domain.emotion import Emotion
from today_feeling.store import effects, rollups
from today_feeling.store.schema import Base, ObservationRow
from today_feeling.store.statements import inserting
from today_feeling.store.told import to_observation


def add(session: Session, user_id: int, observations: Sequence[Observation]) -> int:
    """Keep the observations; one whose id this user has already is skipped. Returns how many."""
    if not observations:
        return 0
    rows = [
        {
            "user_id": user_id,
            "id": observation.id,
            "observed_at": observation.observed_at,
            "duration_s": observation.duration_s,
            "emotion": observation.emotion,
            "probabilities": observation.probabilities,
            "unsure_share": observation.unsure_share,
            "corrected": observation.corrected,
        }
        for observation in observations
    ]
    rollups.lock(session, user_id)
    # SQLAlchemy runs one row by a much shorter way than a list of them, and mostly it is one.
    given = rows if len(rows) > 1 else rows[0]
    added = session.scalars(_adding(session.get_bind().dialect.name), given).all()
    _touched(session, user_id, added)
    return len(added)


def correct(
    session: Session, user_id: int, observation_id: UUID, corrected: Emotion | None
) -> Observation | None:
    """Note what the user's observation really was, or that it stands; None where it is not."""
    rollups.lock(session, user_id)
    row = session.scalars(_of(user_id).where(ObservationRow.id == observation_id)).one_or_none()
    if row is None:
        return None
    row.corrected = corrected
    session.flush()
    _touched(session, user_id, [row.observed_at])
    return to_observation(row)


def between(session: Session, user_id: int, start: datetime, end: datetime) -> list[Observation]:
    """The user's observations that began in [start, end), in order of time."""
    rows = session.scalars(
        _of(user_id)
        .where(ObservationRow.observed_at >= start, ObservationRow.observed_at < end)
        .order_by(ObservationRow.observed_at, ObservationRow.id)
    )
    return [to_observation(row) for row in rows]


def page(
    session: Session, user_id: int, after: Observation | None, limit: int
) -> list[Observation]:
    """The next of all the user's observations, in order of time."""
    key = (ObservationRow.observed_at, ObservationRow.id)
    wanted = _of(user_id).order_by(*key).limit(limit)
    if after is not None:
        wanted = wanted.where(tuple_(*key) > (after.observed_at, after.id))
    return [to_observation(row) for row in session.scalars(wanted)]


@cache
def _adding(dialect_name: str) -> ReturningInsert[Any]:
    """Keeps rows whose id is new, and tells of when they are. Made once, see `rollups`."""
    table = Base.metadata.tables["observations"]
    new_rows = inserting(dialect_name, table).on_conflict_do_nothing(
        index_elements=[table.c.user_id, table.c.id]
    )
    adding: ReturningInsert[Any] = new_rows.returning(table.c.observed_at)
    return adding


def _touched(session: Session, user_id: int, times: Sequence[datetime]) -> None:
    rollups.touched(session, user_id, times)
    effects.touched(session, user_id, times)


def _of(user_id: int) -> Select[ObservationRow]:
    return select(ObservationRow).where(
        ObservationRow.user_id == user_id, ObservationRow.deletion_id.is_(None)
    )
