"""Metrics against values worked out by hand."""

import numpy as np
import pytest

from training.metrics import expected_calibration_error, measure, unsure_threshold

PROBABILITIES = np.array(
    [[0.8, 0.1, 0.1], [0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.1, 0.5, 0.4]], dtype=np.float32
)
LABELS = np.array([0, 1, 1, 2])


def test_metrics_equal_the_hand_computed_ones() -> None:
    result = measure(PROBABILITIES, LABELS)
    assert result.count == 4
    assert result.accuracy == pytest.approx(2 / 4)
    assert result.recall == pytest.approx((1, 1 / 2, 0))
    assert result.f1 == pytest.approx((2 / 3, 2 / 4, 0))
    assert result.macro_f1 == pytest.approx((2 / 3 + 1 / 2 + 0) / 3)
    assert result.confusion == ((1, 0, 0), (1, 1, 0), (0, 1, 0))


def test_calibration_error_weighs_bins_by_their_pictures() -> None:
    # bins of 0.25: {0.5} holds a right answer, {0.6, 0.7} one wrong and one right, {0.8} a right
    wanted = (abs(0.5 - 1) + abs(0.6 + 0.7 - 1) + abs(0.8 - 1)) / 4
    error = expected_calibration_error(PROBABILITIES, np.array([0, 1, 1, 1]), bins=4)
    assert error == pytest.approx(wanted, abs=1e-6)


def test_confidence_that_equals_accuracy_has_no_calibration_error() -> None:
    probabilities = np.array([[0.75, 0.25]] * 4, dtype=np.float32)
    assert expected_calibration_error(probabilities, np.array([0, 0, 0, 1])) == pytest.approx(0)


def test_unsure_threshold_is_the_lowest_that_keeps_the_promise() -> None:
    assert unsure_threshold(PROBABILITIES, LABELS, 0.9) == (0.61, 0.5, 1.0)
    assert unsure_threshold(PROBABILITIES, LABELS, 0.5) == (0.0, 1.0, 0.5)


def test_unsure_threshold_still_answers_a_fifth_when_the_promise_is_out_of_reach() -> None:
    wrong = np.array([[0.99, 0.01]] * 5 + [[0.6, 0.4]] * 5, dtype=np.float32)
    threshold, coverage, accuracy = unsure_threshold(wrong, np.array([1] * 10), 0.9)
    assert (threshold, coverage, accuracy) == (0.0, 1.0, 0.0)
