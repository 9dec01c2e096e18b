"""What imitating cameras in training is worth: two runs that differ in nothing else, spoiled alike.

Both are those of `ablate` of the same budget and seed ("baseline" and "no camera effects, only
mirrored"), seen once, under the strongest dose of every effect. A third one imitates JPEG, too,
and is compared with the first under every dose of that. A short run shows what the first hundreds
of steps learn, not the whole.
"""

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from training.corruptions import CORRUPTIONS, Corruption
from training.data import PUBLIC_TEST, Faces, load, scored_rows, spread_over, training_rows
from training.evaluate import as_crops
from training.model import EmotionNet, ShippedGraph
from training.pages import write_or_renew
from training.robustness import rightly_read
from training.train import train
from training.variants import BASELINE, CAMERAS_OFF, JPEG, VARIANTS, Budget, small

COMMAND = "python -m training augmentation"
RUNS = {"with": BASELINE, "without": CAMERAS_OFF, "jpeg": JPEG}
"""Variant of each run, by the name of its folder."""
CLEAN = "untouched"
STRONGEST = tuple(replace(each, doses=each.doses[-1:]) for each in CORRUPTIONS)
COMPRESSION = tuple(each for each in CORRUPTIONS if each.name == "JPEG")

Right = dict[str, dict[str, NDArray[np.bool_]]]
"""Which pictures are read rightly, by effect and dose."""


def spoiled(
    network: EmotionNet, faces: Faces, size: int, pictures: int, effects: Sequence[Corruption]
) -> Right:
    """Read evenly spread pictures of the public test untouched, and under each effect."""
    rows, labels = scored_rows(faces, PUBLIC_TEST)
    rows, labels = spread_over(rows, pictures), spread_over(labels, pictures)
    crops = as_crops(faces.images[rows], size)
    graph = ShippedGraph(network, temperature=1.0).eval()

    @torch.no_grad()
    def predict(crops: NDArray[np.uint8]) -> NDArray[np.float32]:
        parts = torch.from_numpy(crops).split(128)
        return np.asarray(torch.cat([graph(part) for part in parts]).numpy(), np.float32)

    clean = predict(crops).argmax(axis=1) == labels
    return {CLEAN: {"": clean}, **dict(rightly_read(predict, crops, labels, effects))}


def compared(right: dict[str, Right]) -> dict[str, Any]:
    """For each effect the accuracies of two runs by dose, and the gain over all doses.

    Returns {effect: {with: {dose: accuracy}, without: ..., gain, error}}; gain of the run `with`
    what is compared and its standard error over the pictures, in points.
    """
    result = {}
    for effect, doses in right["with"].items():
        gains = np.mean(
            [each.astype(float) - right["without"][effect][dose] for dose, each in doses.items()],
            axis=0,
        )
        result[effect] = {
            run: {dose: round(float(each.mean()), 4) for dose, each in right[run][effect].items()}
            for run in ("with", "without")
        } | {
            "gain": round(100 * float(gains.mean()), 2),
            "error": round(100 * float(gains.std()) / math.sqrt(len(gains)), 2),
        }
    return result


def as_lines(result: dict[str, Any]) -> list[str]:
    """The measured part of `docs/model/augmentation.md`."""
    budget, effects = result["budget"], result["effects"]
    spoiled_ones = [each["gain"] for effect, each in effects.items() if effect != CLEAN]
    mean = sum(spoiled_ones) / len(spoiled_ones)
    return [
        f"{budget['pictures']:,} random training pictures, {budget['passes']} passes, "
        f"{budget['size']} pixels, batches of {budget['batch']}, one seed; "
        f"{result['scored']:,} pictures of the public test, each seen once. Accuracy of the run "
        "that saw imitated cameras, in brackets of the one that saw pictures only mirrored; gain "
        "in points, ± its standard error over the pictures (not over seeds).",
        "",
        *table(effects),
        "",
        f"Mean gain over the {len(spoiled_ones)} effects: {mean:+.1f} points.",
        "",
        f"**JPEG imitated, too**, for {VARIANTS[JPEG]['jpeg']:.0%} of the pictures; in brackets "
        f"the first run above, which never saw any. {result['scored_for_jpeg']:,} pictures of the "
        "public test; the gain is over all doses.",
        "",
        *table(result["jpeg"]),
    ]


def table(effects: dict[str, Any]) -> list[str]:
    """A row for each effect of what `compared` gives."""
    units = {corruption.name: corruption.unit for corruption in CORRUPTIONS}
    lines = ["| effect | dose | accuracy, with (without) | gain |", "|---|---|---|---|"]
    for effect, each in effects.items():
        cells = ", ".join(
            f"{dose}{': ' if dose else ''}{accuracy:.3f} ({each['without'][dose]:.3f})"
            for dose, accuracy in each["with"].items()
        )
        gain = f"{each['gain']:+.1f} ± {each['error']:.1f}"
        lines.append(f"| {effect} | {units.get(effect, '')} | {cells} | {gain} |")
    return lines


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Parse the command line, train what is missing, measure and write."""
    parser = argparse.ArgumentParser(
        prog=COMMAND, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, nargs="+", required=True, metavar="PATH", help="as for train"
    )
    parser.add_argument("--work", type=Path, required=True, help="folder of the runs")
    parser.add_argument(
        "--out", type=Path, default=Path("docs/model"), help="folder of the page (%(default)s)"
    )
    parser.add_argument("--pictures", type=int, default=5000, help="learned from (%(default)s)")
    parser.add_argument("--passes", type=int, default=3, help="over them (%(default)s)")
    parser.add_argument("--size", type=int, default=64, help="of the input (%(default)s)")
    parser.add_argument("--batch", type=int, default=32, help="pictures of a step (%(default)s)")
    parser.add_argument("--scored", type=int, default=300, help="at most (%(default)s)")
    parser.add_argument(
        "--pretrained", action=argparse.BooleanOptionalAction, default=True,
        help="begin with the weights that know faces (a download of 144 MB, once)",
    )  # fmt: skip
    parser.add_argument("--threads", type=int, default=1, help="of a CPU (%(default)s)")
    arguments = parser.parse_args(arguments_given)
    faces = load(arguments.data)
    budget = Budget(
        min(arguments.pictures, len(training_rows(faces))), arguments.passes, arguments.size,
        arguments.batch, len(scored_rows(faces, PUBLIC_TEST)[0]), arguments.pretrained,
    )  # fmt: skip
    chosen = small(faces, budget)
    work = arguments.work / "-".join(str(each) for each in vars(budget).values())
    networks = {}
    for run, variant in RUNS.items():
        config = budget.config(seed=1, threads=arguments.threads, compiled=False)
        networks[run] = train(chosen, replace(config, **VARIANTS[variant]), work / run)

    def read(run: str, pictures: int, effects: Sequence[Corruption]) -> Right:
        return spoiled(networks[run], faces, budget.size, pictures, effects)

    right = {run: read(run, arguments.scored, STRONGEST) for run in ("with", "without")}
    blocks = {
        "with": read("jpeg", budget.scored, COMPRESSION),
        "without": read("with", budget.scored, COMPRESSION),
    }
    result = {
        "budget": vars(budget),
        "scored": len(right["with"][CLEAN][""]),
        "effects": compared(right),
        "scored_for_jpeg": budget.scored,
        "jpeg": compared(blocks),
    }
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "augmentation.json").write_text(json.dumps(result, indent=1) + "\n")
    write_or_renew(arguments.out / "augmentation.md", COMMAND, "Imitated cameras", as_lines(result))
    print("\n".join(as_lines(result)))


if __name__ == "__main__":
    main()
