"""An index of candidates (usearch, HNSW), and its rival: songs drawn at random."""

from __future__ import annotations

import time
from typing import Any, Final, NamedTuple

import numpy as np

from benchmarks.candidate_exact import standing_of_rated
from benchmarks.candidate_truth import Positions, Scores, Truth, Weights
from benchmarks.candidate_world import World
from today_feeling.domain.music import GENRES, SOURCES
from today_feeling.domain.recommend.songs import LANGUAGES, SPACE

ADDED: Final = 200
FORBIDDEN: Final = -1.0
"""What the query says of what may not come: far more than any margin."""


class Setting(NamedTuple):
    """Of an index."""

    metric: str
    """`ip`, or `cosine` of songs made equally long."""
    dtype: str
    connectivity: int
    wishes: bool = False
    """Whether the source is a feature, too, and the query says which languages and sources may
    not come."""


class Search(NamedTuple):
    """How it is asked."""

    candidates: int
    expansion: int


SETTINGS: Final = (
    Setting("ip", "f32", 16),
    Setting("ip", "f32", 32),
    *(Setting("cosine", dtype, links) for dtype in ("f32", "f16", "i8") for links in (16, 32)),
    Setting("cosine", "f32", 16, wishes=True),
)
CHOSEN: Final = Setting("cosine", "f32", 16, wishes=True)
SEARCHES: Final = (
    Search(500, 500),
    Search(500, 1024),
    Search(2000, 2000),
    Search(8000, 8000),
)
RANDOM: Final = (2000, 8000, 32_000)


class Rated:
    """The songs that somebody has rated: few, and scored all."""

    def __init__(self, world: World) -> None:
        self._at = np.flatnonzero(world.opinions)
        self._features = world.songs.features[self._at]
        self._standing = standing_of_rated(world)[self._at]

    def best(self, weights: Weights, count: int) -> Positions:
        """The best so many of them."""
        if count >= len(self._at):
            return self._at
        scores = self._features @ weights.song + self._standing @ weights.standing
        return self._at[np.argpartition(-scores, count)[:count]]


class Candidates:
    """An index over the songs of a world."""

    def __init__(self, world: World, setting: Setting) -> None:
        from usearch.index import Index

        self._world, self._setting = world, setting
        vectors = self._vectors(world.songs.features, world.songs.source)
        self._index: Any = Index(
            ndim=vectors.shape[1],
            metric="cos" if setting.metric == "cosine" else "ip",
            dtype=setting.dtype,
            connectivity=setting.connectivity,
        )
        began = time.process_time()
        self._index.add(np.arange(len(vectors)), vectors, threads=1)
        self.built_s = time.process_time() - began
        self.megabytes = self._index.memory_usage / 1e6
        began = time.process_time()
        for number in range(ADDED):
            self._index.add(len(vectors) + number, vectors[number], threads=1)
        self.added_ms = 1000 * (time.process_time() - began) / ADDED
        for number in range(ADDED):
            self._index.remove(len(vectors) + number)
        self._rated = Rated(world)

    def find(self, truth: Truth, search: Search) -> Positions:
        """Candidates of a request that may come, in ascending order; the best of the rated ones are
        among them."""
        weights, request = Weights.of(truth.request), truth.request
        query = np.zeros(self._index.ndim, np.float32)
        query[: SPACE.songs] = weights.song
        if self._setting.wishes:
            if request.kind == "no korean":
                query[len(GENRES) + LANGUAGES.index("ko")] += FORBIDDEN
            # Large sources have songs of every genre: those that are less preferred have no turn.
            off = [source != request.wish.sources[0] for source in SOURCES]
            query[SPACE.songs : SPACE.songs + len(SOURCES)] = np.where(off, FORBIDDEN, 0.0)
        self._index.expansion_search = search.expansion
        keys = self._index.search(query, search.candidates, threads=1).keys
        rated = self._rated.best(weights, search.candidates)
        found = np.union1d(np.asarray(keys, np.intp), rated)
        return found[truth.expected[found] > -np.inf]

    def _vectors(self, features: Scores, source: Positions) -> Scores:
        columns = [features]
        if self._setting.wishes:
            columns.append(np.eye(len(SOURCES), dtype=np.float32)[source])
        if self._setting.metric == "cosine":
            squares = sum(np.square(each).sum(1) for each in columns)
            columns.append(np.sqrt(np.max(squares) - squares)[:, None])
        return np.concatenate(columns, 1)


class Draws:
    """The rival of the index: songs drawn at random for each request."""

    def __init__(self, world: World) -> None:
        self._count, self._rng = len(world.songs), np.random.default_rng(14)
        self._rated = Rated(world)

    def find(self, truth: Truth, count: int) -> Positions:
        """As `Candidates.find`."""
        rated = self._rated.best(Weights.of(truth.request), count)
        found = np.union1d(self._rng.integers(self._count, size=count), rated)
        return found[truth.expected[found] > -np.inf]
