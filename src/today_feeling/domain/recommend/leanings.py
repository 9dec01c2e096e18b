"""What was learned of a user's taste, in features that have names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from today_feeling.domain.music import GENRES
from today_feeling.domain.recommend.features import LANGUAGES, SPACE
from today_feeling.domain.recommend.hybrid import Floats, Posterior

Feature = Literal["genre", "language", "valence", "energy", "tempo", "year"]

FEATURES: Final[tuple[Feature, ...]] = get_args(Feature)

LEARNED_ENOUGH: Final = 5
"""From fewer plays nothing is told."""
SURE: Final = 0.8
"""So much of what is known must speak for the direction of a leaning."""
_DRAWS: Final = 400
_NAMED: Final[tuple[tuple[Feature, str | None], ...]] = (
    *(("genre", genre) for genre in GENRES),
    *(("language", language) for language in LANGUAGES),
    ("valence", None),
    ("energy", None),
    ("tempo", None),
    ("year", None),
)
"""As the features of `features.SPACE` stand; those behind them are no taste."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """A feature that the user likes more or less than others."""

    feature: Feature
    value: str | None
    """The genre or the language; None for what there is more or less of."""
    strength: float
    """In units of the reward (-1..1), for a song that has it, or more of it by one deviation."""
    sure: float
    """How probable its direction is, 0.8..1."""


def leanings(posterior: Posterior) -> list[Leaning]:
    """What can be told, the strongest first. A genre or language is beside the mean of them."""
    draws = posterior.draw(_DRAWS, np.random.default_rng(0))
    weights: Floats = SPACE.scales.song * draws[:, 1 : 1 + len(_NAMED)]
    for kind in ("genre", "language"):
        of_kind = [index for index, (feature, _) in enumerate(_NAMED) if feature == kind]
        weights[:, of_kind] -= weights[:, of_kind].mean(1, keepdims=True)
    found = []
    for (feature, value), drawn in zip(_NAMED, weights.T, strict=True):
        strength = float(drawn.mean())
        sure = float(np.mean(np.sign(drawn) == np.sign(strength)))
        if sure >= SURE:
            found.append(Leaning(feature, value, strength, sure))
    return sorted(found, key=lambda each: -abs(each.strength))
