from __future__ import annotations

import numpy as np
import pytest

from today_feeling.domain.recommend.hybrid import (
    Floats,
    Layout,
    Own,
    Posterior,
    Shared,
    evidence,
    explained,
    lesson,
)
from today_feeling.domain.recommend.learner import Learner
from today_feeling.domain.recommend.space import Scales, Space, standing

LAYOUT = Layout(size=4, own=np.array([0, 2]), own_scale=np.array([0.5, 2.0]), noise=0.3)

Play = tuple[int, Floats, float, float]
"""User, features, reward, weight."""


def plays(seed: int, count: int = 40, users: int = 3) -> list[Play]:
    rng = np.random.default_rng(seed)
    return [
        (int(rng.integers(users)), rng.normal(size=4), float(rng.normal()), float(rng.random()))
        for _ in range(count)
    ]


def learn(listened: list[Play]) -> tuple[Shared, dict[int, Own]]:
    shared, own = LAYOUT.no_shared(), dict.fromkeys(range(3), LAYOUT.no_own())
    for user, x, reward, weight in listened:
        of_all, of_user = evidence(LAYOUT, x, reward, weight)
        shared, own[user] = shared + of_all, own[user] + of_user
    return shared, own


def posterior(shared: Shared, own: dict[int, Own], user: int) -> Posterior:
    for each in own.values():
        shared = shared - explained(LAYOUT, each)
    return Posterior.of(LAYOUT, shared, own[user])


def joint_posterior(listened: list[Play], user: int) -> tuple[Floats, Floats]:
    """The same by brute force: one regression over all weights of all people."""
    rows, rewards, weights = [], [], []
    for who, x, reward, weight in listened:
        row = np.zeros(4 + 3 * 2)
        row[:4] = x
        row[4 + 2 * who : 6 + 2 * who] = LAYOUT.of_own(x)
        rows.append(row)
        rewards.append(reward)
        weights.append(weight)
    design, w = np.array(rows), np.array(weights)
    precision = design.T @ (w[:, None] * design) + LAYOUT.noise * np.eye(10)
    mean = np.linalg.solve(precision, design.T @ (w * np.array(rewards)))
    into = np.zeros((4, 10))
    into[:, :4] = np.eye(4)
    into[LAYOUT.own, 4 + 2 * user + np.arange(2)] = LAYOUT.own_scale
    return into @ mean, into @ np.linalg.inv(precision / LAYOUT.noise) @ into.T


def test_it_is_the_regression_over_everybody_at_once() -> None:
    listened = plays(1)
    for user in range(3):
        mean, _ = joint_posterior(listened, user)
        np.testing.assert_allclose(
            posterior(*learn(listened), user).through(np.eye(LAYOUT.size)).mean, mean, atol=1e-9
        )


def test_draws_spread_as_the_posterior_does() -> None:
    listened = plays(2, count=15)
    found = posterior(*learn(listened), 1)
    drawn = found.draw(40_000, np.random.default_rng(5))
    mean, covariance = joint_posterior(listened, 1)
    np.testing.assert_allclose(drawn.mean(0), mean, atol=0.02)
    np.testing.assert_allclose(np.cov(drawn.T), covariance, atol=0.03)


