"""All songs that can be played, held in memory between requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from today_feeling.domain.music import Preferences
from today_feeling.domain.recommend.songs import Songs
from today_feeling.store.database import Database
from today_feeling.store.schema import TrackRow
from today_feeling.store.tracks import AVAILABLE, to_track

_FRESH_FOR: Final = timedelta(minutes=5)
"""Songs that come and go are seen at once; a change of what is known of one, after so long."""

_Stamp = tuple[int, int | None]
"""How many songs there are, and the sum of their ids: an index holds all of it."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The songs, and what a user may not want of them."""

    songs: Songs
    _kinds: tuple[tuple[str | None, bool | None], ...]
    _kind: NDArray[np.intp]
    _owner: NDArray[np.int64]
    """Id of the user whose own song it is; 0 where it is everybody's."""
    _stamp: _Stamp
    _read_at: datetime

    def allowed(self, liked: Preferences, user_id: int) -> NDArray[np.bool_]:
        """Which songs are everybody's or this user's own, and fit the user's languages and wishes
        about words, [N]."""
        of_kind = np.array([liked.allow(*kind) for kind in self._kinds], np.bool_)
        flags: NDArray[np.bool_] = of_kind[self._kind]
        flags &= (self._owner == 0) | (self._owner == user_id)
        return flags


_SHELVES: Final[WeakKeyDictionary[Database, Shelf]] = WeakKeyDictionary()


def shelf(database: Database, session: Session, now: datetime) -> Shelf:
    """The songs of this database that can be played, as far as anyone knows."""
    stamp = _stamp(session)
    held = _SHELVES.get(database)
    if held is None or held._stamp != stamp or not timedelta() <= now - held._read_at < _FRESH_FOR:
        held = _read(session, stamp, now)
        _SHELVES[database] = held
    return held


_COUNTED: Final = select(func.count(), func.sum(TrackRow.id)).where(
    TrackRow.availability == AVAILABLE
)


def _stamp(session: Session) -> _Stamp:
    row = session.execute(_COUNTED).one()
    return row[0], row[1] and int(row[1])


def _read(session: Session, stamp: _Stamp, now: datetime) -> Shelf:
    rows = session.scalars(
        select(TrackRow).where(TrackRow.availability == AVAILABLE).order_by(TrackRow.id)
    ).all()
    kinds: dict[tuple[str | None, bool | None], int] = {}
    kind = [kinds.setdefault((row.language, row.explicit), len(kinds)) for row in rows]
    owner = np.array([row.user_id or 0 for row in rows], np.int64)
    songs = Songs.of([to_track(row) for row in rows])
    session.expunge_all()
    return Shelf(songs, tuple(kinds), np.array(kind, np.intp), owner, stamp, now)
