"""Which songs may be chosen: by learning, and by the rule of the ticked genres."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.affect import Affect
from today_feeling.domain.goals import Goal
from today_feeling.domain.music import GENRES, SOURCES, Genre, SourceId
from today_feeling.domain.recommend.songs import Songs
from today_feeling.errors import NothingToPlay

NO_REPEAT_WINDOW: Final = 20
"""So many of the last songs do not come again."""

ARTIST_WINDOW: Final = 3
"""Artists of so many of the last songs do not come again."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a user asks for."""

    ticked: Collection[Genre]
    """For the emotion; none means anything."""
    sources: Sequence[SourceId]
    """In order of preference; others are off."""
    unavailable: Collection[SourceId] = ()
    recent: Sequence[int] = ()
    """Ids of the last songs, the newest first."""
    avoid: Collection[int] = ()
    """Not next, unless there is nothing else."""
    following: Sequence[int] = ()
    """Ids of songs that come later in any case, the next one first."""
    blocked: Collection[int] = ()
    """Never: banned, resting, or failed for good."""
    blocked_artists: Collection[str] = ()
    """Never; as `artist_key` writes them."""
    goal: Goal = "match"
    target: Affect | None = None
    """Where the next song is to be; None where no mood is known."""
    allowed: Flags | None = None
    """Which songs may come at all, [N]; None means all."""
    by_rule: bool = False
    """Leave the choice to the rule."""


@dataclass(frozen=True, slots=True)
class Pools:
    """What may be chosen."""

    open: Flags
    """Songs that may be chosen by learning."""
    rule: NDArray[np.intp]
    """Positions of the songs that the rule draws from."""
    genres: NDArray[np.intp]
    """Each equally likely by the rule; none where it draws from all songs alike."""

    def chance(self, songs: Songs, position: int) -> float:
        """Probability of the song by the rule."""
        if position not in self.rule:
            return 0.0
        if not self.genres.size:
            return 1 / len(self.rule)
        of_genre = np.count_nonzero(songs.genre[self.rule] == songs.genre[position])
        return 1 / len(self.genres) / of_genre


def pools_of(songs: Songs, wish: Wish) -> Pools:
    """What may be chosen now. Raises `NothingToPlay`."""
    enabled = _enabled(songs, wish)
    reachable = _reachable(songs, enabled, wish)
    if not enabled.any():
        raise NothingToPlay("There is no song in the sources that are switched on.", "no_tracks")
    if not reachable.any():
        names = ", ".join(source for source in wish.sources if source in wish.unavailable)
        raise NothingToPlay(
            f"All songs are in a source that cannot be reached now: {names}.", "sources_unavailable"
        )
    of_ticked = reachable & np.array([genre in wish.ticked for genre in GENRES])[songs.genre]
    lately = _Lately.of(songs, wish)
    ticked = lately.without(of_ticked)
    either = ticked | lately.without(reachable & ~of_ticked)
    if not either.any():
        either = reachable
    preferred = either & _of_preferred_source(songs, either, wish)
    others = _of_other_artists(songs, wish)
    by_rule = ticked.any()
    rule = np.flatnonzero(_unless_empty(preferred & ticked if by_rule else preferred, others))
    genres = np.flatnonzero(np.bincount(songs.genre[rule] if by_rule else []))
    learned = _unless_empty(preferred, others)
    learned[rule] = True  # rather an artist again than none of the ticked genres
    return Pools(learned, rule, genres)


def playable(songs: Songs, wish: Wish) -> Flags:
    """What could be heard now as far as anyone knows, whether it is wanted or not, [N]."""
    return _reachable(songs, _enabled(songs, wish), wish)


def _reachable(songs: Songs, enabled: Flags, wish: Wish) -> Flags:
    if not wish.unavailable:
        return enabled
    here = np.array([source not in wish.unavailable for source in SOURCES])
    reachable: Flags = enabled & here[songs.source]
    return reachable


def _enabled(songs: Songs, wish: Wish) -> Flags:
    enabled: Flags = np.array([source in wish.sources for source in SOURCES])[songs.source]
    if wish.allowed is not None:
        enabled &= wish.allowed
    enabled[songs.positions(list(wish.blocked))] = False
    artists = [songs.artists[each] for each in wish.blocked_artists if each in songs.artists]
    if artists:
        enabled &= ~np.isin(songs.artist, artists)
    return enabled


class _Lately(NamedTuple):
    """Positions of songs that are not to come now."""

    never: NDArray[np.intp]
    heard: NDArray[np.intp]
    """The last one first; the oldest of them come back where there is little else."""

    @staticmethod
    def of(songs: Songs, wish: Wish) -> _Lately:
        return _Lately(
            songs.positions([*wish.recent[:1], *wish.avoid, *wish.following]),
            songs.positions(list(dict.fromkeys(wish.recent[:NO_REPEAT_WINDOW]))),
        )

    def without(self, pool: Flags) -> Flags:
        """The pool less what was heard lately."""
        usable = pool.copy()
        usable[self.never] = False
        heard = self.heard[usable[self.heard]]
        usable[heard[: max(np.count_nonzero(usable) - 1, 0)]] = False
        return usable


def _of_preferred_source(songs: Songs, pool: Flags, wish: Wish) -> Flags:
    """Whether the source is the most preferred one that the pool has: asked for each ticked genre,
    and for all that is not ticked together. It holds for songs of the pool only.

    So a genre that only a less preferred source has is as likely as the others, and what the
    preferred source has of a genre comes before what others have of it.
    """
    kinds = len(GENRES) * len(SOURCES)
    kind = songs.genre * len(SOURCES) + songs.source
    # Counting all is several times quicker than picking out those of the pool.
    counts = np.bincount(kind + kinds * pool, minlength=2 * kinds)
    there = counts[kinds:].reshape(len(GENRES), len(SOURCES)) > 0
    if np.count_nonzero(there.any(0)) < 2:
        return pool
    rank = np.array([rank_of(source, wish) for source in range(len(SOURCES))])
    best = np.where(there, rank, len(SOURCES)).min(1)
    others = np.array([genre not in wish.ticked for genre in GENRES])
    best[others] = best[others].min(initial=len(SOURCES))
    preferred: Flags = (rank == best[:, None]).ravel()[kind]
    return preferred


def _of_other_artists(songs: Songs, wish: Wish) -> Flags:
    """Songs of none of the artists just before and just after."""
    near = [*wish.recent[:ARTIST_WINDOW], *wish.following[:ARTIST_WINDOW]]
    others = np.ones(len(songs), np.bool_)
    for artist in set(songs.artist[songs.positions(near)].tolist()) - {-1}:
        others &= songs.artist != artist
    return others


def _unless_empty(pool: Flags, less: Flags) -> Flags:
    """The part of the pool that `less` leaves, unless that is nothing."""
    left: Flags = pool & less
    return left if left.any() else pool


def rank_of(source: int, wish: Wish) -> int:
    """How many sources the user prefers to this one; more than all, where it is off."""
    name = SOURCES[source]
    return wish.sources.index(name) if name in wish.sources else len(SOURCES)
