"""How sure is sure enough: risk against coverage, reliability, and the choice of `unsure`.

Terms: El-Yaniv and Wiener 2010, "On the Foundations of Noise-free Selective Classification".
Coverage is the share of pictures that are answered, those of the highest top probability first.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.metrics import ECE_BINS, binned, unsure_threshold

WANTED_ACCURACY = 0.93
"""Of the answers above the `unsure` threshold, on the public test."""
HALVINGS = 200

Probabilities = NDArray[np.float32]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class RiskCoverage:
    """The curve, one point for each picture [M], from the surest alone to all."""

    coverage: NDArray[np.float64]
    accuracy: NDArray[np.float64]
    """Of those answered."""

    @property
    def area(self) -> float:
        """Mean risk over all coverages (AURC), 0..1: less is better."""
        return float((1 - self.accuracy).mean())


def risk_coverage(probabilities: Probabilities, labels: Labels) -> RiskCoverage:
    """Answer the surest pictures first; equal confidences in the order of the rows."""
    surest = np.argsort(-probabilities.max(axis=1), kind="stable")
    right = (probabilities.argmax(axis=1) == labels)[surest]
    answered = np.arange(1, len(labels) + 1)
    return RiskCoverage(answered / len(labels), np.cumsum(right) / answered)


def at_threshold(
    probabilities: Probabilities, labels: Labels, threshold: float
) -> tuple[float, float]:
    """Coverage, and accuracy of the answers (1 where there is none), at a fixed threshold."""
    answered = probabilities.max(axis=1) >= threshold
    right = probabilities.argmax(axis=1) == labels
    return float(answered.mean()), float(right[answered].mean()) if answered.any() else 1.0


@dataclass(frozen=True)
class Promise:
    """What a threshold keeps on pictures that it was not chosen on."""

    coverage: float
    accuracy: float
    """Means over many halvings."""
    accuracy_5_percent: float
    """In one of twenty halvings the answers were less often right than this."""


def kept_promise(
    probabilities: Probabilities, labels: Labels, wanted: float = WANTED_ACCURACY
) -> Promise:
    """Choose the threshold on a random half, look at the other half, many times."""
    random = np.random.default_rng(0)
    coverages, accuracies = [], []
    for _ in range(HALVINGS):
        order = random.permutation(len(labels))
        chosen_on, other = order[: len(order) // 2], order[len(order) // 2 :]
        threshold, _, _ = unsure_threshold(probabilities[chosen_on], labels[chosen_on], wanted)
        coverage, accuracy = at_threshold(probabilities[other], labels[other], threshold)
        coverages.append(coverage)
        accuracies.append(accuracy)
    return Promise(
        coverage=float(np.mean(coverages)),
        accuracy=float(np.mean(accuracies)),
        accuracy_5_percent=float(np.quantile(accuracies, 0.05)),
    )


def threshold_entry(probabilities: Probabilities, labels: Labels) -> tuple[float, dict[str, Any]]:
    """The `unsure` threshold and how it was chosen, as the card says it."""
    threshold, coverage, accuracy = unsure_threshold(probabilities, labels, WANTED_ACCURACY)
    promise = kept_promise(probabilities, labels)
    return threshold, {
        "split": "public test",
        "wanted_accuracy": WANTED_ACCURACY,
        "accuracy_of_answers": round(accuracy, 4),
        "coverage": round(coverage, 4),
        "area_under_risk_coverage": round(risk_coverage(probabilities, labels).area, 4),
        "chosen_on_one_half_kept_on_the_other": {
            "coverage": round(promise.coverage, 4),
            "accuracy_of_answers": round(promise.accuracy, 4),
            "accuracy_of_answers_5_percent": round(promise.accuracy_5_percent, 4),
        },
    }


def answered_entry(
    probabilities: Probabilities, labels: Labels, threshold: float
) -> dict[str, float]:
    """What a threshold that was chosen elsewhere does to a split, as the card says it."""
    coverage, accuracy = at_threshold(probabilities, labels, threshold)
    return {
        "unsure": threshold,
        "coverage": round(coverage, 4),
        "accuracy_of_answers": round(accuracy, 4),
    }


@dataclass(frozen=True)
class Reliability:
    """Equal-width bins of the top probability that hold any picture."""

    confidence: NDArray[np.float64]
    """Mean of each bin."""
    accuracy: NDArray[np.float64]
    count: NDArray[np.int64]


def reliability(probabilities: Probabilities, labels: Labels, bins: int = ECE_BINS) -> Reliability:
    """The bins of `metrics.expected_calibration_error`, to draw."""
    count, confidence, right = binned(probabilities, labels, bins)
    held = count > 0
    return Reliability(
        confidence=confidence[held] / count[held],
        accuracy=right[held] / count[held],
        count=count[held],
    )
