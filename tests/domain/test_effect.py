from __future__ import annotations

from datetime import timedelta

import pytest

from tests.store.world import START, observation
from today_feeling.domain.diary import Observation
from today_feeling.domain.effect import measure, valence, windows


def seen(emotion: str, count: int = 2, **other: object) -> list[Observation]:
    """Readings of 10 s each, that tell no probabilities unless told otherwise."""
    values: dict[str, object] = {"emotion": emotion, "probabilities": None, **other}
    return [observation(number, START, **values) for number in range(count)]


def test_the_windows_are_a_minute_before_the_last_minute_and_the_minute_after() -> None:
    minute = timedelta(minutes=1)
    before, last, after = windows(START, 180)
    assert before == (START - minute, START)
    assert last == (START + 2 * minute, START + 3 * minute)
    assert after == (START + 3 * minute, START + 4 * minute)


def test_a_short_song_does_not_reach_back_before_its_start() -> None:
    assert windows(START, 20).last == (START, START + timedelta(seconds=20))


def test_a_song_is_measured_by_the_valence_before_and_after_it() -> None:
    after = measure(seen("sadness"), seen("anger"), seen("happiness"))
    assert after is not None
    assert after.emotion == "happiness"
    assert (after.valence_before, after.valence_after) == pytest.approx((-0.75, 0.9))
    assert after.valence_change == pytest.approx(1.65)


def test_where_nothing_was_seen_after_it_the_end_of_the_song_tells() -> None:
    after = measure(seen("sadness"), seen("anger"), [])
    assert after is not None
    assert (after.emotion, after.valence_after) == ("anger", -0.65)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], seen("happiness")),
        (seen("sadness"), []),
        (seen("sadness", 1), seen("happiness")),
        (seen("sadness"), seen("happiness", unsure_share=0.1)),
        (seen("unsure"), seen("happiness")),
    ],
)
def test_too_little_says_nothing(before: list[Observation], after: list[Observation]) -> None:
    assert measure(before, [], after) is None


def test_the_share_of_sure_readings_weighs() -> None:
    mixed = [*seen("happiness", 3), *seen("sadness", 3, unsure_share=0.5)]
    after = measure(seen("neutral"), [], mixed)
    assert after is not None
    assert after.valence_after == pytest.approx((3 * 0.9 - 1.5 * 0.75) / 4.5)


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [
        ((0.0, 0.0, 0.5, 0.5, 0.0, 0.0), 0.45),
        ((0.0, 0.0, 1.0, 1.0, 0.0, 0.0), 0.45),
        ((0.0,) * 6, 0.9),
        (None, 0.9),
    ],
)
def test_probabilities_tell_more_than_the_emotion(
    probabilities: tuple[float, ...] | None, expected: float
) -> None:
    one = observation(1, START, probabilities=probabilities)
    assert valence(one) == pytest.approx(expected)


def test_a_correction_outweighs_what_was_seen() -> None:
    assert valence(observation(1, START, corrected="sadness")) == -0.75
    assert valence(observation(1, START, emotion="unsure", corrected="fear")) == -0.65
    assert valence(observation(1, START, emotion="unsure")) is None
