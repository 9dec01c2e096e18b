"""Exact ways to the same songs: what the ranking of today costs by parts, and simple rivals."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.candidate_truth import Positions, Scores, Truth, Weights, margin, part
from benchmarks.candidate_world import World
from today_feeling.domain.recommend.choice import pick
from today_feeling.domain.recommend.pools import pools_of
from today_feeling.domain.recommend.songs import Songs
from today_feeling.domain.recommend.space import standing

LEAF: Final = 512
CHUNK: Final = 16_384


@dataclass(frozen=True, slots=True)
class Blocks:
    """Songs that nobody has rated, sorted so that alike ones stand together, with the least and the
    largest value of each feature in each block: what no song of a block can exceed is known before
    it is looked at. Those that somebody has rated are few, and are always looked at.
    """

    at: Positions
    features: Scores
    first: Positions
    """Of each block; one more at the end."""
    low: Scores
    high: Scores
    rated: Positions
    rated_features: Scores

    @staticmethod
    def of(world: World) -> Blocks:
        """Sort them: by features that are 0 or 1, then halved by whatever differs most."""
        features, heard = world.songs.features, world.opinions > 0
        flags = np.all((features == 0) | (features == 1), 0)
        unheard = np.flatnonzero(~heard)
        bits = features[unheard][:, flags].astype(np.int64) @ (1 << np.arange(flags.sum()))
        order = np.argsort(bits, kind="stable")
        groups = np.split(unheard[order], np.flatnonzero(np.diff(bits[order])) + 1)
        leaves = [leaf for group in groups for leaf in _halved(group, features)]
        at, rated = np.concatenate(leaves), np.flatnonzero(heard)
        first = np.cumsum([0, *map(len, leaves)])
        sorted_features = np.ascontiguousarray(features[at])
        low = np.minimum.reduceat(sorted_features, first[:-1])
        high = np.maximum.reduceat(sorted_features, first[:-1])
        return Blocks(at, sorted_features, first, low, high, rated, features[rated])

    def near(self, weights: Weights, stand: Scores, may_come: NDArray[np.bool_]) -> Positions:
        """All songs that come into question, exactly, in ascending order.

        `stand`: of the rated ones. `may_come`: which songs, [N].
        """
        bound = self.high @ np.maximum(weights.song, 0) + self.low @ np.minimum(weights.song, 0)
        of_rated = self.rated_features @ weights.song + stand @ weights.standing
        of_rated[~may_come[self.rated]] = -np.inf
        best = float(of_rated.max(initial=-np.inf))
        falling = np.argsort(-bound)
        done, few = 0, 4
        while done < len(falling) and bound[falling[done]] > best:
            for block in falling[done : done + few]:
                span = slice(self.first[block], self.first[block + 1])
                scores = (self.features[span] @ weights.song)[may_come[self.at[span]]]
                best = max(best, float(scores.max(initial=-np.inf)))
            done, few = done + few, 2 * few
        least = best - margin(best)
        found = [self.rated[of_rated >= least]]
        for first, last in _runs(bound >= least - 1e-6):
            span = slice(self.first[first], self.first[last])
            near = self.at[span][self.features[span] @ weights.song >= least]
            found.append(near[may_come[near]])
        return np.sort(np.concatenate(found))

    def looked_at(self, weights: Weights, best: float) -> float:
        """Share of the songs whose block cannot be passed over, 0..1."""
        bound = self.high @ np.maximum(weights.song, 0) + self.low @ np.minimum(weights.song, 0)
        sizes = np.diff(self.first)
        return float(sizes[bound >= best - margin(best) - 1e-6].sum() / sizes.sum())


def _halved(group: Positions, features: Scores) -> Iterator[Positions]:
    if len(group) <= LEAF:
        yield group
        return
    column = int(features[group].std(0).argmax())
    order = group[np.argsort(features[group, column], kind="stable")]
    yield from _halved(order[: len(order) // 2], features)
    yield from _halved(order[len(order) // 2 :], features)


def _runs(flags: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Where flags that are set follow each other: first, and behind the last."""
    edges = np.flatnonzero(np.diff(flags, prepend=False, append=False))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def narrowed(songs: Songs) -> Songs:
    """The same with numbers no wider than needed."""
    return replace(
        songs,
        genre=songs.genre.astype(np.int8),
        source=songs.source.astype(np.int8),
        artist=songs.artist.astype(np.int32),
    )


