"""All songs that can be played, held in memory between requests, and what people think of them.

A request reads only what has changed since the last one, whichever process has changed it: reading
a hundred thousand songs takes a hundred times longer than choosing one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from today_feeling.domain.recommend.songs import Songs
from today_feeling.domain.recommend.standing import Standing
from today_feeling.store import listed, track_changes
from today_feeling.store.database import Database
from today_feeling.store.opinions import Opinions
from today_feeling.store.track_changes import Changes

_SPARE: Final = 1000
"""What comes stands in blocks of its own. When there are twice the blocks that there were at first,
and so many, all songs are read and arranged anew; and when a tenth of the songs has changed at
once, and so many: to read those one by one would take longer."""

_PATIENCE_S: Final = 1.0
"""So long a request waits for another one that reads what has changed; then what there was does."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Songs that can be played as far as anyone knows: everybody's, and all that are somebody's
    own."""

    songs: Songs
    standing: Standing


class _Held:
    """The shelf of a database as it was read last."""

    def __init__(self, session: Session) -> None:
        """Reads everything."""
        self._lock = Lock()
        self._mark = track_changes.latest(session)
        self._opinions = Opinions(session)
        songs = Songs.of(listed.everything(session), self._opinions.rated())
        self._most_blocks = 2 * len(songs.first) + _SPARE
        self.worn = False
        """Whether so much has come and gone that all is better read anew."""
        self._shelf = self._stood(songs)

    def renewed(self, database: Database) -> Shelf | None:
        """What there is now; None where that is another database."""
        # One after the other: nobody is to put what they saw earlier over what was seen later.
        if not self._lock.acquire(timeout=_PATIENCE_S):
            return self._shelf
        try:
            with database.reading() as session:
                changes = track_changes.since(session, self._mark)
                if changes.everything:
                    return None
                self._renew(session, changes)
                return self._shelf
        finally:
            self._lock.release()

    def _renew(self, session: Session, changes: Changes) -> None:
        songs, standing = self._shelf.songs, self._shelf.standing
        if len(changes.ids) > len(songs) // 10 + _SPARE:
            self.worn = True
            return
        told = self._opinions.renew(session)
        if changes.ids:
            self._exchange(session, changes.ids)
            self.worn = len(self._shelf.songs.first) > self._most_blocks
        elif told:
            at = songs.positions(told)
            heard = self._opinions.of(songs.ids[at])
            self._shelf = Shelf(songs, standing.changed(songs, at, *heard))
        self._mark = changes.mark

    def _exchange(self, session: Session, ids: Sequence[int]) -> None:
        # SQLite gives the ids of what was deleted to others.
        self._opinions.read(session, ids)
        come = Songs.of(listed.among(session, ids), self._opinions.rated(ids))
        old = self._shelf.songs
        self._shelf = self._stood(old.without(old.positions(ids)).plus(come))

    def _stood(self, songs: Songs) -> Shelf:
        return Shelf(songs, Standing.of(songs, *self._opinions.of(songs.ids)))


_HELD: Final[WeakKeyDictionary[Database, _Held]] = WeakKeyDictionary()
_READING: Final = Lock()


def shelf(database: Database) -> Shelf:
    """The songs and what is thought of them now.

    Reading the whole catalogue takes seconds where it is large: ask in no transaction that writes.
    """
    held = _HELD.get(database)
    found = held.renewed(database) if held is not None else None
    if held is not None and found is not None and not held.worn:
        return found
    # Who can do with what there was does not wait for another who reads everything.
    if not _READING.acquire(blocking=found is None) and found is not None:
        return found
    try:
        if _HELD.get(database) is held:
            with database.reading() as session:
                _HELD[database] = _Held(session)
    finally:
        _READING.release()
    return shelf(database)
