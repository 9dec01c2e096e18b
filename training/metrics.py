"""Accuracy, F1, recall and calibration error of six-class probabilities (numpy only)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ECE_BINS = 15


@dataclass(frozen=True)
class Metrics:
    """Results over N pictures; all shares are in 0..1."""

    count: int
    accuracy: float
    macro_f1: float
    ece: float
    recall: tuple[float, ...]
    """Per class, in label order; 0 where the class does not occur."""
    f1: tuple[float, ...]
    confusion: tuple[tuple[int, ...], ...]
    """confusion[true][predicted], pictures."""


def measure(probabilities: NDArray[np.float32], labels: NDArray[np.int64]) -> Metrics:
    """Score probabilities [N, C] against true classes [N].

    A class's F1 is 2 TP / (2 TP + FP + FN), 0 when it neither occurs nor is predicted; macro-F1
    is their plain mean over all C classes.
    """
    classes = probabilities.shape[1]
    predicted = probabilities.argmax(axis=1)
    confusion = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(confusion, (labels, predicted), 1)
    hits = confusion.diagonal().astype(np.float64)
    actual = confusion.sum(axis=1)
    claimed = confusion.sum(axis=0)
    recall = hits / np.maximum(actual, 1)
    f1 = 2 * hits / np.maximum(actual + claimed, 1)
    return Metrics(
        count=len(labels),
        accuracy=float(hits.sum() / max(len(labels), 1)),
        macro_f1=float(f1.mean()),
        ece=expected_calibration_error(probabilities, labels),
        recall=tuple(float(value) for value in recall),
        f1=tuple(float(value) for value in f1),
        confusion=tuple(tuple(int(cell) for cell in row) for row in confusion),
    )


def expected_calibration_error(
    probabilities: NDArray[np.float32], labels: NDArray[np.int64], bins: int = ECE_BINS
) -> float:
    """Mean |confidence - accuracy| over equal-width bins of the top probability.

    Bins are (0, 1/bins], ..., ((bins-1)/bins, 1] and weigh as many pictures as they hold, as in
    Guo et al. 2017, "On Calibration of Modern Neural Networks" (arXiv 1706.04599).
    """
    count, confidence, right = binned(probabilities, labels, bins)
    return float(np.abs(confidence - right).sum() / max(count.sum(), 1))


def binned(
    probabilities: NDArray[np.float32], labels: NDArray[np.int64], bins: int = ECE_BINS
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Pictures [bins], sum of their top probabilities [bins], and right answers [bins].

    The bins are those of `expected_calibration_error`.
    """
    confidence = probabilities.max(axis=1).astype(np.float64)
    right = (probabilities.argmax(axis=1) == labels).astype(np.float64)
    which = np.clip(np.ceil(confidence * bins).astype(np.int64) - 1, 0, bins - 1)
    return (
        np.bincount(which, minlength=bins).astype(np.int64),
        np.bincount(which, weights=confidence, minlength=bins).astype(np.float64),
        np.bincount(which, weights=right, minlength=bins).astype(np.float64),
    )


def unsure_threshold(
    probabilities: NDArray[np.float32], labels: NDArray[np.int64], wanted_accuracy: float
) -> tuple[float, float, float]:
    """Find the lowest top probability above which the answers are `wanted_accuracy` right.

    Returns (threshold, share answered, accuracy of the answers). Thresholds are tried in steps of
    0.01; where none reaches the wish, the one with the highest accuracy that still answers at
    least a fifth of the pictures is returned.
    """
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == labels
    best = (0.0, 1.0, float(correct.mean()))
    for step in range(100):
        threshold = step / 100
        answered = confidence >= threshold
        coverage = float(answered.mean())
        if coverage < 0.2:
            break
        accuracy = float(correct[answered].mean())
        if accuracy > best[2]:
            best = (threshold, coverage, accuracy)
        if accuracy >= wanted_accuracy:
            return threshold, coverage, accuracy
    return best
