"""Which songs may be chosen: by learning, and by the rule of the ticked genres.

A wish means whole kinds of songs, and a few songs that were heard, banned or have failed. So pools
are kinds less a few, and only the songs of an artist are looked for among all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.affect import Affect
from today_feeling.domain.goals import Goal
from today_feeling.domain.music import GENRES, SOURCES, Genre, SourceId
from today_feeling.domain.recommend.blocks import Positions
from today_feeling.domain.recommend.songs import Flags, Songs
from today_feeling.errors import NothingToPlay

NO_REPEAT_WINDOW: Final = 20
"""So many of the last songs do not come again."""

ARTIST_WINDOW: Final = 3
"""Artists of so many of the last songs do not come again."""


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
    user_id: int | None = None
    """Whose own songs may come besides everybody's."""
    allow: Callable[[str | None, bool | None], bool] | None = None
    """Whether songs in a language, with explicit words or without, may come at all; None: all."""
    by_rule: bool = False
    """Leave the choice to the rule."""


@dataclass(frozen=True)
class Pool:
    """Some of the songs: all of some kinds, less a few."""

    songs: Songs
    kinds: Flags
    """[K]"""
    less: Positions
    """Songs of these kinds that are not in it, in ascending order."""

    @cached_property
    def counts(self) -> Positions:
        """Songs of each kind that are in it, [K]."""
        missing = np.bincount(self.songs.kind[self.less], minlength=len(self.kinds))
        return self.songs.count * self.kinds - missing

    def __len__(self) -> int:
        return int(self.counts.sum())

    def has(self, positions: Positions) -> Flags:
        """Which of the songs at these positions are in it."""
        has: Flags = self.kinds[self.songs.kind[positions]]
        if self.less.size:
            has &= self.less.take(self.less.searchsorted(positions), mode="clip") != positions
        return has

    def positions(self) -> Positions:
        """All that are in it; this looks at every song."""
        flags = self.kinds[self.songs.kind]
        flags[self.less] = False
        return np.flatnonzero(flags)

    def of(self, kinds: Flags) -> Pool:
        """What it has of these kinds."""
        return self._with(self.kinds & kinds, self.less)

    def without(self, positions: Positions) -> Pool:
        """The same less the songs at these positions."""
        if not positions.size:
            return self
        less = np.sort(np.concatenate([self.less, positions]))
        again = less[1:] == less[:-1]
        return self._with(self.kinds, less if not again.any() else less[np.append(True, ~again)])

    def unless_empty(self, less: Positions) -> Pool:
        """The same without these songs, unless that is nothing."""
        return self.without(less) or self

    def _with(self, kinds: Flags, less: Positions) -> Pool:
        return Pool(self.songs, kinds, less[kinds[self.songs.kind[less]]])


@dataclass(frozen=True, slots=True)
class Pools:
    """What may be chosen."""

    open: Pool
    """Songs that may be chosen by learning."""
    rule: Pool
    """Songs that the rule draws from."""
    genres: NDArray[np.intp]
    """Each equally likely by the rule; none where it draws from all songs alike."""

    def draw(self, rng: np.random.Generator) -> int:
        """A song by the rule."""
        pool = self.rule
        if self.genres.size:
            pool = pool.of(pool.songs.genres == rng.choice(self.genres))
        return int(rng.choice(pool.positions()))

    def chance(self, position: int) -> float:
        """Probability of the song by the rule."""
        songs = self.rule.songs
        if not self.rule.has(np.array([position]))[0]:
            return 0.0
        if not self.genres.size:
            return 1 / len(self.rule)
        of_genre = songs.genres == songs.genres[songs.kind[position]]
        return 1 / len(self.genres) / int(self.rule.counts[of_genre].sum())


