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
from functools import cached_property

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

    The model as it is defined: `lesson` and `learner` come to the same in fewer steps.

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


def lesson(
    layout: Layout, own: Own, x: Floats, *, weight: float, reward: float
) -> tuple[Shared, Own]:
    """What changes in the sums when a play of a person with these sums comes to say something else.

    `x` [D] of the play. `weight`, and `reward` times its weight: less what the play said before.
    The first change is of what is left unexplained: `evidence` less what it adds to `explained`,
    in one step. Only the part of x that the person's own weights cannot stand for teaches anybody
    else; and where the weight stays the same, so do the matrices.
    """
    z = layout.of_own(x)
    foretold = _solve(_precision(layout, own), z)
    spread = float(z @ foretold)
    sure = weight / (1 + weight * spread)
    rest = x - foretold @ own.a
    surprise = reward - sure * (spread * reward + float(foretold @ own.b))
    return (
        Shared(np.outer(sure * rest, rest), surprise * rest),
        Own(np.outer(weight * z, x), reward * z),
    )


@dataclass(frozen=True)
class Seen:
    """What is known of some linear combinations of the weights."""

    mean: Floats
    """[q]"""
    covariance: Floats
    """[q, q]"""

    def draw(self, count: int, rng: np.random.Generator) -> Floats:
        """Values as they may be, [count, q]."""
        drawn: Floats = self.mean + rng.standard_normal((count, self.mean.size)) @ self._root.T
        return drawn

    @cached_property
    def _root(self) -> Floats:
        # Combinations of features that no song has do not vary at all.
        varies = self.covariance + 1e-9 * np.eye(self.mean.size)
        return np.asarray(np.linalg.cholesky(varies), np.float64)


@dataclass(frozen=True)
class Posterior:
    """What is known of the weights that hold for one person."""

    layout: Layout
    _shared: Shared
    """With the precision of the prior in it; see `explained`."""
    _own: Own
    _own_precision: Floats

    @staticmethod
    def of(layout: Layout, unexplained: Shared, own: Own) -> Posterior:
        """`unexplained`: see `explained`. `own`: of the person who is asked about."""
        shared = Shared(_with_prior(layout, unexplained.a), unexplained.b)
        return Posterior(layout, shared, own, _precision(layout, own))

    def through(self, lens: Floats) -> Seen:
        """What is known of `lens @ weights`, for a lens [q, D]: all that a request needs, in two
        small systems of equations.

        The person's own weights are linear in the shared ones and a noise of their own, so the
        lens is carried over to the shared ones, and both covariances add up.
        """
        layout = self.layout
        of_own = lens[:, layout.own] * layout.own_scale
        # Both matrices are symmetric, so that only the lens has to be solved for.
        own = _solve(self._own_precision, of_own.T)
        of_shared = lens - own.T @ self._own.a
        shared = _solve(self._shared.a, of_shared.T)
        return Seen(
            shared.T @ self._shared.b + own.T @ self._own.b,
            layout.noise * (of_shared @ shared + of_own @ own),
        )

    def draw(self, count: int, rng: np.random.Generator) -> Floats:
        """Weights as they may be, [count, D]."""
        return self.through(np.eye(self.layout.size)).draw(count, rng)


def _precision(layout: Layout, own: Own) -> Floats:
    """Of the person's own weights, where the shared ones are known, [k, k]."""
    return _with_prior(layout, own.a[:, layout.own] * layout.own_scale)


def _with_prior(layout: Layout, sums: Floats) -> Floats:
    precision = sums.copy()
    precision.flat[:: len(precision) + 1] += layout.noise
    return precision


def _solve(matrix: Floats, right: Floats) -> Floats:
    return np.asarray(np.linalg.solve(matrix, right), np.float64)
