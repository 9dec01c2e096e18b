"""When a song that was planned is still right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import FakeClock
from tests.domain.minds import track
from today_feeling.domain.affect import AFFECT, Affect
from today_feeling.domain.goals import TARGETS, path, step
from today_feeling.domain.recommend import Mood, Reason, Recommendation
from today_feeling.domain.recommend.queue import still_fits

SAD = Mood("sadness", "camera", 0.8, (0.0, 0.0, 0.0, 0.0, 1.0, 0.0))
HALF = replace(SAD, probabilities=(0.0, 0.0, 0.0, 0.5, 0.5, 0.0))


@pytest.fixture
def waiting(clock: FakeClock) -> Recommendation:
    """The next song, planned while the one before it played."""
    return Recommendation(1, clock(), track(1), SAD, Reason("any_genre", None, "sadness"), step=1)


def to(goal: str, mood: Mood) -> Mood:
    return replace(mood, goal=goal)  # type: ignore[arg-type]


def test_a_plan_fits_the_mood_that_it_was_made_for(waiting: Recommendation) -> None:
    assert still_fits(waiting, 0, SAD)


@pytest.mark.parametrize(
    "now",
    [
        replace(SAD, emotion="happiness"),
        replace(SAD, origin="manual"),
        to("lift", SAD),
        HALF,  # still sad, but much less
    ],
)
def test_another_mood_or_goal_makes_another_plan(waiting: Recommendation, now: Mood) -> None:
    assert not still_fits(waiting, 0, now)


def test_on_the_way_to_a_goal_the_mood_is_expected_to_move(waiting: Recommendation) -> None:
    lifted = replace(waiting, mood=to("lift", SAD), step=4)
    assert not still_fits(lifted, 0, to("lift", SAD))  # four songs did nothing
    assert still_fits(lifted, 4, to("lift", SAD))
    assert still_fits(replace(lifted, step=2), 0, to("lift", HALF))


def test_what_was_told_by_hand_is_followed_to_the_end(waiting: Recommendation) -> None:
    told = Mood("sadness", "manual", goal="lift")
    assert still_fits(replace(waiting, mood=told, step=4), 0, told)


def test_to_focus_every_mood_is_the_same(waiting: Recommendation) -> None:
    focused = replace(waiting, mood=to("focus", SAD))
    assert still_fits(focused, 0, Mood("anger", "camera", goal="focus"))
    assert not still_fits(focused, 0, SAD)


def test_the_steps_are_those_of_the_path() -> None:
    sad, way = AFFECT["sadness"], path(AFFECT["sadness"], "lift")
    steps = [step(sad, "lift", index) for index in range(len(way) + 2)]
    assert [each.to for each in steps] == [*way, way[-1], way[-1]]
    assert [each.here for each in steps] == [sad, *way, way[-1]]
    assert [each.number for each in steps][:2] == [1, 2]
    assert {each.of for each in steps} == {len(way)}
    assert step(sad, "focus", 3) == (1, 1, TARGETS["focus"], TARGETS["focus"])
    assert step(Affect(0.1, 0.1), "match", 0).to == (0.1, 0.1)
