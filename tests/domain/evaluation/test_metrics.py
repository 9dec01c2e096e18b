from __future__ import annotations

import math

import numpy as np
import pytest

from today_feeling.domain.evaluation.metrics import (
    Outcomes,
    Scorecard,
    chance_of_best,
    remove_regression_to_the_mean,
)


def outcomes(user: list[int], rating: list[float], lift: list[float] | None = None) -> Outcomes:
    return Outcomes(
        np.array(user), np.array(rating), np.array(lift or [0.0] * len(user), np.float64)
    )


def figures(of: Outcomes, scores: list[float], weights: list[float] | None = None) -> object:
    values = np.array(scores)
    best = np.array([chance_of_best(score, values) for score in scores])
    card = Scorecard(of, values, best)
    return card.figures(np.array(weights or [1.0] * card.people))


def test_auc_counts_pairs_and_halves_ties() -> None:
    of = outcomes([0, 0, 1, 1], [5, 1, 4, 2])
    assert figures(of, [4, 1, 3, 2])["auc"] == 1.0  # type: ignore[index]
    assert figures(of, [1, 1, 1, 1])["auc"] == 0.5  # type: ignore[index]
    assert figures(of, [2, 3, 4, 1])["auc"] == 0.75  # type: ignore[index]


def test_gauc_compares_within_a_person_only() -> None:
    of = outcomes([0, 0, 1, 1, 2], [5, 1, 4, 2, 5])
    # Person 1 gets lower scores than person 0, person 2 has nothing to compare.
    assert figures(of, [9, 8, 2, 1, 0])["gauc"] == 1.0  # type: ignore[index]
    assert figures(of, [9, 8, 1, 2, 0])["gauc"] == 0.5  # type: ignore[index]


def test_a_person_of_weight_two_is_that_person_twice() -> None:
    rng = np.random.default_rng(1)
    user, rating = rng.integers(3, size=30).tolist(), rng.integers(1, 6, size=30).tolist()
    scores = rng.normal(size=30).round(1).tolist()
    doubled = [number for number, who in enumerate(user) if who == 1]
    best = np.array([chance_of_best(score, np.array(scores)) for score in scores])
    weighted = Scorecard(outcomes(user, rating), np.array(scores), best)
    again = np.array([*range(30), *doubled])
    people = [*user, *([3] * len(doubled))]
    twice = Scorecard(
        outcomes(people, np.array(rating)[again].tolist()), np.array(scores)[again], best[again]
    )
    one, other = weighted.figures(np.array([1.0, 2.0, 1.0])), twice.figures(np.ones(4))
    for name in one:
        assert one[name] == pytest.approx(other[name]), name


@pytest.mark.parametrize("scores", [[1, 2, 3, 4, 5, 6, 7], [1, 1, 2, 2, 2, 3, 3], [1] * 7])
def test_the_chance_of_being_best_is_that_of_drawing_five(scores: list[float]) -> None:
    pool = np.array(scores, np.float64)
    rng = np.random.default_rng(2)
    draws = rng.integers(len(pool), size=(200_000, 5))
    jitter = pool[draws] + 1e-6 * rng.random(draws.shape)
    picked = np.take_along_axis(draws, jitter.argmax(1)[:, None], 1)[:, 0]
    share = np.bincount(picked, minlength=len(pool)) / len(picked)
    chances = [chance_of_best(score, pool) / len(pool) for score in scores]
    assert sum(chances) == pytest.approx(1)
    np.testing.assert_allclose(chances, share, atol=0.005)


def test_regression_to_the_mean_leaves_nothing_of_moods_that_only_return() -> None:
    rng = np.random.default_rng(3)
    before = rng.normal(size=4000)
    after = 0.1 + 0.5 * before + 0.3 * rng.normal(size=4000)
    lift = remove_regression_to_the_mean(before, after)
    assert abs(np.corrcoef(lift, before)[0, 1]) < 1e-9
    assert lift.mean() == pytest.approx((after - before).mean())
    assert remove_regression_to_the_mean(before, after + 0.2).mean() == pytest.approx(
        lift.mean() + 0.2
    )


def test_events_without_a_mood_tell_nothing_of_the_lift() -> None:
    before, after = np.array([0.0, math.nan, 0.5]), np.array([0.2, 0.3, math.nan])
    assert np.isfinite(remove_regression_to_the_mean(before, after)).tolist() == [
        True,
        False,
        False,
    ]
    of = outcomes([0, 0], [5, 1], [math.nan, 0.3])
    assert figures(of, [2, 1])["mood_lift"] == pytest.approx(0.3)  # type: ignore[index]
    assert math.isnan(figures(outcomes([0], [5], [math.nan]), [1])["mood_lift"])  # type: ignore[index]
