"""Risk, coverage and the choice of `unsure`, on worlds whose answers are known."""

import numpy as np
import pytest

from training.metrics import expected_calibration_error
from training.report_pages import abstention_lines
from training.selective import (
    answered_entry,
    at_threshold,
    kept_promise,
    reliability,
    risk_coverage,
    threshold_entry,
)


def calibrated_world(count: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """Two classes; the top probability p is right with probability p."""
    random = np.random.default_rng(3)
    top = random.uniform(0.5, 1, count)
    probabilities = np.stack([top, 1 - top], axis=1).astype(np.float32)
    return probabilities, (random.uniform(size=count) > top).astype(np.int64)


def test_the_surest_are_answered_first() -> None:
    probabilities = np.array([[0.6, 0.4], [0.9, 0.1], [0.7, 0.3], [0.8, 0.2]], np.float32)
    curve = risk_coverage(probabilities, np.array([1, 0, 1, 0]))
    assert curve.coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert curve.accuracy.tolist() == pytest.approx([1, 1, 2 / 3, 0.5])
    assert curve.area == pytest.approx((0 + 0 + 1 / 3 + 0.5) / 4)


def test_sureness_that_knows_nothing_has_a_larger_area() -> None:
    probabilities, labels = calibrated_world()
    shuffled = np.random.default_rng(0).permutation(labels)
    assert risk_coverage(probabilities, labels).area < risk_coverage(probabilities, shuffled).area


def test_a_promise_is_kept_on_the_average_on_pictures_that_were_not_chosen_on() -> None:
    probabilities, labels = calibrated_world()
    promise = kept_promise(probabilities, labels, 0.9)
    # p is uniform: answers above t are right (1 + t) / 2 of the time, so t is .8
    assert promise.accuracy == pytest.approx(0.9, abs=0.015)
    assert promise.coverage == pytest.approx(0.4, abs=0.08)
    assert promise.accuracy_5_percent < promise.accuracy


def test_the_card_says_how_the_threshold_was_chosen() -> None:
    probabilities, labels = calibrated_world()
    threshold, entry = threshold_entry(probabilities, labels)
    answered = probabilities.max(axis=1) >= threshold
    right = probabilities.argmax(axis=1) == labels
    assert entry["accuracy_of_answers"] == round(float(right[answered].mean()), 4) >= 0.93
    assert entry["coverage"] == round(float(answered.mean()), 4)
    assert entry["split"] == "public test"


def test_a_fixed_threshold_is_told_by_what_it_answers_and_how_well() -> None:
    probabilities = np.array([[0.6, 0.4], [0.9, 0.1], [0.3, 0.7], [0.8, 0.2]], np.float32)
    labels = np.array([1, 0, 0, 0])
    assert at_threshold(probabilities, labels, 0.7) == pytest.approx((0.75, 2 / 3))
    assert at_threshold(probabilities, labels, 0.99) == (0.0, 1.0)
    entry = answered_entry(probabilities, labels, 0.7)
    assert entry == {"unsure": 0.7, "coverage": 0.75, "accuracy_of_answers": 0.6667}


def test_the_page_tells_only_what_the_present_threshold_does() -> None:
    probabilities, labels = calibrated_world()
    threshold, choice = threshold_entry(probabilities, labels)
    card = {
        "thresholds": {"unsure": threshold},
        "threshold_choice": choice,
        "metrics": {
            "public_test": {"answered": answered_entry(probabilities, labels, threshold)},
            "private_test": {"answered": answered_entry(probabilities, labels, 0.2)},
            "private_test_both_ways": None,
        },
    }
    rows = [line for line in abstention_lines(card) if line.startswith("| p")]
    coverage, accuracy = at_threshold(probabilities, labels, threshold)
    assert rows == [f"| public test (chosen on), frames | {coverage:.1%} | {accuracy:.1%} |"]


def test_reliability_bins_are_those_of_the_calibration_error() -> None:
    probabilities, labels = calibrated_world()
    bins = reliability(probabilities, labels)
    gap = (bins.count * np.abs(bins.confidence - bins.accuracy)).sum() / bins.count.sum()
    assert gap == pytest.approx(expected_calibration_error(probabilities, labels), abs=1e-9)
    assert bins.count.sum() == len(labels)
