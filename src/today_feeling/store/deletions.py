"""Deleting records of the diary: first they are only marked, so that it can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    and_,
    delete,
    exists,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from today_feeling.domain.diary import UNDO_FOR, Reading
from today_feeling.store import effects, rollups, songs
from today_feeling.store.corrections import shows
from today_feeling.store.rollups import Times
from today_feeling.store.schema import (
    DeletionRow,
    EntryRow,
    ObservationRow,
    PlayRow,
    RecommendationRow,
)

Kind = Literal["observations", "plays", "entries"]


class _Table(NamedTuple):
    row: Any
    time: InstrumentedAttribute[datetime]


_TABLES: Final[dict[Kind, _Table]] = {
    "observations": _Table(ObservationRow, ObservationRow.observed_at),
    "plays": _Table(PlayRow, PlayRow.started_at),
    "entries": _Table(EntryRow, EntryRow.at),
}

_UNWATCHED: Final = {"synchronize_session": False}
"""The session holds none of the rows, which may be a million."""


class Deletion(NamedTuple):
    """What was deleted, and the id with which it comes back."""

    id: UUID
    counts: dict[Kind, int]


def one(
    session: Session, user_id: int, kind: Kind, record_id: UUID | int, now: datetime
) -> Deletion | None:
    """Delete one record of the user; None where there is no such record."""
    rollups.lock(session, user_id)
    row, time = _TABLES[kind]
    mine = and_(row.user_id == user_id, row.id == record_id, row.deletion_id.is_(None))
    at = session.scalar(select(time).where(mine))
    if at is None:
        return None
    deletion = _begin(session, user_id, now, None)
    session.execute(update(row).where(mine).values(deletion_id=deletion.id))
    _came_or_went(session, user_id, kind, [at])
    deletion.counts[kind] = 1
    return deletion


def span(session: Session, user_id: int, times: Times, now: datetime) -> Deletion:
    """Delete all records of the user that began in the span."""
    rollups.lock(session, user_id)
    deletion = _begin(session, user_id, now, times)
    for kind, (row, time) in _TABLES.items():
        deletion.counts[kind] = _rows(
            session.execute(
                update(row)
                .where(row.user_id == user_id, row.deletion_id.is_(None), *_within(time, times))
                .values(deletion_id=deletion.id),
                execution_options=_UNWATCHED,
            )
        )
    _changed(session, user_id, times, now)
    return deletion


def readings(
    session: Session,
    user_id: int,
    times: tuple[datetime, datetime],
    shown: Reading | None,
    now: datetime,
) -> Deletion:
    """Delete the user's observations that began in the span and count as `shown`, None being any;
    nothing else that happened in it."""
    rollups.lock(session, user_id)
    deletion = _begin(session, user_id, now, None)
    row = ObservationRow
    gone = session.scalars(
        update(row)
        .where(
            row.user_id == user_id,
            row.deletion_id.is_(None),
            *_within(row.observed_at, times),
            *([] if shown is None else [shows(shown)]),
        )
        .values(deletion_id=deletion.id)
        .returning(row.observed_at),
        execution_options=_UNWATCHED,
    ).all()
    _came_or_went(session, user_id, "observations", gone)
    deletion.counts["observations"] = len(gone)
    return deletion


def undo(session: Session, user_id: int, deletion_id: UUID, now: datetime) -> bool:
    """Bring back what was deleted; false where it is too late, or there is no such deletion."""
    rollups.lock(session, user_id)
    found = session.scalars(
        select(DeletionRow)
        .where(
            DeletionRow.user_id == user_id,
            DeletionRow.id == deletion_id,
            DeletionRow.deleted_at > now - UNDO_FOR,
        )
        .with_for_update()
    ).one_or_none()
    if found is None:
        return False
    for kind, (row, time) in _TABLES.items():
        marked = and_(row.user_id == user_id, row.deletion_id == deletion_id)
        single = [] if found.whole_span else session.scalars(select(time).where(marked)).all()
        session.execute(
            update(row).where(marked).values(deletion_id=None), execution_options=_UNWATCHED
        )
        _came_or_went(session, user_id, kind, single)
    if found.whole_span:
        _changed(session, user_id, (found.starts_at, found.ends_at), found.deleted_at)
    session.delete(found)
    return True


def forget(session: Session, kind: Kind, user_id: int, ids: Sequence[UUID]) -> None:
    """Really delete those of the user's records that are marked, as they come in anew."""
    rollups.lock(session, user_id)
    row = _TABLES[kind].row
    session.execute(
        delete(row).where(row.user_id == user_id, row.id.in_(ids), row.deletion_id.is_not(None)),
        execution_options=_UNWATCHED,
    )


