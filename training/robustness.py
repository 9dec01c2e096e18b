"""Accuracy of a model file when cameras do their worst: a table and a picture, in minutes.

Every so-many-th scored picture of the public test is spoiled in known doses (training/corruptions)
and read through the file that ships; then hung in camera frames and read the whole way (detector,
crop, model; training/scenes). With --before, an earlier model's numbers stand beside.
"""

import argparse
import json
import math
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.arguments import add_data, add_model
from training.corruptions import CORRUPTIONS, Corruption, corrupted
from training.data import PUBLIC_TEST, Faces, load, scored_rows, spread_over
from training.evaluate import Emotions, as_crops
from training.figures import draw_robustness
from training.scenes import SCENES, Way

Result = dict[str, Any]
"""What is written as JSON; see `measure_robustness`."""
Predict = Callable[[NDArray[np.uint8]], NDArray[np.float32]]
"""Crops [N, S, S, 3] to probabilities or logits [N, 6]."""
SAME = 5e-3
"""Largest difference of a probability by rounding alone."""


def chosen_pictures(faces: Faces, count: int) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Up to `count` scored pictures of the public test, evenly spread, with their classes."""
    rows, labels = scored_rows(faces, PUBLIC_TEST)
    return faces.images[spread_over(rows, count)], spread_over(labels, count)


def rightly_read(
    predict: Predict,
    crops: NDArray[np.uint8],
    labels: NDArray[np.int64],
    corruptions: Sequence[Corruption] = CORRUPTIONS,
) -> Iterator[tuple[str, dict[str, NDArray[np.bool_]]]]:
    """For each effect, by dose, which of the crops [N, S, S, 3] are read rightly, [N]."""
    for corruption in corruptions:
        yield (
            corruption.name,
            {
                f"{dose:g}": predict(corrupted(crops, corruption, dose)).argmax(axis=1) == labels
                for dose in corruption.doses
            },
        )


def described(about: Result, emotions: Emotions, crops: NDArray[np.uint8]) -> str:
    """What kind of model it is, and whether its file looks into the mirror by itself."""
    mirrored = np.ascontiguousarray(crops[:, :, ::-1])
    alike = np.abs(emotions.predict(crops) - emotions.predict(mirrored)).max() < SAME
    how = "reads the mirror image too" if alike else "reads once"
    return f"{about['architecture']}, {emotions.size} pixels, {how}"


def measure_robustness(card: Path, faces: Faces, count: int, frames: int) -> Result:
    """Read spoiled pictures.

    Returns `clean` (accuracy), `doses` {effect: {dose: accuracy}}, `mean` (over effects of the
    mean over doses), `scenes` {scene: {found, accuracy, accuracy_of_found}}, and what was read by
    what: `version`, `sha256`, `model`, `pictures`, `frames`, `seconds`.
    """
    started = time.perf_counter()
    about = json.loads(card.read_text())
    emotions = Emotions((card.parent / about["file"]).read_bytes())
    images, labels = chosen_pictures(faces, count)
    crops = as_crops(images, emotions.size)

    clean = round(float((emotions.predict(crops).argmax(axis=1) == labels).mean()), 4)
    doses = {}
    for effect, by_dose in rightly_read(emotions.predict, crops, labels):
        doses[effect] = {dose: round(float(right.mean()), 4) for dose, right in by_dose.items()}
        print(f"{effect:>15}: {doses[effect]}", flush=True)
    scenes = {}
    if frames:
        way = Way(card)
        hung, classes = chosen_pictures(faces, frames)
        for scene in SCENES:
            result = way.judge(hung, classes, scene)
            scenes[scene.name] = {key: round(value, 4) for key, value in vars(result).items()}
            print(f"{scene.name:>27}: {scenes[scene.name]}", flush=True)
    means = [sum(values.values()) / len(values) for values in doses.values()]
    return {
        "version": about["version"],
        "sha256": about["sha256"],
        "model": described(about, emotions, crops[:8]),
        "pictures": len(labels),
        "frames": min(frames, len(labels)) if frames else 0,
        "clean": clean,
        "mean": round(sum(means) / len(means), 4),
        "doses": doses,
        "scenes": scenes,
        "seconds": round(time.perf_counter() - started, 1),
    }


def as_markdown(now: Result, before: Result | None) -> str:
    """The page `docs/model/robustness.md`."""
    error = 100 * math.sqrt(now["clean"] * (1 - now["clean"]) / now["pictures"])
    versions = f"version {now['version']}"
    if before:
        versions += f" (in brackets: version {before['version']}, on the same pictures)"
    apart = []
    if before:
        apart = [
            "",
            f"Version {now['version']}: {now['model']}. Version {before['version']}: "
            f"{before['model']}. They differ in much, so what lies between them is no before and "
            "after of any one choice; [augmentation.md](augmentation.md) has that of imitating "
            "cameras in training.",
        ]
    lines = [
        "# The emotion model under bad conditions",
        "",
        "Written by `python -m training robustness`; do not edit.",
        "",
        f"Accuracy of {versions} through the shipped file, on {now['pictures']} pictures of the",
        f"public test, each effect alone. Standard error {error:.1f} points; between two rows or",
        "two versions it is less, since the pictures are the same. Faces are coloured before a",
        "cast is thrown on them (ten skin tones, lips, eyes), since FER's are gray.",
        *apart,
        "",
        f"Untouched: **{_cell(now['clean'], before['clean'] if before else None)}**. Mean over all"
        f" effects: **{_cell(now['mean'], before['mean'] if before else None)}**."
        f" Worst: {worst(now)}.",
        "",
        "![Accuracy by effect and dose](robustness.png)",
        "",
        "| effect | dose | accuracy by dose |",
        "|---|---|---|",
    ]
    for corruption in CORRUPTIONS:
        old = before["doses"].get(corruption.name, {}) if before else {}
        cells = [
            f"{dose}: {_cell(value, old.get(dose))}"
            for dose, value in now["doses"][corruption.name].items()
        ]
        lines.append(f"| {corruption.name} | {corruption.unit} | {', '.join(cells)} |")
    if now["scenes"]:
        lines += [
            "",
            "## The whole way",
            "",
            f"{now['frames']} pictures hung on the gray wall of a 640x480 frame: our detector",
            "finds the face, the crop contract cuts it out, the model reads it. A face that is not",
            "found counts as wrong. Turning is undone by the crop, so it costs less than above.",
            "A real head is found more easily than a picture that ends at the chin.",
            "",
            "| scene | found | accuracy | accuracy of the found |",
            "|---|---|---|---|",
        ]
        for name, result in now["scenes"].items():
            old = before["scenes"].get(name, {}) if before else {}
            cells = [_cell(value, old.get(key)) for key, value in result.items()]
            lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def worst(result: Result) -> str:
    """The four effects that cost most, each by its costliest dose."""
    units = {corruption.name: corruption.unit for corruption in CORRUPTIONS}
    lowest = {
        effect: min((accuracy, dose) for dose, accuracy in doses.items())
        for effect, doses in result["doses"].items()
    }
    return ", ".join(
        f"{effect} ({units[effect]}: {dose}) {_cell(accuracy, None)}"
        for effect, (accuracy, dose) in sorted(lowest.items(), key=lambda each: each[1])[:4]
    )


def _cell(now: float, before: float | None) -> str:
    text = f"{now:.3f}".removeprefix("0")
    return text if before is None else f"{text} ({f'{before:.3f}'.removeprefix('0')})"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give a parser the options that say how many pictures are read."""
    parser.add_argument("--pictures", type=int, default=300, help="spoiled (%(default)s)")
    parser.add_argument("--frames", type=int, default=100, help="hung in frames (%(default)s)")
    parser.add_argument("--before", type=Path, help="JSON of an earlier model's measurement")


