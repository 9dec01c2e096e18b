"""What users wrote themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from today_feeling.domain.diary import Entry
from today_feeling.domain.emotion import Emotion
from today_feeling.store import rollups
from today_feeling.store.schema import EntryRow
from today_feeling.store.statements import inserting


def add(session: Session, user_id: int, entries: Sequence[Entry]) -> int:
    """Keep the entries; one whose id this user has already is skipped. Returns how many."""
    if not entries:
        return 0
    rollups.lock(session, user_id)
    rows = [{"user_id": user_id, "id": entry.id, **_values(entry)} for entry in entries]
    added = session.scalars(
        inserting(session.get_bind().dialect.name, EntryRow)
        .on_conflict_do_nothing(index_elements=[EntryRow.user_id, EntryRow.id])
        .returning(EntryRow.at),
        rows,
    ).all()
    rollups.touched(session, user_id, added)
    return len(added)


def get(session: Session, user_id: int, entry_id: UUID) -> Entry | None:
    """The user's entry."""
    row = session.scalars(_of(user_id).where(EntryRow.id == entry_id)).one_or_none()
    return _entry(row) if row else None


def put(session: Session, user_id: int, entry: Entry) -> None:
    """Replace the user's entry that has this id."""
    rollups.lock(session, user_id)
    row = session.scalars(_of(user_id).where(EntryRow.id == entry.id)).one()
    before = row.at
    for name, value in _values(entry).items():
        setattr(row, name, value)
    session.flush()
    rollups.touched(session, user_id, [before, entry.at])


def between(session: Session, user_id: int, start: datetime, end: datetime) -> list[Entry]:
    """The user's entries about [start, end), in order of time."""
    rows = session.scalars(
        _of(user_id)
        .where(EntryRow.at >= start, EntryRow.at < end)
        .order_by(EntryRow.at, EntryRow.id)
    )
    return [_entry(row) for row in rows]


def emotions_between(
    session: Session, user_id: int, start: datetime, end: datetime
) -> list[tuple[datetime, Emotion]]:
    """When the user's entries named which emotion, in [start, end)."""
    rows = session.execute(
        select(EntryRow.at, EntryRow.emotion).where(
            EntryRow.user_id == user_id,
            EntryRow.deletion_id.is_(None),
            EntryRow.at >= start,
            EntryRow.at < end,
            EntryRow.emotion.is_not(None),
        )
    )
    return [(at, cast("Emotion", emotion)) for at, emotion in rows]


def page(session: Session, user_id: int, after: Entry | None, limit: int) -> list[Entry]:
    """The next of all the user's entries, in order of time."""
    wanted = _of(user_id).order_by(EntryRow.at, EntryRow.id).limit(limit)
    if after is not None:
        wanted = wanted.where(tuple_(EntryRow.at, EntryRow.id) > (after.at, after.id))
    return [_entry(row) for row in session.scalars(wanted)]


def _of(user_id: int) -> Select[EntryRow]:
    return select(EntryRow).where(EntryRow.user_id == user_id, EntryRow.deletion_id.is_(None))


def _values(entry: Entry) -> Mapping[str, object]:
    return {
        "at": entry.at,
        "emotion": entry.emotion,
        "valence": entry.valence,
        "note": entry.note,
        "updated_at": entry.updated_at,
    }


def _entry(row: EntryRow) -> Entry:
    return Entry(
        id=row.id,
        at=row.at,
        emotion=cast("Emotion | None", row.emotion),
        valence=row.valence,
        note=row.note,
        updated_at=row.updated_at,
    )
