"""What was seen of each user, as probabilities: never a picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from today_feeling.domain.diary import Observation, Reading
from today_feeling.store.schema import ObservationRow


def add(session: Session, user_id: int, observations: Sequence[Observation]) -> None:
    """Keep the observations; one whose id this user has already is skipped."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    rows = [
        {
            "user_id": user_id,
            "id": observation.id,
            "observed_at": observation.observed_at,
            "duration_s": observation.duration_s,
            "emotion": observation.emotion,
            "probabilities": observation.probabilities,
            "unsure_share": observation.unsure_share,
        }
        for observation in observations
    ]
    if rows:
        session.execute(
            dialect.insert(ObservationRow).on_conflict_do_nothing(
                index_elements=[ObservationRow.user_id, ObservationRow.id]
            ),
            rows,
        )


def between(session: Session, user_id: int, start: datetime, end: datetime) -> list[Observation]:
    """The user's observations that began in [start, end), in order of time."""
    rows = session.scalars(
        select(ObservationRow)
        .where(
            ObservationRow.user_id == user_id,
            ObservationRow.observed_at >= start,
            ObservationRow.observed_at < end,
        )
        .order_by(ObservationRow.observed_at, ObservationRow.id)
    )
    return [
        Observation(
            id=row.id,
            observed_at=row.observed_at,
            duration_s=row.duration_s,
            emotion=cast("Reading", row.emotion),
            probabilities=tuple(row.probabilities) if row.probabilities is not None else None,
            unsure_share=row.unsure_share,
        )
        for row in rows
    ]
