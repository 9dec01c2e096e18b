"""Correcting many observations at once, so that it can be undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from today_feeling.domain.diary import UNDO_FOR, Reading
from today_feeling.domain.emotion import Emotion
from today_feeling.store import effects, rollups
from today_feeling.store.schema import CorrectionRow, ObservationRow
from today_feeling.store.statements import chunks


class Correction(NamedTuple):
    """How many were corrected, and the id with which they are as before."""

    id: UUID
    corrected: int


def shows(reading: Reading) -> ColumnElement[bool]:
    """Whether an observation counts as that: as it was corrected, else as it was read."""
    return func.coalesce(ObservationRow.corrected, ObservationRow.emotion) == reading


def span(
    session: Session,
    user_id: int,
    times: tuple[datetime, datetime],
    shown: Reading | None,
    corrected: Emotion | None,
    *,
    now: datetime,
) -> Correction:
    """Note what the user's observations that began in [from, to) and count as `shown` really
    were; None: of any kind, and that they stand as they were read."""
    rollups.lock(session, user_id)
    row = ObservationRow
    found = session.execute(
        select(row.id, row.observed_at, row.corrected).where(
            row.user_id == user_id,
            row.deletion_id.is_(None),
            row.observed_at >= times[0],
            row.observed_at < times[1],
            row.corrected.is_distinct_from(corrected),
            *([] if shown is None else [shows(shown)]),
        )
    ).all()
    _set(session, user_id, {str(id_): corrected for id_, _, _ in found})
    kept = CorrectionRow(
        user_id=user_id,
        id=uuid4(),
        corrected_at=now,
        before={str(id_): before for id_, _, before in found},
    )
    session.add(kept)
    session.flush()
    return Correction(kept.id, len(found))


def undo(session: Session, user_id: int, correction_id: UUID, now: datetime) -> bool:
    """Have them say what they said before; false where it is too late, or there is no such
    correction."""
    rollups.lock(session, user_id)
    found = session.scalars(
        select(CorrectionRow)
        .where(
            CorrectionRow.user_id == user_id,
            CorrectionRow.id == correction_id,
            CorrectionRow.corrected_at > now - UNDO_FOR,
        )
        .with_for_update()
    ).one_or_none()
    if found is None:
        return False
    _set(session, user_id, found.before)
    session.delete(found)
    return True


def purge(session: Session, now: datetime) -> None:
    """Forget what can no longer be undone."""
    session.execute(
        delete(CorrectionRow).where(CorrectionRow.corrected_at <= now - UNDO_FOR),
        execution_options={"synchronize_session": False},
    )


def _set(session: Session, user_id: int, said: Mapping[str, str | None]) -> None:
    alike: defaultdict[str | None, list[UUID]] = defaultdict(list)
    for id_, corrected in said.items():
        alike[corrected].append(UUID(id_))
    touched: list[datetime] = []
    for corrected, ids in alike.items():
        for chunk in chunks(ids):
            touched += session.scalars(
                update(ObservationRow)
                .where(ObservationRow.user_id == user_id, ObservationRow.id.in_(chunk))
                .values(corrected=corrected)
                .returning(ObservationRow.observed_at),
                execution_options={"synchronize_session": False},
            )
    rollups.touched(session, user_id, touched)
    effects.touched(session, user_id, touched)