def standing_of_rated(world: World) -> Scores:
    """What `standing` gives, with a logarithm of the rated songs only."""
    found = np.zeros((len(world.opinions), 2), np.float32)
    rated = np.flatnonzero(world.opinions != 0)  # of numbers themselves it is seven times slower
    found[rated] = standing(world.surprise[rated], world.opinions[rated])
    return found


def _in_chunks(features: Scores, weights: Scores) -> Scores:
    found = np.empty(len(features), np.float32)
    for first in range(0, len(features), CHUNK):
        span = slice(first, first + CHUNK)
        np.dot(features[span], weights, out=found[span])
    return found


class Ways:
    """Parts of the ranking of today, and what might replace some of them."""

    def __init__(self, world: World) -> None:
        songs, features = world.songs, world.songs.features
        self._world, self._narrow = world, narrowed(songs)
        self._columns = np.asfortranarray(features)
        flags = np.all((features == 0) | (features == 1), 0)
        kinds, kind = np.unique(features[:, flags], axis=0, return_inverse=True)
        self._flags, self._kinds, self._kind = flags, kinds, kind.astype(np.uint16)
        self._numbers = np.ascontiguousarray(features[:, ~flags])
        self._rng = np.random.default_rng(13)
        began = time.process_time()
        self.blocks = Blocks.of(world)
        self.built_s = time.process_time() - began
        self._stand = standing_of_rated(world)[self.blocks.rated]

    def calls(self, truth: Truth) -> dict[str, Callable[[], object]]:
        """One request each way."""
        world, songs, request = self._world, self._world.songs, truth.request
        weights = Weights.of(request)
        return {
            "ranking": lambda: pick(songs, request.wish, request.anew(), self._rng),
            "  standing of the songs": lambda: request.anew().standing,
            "  which may come": lambda: pools_of(songs, request.wish),
            "  features x weights": lambda: songs.features @ weights.song,
            "  standing x weights": lambda: request.known.standing @ weights.standing,
            "standing, of rated songs": lambda: standing_of_rated(world),
            "which may come, narrow numbers": lambda: pools_of(self._narrow, request.wish),
            "features x weights, by columns": lambda: self._columns @ weights.song,
            "features x weights, in chunks": lambda: _in_chunks(songs.features, weights.song),
            "features x weights, by kinds": lambda: self._by_kinds(weights.song),
            "blocks": lambda: self.near(truth),
            "blocks, and ranking what is near": lambda: self._ranked(truth),
        }

    def near(self, truth: Truth) -> Positions:
        """All songs that come into question, by blocks."""
        may_come = truth.expected > -np.inf
        return self.blocks.near(Weights.of(truth.request), self._stand, may_come)

    def told_of_blocks(self, truths: Sequence[Truth]) -> dict[str, float]:
        """How long sorting them took, CPU seconds, and the mean share of the songs that is looked
        at, 0..1."""
        looked_at = statistics.mean(
            self.blocks.looked_at(Weights.of(each.request), float(each.expected.max()))
            for each in truths
        )
        return {"built_s": round(self.built_s, 1), "looked_at": round(looked_at, 3)}

    def _ranked(self, truth: Truth) -> object:
        less, asked = part(self._world.songs, truth.request, self.near(truth))
        return pick(less, asked.wish, asked.anew(), self._rng)

    def _by_kinds(self, weights: Scores) -> Scores:
        found: Scores = np.take(self._kinds @ weights[self._flags], self._kind)
        found += self._numbers @ weights[~self._flags]
        return found
