"""The temporal rule: the golden sequences that the browser replays too, and what they stand for."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from today_feeling.domain.emotion import EMOTIONS, UNSURE
from today_feeling.domain.segments import segments
from today_feeling.domain.temporal import TemporalFilter, TemporalParameters, TemporalState
from today_feeling.errors import InvalidInput

GOLDEN: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "golden" / "temporal.json").read_text(encoding="utf-8")
)
SEQUENCES: list[dict[str, Any]] = GOLDEN["sequences"]
PARAMETERS = TemporalParameters(unsure_below=0.4)
HAPPY = [0.05, 0.05, 0.7, 0.1, 0.05, 0.05]


def assert_state(state: TemporalState, expected: dict[str, Any]) -> None:
    assert (state.emotion, state.reason) == (expected["emotion"], expected["reason"])
    assert state.time_s == pytest.approx(expected["time_s"], abs=1e-9)
    assert state.since_s == pytest.approx(expected["since_s"], abs=1e-9)
    assert state.confidence == pytest.approx(expected["confidence"], abs=1e-9)
    if expected["probabilities"] is None:
        assert state.probabilities is None
    else:
        assert state.probabilities is not None
        assert state.probabilities == pytest.approx(expected["probabilities"], abs=1e-9)


def test_golden_file_uses_the_order_of_the_emotions() -> None:
    assert tuple(GOLDEN["emotions"]) == EMOTIONS


@pytest.mark.parametrize("sequence", SEQUENCES, ids=lambda s: s["name"])
def test_golden_states(sequence: dict[str, Any]) -> None:
    rule = TemporalFilter(TemporalParameters(**sequence["parameters"]))
    states = [rule.push(time_s, vector) for time_s, vector in sequence["samples"]]
    for expected in sequence["states"]:
        assert_state(states[expected["after_sample"]], expected)


@pytest.mark.parametrize("sequence", SEQUENCES, ids=lambda s: s["name"])
def test_golden_segments(sequence: dict[str, Any]) -> None:
    found = segments(sequence["samples"], TemporalParameters(**sequence["parameters"]))
    expected = [(s["start_s"], s["end_s"], s["emotion"]) for s in sequence["segments"]]
    assert [s.emotion for s in found] == [emotion for _, _, emotion in expected]
    assert [x for s in found for x in s[:2]] == pytest.approx([x for s in expected for x in s[:2]])


@pytest.mark.parametrize("invalid", GOLDEN["invalid"], ids=lambda i: i["name"])
def test_what_is_no_probability_vector_is_an_error(invalid: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        TemporalFilter(PARAMETERS).push(0.0, invalid["probabilities"])


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_values_that_are_not_finite_are_errors(bad: float) -> None:
    rule = TemporalFilter(PARAMETERS)
    with pytest.raises(InvalidInput):
        rule.push(0.0, [bad, 0, 0, 0, 0, 0])
    with pytest.raises(InvalidInput):
        rule.push(bad, HAPPY)


def test_an_error_leaves_the_state_alone() -> None:
    rule = TemporalFilter(PARAMETERS)
    for tick in range(20):
        rule.push(tick / 10, HAPPY)
    with pytest.raises(InvalidInput):
        rule.push(2.0, [1.0])
    assert rule.push(2.0, HAPPY).emotion == "happiness"


def test_the_frame_rate_does_not_change_the_answer() -> None:
    by_rate = [
        [(s["emotion"], s["since_s"]) for s in sequence["states"]]
        for sequence in SEQUENCES
        if "frames a second" in sequence["name"]
    ]
    assert len(by_rate) == 5
    assert all(changes == by_rate[0] for changes in by_rate)


def test_an_emotion_needs_its_share_of_the_whole_window() -> None:
    """Counted by hand: 60 % of 20 ticks are 12; the twelfth ends at 1.2 s."""
    rule = TemporalFilter(PARAMETERS)
    states = [rule.push(tick / 10, HAPPY) for tick in range(14)]
    assert [state.emotion for state in states] == [UNSURE] * 12 + ["happiness"] * 2
    assert states[-1].since_s == pytest.approx(1.2)


def test_smoothing_follows_its_time_constant() -> None:
    """By hand: 0.5 s after a step the distance to the new value is 1/e of the step."""
    before, after = np.eye(6)[2], np.eye(6)[4]
    rule = TemporalFilter(PARAMETERS)
    for tick in range(31):
        state = rule.push(tick / 10, before if tick < 25 else after)
    assert state.time_s == pytest.approx(3.0)
    assert state.probabilities is not None
    assert state.probabilities[2] == pytest.approx(math.exp(-1))


def test_a_state_does_not_change_under_the_reader() -> None:
    rule = TemporalFilter(PARAMETERS)
    rule.push(0.0, HAPPY)
    state = rule.push(0.1, HAPPY)
    assert state.probabilities is not None
    state.probabilities[:] = 0
    assert rule.state.probabilities == pytest.approx(HAPPY)


def test_another_face_starts_the_rule_anew() -> None:
    rule = TemporalFilter(PARAMETERS)
    for tick in range(20):
        state = rule.push(tick / 10, HAPPY)
    assert state.emotion == "happiness"
    rule.forget()
    assert rule.state.emotion == "happiness"
    state = rule.push(2.0, HAPPY)
    assert (state.emotion, state.reason, state.since_s) == (UNSURE, "starting", 2.0)


def test_no_samples_give_no_segments() -> None:
    assert segments([], PARAMETERS) == []


def test_one_sample_gives_no_segment_of_zero_length() -> None:
    assert segments([(1.0, HAPPY)], PARAMETERS) == []


def test_segments_cover_the_video_without_holes() -> None:
    samples = [(tick / 10, HAPPY if tick < 40 else None) for tick in range(80)]
    found = segments(samples, PARAMETERS)
    assert [part.emotion for part in found] == [UNSURE, "happiness", UNSURE]
    assert [part.start_s for part in found] == pytest.approx([0.0, 1.2, 5.0])
    assert [part.end_s for part in found] == pytest.approx([1.2, 5.0, 7.9])
