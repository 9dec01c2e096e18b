"""What a policy's scores are worth on events whose songs were shown uniformly at random.

Best-of-five is a replay (Li et al. 2011): had the person been offered five songs of the pool and
heard the one with the highest score, how would it have gone? The song that was really shown is
that one with the probability that four others score lower, and its outcome counts so much.
All estimates are sums over people, or over pairs of people, so that a bootstrap over people only
weighs them anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FIGURES: Final = ("auc", "gauc", "best_of_five_rating", "best_of_five_like", "mood_lift")
"""What is told of a policy."""

OFFERED: Final = 5
_LIKED_FROM: Final = 4.0


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What followed the random events, one entry for each, and who they belong to."""

    user: NDArray[np.intp]
    """0 .. number of people - 1."""
    rating: Floats
    """1-5."""
    lift: Floats
    """Change of valence less the regression to the mean; NaN where it was not measured."""

    @property
    def liked(self) -> NDArray[np.bool_]:
        """Rated 4 or more."""
        return self.rating >= _LIKED_FROM


def remove_regression_to_the_mean(before: Floats, after: Floats) -> Floats:
    """Change of valence, less what the starting mood alone predicts around the mean start.

    Bad moods get better and good ones worse by themselves: the slope of the change over `before`
    is taken out, and the mean change stays. NaN where either is missing.
    """
    change = after - before
    known = np.isfinite(change)
    centred = before - before[known].mean() if known.any() else before
    spread = float(np.sum(centred[known] ** 2))
    slope = float(np.sum(centred[known] * change[known])) / spread if spread > 0 else 0.0
    lift: Floats = change - slope * centred
    return lift


def chance_of_best(score: float, pool: Floats, offered: int = OFFERED) -> float:
    """Probability that a song of this score is picked among `offered` draws, times their number.

    The others are drawn from `pool` with replacement; ties are broken at random.
    Its mean over the pool is 1.
    """
    below = float(np.mean(pool < score))
    tied = float(np.mean(pool == score))
    if tied == 0.0:
        return float(offered * below ** (offered - 1))
    return ((below + tied) ** offered - below**offered) / tied


class Scorecard:
    """AUC, GAUC and best-of-five of one policy, for any weights of the people."""

    def __init__(self, outcomes: Outcomes, scores: Floats, best: Floats) -> None:
        """`scores`: of the songs shown. `best`: their `chance_of_best`."""
        self.people = people = int(outcomes.user.max()) + 1
        belongs = np.eye(people)[outcomes.user]
        liked = outcomes.liked
        wins = (scores[:, None] > scores[None, :]) + 0.5 * (scores[:, None] == scores[None, :])
        positive, negative = belongs * liked[:, None], belongs * ~liked[:, None]
        self._wins = positive.T @ wins @ negative
        self._pairs = np.outer(positive.sum(0), negative.sum(0))
        own = np.diag(self._pairs)
        self._own_auc = np.divide(np.diag(self._wins), own, out=np.zeros(people), where=own > 0)
        self._counts = np.where(own > 0, belongs.sum(0), 0.0)
        self._best = belongs.T @ best
        self._rating = belongs.T @ (best * outcomes.rating)
        self._like = belongs.T @ (best * liked)
        known = np.isfinite(outcomes.lift)
        self._lift_best = belongs.T @ (best * known)
        self._lift = belongs.T @ (best * np.where(known, outcomes.lift, 0.0))

    def figures(self, weights: Floats) -> Mapping[str, float]:
        """Each person counts `weights` times; NaN where nothing can be said."""
        values = (
            _ratio(weights @ self._wins @ weights, weights @ self._pairs @ weights),
            _ratio(weights @ (self._counts * self._own_auc), weights @ self._counts),
            _ratio(weights @ self._rating, weights @ self._best),
            _ratio(weights @ self._like, weights @ self._best),
            _ratio(weights @ self._lift, weights @ self._lift_best),
        )
        return dict(zip(FIGURES, values, strict=True))


def _ratio(above: np.float64 | Floats, below: np.float64 | Floats) -> float:
    return float(above) / float(below) if below > 0 else float("nan")
