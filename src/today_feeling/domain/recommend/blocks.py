"""Songs in blocks of alike ones, so that a block in which none can be good enough is passed over.

Of each block the least and the largest value of each feature are known, and with them what none of
its songs can exceed. Unlike an approximate index this finds exactly what a look at all would find;
docs/adr/candidate-index.md has both side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.intp]
Numbers = NDArray[np.float32]

BLOCK: Final = 512
"""No block has more songs."""
_TAKEN_ALONG: Final = 4


class Bounds(NamedTuple):
    """What the values of the songs of B blocks lie between, [B, P] each."""

    low: Numbers
    high: Numbers

    @staticmethod
    def of(values: Numbers, first: Positions) -> Bounds:
        """Of values [N, P]. `first`: where each block begins, and N at the end; none is empty."""
        if len(first) == 1:
            return Bounds(values[:0], values[:0])
        return Bounds(
            np.minimum.reduceat(values, first[:-1]), np.maximum.reduceat(values, first[:-1])
        )

    def most(self, weights: Numbers) -> Numbers:
        """What no song of a block has more of than, `values @ weights`, [B]."""
        most: Numbers = self.high @ np.maximum(weights, 0) + self.low @ np.minimum(weights, 0)
        return most


def arranged(kind: NDArray[np.integer], features: Numbers) -> tuple[Positions, Positions]:
    """An order of the songs in which each block is of one kind, and where its blocks begin.

    `kind` [N], `features` [N, P]. What is too much for a block is halved by the feature that
    differs most. Equal songs stay in their order.
    """
    order = np.argsort(kind, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(kind[order])) + 1) if len(order) else []
    blocks = [block for group in groups for block in _halved(group, features)]
    first = np.cumsum([0, *map(len, blocks)]).astype(np.intp)
    return np.concatenate([order[:0], *blocks]), first


def runs(flags: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Where flags that are set follow each other: the first of them, and behind the last. Up to
    four between them that are not set are taken along: to leave them out would take longer."""
    edges = np.flatnonzero(np.diff(flags, prepend=False, append=False))
    gaps = edges[1:-1].reshape(-1, 2)
    left_out = gaps[gaps[:, 1] - gaps[:, 0] > _TAKEN_ALONG]
    edges = np.concatenate([edges[:1], left_out.ravel(), edges[-1:]])
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _halved(group: Positions, features: Numbers) -> Iterator[Positions]:
    if len(group) <= BLOCK:
        yield group
        return
    column = features[group, int(features[group].std(0).argmax())]
    order = group[np.argsort(column, kind="stable")]
    yield from _halved(order[: len(order) // 2], features)
    yield from _halved(order[len(order) // 2 :], features)
