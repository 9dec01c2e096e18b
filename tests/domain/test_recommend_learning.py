"""What is learned over time, in simulated lives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.domain.minds import LAYOUT, NOW, catalogue, track, wish
from today_feeling.domain.affect import Affect
from today_feeling.domain.goals import Goal
from today_feeling.domain.music import GENRES
from today_feeling.domain.recommend.choice import (
    Knowledge,
    pick,
)
from today_feeling.domain.recommend.features import SPACE, in_a_row, moment
from today_feeling.domain.recommend.hybrid import (
    Posterior,
    evidence,
    explained,
)
from today_feeling.domain.recommend.leanings import leanings
from today_feeling.domain.recommend.learner import Learner
from today_feeling.domain.recommend.songs import Songs
from today_feeling.domain.recommend.standing import Standing


@pytest.mark.parametrize("seed", range(3))
def test_in_a_simulated_life_it_is_never_behind_the_rule_and_then_ahead(seed: int) -> None:
    """Twelve people who ticked what they like somewhat better than the rest, 60 songs each."""
    world = np.random.default_rng(seed)
    songs = catalogue(jazz=30, pop=30, rock=30, ballad=30, trot=30, idol=30)
    genre, quality = songs.genre(np.arange(len(songs))), 0.3 * world.normal(size=len(songs))
    shared, surprise, opinions = (
        LAYOUT.no_shared(),
        np.zeros(len(songs)),
        np.zeros(len(songs)),
    )
    rule_likes: list[float] = []
    early: list[bool] = []
    late: list[bool] = []
    for _ in range(12):
        taste = 0.5 * world.normal(size=len(GENRES))
        liking = 0.8 * taste[genre] + quality
        present = [GENRES.index(each) for each in ("jazz", "pop", "rock", "ballad", "trot", "idol")]
        hunch = taste + 0.5 * world.normal(size=len(GENRES))
        ticked = [GENRES[each] for each in sorted(present, key=lambda g: -hunch[g])[:3]]
        own, none = LAYOUT.no_own(), LAYOUT.no_shared()
        for turn in range(60):
            posterior = Posterior.of(
                LAYOUT, shared - (explained(LAYOUT, own) if turn else none), own
            )
            known = Knowledge(posterior, Standing.of(songs, surprise, opinions), NOW)
            chosen = pick(songs, wish(*ticked), known, world)
            like = bool(world.random() < 1 / (1 + np.exp(-3 * liking[chosen.position])))
            if turn < 10:
                early.append(like)
            elif turn >= 30:
                late.append(like)
            of_all, of_one = evidence(LAYOUT, chosen.x, (1.0 if like else -1.0) - chosen.prior)
            shared, own = shared + of_all, own + of_one
            surprise[chosen.position] += (1.0 if like else -1.0) - chosen.expected
            opinions[chosen.position] += 1
        shared = shared - explained(LAYOUT, own)
        per_genre = [
            np.mean(1 / (1 + np.exp(-3 * liking[genre == GENRES.index(each)]))) for each in ticked
        ]
        rule_likes.append(float(np.mean(per_genre)))
    assert np.mean(early) > np.mean(rule_likes) - 0.05
    assert np.mean(late) > np.mean(rule_likes) + 0.05


def test_goal_hour_and_a_sure_reading_change_which_song_wins() -> None:
    """Bright songs are liked to lift the mood and by day, and driving ones where one is surely
    excited; at other times the others are."""
    rng = np.random.default_rng(8)
    tracks = [track(n, valence=float(rng.random()), energy=float(rng.random())) for n in range(200)]
    songs = Songs.of(tracks)
    learner = Learner(SPACE, songs.features.astype(np.float64))
    bright, driving = (songs.affect - songs.affect.mean(0)).T.astype(np.float64)
    excited = Affect(0.0, 0.8)

    def best(goal: Goal, hour: float, certainty: float) -> NDArray[np.intp]:
        here = moment(excited, certainty, goal, hour)
        return np.argsort(-learner.expect(9, np.arange(200), here))[:20]

    for turn in range(900):
        song, goal = int(rng.integers(200)), rng.choice(["lift", "match"])
        hour, certainty = float(rng.choice([0, 12])), float(rng.choice([0.0, 1.0]))
        signs = (1 if goal == "lift" else -1, 1 if hour == 12 else -1, 2 * certainty - 1)
        liked = (signs[0] + signs[1]) * bright[song] + signs[2] * driving[song]
        here = moment(excited, certainty, goal, hour)
        learner.learn(turn % 6, song, here, float(np.clip(liked, -1, 1)))
    assert bright[best("lift", 12, 0.5)].mean() > 0.2 > -0.2 > bright[best("match", 0, 0.5)].mean()
    lifted, dark = best("lift", 0, 1.0), best("lift", 0, 0.0)
    assert driving[lifted].mean() > 0.2 > -0.2 > driving[dark].mean()


def test_fast_songs_win_where_long_listening_asks_for_them() -> None:
    """Fast songs are liked at first, slow ones after a while; of some nobody knows the tempo."""
    rng = np.random.default_rng(5)
    tempos = [None if number % 5 == 0 else float(rng.uniform(60, 180)) for number in range(200)]
    songs = Songs.of([track(number, tempo=tempo) for number, tempo in enumerate(tempos)])
    fast = np.array([0.0 if tempo is None else (tempo - 120) / 60 for tempo in tempos])
    learner = Learner(SPACE, songs.features.astype(np.float64))

    def best(heard: int) -> float:
        expected = learner.expect(9, np.arange(200), moment(None, None, "match", 12, heard))
        return float(fast[np.argsort(-expected)[:20]].mean())

    for turn in range(600):
        song, heard = int(rng.integers(200)), int(rng.choice([0, 1, 12, 30]))
        liked = fast[song] if heard < 5 else -fast[song]
        here = moment(None, None, "match", 12, heard)
        learner.learn(turn % 6, song, here, float(np.clip(liked, -1, 1)))
    assert best(0) > 0.5 > -0.5 > best(20)


def test_who_likes_fast_songs_is_told_so() -> None:
    rng = np.random.default_rng(5)
    tempos = rng.uniform(60, 180, 100)
    songs = Songs.of([track(number, tempo=tempo) for number, tempo in enumerate(tempos)])
    shared, own = LAYOUT.no_shared(), LAYOUT.no_own()
    here = moment(None, None, "match", 12)
    rows = SPACE.rows(songs.features.astype(np.float64), np.zeros((100, 2)), here)
    for x, tempo in zip(rows, tempos, strict=True):
        of_all, of_one = evidence(LAYOUT, x, 1.0 if tempo > 120 else -1.0)
        shared, own = shared + of_all, own + of_one
    told = leanings(Posterior.of(LAYOUT, shared - explained(LAYOUT, own), own))
    assert (told[0].feature, told[0].value) == ("tempo", None)
    assert told[0].strength > 0


def test_an_estimated_tempo_is_told_apart_and_an_unknown_one_says_nothing() -> None:
    unknown, told, guessed, far = Songs.of(
        [
            track(1),
            track(2, tempo=150),
            track(3, tempo=150, tempo_estimated=True),
            track(4, tempo=400),
        ]
    ).features
    assert np.flatnonzero(told != unknown).size == 1
    assert np.flatnonzero(guessed != told).size == 1
    assert (told - unknown).sum() == 0.5
    assert (guessed - told).sum() == 0.5
    assert (far - unknown).sum() == 1.5


def test_a_pause_of_more_than_half_an_hour_ends_a_session() -> None:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    began = [now - timedelta(minutes=minutes) for minutes in (30, 60, 61, 92, 93)]
    assert in_a_row(began, now) == 3
    assert in_a_row(began, now + timedelta(seconds=1)) == 0
    assert in_a_row([], now) == 0


def test_how_far_estimates_of_mood_are_to_be_trusted_is_learned() -> None:
    rng = np.random.default_rng(6)
    tracks = [
        track(number, valence=float(rng.random()), energy=0.5, estimated=number % 2 == 0)
        for number in range(200)
    ]
    learner = Learner(SPACE, Songs.of(tracks).features.astype(np.float64))
    here = moment(None, None, "match", 12)
    for position, each in enumerate(tracks):
        # What an operator said of a song is right, and the estimates are chance.
        glad = rng.random() if each.estimated else each.valence
        assert glad is not None
        learner.learn(position % 4, position, here, 2 * glad - 1)
    said, estimated = (
        [track(1, valence=v, estimated=e) for v in (0.0, 1.0)] for e in (False, True)
    )
    learner.songs = Songs.of([*said, *estimated]).features.astype(np.float64)
    learner.songs = np.concatenate([learner.songs, np.zeros((196, learner.songs.shape[1]))])
    learner._opinions[:] = 0
    learner._surprise[:] = 0
    sad, glad_, sad_guess, glad_guess = learner.expect(9, np.arange(4), here)
    assert glad_ - sad > 2 * abs(glad_guess - sad_guess)
