from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from today_feeling.domain.evaluation.policies import TodayFeeling
from today_feeling.domain.evaluation.study import Study, read_study
from today_feeling.domain.evaluation.world import World
from today_feeling.domain.recommend.hybrid import Floats


def taught(after: float, *, unit: float = 1.0, offset: float = 0.0) -> float:
    """What is expected of a song whose plays, all rated 3, left the mood there."""
    study = with_valence(after, unit, offset)
    policy = TodayFeeling(study)
    for event in study.events:
        policy.learn(event)
    return float(policy.scores(study.events[-1], np.array([0]))[0])


def with_valence(after: float, unit: float, offset: float) -> Study:
    listening = World(seed=1, people=1, songs=5).listen(first=0, later=40)
    study = read_study(listening.events, listening.songs)
    moods = np.random.default_rng(1).normal(0, 0.4, len(study.events))
    events = tuple(
        replace(
            event,
            song=number % 2,
            rating=3.0,
            context=np.array([unit * mood + offset, math.nan, math.nan]),
            valence_after=unit * (after if number % 2 == 0 else 0.0) + offset,
        )
        for number, (event, mood) in enumerate(zip(study.events, moods, strict=True))
    )
    return replace(study, events=events)


def test_a_song_that_brightens_is_expected_to_be_better_than_one_that_darkens() -> None:
    assert taught(0.6) > 0.02
    assert taught(-0.6) < -0.02
    assert taught(math.nan) == pytest.approx(0, abs=0.02)


def test_the_unit_in_which_a_file_tells_moods_does_not_matter() -> None:
    assert taught(0.6, unit=2.5, offset=3) == pytest.approx(taught(0.6), abs=1e-9)


@pytest.fixture(scope="module")
def study() -> Study:
    listening = World(seed=1, people=4, songs=20).listen(first=5, later=20)
    return read_study(listening.events, listening.songs)


def last_scores(study: Study) -> Floats:
    policy = TodayFeeling(study)
    for event in study.events[:-1]:
        policy.learn(event)
    return policy.scores(study.events[-1], np.arange(len(study.numbers)))


def with_numbers(study: Study, copies: int) -> Study:
    """Songs about which one number is told so many times."""
    return replace(study, numbers=np.tile(study.numbers[:, :1], copies))


def with_columns(study: Study, copies: int) -> Study:
    """Moments about which, beyond the mood, one number is told so many times."""
    rng = np.random.default_rng(3)
    events = tuple(
        replace(each, context=np.concatenate([each.context[:2], np.repeat(rng.normal(), copies)]))
        for each in study.events
    )
    names = (*study.context[:2], *(f"column {number}" for number in range(copies)))
    return replace(study, events=events, context=names)


def test_a_study_with_many_numbers_of_a_song_moves_scores_no_further_than_four_do(
    study: Study,
) -> None:
    of_four = last_scores(with_numbers(study, 4))
    np.testing.assert_allclose(last_scores(with_numbers(study, 16)), of_four, atol=1e-9)
    assert abs(last_scores(with_numbers(study, 3)) - of_four).max() > 1e-3


def test_many_columns_of_the_moment_move_scores_no_further_than_eight_do(study: Study) -> None:
    of_eight = last_scores(with_columns(study, 8))
    np.testing.assert_allclose(last_scores(with_columns(study, 32)), of_eight, atol=1e-9)
    assert abs(last_scores(with_columns(study, 4)) - of_eight).max() > 1e-3