def purge(session: Session, now: datetime, limit: int) -> int:
    """Really delete what can no longer be undone, at most `limit` rows; returns how many.

    Call it until it returns 0. With a play goes its recommendation, and with a span all that was
    recommended in it and never played.
    """
    late = session.scalars(
        select(DeletionRow)
        .where(DeletionRow.deleted_at <= now - UNDO_FOR)
        .order_by(DeletionRow.deleted_at)
        .limit(1)
    ).one_or_none()
    if late is None:
        return 0
    done = 0
    for row in (ObservationRow, EntryRow):
        marked = and_(row.user_id == late.user_id, row.deletion_id == late.id)
        done += delete_some(session, row, marked, limit - done)
    done += _delete_recommendations(session, late, limit - done)
    if done < limit:
        session.delete(late)
        done += 1
    return done


def delete_some(session: Session, row: Any, which: ColumnElement[bool], limit: int) -> int:
    """Really delete at most `limit` of these rows; returns how many."""
    key = list(row.__table__.primary_key)
    some = select(*key).where(which).limit(limit)
    return _rows(
        session.execute(delete(row).where(tuple_(*key).in_(some)), execution_options=_UNWATCHED)
    )


def _begin(session: Session, user_id: int, now: datetime, times: Times | None) -> Deletion:
    starts_at, ends_at = times or (None, None)
    row = DeletionRow(
        user_id=user_id,
        id=uuid4(),
        deleted_at=now,
        whole_span=times is not None,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    session.add(row)
    session.flush()
    return Deletion(row.id, dict.fromkeys(_TABLES, 0))


def _came_or_went(session: Session, user_id: int, kind: Kind, times: Sequence[datetime]) -> None:
    """After single records went or came back."""
    rollups.touched(session, user_id, times)
    if kind == "plays":
        songs.touched(session, user_id, times)
    effects.touched(session, user_id, times)


def _changed(session: Session, user_id: int, times: Times, deleted_at: datetime) -> None:
    """After a whole span went or came back: only plays at its ends may measure differently."""
    rollups.rebuild(session, user_id, times)
    songs.rebuild(session, user_id, times)
    ends = [time for time in (*times, deleted_at) if time is not None]
    effects.touched(session, user_id, ends)


def _within(time: InstrumentedAttribute[datetime], times: Times) -> list[ColumnElement[bool]]:
    start, end = times
    return [
        *([] if start is None else [time >= start]),
        *([] if end is None else [time < end]),
    ]


def _delete_recommendations(session: Session, deletion: DeletionRow, limit: int) -> int:
    """Those whose play was deleted, and those of a deleted span that were never played."""
    row = RecommendationRow
    play = PlayRow.recommendation_id == row.id
    gone: ColumnElement[bool] = exists().where(play, PlayRow.deletion_id == deletion.id)
    if deletion.whole_span:
        unplayed = and_(
            ~exists().where(play),
            row.created_at <= deletion.deleted_at,
            *_within(row.created_at, (deletion.starts_at, deletion.ends_at)),
        )
        gone = or_(gone, unplayed)
    return delete_some(session, row, and_(row.user_id == deletion.user_id, gone), limit)


def _rows(result: Any) -> int:
    assert isinstance(result, CursorResult)  # noqa: S101 - of an UPDATE or DELETE
    return result.rowcount
