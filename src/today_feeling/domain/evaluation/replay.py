"""Walk through a study in order of time: score each choice first, then learn from it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.evaluation.metrics import (
    FIGURES,
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


_UNKNOWN: Final = Estimate(math.nan, math.nan, math.nan)

Figures = Mapping[str, Estimate]
"""By the names of `FIGURES`."""


def standard_policies(study: Study) -> dict[str, Policy | None]:
    """Ours and the baselines, fresh; None for a rule of genres where the songs name none."""
    return {
        "today_feeling": TodayFeeling(study),
        "random": Constant(),
        "popularity": Popularity(study),
        "genre_rule": GenreRule(study) if study.genres.size else None,
        "item_mean": ItemMean(study),
    }


def evaluate(study: Study, policies: Mapping[str, Policy | None]) -> Mapping[str, Figures]:
    """What each policy is worth on the events that were shown at random.

    Every policy learns from every event, after it was scored. Of None nothing can be said: NaN.
    Raises `InvalidInput` where no event was random.
    """
    shown = [event for event in study.events if event.random]
    if not shown:
        raise InvalidInput("No event is random (column random = 1), so nothing can be compared.")
    pool = np.array([event.song for event in shown], np.intp)
    outcomes = _outcomes(shown)
    return {
        name: _with_intervals(Scorecard(outcomes, *_walk(study, policy, pool)))
        if policy is not None
        else dict.fromkeys(FIGURES, _UNKNOWN)
        for name, policy in policies.items()
    }


def _walk(
    study: Study, policy: Policy, pool: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores of the songs shown at random, and their chances of being the best of five."""
    # A song that was shown often is scored once: sums in another order would not tie exactly.
    songs, shown = np.unique(pool, return_inverse=True)
    scores: list[float] = []
    best: list[float] = []
    for event in study.events:
        if event.random:
            of_pool = policy.scores(event, songs)[shown]
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
