"""What all people think of each song, held in memory between requests.

Every change of a song's row has a number of its own, given under a lock that is held until the
change is there for all to see: who has read up to a number has missed none before it. So a request
reads only what has changed since the last one, whichever process has learned it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from today_feeling.domain.recommend.hybrid import Floats
from today_feeling.store.schema import Base, SongTasteRow
from today_feeling.store.statements import chunks

# Made once: that takes longer than to carry them out.
_SONGS: Final = Base.metadata.tables[SongTasteRow.__tablename__].c
_ROWS: Final = select(_SONGS.track_id, _SONGS.surprise, _SONGS.opinions, _SONGS.changed)
_SINCE: Final = _ROWS.where(_SONGS.changed > bindparam("last"))
_SOME: Final = _ROWS.where(_SONGS.track_id.in_(bindparam("ids", expanding=True)))


class Heard(NamedTuple):
    """Of some songs, [N]; see `domain.recommend.space.standing`."""

    surprise: Floats
    opinions: Floats


class Opinions:
    """Of all songs that anybody has an opinion of, by their ids: 16 bytes for each id there is.

    Its sessions have changed none: what they might take back must not stay.
    """

    def __init__(self, session: Session) -> None:
        """Reads all of them."""
        self._last = 0
        self._values = np.zeros((2, 0))
        self._renew(session.execute(_ROWS).all())

    def renew(self, session: Session) -> Sequence[int]:
        """Read what has changed since; returns the ids of these songs."""
        return self._renew(session.execute(_SINCE, {"last": self._last}).all())

    def read(self, session: Session, ids: Sequence[int]) -> None:
        """Read what is thought of songs that came: SQLite gives the ids of what was deleted to
        others."""
        known = self._values.shape[1]
        self._values[:, [each for each in ids if each < known]] = 0.0
        for some in chunks(ids):
            self._take(session.execute(_SOME, {"ids": some}).all())

    def rated(self, ids: Sequence[int] | None = None) -> set[int]:
        """Which songs anybody has an opinion of: of these, or of all."""
        if ids is None:
            return set(np.flatnonzero(self._values[1]).tolist())
        asked = np.array(ids, np.int64)
        return set(asked[self.of(asked).opinions != 0].tolist())

    def of(self, ids: NDArray[np.int64]) -> Heard:
        """Of the songs with these ids; 0 where nobody has an opinion."""
        found = np.zeros((2, len(ids)))
        known = ids < self._values.shape[1]
        found[:, known] = self._values[:, ids[known]]
        return Heard(*found)

    def _renew(self, rows: Sequence[Any]) -> Sequence[int]:
        # Only who has read of every song up to a number may say so.
        self._take(rows)
        self._last = max([self._last, *(row.changed for row in rows)])
        return [row.track_id for row in rows]

    def _take(self, rows: Sequence[Any]) -> None:
        if not rows:
            return
        columns = np.array([(*each,) for each in rows], np.float64).T
        ids = columns[0].astype(np.intp)
        missing = int(ids.max()) + 1 - self._values.shape[1]
        if missing > 0:
            self._values = np.pad(self._values, ((0, 0), (0, missing)))
        self._values[:, ids] = columns[1:3]
