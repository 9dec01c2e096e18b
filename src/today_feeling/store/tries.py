"""Who tried what how often lately, counted by all processes of the server together."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from today_feeling.domain.limits import passed
from today_feeling.store.schema import TryRow
from today_feeling.store.statements import inserting


def count(session: Session, caller: str, now: datetime, limit: int, window_s: float) -> None:
    """Count one try of the caller. Raises `TooManyRequests` where it is one too many."""
    key = _digest(caller)
    # It locks the row, so of two tries at once the second knows of the first.
    session.execute(
        inserting(session.get_bind().dialect.name, TryRow)
        .values(caller=key, times=[], expires_at=now)
        .on_conflict_do_update(index_elements=[TryRow.caller], set_={"expires_at": now})
    )
    row = session.scalars(select(TryRow).where(TryRow.caller == key)).one()
    row.times = passed(row.times, now, limit, window_s)
    row.expires_at = datetime.fromtimestamp(row.times[-1] + window_s, UTC)


def forget(session: Session, caller: str) -> None:
    """The caller's tries do not count any more."""
    session.execute(delete(TryRow).where(TryRow.caller == _digest(caller)))


def purge(session: Session, now: datetime) -> None:
    """Forget the tries that count no more."""
    session.execute(
        delete(TryRow).where(TryRow.expires_at <= now),
        execution_options={"synchronize_session": False},
    )


def _digest(caller: str) -> bytes:
    return hashlib.sha256(caller.encode()).digest()