def test_a_lens_sees_what_whole_weights_would_show() -> None:
    listened, rng = plays(2, count=15), np.random.default_rng(7)
    lens = rng.normal(size=(3, LAYOUT.size))
    found = posterior(*learn(listened), 1)
    mean, covariance = joint_posterior(listened, 1)
    seen = found.through(lens)
    np.testing.assert_allclose(seen.mean, lens @ mean, atol=1e-9)
    np.testing.assert_allclose(seen.covariance, lens @ covariance @ lens.T, atol=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_what_workers_learn_apart_adds_up_to_what_one_learns(seed: int) -> None:
    listened = plays(seed)
    rng = np.random.default_rng(seed)
    to_worker = rng.integers(3, size=len(listened))
    parts = [
        learn([play for play, w in zip(listened, to_worker, strict=True) if w == worker])
        for worker in range(3)
    ]
    shared, own = LAYOUT.no_shared(), dict.fromkeys(range(3), LAYOUT.no_own())
    for number in rng.permutation(3):
        shared = shared + parts[number][0]
        own = {user: own[user] + parts[number][1][user] for user in own}
    whole_shared, whole_own = learn(listened)
    np.testing.assert_allclose(shared.a, whole_shared.a, atol=1e-12)
    np.testing.assert_allclose(shared.b, whole_shared.b, atol=1e-12)
    for user in range(3):
        np.testing.assert_allclose(
            posterior(shared, own, user).through(np.eye(LAYOUT.size)).mean,
            posterior(whole_shared, whole_own, user).through(np.eye(LAYOUT.size)).mean,
            atol=1e-9,
        )


def test_a_play_that_is_taken_back_leaves_no_trace() -> None:
    listened = plays(3)
    user, x, reward, weight = plays(4, count=1)[0]
    shared, own = learn([*listened, (user, x, reward, weight), (user, x, reward, -weight)])
    plain_shared, plain_own = learn(listened)
    np.testing.assert_allclose(shared.a, plain_shared.a, atol=1e-12)
    np.testing.assert_allclose(own[user].b, plain_own[user].b, atol=1e-12)


@pytest.mark.parametrize("weight", [1.0, 0.25, 0.0, -1.0])
def test_a_lesson_is_what_the_sums_change_by(weight: float) -> None:
    """In one step the same as all evidence less all that people's own tastes explain of it."""
    before = learn([each for each in plays(5) if each[0] == 1])[1][1]
    x, reward = np.random.default_rng(6).normal(size=4), 0.7
    before = before + evidence(LAYOUT, x, -0.4)[1]  # of which -1 takes it back
    all_of_it = Shared(weight * np.outer(x, x), reward * x)
    z = LAYOUT.of_own(x)
    after = before + Own(weight * np.outer(z, x), reward * z)
    of_all, of_one = lesson(LAYOUT, before, x, weight=weight, reward=reward)
    expected = all_of_it + explained(LAYOUT, before) - explained(LAYOUT, after)
    np.testing.assert_allclose(of_all.a, expected.a, atol=1e-12)
    np.testing.assert_allclose(of_all.b, expected.b, atol=1e-12)
    np.testing.assert_allclose((before + of_one).a, after.a, atol=1e-12)
    np.testing.assert_allclose((before + of_one).b, after.b, atol=1e-12)


def space(people_differ: float = 0.7) -> Space:
    return Space(
        songs=3,
        own=np.arange(3),
        moment=3,
        moods=1,
        scales=Scales(own=people_differ),
        acted=np.array([2, 0]),
    )


def test_weights_through_the_lens_of_a_moment_score_as_whole_rows_do() -> None:
    rng = np.random.default_rng(1)
    of = space()
    songs, moment = rng.normal(size=(50, 3)), rng.normal(size=3)
    known = standing(rng.normal(size=50), rng.random(50) * 9)
    weights = rng.normal(size=(of.size, 4))
    whole = of.rows(songs, known, moment) @ weights
    seen = np.column_stack([songs, known, np.ones(50)]) @ of.lens(moment) @ weights
    np.testing.assert_allclose(seen, whole, atol=1e-12)


def test_a_new_person_gets_what_others_like_and_then_their_own_way() -> None:
    rng = np.random.default_rng(3)
    songs = rng.normal(size=(60, 3))
    learner, nothing = Learner(space(), songs), np.zeros(3)
    for _ in range(300):
        song = int(rng.integers(60))
        learner.learn(int(rng.integers(9)), song, nothing, float(np.tanh(songs[song, 0])))
    everything = np.arange(60)
    newcomer = learner.expect(99, everything, nothing)
    assert np.corrcoef(newcomer, songs[:, 0])[0, 1] > 0.9
    for _ in range(60):
        song = int(rng.integers(60))
        learner.learn(99, song, nothing, float(np.tanh(-2 * songs[song, 0])))
    assert np.corrcoef(learner.expect(99, everything, nothing), songs[:, 0])[0, 1] < -0.7
    assert np.corrcoef(learner.expect(98, everything, nothing), songs[:, 0])[0, 1] > 0.7


def test_a_song_that_few_have_heard_counts_less() -> None:
    once, often = standing(np.array([1.0, 9.0]), np.array([1.0, 9.0]))[:, 0]
    assert 0 < once < often < 1
    assert standing(np.zeros(1), np.zeros(1)).tolist() == [[0.0, 0.0]]
