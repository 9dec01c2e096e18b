"""Walk through a study in order of time: score each choice first, then learn from it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.evaluation.metrics import (
    Outcomes,
    Scorecard,
    chance_of_best,
    remove_regression_to_the_mean,
)
from today_feeling.domain.evaluation.policies import (
    Constant,
    GenreRule,
    ItemMean,
    Policy,
    Popularity,
    TodayFeeling,
)
from today_feeling.domain.evaluation.study import Event, Study
from today_feeling.errors import InvalidInput

BOOTSTRAPS: Final = 2000
_SEED: Final = 7


class Estimate(NamedTuple):
    """A figure with its bootstrap 95 % interval over people; NaN where nothing can be said."""

    value: float
    low: float
    high: float


Figures = Mapping[str, Estimate]
"""By name: auc, gauc, best_of_five_rating, best_of_five_like, mood_lift."""


def standard_policies(study: Study) -> dict[str, Policy]:
    """Ours and the baselines, fresh."""
    return {
        "today_feeling": TodayFeeling(study),
        "random": Constant(),
        "popularity": Popularity(study),
        "genre_rule": GenreRule(study),
        "item_mean": ItemMean(study),
    }


def evaluate(study: Study, policies: Mapping[str, Policy]) -> Mapping[str, Figures]:
    """What each policy is worth on the events that were shown at random.

    Every policy learns from every event, after it was scored. Raises `InvalidInput` where no
    event was random.
    """
    shown = [event for event in study.events if event.random]
    if not shown:
        raise InvalidInput("No event is random (column random = 1), so nothing can be compared.")
    pool = np.array([event.song for event in shown], np.intp)
    outcomes = _outcomes(shown)
    return {
        name: _with_intervals(Scorecard(outcomes, *_walk(study, policy, pool)))
        for name, policy in policies.items()
    }


def _walk(
    study: Study, policy: Policy, pool: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores of the songs shown at random, and their chances of being the best of five."""
    scores: list[float] = []
    best: list[float] = []
    for event in study.events:
        if event.random:
            of_pool = policy.scores(event, pool)
            # The pool holds the shown song too: its score there is the one that ties exactly.
            score = float(of_pool[len(scores)])
            scores.append(score)
            best.append(chance_of_best(score, of_pool))
        policy.learn(event)
    return np.array(scores), np.array(best)


def _outcomes(shown: list[Event]) -> Outcomes:
    before = np.array([event.valence_before for event in shown])
    after = np.array([event.valence_after for event in shown])
    _, people = np.unique([event.user for event in shown], return_inverse=True)
    return Outcomes(
        user=people,
        rating=np.array([event.rating for event in shown]),
        lift=remove_regression_to_the_mean(before, after),
    )


def _with_intervals(card: Scorecard) -> Figures:
    rng = np.random.default_rng(_SEED)
    people = card.people
    drawn = rng.multinomial(people, np.full(people, 1 / people), size=BOOTSTRAPS)
    samples = [card.figures(weights.astype(np.float64)) for weights in drawn]

    def estimate(name: str, value: float) -> Estimate:
        values = np.array([sample[name] for sample in samples])
        known = values[np.isfinite(values)]
        low, high = np.percentile(known, [2.5, 97.5]) if known.size else (math.nan, math.nan)
        return Estimate(value, float(low), float(high))

    whole = card.figures(np.ones(people))
    return {name: estimate(name, value) for name, value in whole.items()}
