"""What simulated people like about songs, in ways that a model may or may not be able to say.

Each kind of taste is one law for everybody and a variation of it for each person. Only `linear`
is a law that a linear model of the shown features can learn whole; it is our own model's family,
so no figure of it alone says how the recommender does on people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rng = np.random.Generator

Taste = Literal["linear", "peaks", "steps", "meetings", "company"]
"""Weights of features; nearness to favourite sounds; thresholds; products of features and of
features with genres; a few groups of like-minded people whose reasons no feature shows."""

TASTES: Final[tuple[Taste, ...]] = get_args(Taste)

_PEAKS: Final = 3
_STEPS: Final = 6
_MEETINGS: Final = 6
_GROUPS: Final = 4

Judge = Callable[[Floats, NDArray[np.intp], int, Rng], Floats]
"""How `count` people like songs, by features [S, F] and genre [S]: [count, S], of any scale."""


def tastes(
    kind: Taste, features: Floats, genre: NDArray[np.intp], people: int, draw: Rng
) -> tuple[Floats, Floats]:
    """How everybody likes each song, and how each person does beside that, both [people, S] with
    mean 0 and standard deviation 1."""
    judge = _JUDGES[kind]
    shared = unit(judge(features, genre, 1, draw))
    return np.tile(shared, (people, 1)), unit(judge(features, genre, people, draw))


def unit(values: Floats) -> Floats:
    """The same with mean 0 and standard deviation 1."""
    scaled: Floats = (values - values.mean()) / values.std()
    return scaled


def _linear(features: Floats, genre: NDArray[np.intp], count: int, draw: Rng) -> Floats:
    del genre
    liking: Floats = draw.normal(size=(count, features.shape[1])) @ features.T
    return liking


def _peaks(features: Floats, genre: NDArray[np.intp], count: int, draw: Rng) -> Floats:
    del genre
    liking = np.empty((count, len(features)))
    for person in range(count):
        favourites = features[draw.integers(len(features), size=_PEAKS)]
        away = ((features[:, None] - favourites[None]) ** 2).mean(2)
        liking[person] = np.exp(-1.5 * away).max(1)
    return liking


def _steps(features: Floats, genre: NDArray[np.intp], count: int, draw: Rng) -> Floats:
    del genre
    liking = np.zeros((count, len(features)))
    for person in range(count):
        for _ in range(_STEPS):
            one, other = draw.choice(features.shape[1], 2, replace=False)
            holds = features[:, one] > draw.normal(0, 0.7)
            if draw.random() < 0.5:
                holds &= features[:, other] > draw.normal(0, 0.7)
            liking[person] += draw.normal() * holds
    return liking


def _meetings(features: Floats, genre: NDArray[np.intp], count: int, draw: Rng) -> Floats:
    liking = np.zeros((count, len(features)))
    for person in range(count):
        for _ in range(_MEETINGS):
            one, other = draw.choice(features.shape[1], 2, replace=False)
            liking[person] += draw.normal() * features[:, one] * features[:, other]
        of_genre = draw.normal(size=(genre.max() + 1, features.shape[1]))
        liking[person] += 0.7 * np.sum(of_genre[genre] * features, axis=1)
    return liking


def _company(features: Floats, genre: NDArray[np.intp], count: int, draw: Rng) -> Floats:
    del genre
    of_group = draw.normal(size=(_GROUPS, len(features)))
    liking: Floats = of_group[draw.integers(_GROUPS, size=count)]
    return liking + 0.3 * draw.normal(size=liking.shape)


_JUDGES: Final[Mapping[Taste, Judge]] = MappingProxyType(
    {
        "linear": _linear,
        "peaks": _peaks,
        "steps": _steps,
        "meetings": _meetings,
        "company": _company,
    }
)
