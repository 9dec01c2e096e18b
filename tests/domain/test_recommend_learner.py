"""The learner in memory knows what the sums of the app know."""

from __future__ import annotations

import numpy as np

from today_feeling.domain.recommend.hybrid import Posterior, evidence, explained
from today_feeling.domain.recommend.learner import Learner
from today_feeling.domain.recommend.space import Scales, Space, standing

SPACE = Space(
    songs=6,
    own=np.arange(5),
    moment=4,
    moods=2,
    scales=Scales(song=0.5, meeting=0.3, acting=0.2),
    acted=np.array([3, 4]),
)
LAYOUT = SPACE.layout()
EVERYTHING = np.arange(30)


def test_it_expects_what_the_sums_of_the_same_plays_do() -> None:
    rng = np.random.default_rng(4)
    songs = rng.normal(size=(EVERYTHING.size, SPACE.songs))
    learner = Learner(SPACE, songs)
    shared, own = LAYOUT.no_shared(), {user: LAYOUT.no_own() for user in range(4)}
    each_weight = np.eye(LAYOUT.size)
    surprise, opinions = np.zeros(EVERYTHING.size), np.zeros(EVERYTHING.size)
    for _ in range(200):
        user, song = int(rng.integers(3)), int(rng.integers(EVERYTHING.size))
        moment, reward = rng.normal(size=SPACE.moment), float(rng.uniform(-1, 1))
        rows = SPACE.rows(songs, standing(surprise, opinions), moment)
        unexplained = shared
        for each in own.values():
            unexplained = unexplained - explained(LAYOUT, each)
        for asked in (user, 3):  # of whom nobody has heard
            mean = Posterior.of(LAYOUT, unexplained, own[asked]).through(each_weight).mean
            expected = learner.expect(asked, EVERYTHING, moment)
            np.testing.assert_allclose(expected, rows @ mean, rtol=0, atol=1e-9)

        learner.learn(user, song, moment, reward)
        mean = Posterior.of(LAYOUT, unexplained, own[user]).through(each_weight).mean
        surprise[song] += reward - SPACE.without_mean(rows[song]) @ mean
        opinions[song] += 1
        of_all, of_one = evidence(LAYOUT, rows[song], reward)
        shared, own[user] = shared + of_all, own[user] + of_one
    assert abs(learner.expect(0, EVERYTHING, moment)).max() > 0.1
