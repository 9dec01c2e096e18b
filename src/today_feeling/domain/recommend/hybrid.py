"""A linear model of liking: weights shared by all people, and a small block for each person.

    reward = x·w + z·v + noise,     z = own_scale * x[own]

`w` is shared, `v` is the person's own, and both start as normal with mean 0 and variance 1: how
far they may go is set by the scale of the features. This is the hybrid linear model of Li et al.
2010 (arXiv 1003.0146) with a person in the place of an arm. What was learned is a sum over plays
of products of features and rewards, so the sums of several workers add up exactly to what one
worker would have learned; and a play can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which features there are, and which of them a person weighs in a way of their own."""

    size: int
    """Number of features D."""
    own: NDArray[np.intp]
    """Indices of the k features with a weight for each person."""
    own_scale: Floats
    """How far a person may differ in each of them, in units of the shared prior, [k]."""
    noise: float
    """Variance of a reward that features and taste do not explain."""

    def no_shared(self) -> Shared:
        """Nothing learned yet."""
        return Shared(np.zeros((self.size, self.size)), np.zeros(self.size))

    def no_own(self) -> Own:
        """Nothing learned of this person yet."""
        return Own(np.zeros((self.own.size, self.size)), np.zeros(self.own.size))

    def of_own(self, x: Floats) -> Floats:
        """The features z [..., k] of the person's own block, from x [..., D]."""
        z: Floats = x[..., self.own] * self.own_scale
        return z


@dataclass(frozen=True, slots=True)
class Own:
    """Sums over the plays of one person."""

    a: Floats
    """Of z xᵀ, [k, D]."""
    b: Floats
    """Of z times reward, [k]."""

    def __add__(self, other: Own) -> Own:
        return Own(self.a + other.a, self.b + other.b)


@dataclass(frozen=True, slots=True)
class Shared:
    """Sums over the plays of all people."""

    a: Floats
    """Of x xᵀ, [D, D]."""
    b: Floats
    """Of x times reward, [D]."""

    def __add__(self, other: Shared) -> Shared:
        return Shared(self.a + other.a, self.b + other.b)

    def __sub__(self, other: Shared) -> Shared:
        return Shared(self.a - other.a, self.b - other.b)


def evidence(layout: Layout, x: Floats, reward: float, weight: float = 1.0) -> tuple[Shared, Own]:
    """What one play adds to the sums; with a negative `weight` it is taken back.

    `x` [D]. `reward` is less whatever is known without learning. `weight`: how many full
    opinions the play is worth.
    """
    weighted, z = weight * x, layout.of_own(x)
    return Shared(np.outer(weighted, x), weighted * reward), Own(
        np.outer(z, weighted), weight * reward * z
    )


def explained(layout: Layout, own: Own) -> Shared:
    """What the person's own taste explains of their part of the shared sums.

    The shared weights are learned from `sum of Shared - sum of explained(Own)`: what is left when
    every person's own block is integrated out.
    """
    taken = _solve(_precision(layout, own), np.column_stack([own.a, own.b]))
    return Shared(own.a.T @ taken[:, :-1], own.a.T @ taken[:, -1])


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is known of the weights that hold for one person."""

    layout: Layout
    mean: Floats
    """Of the weights of x, the person's own included, [D]."""
    _shared: Floats
    _shared_precision: Floats
    _own: Own
    _own_precision: Floats

    @staticmethod
    def of(layout: Layout, unexplained: Shared, own: Own) -> Posterior:
        """`unexplained`: see `explained`. `own`: of the person who is asked about."""
        precision = unexplained.a + layout.noise * np.eye(layout.size)
        shared = _solve(precision, unexplained.b)
        own_precision = _precision(layout, own)
        mean = shared.copy()
        mean[layout.own] += layout.own_scale * _solve(own_precision, own.b - own.a @ shared)
        return Posterior(layout, mean, shared, precision, own, own_precision)

    def draw(self, count: int, rng: np.random.Generator) -> Floats:
        """Weights as they may be, [count, D]."""
        layout, spread = self.layout, np.sqrt(self.layout.noise)
        drawn = self._shared[:, None] + spread * _solve(
            _root(self._shared_precision).T, rng.standard_normal((layout.size, count))
        )
        own = _solve(
            self._own_precision, self._own.b[:, None] - self._own.a @ drawn
        ) + spread * _solve(
            _root(self._own_precision).T, rng.standard_normal((layout.own.size, count))
        )
        drawn[layout.own] += layout.own_scale[:, None] * own
        weights: Floats = drawn.T
        return weights


def _precision(layout: Layout, own: Own) -> Floats:
    """Of the person's own weights, where the shared ones are known, [k, k]."""
    precision: Floats = own.a[:, layout.own] * layout.own_scale + layout.noise * np.eye(
        layout.own.size
    )
    return precision


def _solve(matrix: Floats, right: Floats) -> Floats:
    return np.asarray(np.linalg.solve(matrix, right), np.float64)


def _root(matrix: Floats) -> Floats:
    return np.asarray(np.linalg.cholesky(matrix), np.float64)
