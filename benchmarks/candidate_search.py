"""What a request should find, and what finds it: a look at every song, blocks, an index."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from benchmarks.candidate_world import Request, World
from today_feeling.domain.music import GENRES, SOURCES
from today_feeling.domain.recommend import near
from today_feeling.domain.recommend.blocks import Numbers, Positions
from today_feeling.domain.recommend.choice import TICK, WORDLESS, expectation, prior_of
from today_feeling.domain.recommend.features import LANGUAGES, SPACE
from today_feeling.domain.recommend.near import Expectation
from today_feeling.domain.recommend.pools import pools_of

BEST: Final = 20
"""So many of the best songs are to be found."""
FORBIDDEN: Final = -1.0
"""What the query says of what may not come: far more than any margin."""


class Setting(NamedTuple):
    """Of an index."""

    metric: str
    dtype: str
    connectivity: int
    wishes: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """Of one request, by looking at every song."""

    request: Request
    asked: Expectation
    near: Positions
    """Songs that come into question."""
    expected: Numbers
    """Of all songs, [N]; -inf of those that do not."""

    @staticmethod
    def of(world: World, request: Request) -> Truth:
        """Look at every song."""
        wish = request.wish
        asked = expectation(
            pools_of(world.songs, wish).open, request.known, prior_of(world.songs, wish)
        )
        with every_song():
            found, expected = asked.near()
        of_all = np.full(len(world.songs), -np.inf, np.float32)
        of_all[found] = expected
        return Truth(request, asked, found, of_all)

    def recall(self, found: Positions) -> float:
        """Share of the best songs that is among these, 0..1; any that are as good count."""
        best = min(BEST, len(self.near))
        least = np.partition(self.expected, -best)[-best] - 1e-5
        return min(best, int(np.count_nonzero(self.expected[found] >= least))) / best


class Index:
    """An approximate one over the songs of a world."""

    def __init__(self, world: World, setting: Setting) -> None:
        from usearch.index import Index as Graph

        self._songs, self._setting = world.songs, setting
        self._rated = np.flatnonzero(world.opinions)
        vectors = self._vectors()
        self._graph: Any = Graph(
            ndim=vectors.shape[1],
            metric="cos" if setting.metric == "cosine" else "ip",
            dtype=setting.dtype,
            connectivity=setting.connectivity,
        )
        began = time.process_time()
        self._graph.add(np.arange(len(vectors)), vectors, threads=1)
        self.told = {
            **setting._asdict(),
            "built_s": round(time.process_time() - began, 1),
            "megabytes": round(self._graph.memory_usage / 1e6, 1),
        }

    def find(self, truth: Truth, candidates: int) -> Positions:
        """So many candidates of a request, and the rated songs, less those that may not come."""
        wish, asked = truth.request.wish, truth.asked
        query = np.zeros(self._graph.ndim, np.float32)
        query[: SPACE.songs] = asked.of_features
        # What ticks and the goal say of kinds is said of the features that make them.
        query[: len(GENRES)] += [TICK * (genre in wish.ticked) for genre in GENRES]
        query[len(GENRES) + LANGUAGES.index("instrumental")] += WORDLESS * (wish.goal == "focus")
        if self._setting.wishes:
            if truth.request.kind == "no korean":
                query[len(GENRES) + LANGUAGES.index("ko")] += FORBIDDEN
            # Large sources have songs of every genre: those that are less preferred have no turn.
            off = [source != wish.sources[0] for source in SOURCES]
            query[SPACE.songs : SPACE.songs + len(SOURCES)] = np.where(off, FORBIDDEN, 0.0)
        self._graph.expansion_search = candidates
        keys = np.asarray(self._graph.search(query, candidates, threads=1).keys, np.intp)
        found = np.union1d(keys, self._rated)
        return found[asked.pool.has(found)]

    def _vectors(self) -> Numbers:
        songs = self._songs
        columns = [songs.features]
        if self._setting.wishes:
            columns.append(np.eye(len(SOURCES), dtype=np.float32)[songs.sources[songs.kind]])
        if self._setting.metric == "cosine":
            squares = sum(np.square(each).sum(1) for each in columns)
            columns.append(np.sqrt(np.max(squares) - squares)[:, None])
        return np.ascontiguousarray(np.concatenate(columns, 1))


@contextmanager
def every_song() -> Iterator[None]:
    """Nothing is passed over meanwhile."""
    with _at_once(sys.maxsize):
        yield


@contextmanager
def in_blocks() -> Iterator[None]:
    """Blocks are passed over, however few songs there are."""
    with _at_once(0):
        yield


@contextmanager
def _at_once(songs: int) -> Iterator[None]:
    before, near._AT_ONCE = near._AT_ONCE, songs
    yield
    near._AT_ONCE = before
