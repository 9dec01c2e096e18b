"""Whether this process has changed songs: whoever holds them in memory reads them again."""

from __future__ import annotations

from itertools import count
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from today_feeling.store.schema import TrackRow

_TOUCHED: Final = "songs touched"
_NUMBERS: Final = count(1)
_last = 0


def number() -> int:
    """Of the last change; another one after every transaction that wrote songs, in any database."""
    return _last


@event.listens_for(Session, "after_flush")
def _flushed(session: Session, _context: Any) -> None:
    written = (*session.new, *session.dirty, *session.deleted)
    if any(isinstance(row, TrackRow) for row in written):
        session.info[_TOUCHED] = True


@event.listens_for(Session, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    if not state.is_select and state.bind_mapper is TrackRow.__mapper__:
        state.session.info[_TOUCHED] = True


@event.listens_for(Session, "after_commit")
def _committed(session: Session) -> None:
    global _last  # noqa: PLW0603 - a number of the process
    if session.info.pop(_TOUCHED, False):
        _last = next(_NUMBERS)
