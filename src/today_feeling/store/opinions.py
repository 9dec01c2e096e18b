"""What all people think of each song, held in memory between requests.

Every change of a song's row has a number of its own, given under a lock that is held until the
change is there for all to see: who has read up to a number has missed none before it. So a request
reads only what has changed since the last one, whichever process has learned it.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from today_feeling.domain.recommend.hybrid import Floats
from today_feeling.store.schema import SongTasteRow

# Made once: that takes longer than to carry them out.
_ROWS = select(
    SongTasteRow.track_id, SongTasteRow.surprise, SongTasteRow.opinions, SongTasteRow.changed
)
_SINCE = _ROWS.where(SongTasteRow.changed > bindparam("last"))


class Heard(NamedTuple):
    """Of some songs, [N]; see `domain.recommend.space.standing`."""

    surprise: Floats
    opinions: Floats


class Opinions:
    """Of all songs that anybody has an opinion of, by their ids."""

    def __init__(self, session: Session) -> None:
        """Reads all of them. `session` has changed none: what it might take back must not stay."""
        self._lock = Lock()
        self._last = 0
        self._values = np.zeros((2, 0))
        self._take(session.execute(_ROWS).all())

    def renew(self, session: Session) -> None:
        """Read what has changed since; `session` as above."""
        last = self._last
        rows = session.execute(_SINCE, {"last": last}).all()
        with self._lock:
            if self._last == last:  # else somebody has read meanwhile, and perhaps more
                self._take(rows)

    def of(self, ids: NDArray[np.int64]) -> Heard:
        """Of the songs with these ids, in ascending order; 0 where nobody has an opinion."""
        known = int(np.searchsorted(ids, self._values.shape[1]))
        found = np.zeros((2, len(ids)))
        with self._lock:
            np.take(self._values, ids[:known], axis=1, out=found[:, :known])
        return Heard(*found)

    def _take(self, rows: Sequence[Any]) -> None:
        if not rows:
            return
        columns = np.array([(*each,) for each in rows], np.float64).T
        ids, changed = columns[0].astype(np.intp), columns[3]
        missing = int(ids.max()) + 1 - self._values.shape[1]
        if missing > 0:
            self._values = np.pad(self._values, ((0, 0), (0, missing)))
        self._values[:, ids] = columns[1:3]
        self._last = max(self._last, int(changed.max()))
