"""Results by how bright a face is in its picture: as near as these data come to groups of people.

FER+ says nothing of age, sex, origin or skin. The gray level of the middle of a face depends on
its skin, and as much on the light and on what the camera made of it: a difference between the
thirds is a reason to look closer, and no difference between them is no proof of fairness.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.metrics import measure

MIDDLE = (0.35, 0.75, 0.25, 0.75)
"""Top, bottom, left, right of the part that is looked at, in sides: cheeks and nose, no hair."""
NAMES = ("darkest third", "middle third", "brightest third")


def brightness(images: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Median gray level, 0..255, of the middle of each face [N, S, S]."""
    side = images.shape[1]
    top, bottom, left, right = (round(edge * side) for edge in MIDDLE)
    return np.asarray(np.median(images[:, top:bottom, left:right], axis=(1, 2)), np.float64)


def by_brightness(
    images: NDArray[np.uint8], probabilities: NDArray[np.float32], labels: NDArray[np.int64]
) -> list[dict[str, Any]]:
    """For each third its name, pictures, gray levels, accuracy with standard error, macro-F1."""
    levels = brightness(images)
    result = []
    for name, rows in zip(NAMES, np.array_split(np.argsort(levels, kind="stable"), 3), strict=True):
        metrics = measure(probabilities[rows], labels[rows])
        error = math.sqrt(metrics.accuracy * (1 - metrics.accuracy) / max(len(rows), 1))
        result.append(
            {
                "name": name,
                "pictures": len(rows),
                "from": float(levels[rows].min()),
                "to": float(levels[rows].max()),
                "accuracy": round(metrics.accuracy, 4),
                "error": round(error, 4),
                "macro_f1": round(metrics.macro_f1, 4),
            }
        )
    return result


def as_lines(groups: list[dict[str, Any]]) -> list[str]:
    """A table, and what it does not say."""
    return [
        "| face (public test) | gray level | pictures | accuracy | macro-F1 |",
        "|---|---|---|---|---|",
        *(
            f"| {each['name']} | {each['from']:.0f}-{each['to']:.0f} | {each['pictures']:,} | "
            f"{each['accuracy']:.3f} ± {each['error']:.3f} | {each['macro_f1']:.3f} |"
            for each in groups
        ),
        "",
        "Gray level of the middle of the face, ± standard error. It is no measure of skin tone:"
        " light and camera count as much, and the data say nothing of age, sex or origin.",
    ]
