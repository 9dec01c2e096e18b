"""Which song comes next: a weighted draw over the genres that the user ticked for the emotion."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from today_feeling.domain.emotion import Emotion
from today_feeling.domain.goals import Goal
from today_feeling.domain.music import Genre, SourceId, Track
from today_feeling.errors import NothingToPlay

NO_REPEAT_WINDOW: Final = 20
"""So many of the last recommended songs do not come again."""

Origin = Literal["camera", "manual", "random"]
"""What asked for the song: the emotion seen, the emotion picked by hand, or nothing."""

ReasonCode = Literal[
    "source_fallback", "random", "liked_genre", "genre_for_emotion", "learned", "any_genre"
]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A song that can be played as far as anyone knows."""

    track_id: int
    genre: Genre
    source: SourceId


@dataclass(frozen=True, slots=True)
class Reason:
    """Why this song; fit to be told to the user."""

    code: ReasonCode
    genre: Genre | None
    """The genre that it is about, as the code says; None where any would have done."""
    emotion: Emotion | None
    instead_of: SourceId | None = None
    """The preferred source that could not be reached, with the code `source_fallback`."""
    liked: int | None = None
    """With the code `liked_genre`: so many songs of it the user liked in this emotion,"""
    heard: int | None = None
    """of so many that they rated."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen track."""

    track_id: int
    reason: Reason
    probability: float
    """With which the draw gives this track, 0..1: what learning from logged plays needs."""


@dataclass(frozen=True, slots=True)
class Mood:
    """What is known of the user's mood when a song is asked for."""

    emotion: Emotion | None
    origin: Origin
    confidence: float | None = None
    """0..1, of the emotion."""
    probabilities: tuple[float, ...] | None = None
    """Six, in the order of `EMOTIONS`."""
    goal: Goal = "match"
    """What the music is to do."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A track that was recommended to a user."""

    id: int
    created_at: datetime
    track: Track
    mood: Mood
    reason: Reason


def recommend(
    candidates: Sequence[Candidate],
    *,
    emotion: Emotion | None,
    ticked: Collection[Genre],
    sources: Sequence[SourceId],
    unavailable: Collection[SourceId] = (),
    recent: Sequence[int] = (),
    avoid: Collection[int] = (),
    rng: random.Random,
) -> Choice:
    """Draw the next track.

    Each ticked genre that has a song is equally likely, then each of its songs; where none is
    ticked, or the ticked ones have nothing to play, any song is. Of equals, the source that
    comes first in `sources` plays.

    `candidates`: what has not failed for this user, of any source. `ticked`: the genres for the
    emotion. `unavailable`: sources that cannot be reached now. `recent`: track ids that were
    recommended last, the newest first; the last 20 are left out, fewer where the pool is smaller.
    The very last one and those of `avoid` come only where there is nothing else.

    Raises `NothingToPlay` where no candidate is of an enabled source that can be reached.
    """
    enabled = [candidate for candidate in candidates if candidate.source in sources]
    reachable = [candidate for candidate in enabled if candidate.source not in unavailable]
    if not enabled:
        raise NothingToPlay("There is no song in the sources that are switched on.", "no_tracks")
    if not reachable:
        names = ", ".join(source for source in sources if source in unavailable)
        raise NothingToPlay(
            f"All songs are in a source that cannot be reached now: {names}.", "sources_unavailable"
        )

    of_ticked = [candidate for candidate in reachable if candidate.genre in ticked]
    pool = (
        _without_repeats(of_ticked, recent, avoid)
        or _without_repeats(reachable, recent, avoid)
        or reachable
    )
    from_ticked = bool(of_ticked) and pool[0].genre in ticked
    if from_ticked:
        genres = sorted({candidate.genre for candidate in pool})
        genre = rng.choice(genres)
        pool = [candidate for candidate in pool if candidate.genre == genre]
    pool = _of_first_source(pool, sources)
    chosen = rng.choice(pool)

    drawn_genre = chosen.genre if from_ticked else None
    preferred = sources[: sources.index(chosen.source)]
    passed_over = [
        source
        for source in preferred
        if source in unavailable and _has(enabled, source, drawn_genre)
    ]
    code: ReasonCode
    if passed_over:
        code = "source_fallback"
    elif emotion is None:
        code = "random"
    else:
        code = "genre_for_emotion" if from_ticked else "any_genre"
    return Choice(
        track_id=chosen.track_id,
        reason=Reason(code, drawn_genre, emotion, passed_over[0] if passed_over else None),
        probability=1 / len(pool) / (len(genres) if from_ticked else 1),
    )


def _without_repeats(
    pool: list[Candidate], recent: Sequence[int], avoid: Collection[int]
) -> list[Candidate]:
    """The pool less the recent tracks, of which the oldest come back where the pool is small."""
    never = {*recent[:1], *avoid}
    usable = [candidate for candidate in pool if candidate.track_id not in never]
    ids = {candidate.track_id for candidate in usable}
    heard = [track_id for track_id in dict.fromkeys(recent[:NO_REPEAT_WINDOW]) if track_id in ids]
    left_out = set(heard[: len(usable) - 1])
    return [candidate for candidate in usable if candidate.track_id not in left_out]


def _of_first_source(pool: Iterable[Candidate], sources: Sequence[SourceId]) -> list[Candidate]:
    by_rank = sorted(pool, key=lambda candidate: sources.index(candidate.source))
    return [candidate for candidate in by_rank if candidate.source == by_rank[0].source]


def _has(pool: Iterable[Candidate], source: SourceId, genre: Genre | None) -> bool:
    return any(
        candidate.source == source and (genre is None or candidate.genre == genre)
        for candidate in pool
    )
