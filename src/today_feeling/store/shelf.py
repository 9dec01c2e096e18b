"""All songs that can be played, held in memory between requests.

Counting a hundred thousand songs takes longer than choosing one of them. So what other processes
have brought is asked for once a second; what this one changes is seen at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, load_only

from today_feeling.domain.music import Preferences
from today_feeling.domain.recommend.songs import Songs
from today_feeling.store import tracks_written
from today_feeling.store.database import Database
from today_feeling.store.opinions import Heard, Opinions
from today_feeling.store.schema import TrackRow
from today_feeling.store.tracks import AVAILABLE, to_track

_FRESH_FOR: Final = timedelta(minutes=5)
"""Songs that come and go are seen sooner; a change of what is known of one, after so long."""

_ASKED_EVERY_S: Final = 1.0

_Stamp = tuple[int, int | None]
"""How many songs there are, and the sum of their ids: an index holds all of it."""

_Asked = tuple[int, float]
"""The last change of this process that is known, and when, in seconds of a clock of its own."""

_Kind = tuple[str | None, bool | None]
"""Language, and whether the words are explicit."""


_UNHEARD: Final = Heard(np.zeros(0), np.zeros(0))


@dataclass(frozen=True, slots=True)
class Shelf:
    """The songs that one user can play, and what a user may not want of them."""

    songs: Songs
    _kinds: tuple[_Kind, ...]
    _kind: NDArray[np.intp]
    """Index in `_kinds` of each song."""
    heard: Heard = _UNHEARD
    """What people think of each, as `shelf` knows it."""

    def allowed(self, liked: Preferences) -> NDArray[np.bool_]:
        """Which songs fit the user's languages and wishes about words, [N]."""
        of_kind = np.array([liked.allow(*kind) for kind in self._kinds], np.bool_)
        flags: NDArray[np.bool_] = of_kind[self._kind]
        return flags

    def plus(self, rows: Sequence[TrackRow]) -> Shelf:
        """This and what the rows hold; it costs a copy of all arrays."""
        more = _arranged(rows)
        songs, at = self.songs.plus(more.songs)
        kind = np.insert(self._kind, at, more._kind + len(self._kinds))
        return Shelf(songs, (*self._kinds, *more._kinds), kind)


@dataclass(slots=True)
class _Held:
    """What every user may hear."""

    shelf: Shelf
    opinions: Opinions
    """Read anew with the songs, too: SQLite gives the ids of what was deleted to others."""
    stamp: _Stamp
    read_at: datetime
    asked: _Asked
    """When it was last seen to be what the database holds."""

    def tells(self, stamp: _Stamp, now: datetime) -> bool:
        """Whether it is what the database holds now, as far as the stamp says."""
        return self.stamp == stamp and self._is_fresh(now)

    def will_do(self, asked: _Asked, now: datetime) -> bool:
        """Whether nobody need ask the database again."""
        known, before = self.asked
        known_now, at = asked
        return known == known_now and at - before < _ASKED_EVERY_S and self._is_fresh(now)

    def _is_fresh(self, now: datetime) -> bool:
        return timedelta() <= now - self.read_at < _FRESH_FOR


_HELD: Final[WeakKeyDictionary[Database, _Held]] = WeakKeyDictionary()
_READING: Final = Lock()


def shelf(database: Database, user_id: int, now: datetime) -> Shelf:
    """The songs that the user can play, as far as anyone knows: everybody's and the user's own.

    Reading the whole catalogue takes seconds where it is large: ask in no transaction that writes.
    """
    with database.reading() as session:
        held = _everybodys(database, session, now)
        held.opinions.renew(session)
        own = session.scalars(_OWN, {"user_id": user_id}).all()
        found = held.shelf.plus(own) if own else held.shelf
        return replace(found, heard=held.opinions.of(found.songs.ids))


_EVERYBODYS: Final = (TrackRow.user_id.is_(None), TrackRow.availability == AVAILABLE)
_TOLD: Final = load_only(
    *(TrackRow.user_id, TrackRow.source, TrackRow.title, TrackRow.artist, TrackRow.genre),
    *(TrackRow.year, TrackRow.language, TrackRow.explicit, TrackRow.duration_s),
    *(TrackRow.valence, TrackRow.energy, TrackRow.affect_source, TrackRow.youtube_video_id),
    *(TrackRow.tempo, TrackRow.tempo_heard),
    *(TrackRow.folder_id, TrackRow.file_path, TrackRow.cover),
    raiseload=True,
)

# Statements of every request are made once: that takes longer than to carry them out.
_COUNTED: Final = select(func.count(), func.sum(TrackRow.id)).where(*_EVERYBODYS)
_ALL: Final = select(TrackRow).where(*_EVERYBODYS).options(_TOLD)
_OWN: Final = (
    select(TrackRow)
    .where(TrackRow.user_id == bindparam("user_id"), TrackRow.availability == AVAILABLE)
    .options(_TOLD)
)


def _everybodys(database: Database, session: Session, now: datetime) -> _Held:
    asked = tracks_written.number(), monotonic()
    held = _HELD.get(database)
    if held is not None and held.will_do(asked, now):
        return held
    row = session.execute(_COUNTED).one()
    stamp = row[0], row[1] and int(row[1])
    if held is None:
        with _READING:
            return _renewed(database, session, stamp, asked, now)
    if held.tells(stamp, now):
        held.asked = asked
        return held
    if not _READING.acquire(blocking=False):
        return held  # where somebody else reads already, what there was will do
    try:
        return _renewed(database, session, stamp, asked, now)
    finally:
        _READING.release()


def _renewed(
    database: Database, session: Session, stamp: _Stamp, asked: _Asked, now: datetime
) -> _Held:
    held = _HELD.get(database)
    if held is None or not held.tells(stamp, now):
        rows = session.scalars(_ALL).all()
        _HELD[database] = held = _Held(_arranged(rows), Opinions(session), stamp, now, asked)
        session.expunge_all()
    return held


def _arranged(rows: Sequence[TrackRow]) -> Shelf:
    rows = sorted(rows, key=lambda row: row.id)
    kinds: dict[_Kind, int] = {}
    kind = [kinds.setdefault((row.language, row.explicit), len(kinds)) for row in rows]
    songs = Songs.of([to_track(row) for row in rows])
    return Shelf(songs, tuple(kinds), np.array(kind, np.intp))
