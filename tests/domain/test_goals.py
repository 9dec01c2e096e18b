from __future__ import annotations

import math
from itertools import pairwise

import pytest

from today_feeling.domain.affect import AFFECT, Affect
from today_feeling.domain.goals import GOALS, STEP, TARGETS, Goal, path, progress
from today_feeling.domain.recommend.reward import opinion


@pytest.mark.parametrize("goal", ["lift", "calm"])
@pytest.mark.parametrize("emotion", AFFECT)
def test_the_path_goes_in_small_steps_from_the_mood_to_the_target(goal: Goal, emotion: str) -> None:
    mood = AFFECT[emotion]  # type: ignore[index]
    points = (mood, *path(mood, goal))
    assert points[-1] == pytest.approx(TARGETS[goal])
    for before, after in pairwise(points):
        assert math.dist(before, after) <= STEP + 1e-9
        assert math.dist(after, TARGETS[goal]) <= math.dist(before, TARGETS[goal]) + 1e-9


def test_a_sad_person_is_not_sent_to_joy_at_once() -> None:
    first = path(AFFECT["sadness"], "lift")[0]
    assert math.dist(first, AFFECT["sadness"]) < math.dist(first, TARGETS["lift"])


def test_match_stays_and_focus_is_there_at_once() -> None:
    assert path(AFFECT["anger"], "match") == (AFFECT["anger"],)
    assert path(AFFECT["anger"], "focus") == path(AFFECT["happiness"], "focus")


def test_who_has_arrived_stays() -> None:
    assert path(TARGETS["calm"], "calm") == (TARGETS["calm"],)


def test_every_goal_has_a_path() -> None:
    for goal in GOALS:
        assert path(Affect(0, 0), goal)


def test_a_mood_that_only_returns_is_no_progress() -> None:
    assert progress("lift", -0.6, -0.6 + 0.35 * 0.6) == pytest.approx(0)
    assert progress("lift", 0.6, 0.6 - 0.35 * 0.6) == pytest.approx(0)
    assert progress("lift", 0.6, 0.6) > 0 > progress("lift", -0.6, -0.6)
    assert progress("focus", -0.6, 0.9) == 0
    assert progress("match", -1, 1) == 1
    assert progress("match", 0.6, 0.6) == pytest.approx(0.21)


def test_progress_is_towards_the_target_of_the_goal() -> None:
    calm = TARGETS["calm"].valence
    assert progress("calm", 0.9, calm) > 0 > progress("calm", 0.9, 0.9)
    assert progress("calm", -0.6, calm) > progress("calm", -0.6, 0.9) > 0
    assert progress("calm", calm, -0.6) < 0


def test_brighter_than_the_target_of_lift_is_no_less() -> None:
    assert progress("lift", -0.2, 1.0) == progress("lift", -0.2, TARGETS["lift"].valence) > 0
    assert progress("lift", 1.0, 1.0) == pytest.approx(0.05)


def test_the_users_word_outweighs_what_they_did() -> None:
    word = opinion(liked=False, outcome="finished", seconds=200)
    assert word == (-1.0, 1.0)
    assert opinion(liked=True, outcome="skipped", seconds=3) == (1.0, 1.0)


def test_a_skip_alone_is_weak_and_an_early_one_less_so() -> None:
    early = opinion(liked=None, outcome="skipped", seconds=5)
    late = opinion(liked=None, outcome="skipped", seconds=100)
    heard = opinion(liked=None, outcome="finished", seconds=180)
    assert early
    assert late
    assert heard
    assert early.reward < late.reward < 0 < heard.reward
    assert late.weight < early.weight < heard.weight < 1


def test_what_was_stopped_or_failed_says_nothing() -> None:
    for outcome in ("stopped", "failed", None):
        assert opinion(liked=None, outcome=outcome, seconds=10) is None


def test_how_long_it_sounded_is_never_rewarded() -> None:
    for outcome in ("finished", "skipped"):
        told = {
            opinion(liked=None, outcome=outcome, seconds=seconds)
            for seconds in (31.0, 300.0, 3000.0)
        }
        assert len(told) == 1


def test_a_mood_that_got_better_counts_a_little() -> None:
    better = opinion(liked=None, outcome="finished", seconds=1, progress=1.0)
    worse = opinion(liked=None, outcome="finished", seconds=1, progress=-1.0)
    assert better
    assert worse
    assert better.reward == pytest.approx(0.7)
    assert worse.reward == pytest.approx(0.1)
    best = opinion(liked=True, outcome=None, seconds=None, progress=1.0)
    assert best
    assert best.reward == 1.0