def pools_of(songs: Songs, wish: Wish) -> Pools:
    """What may be chosen now. Raises `NothingToPlay`."""
    enabled = _enabled(songs, wish)
    reachable = _reachable(enabled, wish)
    asked_for = np.array([genre in wish.ticked for genre in GENRES])[songs.genres]
    either = _without_lately(reachable, asked_for, wish) or reachable
    if not either:
        raise _nothing(enabled, wish)
    preferred = either.of(_of_preferred_source(either, wish))
    near = _of_artists_near(songs, wish)
    learned = preferred.unless_empty(near)
    if not preferred.counts[asked_for].any():
        return Pools(learned, learned, np.arange(0))
    rule = learned.of(asked_for)
    if not rule:
        # Rather an artist again than none of the ticked genres.
        rule = preferred.of(asked_for)
        learned = Pool(songs, learned.kinds, learned.less[~rule.has(learned.less)])
    return Pools(learned, rule, np.flatnonzero(np.bincount(songs.genres, rule.counts)))


def playable(songs: Songs, wish: Wish) -> Pool:
    """What could be heard now as far as anyone knows, whether it is wanted or not."""
    return _reachable(_enabled(songs, wish), wish)


def _nothing(enabled: Pool, wish: Wish) -> NothingToPlay:
    """Why there is nothing that could be heard now."""
    if not enabled:
        return NothingToPlay("There is no song in the sources that are switched on.", "no_tracks")
    names = ", ".join(source for source in wish.sources if source in wish.unavailable)
    return NothingToPlay(
        f"All songs are in a source that cannot be reached now: {names}.", "sources_unavailable"
    )


def _enabled(songs: Songs, wish: Wish) -> Pool:
    kinds = np.array([source in wish.sources for source in SOURCES])[songs.sources]
    kinds &= songs.of_user(wish.user_id)
    if wish.allow is not None:
        words, of_kind = songs.words
        kinds &= np.array([wish.allow(*each) for each in words], np.bool_)[of_kind]
    artists = [songs.artists[each] for each in wish.blocked_artists if each in songs.artists]
    everything = Pool(songs, kinds, np.arange(0))
    return everything.without(
        np.concatenate([songs.positions(list(wish.blocked)), songs.by_artists(artists)])
    )


def _reachable(enabled: Pool, wish: Wish) -> Pool:
    if not wish.unavailable:
        return enabled
    here = np.array([source not in wish.unavailable for source in SOURCES])
    return enabled.of(here[enabled.songs.sources])


def _without_lately(pool: Pool, asked_for: Flags, wish: Wish) -> Pool:
    """The pool less what is not to come now, and what was heard lately, the last one first: the
    oldest come back where there is little else of what is asked for, or of what is not."""
    songs = pool.songs
    pool = pool.without(songs.positions([*wish.recent[:1], *wish.avoid, *wish.following]))
    heard = songs.positions(list(dict.fromkeys(wish.recent[:NO_REPEAT_WINDOW])))
    heard = heard[pool.has(heard)]
    asked = asked_for[songs.kind[heard]]
    gone = [
        heard[asked == each][: max(int(pool.counts[asked_for == each].sum()) - 1, 0)]
        for each in (True, False)
    ]
    return pool.without(np.concatenate(gone))


def _of_preferred_source(pool: Pool, wish: Wish) -> Flags:
    """Of which kinds the source is the most preferred one that the pool has: asked for each ticked
    genre, and for all that is not ticked together. It holds for kinds of the pool only.

    So a genre that only a less preferred source has is as likely as the others, and what the
    preferred source has of a genre comes before what others have of it.
    """
    songs = pool.songs
    there = np.zeros((len(GENRES), len(SOURCES)), np.bool_)
    filled = pool.counts > 0
    there[songs.genres[filled], songs.sources[filled]] = True
    rank = np.array([rank_of(source, wish) for source in range(len(SOURCES))])
    best = np.where(there, rank, len(SOURCES)).min(1)
    others = np.array([genre not in wish.ticked for genre in GENRES])
    best[others] = best[others].min(initial=len(SOURCES))
    preferred: Flags = rank[songs.sources] == best[songs.genres]
    return preferred


def _of_artists_near(songs: Songs, wish: Wish) -> Positions:
    """Songs of the artists just before and just after."""
    near = songs.positions([*wish.recent[:ARTIST_WINDOW], *wish.following[:ARTIST_WINDOW]])
    return songs.by_artists(sorted(set(songs.artist[near].tolist()) - {-1}))


def rank_of(source: int, wish: Wish) -> int:
    """How many sources the user prefers to this one; more than all, where it is off."""
    name = SOURCES[source]
    return wish.sources.index(name) if name in wish.sources else len(SOURCES)