def write_robustness(
    card: Path, faces: Faces, out: Path, *, pictures: int, frames: int, before: Path | None
) -> Result:
    """Measure and write `robustness.md`, `.png` and `robustness-<version>.json` into `out`.

    Raises `ValueError` where the earlier model was measured on other pictures than will be read.
    """
    old = json.loads(before.read_text()) if before else None
    will_be = len(spread_over(scored_rows(faces, PUBLIC_TEST)[0], pictures))
    if old and old["pictures"] != will_be:
        raise ValueError(f"{before} is of {old['pictures']} pictures, this would be of {will_be}")
    now = measure_robustness(card, faces, pictures, frames)
    out.mkdir(parents=True, exist_ok=True)
    (out / f"robustness-{now['version']}.json").write_text(json.dumps(now, indent=1) + "\n")
    (out / "robustness.md").write_text(as_markdown(now, old))
    draw_robustness(now, old, out / "robustness.png")
    return now


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(
        prog="python -m training robustness", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    add_data(parser)
    add_model(parser)
    parser.add_argument(
        "--out", type=Path, default=Path("docs/model"), help="folder for pages (%(default)s)"
    )
    add_options(parser)
    arguments = parser.parse_args(arguments_given)
    result = write_robustness(
        arguments.model.with_suffix(".json"), load(arguments.data), arguments.out,
        pictures=arguments.pictures, frames=arguments.frames, before=arguments.before,
    )  # fmt: skip
    print(f"wrote {arguments.out / 'robustness.md'} in {result['seconds']} s")


if __name__ == "__main__":
    main()
