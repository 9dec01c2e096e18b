"""Whether this process has written tracks: whoever holds them in memory reads them again."""

from __future__ import annotations

from threading import Lock
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from today_feeling.store.schema import TrackRow

_WRITTEN: Final = "tracks written"
_COUNTING: Final = Lock()
_number = 0


def number() -> int:
    """Another one after every transaction that wrote tracks, in any database."""
    return _number


@event.listens_for(Session, "after_flush")
def _flushed(session: Session, _context: Any) -> None:
    written = (*session.new, *session.dirty, *session.deleted)
    if any(isinstance(row, TrackRow) for row in written):
        session.info[_WRITTEN] = True


@event.listens_for(Session, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    if not state.is_select and state.bind_mapper is TrackRow.__mapper__:
        state.session.info[_WRITTEN] = True


@event.listens_for(Session, "after_commit")
def _committed(session: Session) -> None:
    global _number  # noqa: PLW0603 - it belongs to the process
    if session.info.pop(_WRITTEN, False):
        with _COUNTING:
            _number += 1
