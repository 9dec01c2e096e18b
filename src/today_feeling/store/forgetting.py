"""Users who are forgotten, with everything that is theirs: a part at a time, as it may be much."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from today_feeling.store import rollups
from today_feeling.store.deletions import delete_some
from today_feeling.store.schema import Base, SessionRow, UserRow

_THEIRS: Final = [
    mapper.class_
    for table in reversed(Base.metadata.sorted_tables)
    for mapper in Base.registry.mappers
    if mapper.local_table is table and "user_id" in table.columns
]
"""What names others comes before what is named: no diary names a song of their own that is gone."""


def lost_guests(session: Session) -> list[int]:
    """Guests without a session: nobody can reach what is theirs again.

    The newest of all users stays, or SQLite would give the next one the same id.
    """
    has_session = select(SessionRow.id).where(SessionRow.user_id == UserRow.id).exists()
    newest = select(func.max(UserRow.id)).scalar_subquery()
    return list(
        session.scalars(select(UserRow.id).where(UserRow.guest, ~has_session, UserRow.id != newest))
    )


def close(session: Session, user_id: int) -> None:
    """Nobody can log in as this user from now on, and all sessions end: a guest who is lost."""
    rollups.lock(session, user_id)
    row = session.get(UserRow, user_id)
    if row is not None:
        row.guest = True
        row.login_id = row.password_hash = row.name = row.email = None
    session.execute(delete(SessionRow).where(SessionRow.user_id == user_id))


def forget_some(session: Session, user_id: int, limit: int) -> int:
    """Really delete at most `limit` rows of the user, the user last; returns how many.

    Call it until it returns less.
    """
    rollups.lock(session, user_id)
    done = 0
    for row in _THEIRS:
        if done < limit:
            done += delete_some(session, row, row.user_id == user_id, limit - done)
    if done < limit:
        done += delete_some(session, UserRow, UserRow.id == user_id, 1)
    return done


def drop_expired_sessions(session: Session, now: datetime) -> None:
    """Forget the sessions that have ended."""
    session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
