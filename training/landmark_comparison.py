"""The same heads on the same pictures, with different points of the mesh beside them."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from training import mesh
from training.landmark_data import EXPRESSIVE_34, USUAL_68, Pictures, Points
from training.landmark_heads import BUDGET, answers, fit, inputs_of
from training.metrics import measure

ALL = tuple(range(mesh.POINTS))
LEARNED: Final = "learned 34"
SETS: Final[dict[str, Sequence[int]]] = {
    "none": (), "68": USUAL_68, "34": EXPRESSIVE_34, LEARNED: (), "all 468": ALL,
}  # fmt: skip
"""What the head sees of the mesh; the learned subset is another one for each seed."""
FOLDS = 5

Json = dict[str, Any]
Features = NDArray[np.float32] | None


class Comparison:
    """The same heads on the same pictures with different inputs."""

    def __init__(self, pictures: Pictures, points: Points, passes: int, seeds: int) -> None:
        self._pictures, self._points = pictures, points
        self._passes, self._seeds = passes, range(1, seeds + 1)
        self._train = torch.arange(pictures.learned)
        self._test = torch.arange(pictures.learned, len(pictures.images))
        self._labels = pictures.labels[pictures.learned :]

    def subsets(self, features: Features) -> list[list[int]]:
        """The points that a head chooses beside these features, on the training pictures."""
        inputs = inputs_of(features, self._points, ALL, self._pictures.learned)
        return [
            fit(inputs, self._pictures, self._train, passes=self._passes, seed=seed, budget=BUDGET)[
                1
            ]
            for seed in self._seeds
        ]

    def on_train(self, features: Features, subsets: list[list[int]]) -> Json:
        """Learn from the training pictures, score the public test."""

        def read(chosen: Sequence[int], seed: int) -> NDArray[np.float32]:
            inputs = inputs_of(features, self._points, chosen, self._pictures.learned)
            head, _ = fit(inputs, self._pictures, self._train, passes=self._passes, seed=seed)
            return answers(head, inputs, self._test)

        return self._all_sets(read, subsets, with_none=features is not None)

    def on_fifths(self, features: Features, subsets: list[list[int]]) -> Json:
        """Learn from four fifths of the public test, score the other, for each fifth."""

        def read(chosen: Sequence[int], seed: int) -> NDArray[np.float32]:
            inputs = inputs_of(features, self._points, chosen, self._pictures.learned)
            order = np.random.default_rng(seed).permutation(len(self._test))
            probabilities = np.zeros((len(self._test), 6), np.float32)
            for fold in range(FOLDS):
                held = np.sort(order[fold::FOLDS])
                others = self._test[np.setdiff1d(order, held)]
                # fewer pictures: more passes, for about as many steps
                passes = self._passes * min(FOLDS, max(1, len(self._train) // len(others)))
                head, _ = fit(inputs, self._pictures, others, passes=passes, seed=seed)
                probabilities[held] = answers(head, inputs, self._test[held])
            return probabilities

        return self._all_sets(read, subsets, with_none=features is not None)

    def _all_sets(
        self,
        read: Callable[[Sequence[int], int], NDArray[np.float32]],
        subsets: list[list[int]],
        *,
        with_none: bool,
    ) -> Json:
        result: Json = {}
        right: dict[str, NDArray[np.float64]] = {}
        for name, chosen in SETS.items():
            if name == "none" and not with_none:
                continue
            scores, hits = [], []
            for seed, learned in zip(self._seeds, subsets, strict=True):
                probabilities = read(learned if name == LEARNED else chosen, seed)
                scores.append(measure(probabilities, self._labels))
                hits.append(probabilities.argmax(axis=1) == self._labels)
            right[name] = np.mean(hits, axis=0)
            result[name] = {
                "accuracy": [round(each.accuracy, 4) for each in scores],
                "macro_f1": [round(each.macro_f1, 4) for each in scores],
            }
            if "none" in right:
                difference = right[name] - right["none"]
                result[name]["gain"] = round(float(difference.mean()), 4)
                error = difference.std() / np.sqrt(len(difference))
                result[name]["gain_error"] = round(float(error), 4)
            print(f"{name:>12}: {result[name]}", flush=True)
        return result
