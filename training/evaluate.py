"""Score the model that ships, through the interpreter that ships (LiteRT), under the protocol.

The public test may be looked at freely; the private test is for the finished model, once.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from today_feeling.domain.emotion import EMOTIONS, seen_both_ways
from training.augment import resize
from training.data import DATA_HELP, PRIVATE_TEST, PUBLIC_TEST, Faces, load, scored_rows
from training.figures import draw_confusion, draw_reliability, draw_risk_coverage
from training.metrics import Metrics, measure, unsure_threshold
from training.selective import (
    WANTED_ACCURACY,
    answered_entry,
    reliability,
    risk_coverage,
    threshold_entry,
)

SPLITS = {"public_test": PUBLIC_TEST, "private_test": PRIVATE_TEST}


class Emotions:
    """A loaded model file: crops in, probabilities out."""

    def __init__(self, model: bytes) -> None:
        self._interpreter = Interpreter(model_content=model, num_threads=1)
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._output = self._interpreter.get_output_details()[0]["index"]

    @property
    def size(self) -> int:
        """Side of the crops, pixels."""
        return int(self._interpreter.get_input_details()[0]["shape"][1])

    def predict(self, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Probabilities [N, 6] of RGB crops uint8 [N, size, size, 3]."""
        answers = []
        for crop in crops:
            self._interpreter.set_tensor(self._input, crop[None])
            self._interpreter.invoke()
            answers.append(self._interpreter.get_tensor(self._output)[0].copy())
        return np.stack(answers)

    def predict_both_ways(self, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Probabilities [N, 6] of crops seen together with their mirror images."""
        mirrored = np.ascontiguousarray(crops[:, :, ::-1])
        together = seen_both_ways(
            self.predict(crops).astype(np.float64), self.predict(mirrored).astype(np.float64)
        )
        return together.astype(np.float32)


def as_crops(images: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """Gray pictures uint8 [N, side, side] to RGB crops uint8 [N, size, size, 3], as in training."""
    gray = (resize(torch.from_numpy(images), size) * 255).round().to(torch.uint8)
    return gray.permute(0, 2, 3, 1).expand(-1, -1, -1, 3).contiguous().numpy()


def read_split(
    model: bytes, faces: Faces, split: str, *, both_ways: bool = False
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Probabilities [M, 6] and true classes [M] of a split, named as in SPLITS.

    Each picture is seen once, as in a stream, or both ways, as still pictures are.
    """
    emotions = Emotions(model)
    rows, labels = scored_rows(faces, SPLITS[split])
    predict = emotions.predict_both_ways if both_ways else emotions.predict
    return predict(as_crops(faces.images[rows], emotions.size)), labels


def draw_all(
    probabilities: NDArray[np.float32], labels: NDArray[np.int64], split: str, out: Path
) -> None:
    """Write `confusion.png`, `reliability.png` and `risk_coverage.png` of a split into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    metrics = measure(probabilities, labels)
    name = f"{split.replace('_', ' ')}, {metrics.count} pictures"
    chosen = unsure_threshold(probabilities, labels, WANTED_ACCURACY)
    curve = risk_coverage(probabilities, labels)
    draw_confusion(metrics, name, out / "confusion.png")
    draw_reliability(reliability(probabilities, labels), metrics.ece, name, out / "reliability.png")
    draw_risk_coverage(curve, WANTED_ACCURACY, chosen, name, out / "risk_coverage.png")


def write_card(
    card_path: Path, split: str, probabilities: NDArray[np.float32], labels: NDArray[np.int64],
    copies: str, *, both_ways: bool = False,
) -> None:  # fmt: skip
    """Put a split's result into the card; the public test also chooses the `unsure` threshold.

    What is seen both ways has an entry of its own, and chooses nothing: streams see once. Each
    entry says what the threshold does there; so the public test, seen once, is to come first.
    """
    card = json.loads(card_path.read_text())
    name = f"{split}_both_ways" if both_ways else split
    if split == "public_test" and not both_ways:
        card["thresholds"]["unsure"], card["threshold_choice"] = threshold_entry(
            probabilities, labels
        )
    card["metrics"][name] = as_card_entry(measure(probabilities, labels)) | {
        "answered": answered_entry(probabilities, labels, card["thresholds"]["unsure"]),
        "copies": copies,
    }
    card_path.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")


def as_card_entry(metrics: Metrics) -> dict[str, Any]:
    """Metrics as they stand in the card: rounded to four places, classes by name."""
    return {
        "pictures": metrics.count,
        "accuracy": round(metrics.accuracy, 4),
        "macro_f1": round(metrics.macro_f1, 4),
        "ece_15": round(metrics.ece, 4),
        "recall": dict(zip(EMOTIONS, (round(value, 4) for value in metrics.recall), strict=True)),
        "f1": dict(zip(EMOTIONS, (round(value, 4) for value in metrics.f1), strict=True)),
        "confusion": [list(row) for row in metrics.confusion],
    }


def as_table(metrics: Metrics) -> str:
    """Metrics for the terminal."""
    head = (
        f"{metrics.count} pictures: accuracy {metrics.accuracy:.4f}, "
        f"macro-F1 {metrics.macro_f1:.4f}, ECE {metrics.ece:.4f}"
    )
    lines = [head, f"{'':>10}  recall     F1  predicted as " + " ".join(EMOTIONS)]
    for label, name in enumerate(EMOTIONS):
        row = " ".join(
            f"{cell:>{len(other)}}"
            for cell, other in zip(metrics.confusion[label], EMOTIONS, strict=True)
        )
        lines.append(
            f"{name:>10}  {metrics.recall[label]:.4f} {metrics.f1[label]:.4f}  {'':>12} {row}"
        )
    return "\n".join(lines)


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Parse the command line, print a table; draw and write into the card if asked to."""
    parser = argparse.ArgumentParser(prog="python -m training evaluate", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="the .tflite; its card beside it")
    parser.add_argument(
        "--data", type=Path, nargs="+", required=True, metavar="PATH",
        help=DATA_HELP,
    )  # fmt: skip
    parser.add_argument(
        "--split", choices=SPLITS, default="public_test",
        help="(%(default)s); the private test is for the finished model, once",
    )  # fmt: skip
    parser.add_argument("--write", action="store_true", help="write the result into the card")
    parser.add_argument("--figures", type=Path, metavar="FOLDER", help="draw curves as PNG there")
    arguments = parser.parse_args(arguments_given)
    faces = load(arguments.data)
    model, card_path = arguments.model.read_bytes(), arguments.model.with_suffix(".json")
    print(f"{arguments.split} (copies removed: {faces.copies})")
    for both_ways in (False, True):
        probabilities, labels = read_split(model, faces, arguments.split, both_ways=both_ways)
        print("seen both ways" if both_ways else "seen once")
        print(as_table(measure(probabilities, labels)))
        if arguments.figures and not both_ways:
            draw_all(probabilities, labels, arguments.split, arguments.figures)
        if arguments.write:
            write_card(
                card_path, arguments.split, probabilities, labels, faces.copies,
                both_ways=both_ways,
            )  # fmt: skip


if __name__ == "__main__":
    main()
