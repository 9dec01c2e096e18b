"""The songs that may well be the best: exactly those that a look at every song would find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from today_feeling.domain.recommend.blocks import Numbers, Positions, runs
from today_feeling.domain.recommend.pools import Pool
from today_feeling.domain.recommend.standing import Standing

MARGIN: Final = 0.25
"""Less than a tick: what is so much worse than the best is not tried, unless the best is bad."""
_AT_ONCE = 400_000
"""Songs; so many are scored sooner than their blocks are told apart."""
_ROUNDING: Final = 1e-4
"""How much more a block may have than its bound says."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected of each song of a pool: so much of each thing that it is or has."""

    pool: Pool
    of_features: Numbers
    """[P]"""
    standing: Standing
    of_standing: Numbers
    """[2]"""
    of_kind: Numbers
    """Besides, of each kind, [K]; -inf of those that are not in the pool."""

    def near(self) -> tuple[Positions, Numbers]:
        """Songs that come into question, in ascending order, and what is expected of each."""
        songs = self.pool.songs
        if len(songs) <= _AT_ONCE:
            spans = [(0, len(songs))]
        else:
            bound = self._bound()
            best = self._best(bound)
            worth_a_look = bound >= best - margin(best) - _ROUNDING
            spans = [
                (int(songs.first[start]), int(songs.first[end]))
                for start, end in runs(worth_a_look)
            ]
        parts = [self._of(*span) for span in spans]
        best = max(float(part.max()) for part in parts)
        least = best - margin(best)
        near = [np.flatnonzero(part >= least) for part in parts]
        at = [positions + start for positions, (start, _) in zip(near, spans, strict=True)]
        expected = [part[positions] for part, positions in zip(parts, near, strict=True)]
        return np.concatenate(at), np.concatenate(expected)

    def _of(self, start: int, end: int) -> Numbers:
        """Of the songs from one position to another; -inf of those that are not in the pool."""
        songs, less = self.pool.songs, self.pool.less
        expected: Numbers = songs.features[start:end] @ self.of_features
        expected += self.standing.values[start:end] @ self.of_standing
        expected += self.of_kind[songs.kind[start:end]]
        expected[less[(less >= start) & (less < end)] - start] = -np.inf
        return expected

    def _bound(self) -> Numbers:
        """What is expected of no song of a block beyond, [B]."""
        songs = self.pool.songs
        most = songs.bounds.most(self.of_features) + self.standing.bounds.most(self.of_standing)
        bound: Numbers = most + self.of_kind[songs.kind[songs.first[:-1]]]
        return bound

    def _best(self, bound: Numbers) -> float:
        """What is expected of the best song."""
        first = self.pool.songs.first
        falling = np.argsort(-bound)
        best, done, few = -np.inf, 0, 4
        while done < len(falling) and bound[falling[done]] > best:
            for block in falling[done : done + few].tolist():
                of_block = self._of(int(first[block]), int(first[block + 1]))
                best = max(best, float(of_block.max()))
            done, few = done + few, 2 * few
        return best


def margin(best: float) -> float:
    """How much worse than the best a song may be and still come into question."""
    return MARGIN if best >= 0 else 2 * MARGIN
