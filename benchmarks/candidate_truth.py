"""What the exact ranking finds, and how near to that comes who looks at some songs only."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.candidate_world import Request, World
from today_feeling.domain.music import GENRES
from today_feeling.domain.recommend.choice import (
    MARGIN,
    TICK,
    WORDLESS,
    Knowledge,
    _best,
    _distance,
    _drawn,
    _prior,
    _shortlist,
)
from today_feeling.domain.recommend.pools import pools_of
from today_feeling.domain.recommend.songs import LANGUAGES, SPACE, Songs

Positions = NDArray[np.intp]
Scores = NDArray[np.float32]

BEST: Final = 20
"""So many of the best songs are to be found."""


class Weights(NamedTuple):
    """What a request asks of songs that nobody has rated: `features @ song` is all of it."""

    song: Scores
    standing: Scores
    """Of the two parts of a song's standing."""

    @staticmethod
    def of(request: Request) -> Weights:
        """The learned ones, and what ticks and the goal say beforehand: both are of features."""
        seen = request.known.seen.mean
        song = seen[: SPACE.songs].astype(np.float32)
        song[: len(GENRES)] += [TICK * (genre in request.wish.ticked) for genre in GENRES]
        if request.wish.goal == "focus":
            song[len(GENRES) + LANGUAGES.index("instrumental")] += WORDLESS
        return Weights(song, seen[SPACE.songs : SPACE.songs + 2].astype(np.float32))


class Loss(NamedTuple):
    """Of a request that looks at some songs only."""

    shortlist: float
    """Share that was found of the songs that the exact ranking looks at closely, 0..1."""
    best: float
    """The same of the best 20; any that are as good count."""
    regret: float
    """How much less is expected of the best one, in units of the reward (-1..1)."""
    chosen: float
    """How much less is expected of what is chosen in the end, on average; below 0 it is more."""
    farther: float
    """How much farther that is from where the goal leads, on average."""


@dataclass(frozen=True, slots=True)
class Truth:
    """Of one request, by the exact ranking."""

    songs: Songs
    request: Request
    expected: Scores
    """Of each song; -inf where it may not come."""
    shortlist: Positions
    chosen: tuple[float, float]

    @staticmethod
    def of(world: World, request: Request) -> Truth:
        """Score every song."""
        songs, weights = world.songs, Weights.of(request)
        expected: Scores = songs.features @ weights.song
        expected += request.known.standing @ weights.standing
        as_app = songs.features @ request.known.seen.mean[: SPACE.songs].astype(np.float32)
        as_app += request.known.standing @ weights.standing + _prior(songs, request.wish)
        assert np.allclose(expected, as_app, atol=1e-4), "ticks are no weights of features"
        expected[~pools_of(songs, request.wish).open] = -np.inf
        found = Truth(songs, request, expected, np.arange(0), (0.0, 0.0))
        listed, chosen = found._choice(expected)
        return replace(found, shortlist=listed, chosen=chosen)

    @property
    def near(self) -> Positions:
        """Songs that come into question."""
        best = self.expected.max()
        return np.flatnonzero(self.expected >= best - margin(float(best)))

    def loss(self, looked_at: Positions) -> Loss:
        """Of who looks at these songs only. All are lost where none of them may come."""
        masked = np.full_like(self.expected, -np.inf)
        masked[looked_at] = self.expected[looked_at]
        best = float(masked.max())
        if best == -np.inf:
            return Loss(0.0, 0.0, 2.0, 2.0, 2.0)
        least = np.partition(self.expected, -BEST)[-BEST] - 1e-5
        _, (reward, distance) = self._choice(masked)
        return Loss(
            float(np.isin(self.shortlist, looked_at).mean()),
            min(BEST, int(np.count_nonzero(masked >= least))) / BEST,
            float(self.expected.max()) - best,
            self.chosen[0] - reward,
            distance - self.chosen[1],
        )

    def _choice(self, expected: Scores) -> tuple[Positions, tuple[float, float]]:
        """The shortlist, and the mean expected reward and distance of what is chosen of it."""
        rng, known, wish = np.random.default_rng(12), self.request.known, self.request.wish
        listed = _shortlist(self.songs, expected, known, rng)
        close = np.column_stack([self.songs.features[listed], known.standing[listed]])
        drawn = _drawn(close, known.opinions[listed], known.seen, rng)
        drawn += _prior(self.songs, wish)[listed][:, None]
        best = listed[_best(self.songs, wish, listed, drawn)]
        away = 0.0
        if wish.target is not None:
            away = float(_distance(self.songs, best, wish.target).mean())
        return listed, (float(self.expected[best].mean()), away)


def margin(best: float) -> float:
    """How much worse than the best a song may be and still come into question."""
    return MARGIN if best >= 0 else 2 * MARGIN


def part(songs: Songs, request: Request, at: Positions) -> tuple[Songs, Request]:
    """The same request over some of the songs; `at` in ascending order."""
    columns = {
        each.name: getattr(songs, each.name)[at] for each in fields(songs) if each.name != "artists"
    }
    assert request.wish.allowed is not None
    wish = replace(request.wish, allowed=request.wish.allowed[at])
    known = request.known
    less = Knowledge(known.posterior, known.surprise[at], known.opinions[at], known.moment)
    return Songs(**columns, artists=songs.artists), replace(request, wish=wish, known=less)
