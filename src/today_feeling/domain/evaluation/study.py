"""A study of listening: who heard which song when, how they felt, and how they rated it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from today_feeling.domain.evaluation import cells
from today_feeling.domain.evaluation.columns import features
from today_feeling.domain.recommend.hybrid import Floats
from today_feeling.errors import InvalidInput

Row = Mapping[str, str]

MOODS: Final = ("valence_before", "arousal_before")
_KNOWN: Final = ("event", "user", "time", "song", *MOODS, "valence_after", "rating", "random")
_NEEDED: Final = ("user", "time", "song", "rating", "random")
_OUTCOME: Final = re.compile(
    r"(^|_)(after|post|change|delta|outcome|reward|liked?|disliked?|finished|skip(ped)?)(_|$)",
    re.IGNORECASE,
)
"""Names of columns that tell what came of the event: nobody who chooses a song knows them."""


@dataclass(frozen=True, slots=True)
class Event:
    """A song that was heard and rated."""

    user: int
    song: int
    at: float
    """Seconds."""
    context: Floats
    """As in `Study.context`; NaN where missing."""
    valence_after: float
    """NaN where missing, like every number but the rating."""
    rating: float
    """1-5."""
    random: bool
    """Whether the song was shown by a uniformly random policy."""

    @property
    def valence_before(self) -> float:
        """In the unit of the file."""
        return float(self.context[0])


@dataclass(frozen=True, slots=True)
class Study:
    """Events in order of time, and the songs that they are about."""

    events: tuple[Event, ...]
    users: int
    numbers: Floats
    """Numeric features of the songs, see `columns.Features`, [N, ...]."""
    categories: Floats
    """Membership of the songs in categories, 0 or 1, [N, ...]."""
    genres: Floats
    """Membership in genres, [N, ...]; [N, 0] where the table names none."""
    context: tuple[str, ...]
    """Names of what is known of a moment: valence and arousal before, then other columns."""
    unread: tuple[str, ...]
    """Columns of both tables that are not used: they tell what came of the event, or nothing."""


def read_study(event_rows: Sequence[Row], song_rows: Sequence[Row]) -> Study:
    """Make sense of two tables of text; events without a rating are left out.

    Raises `InvalidInput` where a needed column is missing or a value cannot be read; the first
    row is number 1.
    """
    if not event_rows or not song_rows:
        raise InvalidInput("Both tables must have at least one row.")
    missing = [name for name in _NEEDED if name not in event_rows[0]]
    if missing or "song" not in song_rows[0]:
        raise InvalidInput(f"Column missing: {', '.join(missing or ['song, of the songs'])}.")
    rated = [(n, row) for n, row in enumerate(event_rows, 1) if cells.written(row["rating"])]
    named = {cells.identity(row["song"]): row for row in song_rows}
    for _, row in rated:
        named.setdefault(cells.identity(row["song"]), {})
    song_of = {name: number for number, name in enumerate(named)}
    people = dict.fromkeys(cells.identity(row["user"]) for _, row in rated)
    users = {name: n for n, name in enumerate(people)}
    others = [name for name in event_rows[0] if name not in _KNOWN]
    outcomes = [name for name in others if _OUTCOME.search(name)]
    context = (*MOODS, *(name for name in others if name not in outcomes))
    events = [_event(row, n, users, song_of, context) for n, row in rated]
    told = features(list(named.values()), [name for name in song_rows[0] if name != "song"])
    return Study(
        events=tuple(sorted(events, key=lambda event: event.at)),
        users=len(users),
        numbers=told.numbers,
        categories=told.categories,
        genres=told.genres,
        context=context,
        unread=(*outcomes, *told.unread),
    )


def _event(
    row: Row,
    number: int,
    users: Mapping[str, int],
    songs: Mapping[str, int],
    context: Sequence[str],
) -> Event:
    rating = cells.number(row["rating"])
    if not 1 <= rating <= 5:
        raise InvalidInput(f"Event row {number}: a rating is 1 to 5, not {row['rating']!r}.")
    for name in ("user", "song"):
        if not row[name].strip():
            raise InvalidInput(f"Event row {number}: no {name}.")
    try:
        at, random = cells.seconds(row["time"]), cells.flag(row["random"])
    except ValueError as error:
        told = f"time {row['time']!r}, random {row['random']!r}"
        raise InvalidInput(f"Event row {number} cannot be read: {told}.") from error
    return Event(
        user=users[cells.identity(row["user"])],
        song=songs[cells.identity(row["song"])],
        at=at,
        context=np.array([cells.number(row.get(name)) for name in context]),
        valence_after=cells.number(row.get("valence_after")),
        rating=rating,
        random=random,
    )
