"""A study of listening: who heard which song when, how they felt, and how they rated it.

Columns are taken as they come. A song's column is a category where a value is not a number, or
where its name says so; a category that fewer than three songs share tells nothing. Other columns
are standardised over the song table, which is known before anyone listens.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np

from today_feeling.domain.recommend.hybrid import Floats
from today_feeling.errors import InvalidInput

Row = Mapping[str, str]

MOODS: Final = ("valence_before", "arousal_before")
_KNOWN: Final = ("event", "user", "time", "song", *MOODS, "valence_after", "rating", "random")
_NEEDED: Final = ("user", "time", "song", "rating", "random")
_CATEGORY: Final = re.compile(
    r"genre|style|language|artist|album|label|country|mode$|key$|signature|class|cluster|(^|_)id$",
    re.IGNORECASE,
)
_SONGS_OF_A_CATEGORY: Final = 3
_CATEGORIES: Final = 24
"""Of one column, the most common ones."""
_NUMBERS: Final = 32
"""More numeric columns than this are replaced by so many principal components of theirs."""
_CLIP: Final = 3.0


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

    @property
    def arousal_before(self) -> float:
        """In the unit of the file."""
        return float(self.context[1])


@dataclass(frozen=True, slots=True)
class Study:
    """Events in order of time, and the songs that they are about."""

    events: tuple[Event, ...]
    users: int
    numbers: Floats
    """Numeric features of the songs, standardised, 0 where missing, [N, ...]."""
    categories: Floats
    """Membership of the songs in categories, 0 or 1, [N, ...]."""
    genres: Floats
    """The part of `categories` that is the genre, or else the first one; [N, 0] without any."""
    context: tuple[str, ...]
    """Names of what is known of a moment: valence and arousal before, then other columns."""


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
    rated = [(n, row) for n, row in enumerate(event_rows, 1) if row["rating"].strip()]
    named = {_name(row["song"]): row for row in song_rows}
    for _, row in rated:
        named.setdefault(_name(row["song"]), {})
    song_of = {name: number for number, name in enumerate(named)}
    users = {
        name: n for n, name in enumerate(dict.fromkeys(_name(row["user"]) for _, row in rated))
    }
    context = (*MOODS, *(name for name in event_rows[0] if name not in _KNOWN))
    events = [_event(row, n, users, song_of, context) for n, row in rated]
    numbers, categories, genres = _features(list(named.values()), list(song_rows[0]))
    return Study(
        events=tuple(sorted(events, key=lambda event: event.at)),
        users=len(users),
        numbers=numbers,
        categories=categories,
        genres=genres,
        context=context,
    )


def _event(
    row: Row,
    number: int,
    users: Mapping[str, int],
    songs: Mapping[str, int],
    context: Sequence[str],
) -> Event:
    rating = _number(row["rating"])
    if not 1 <= rating <= 5:
        raise InvalidInput(f"Event row {number}: a rating is 1 to 5, not {row['rating']!r}.")
    return Event(
        user=users[_name(row["user"])],
        song=songs[_name(row["song"])],
        at=_seconds(row["time"], number),
        context=np.array([_number(row.get(name)) for name in context]),
        valence_after=_number(row.get("valence_after")),
        rating=rating,
        random=_number(row["random"]) == 1,
    )


def _features(rows: Sequence[Row], columns: Sequence[str]) -> tuple[Floats, Floats, Floats]:
    numbers: list[Floats] = []
    categories: dict[str, Floats] = {}
    for column in columns:
        if column == "song":
            continue
        texts = [(row.get(column) or "").strip() for row in rows]
        values = np.array([_number(text) for text in texts])
        written = sum(map(bool, texts))
        if _CATEGORY.search(column) or np.isfinite(values).sum() < written:
            members = _memberships(texts)
            if members.size:
                categories[column] = members
        elif (standard := _standardised(values)).any():
            numbers.append(standard)
    nothing = np.zeros((len(rows), 0))
    genre = next(
        (name for name in categories if "genre" in name.lower()), next(iter(categories), "")
    )
    return (
        _fewer(np.column_stack(numbers)) if numbers else nothing,
        np.hstack(list(categories.values())) if categories else nothing,
        categories.get(genre, nothing),
    )


def _memberships(texts: Sequence[str]) -> Floats:
    """One column for each of the most common values; a text may name several, "rock|pop"."""
    split = [{part.strip() for part in re.split(r"[|;]", text)} - {""} for text in texts]
    counts = Counter(part for parts in split for part in sorted(parts))
    common = [
        part for part, count in counts.most_common(_CATEGORIES) if count >= _SONGS_OF_A_CATEGORY
    ]
    return np.array([[float(part in parts) for part in common] for parts in split])


def _standardised(values: Floats) -> Floats:
    known = np.isfinite(values)
    spread = values[known].std() if known.any() else 0.0
    if spread == 0.0:
        return np.zeros(len(values))
    standard = np.clip((values - values[known].mean()) / spread, -_CLIP, _CLIP)
    return np.where(known, standard, 0.0)


def _fewer(numbers: Floats) -> Floats:
    if numbers.shape[1] <= _NUMBERS:
        return numbers
    left, strengths, _ = np.linalg.svd(numbers, full_matrices=False)
    components = left[:, :_NUMBERS] * strengths[:_NUMBERS]
    return np.asarray(components / components.std(0).mean(), np.float64)


def _name(text: str) -> str:
    """Names compare as text, but for numbers: 7 and 7.0 are the same song."""
    value = _number(text)
    return str(int(value)) if math.isfinite(value) and value == int(value) else text.strip()


def _number(text: str | None) -> float:
    try:
        value = float(text) if text else math.nan
    except ValueError:
        return math.nan
    return value if math.isfinite(value) else math.nan


def _seconds(text: str, number: int) -> float:
    value = _number(text)
    if math.isfinite(value):
        return value
    try:
        moment = datetime.fromisoformat(text.strip().replace("/", "-"))
    except ValueError as error:
        raise InvalidInput(f"Event row {number}: no time: {text!r}.") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
