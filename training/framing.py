"""How FER frames its faces, and what our crop of them costs: the numbers of the crop contract.

The detector looks at evenly spread pictures of the train split; medians and robust spreads of the
keypoints are in sides of the picture. Then the public test is read as it is, and through crops of
the faces that are found in it, also with the contract's scale a tenth smaller and larger.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.face import LEFT_EYE, MOUTH_CENTRE, RIGHT_EYE
from today_feeling.vision.align import crop, crop_transform
from today_feeling.vision.card import CropContract, read_emotion_card
from today_feeling.vision.finder import FaceFinder, load_finder
from training.arguments import add_data, add_model
from training.data import PUBLIC_TEST, TRAIN, Faces, load, scored_rows, spread_over
from training.evaluate import Emotions, as_crops

SHORT_RANGE_WITH_MARGIN = 1
"""The pass that sees a face which fills its picture best."""
SCALES = (0.9, 1.0, 1.1)


def keypoints_of(finder: FaceFinder, image: NDArray[np.uint8]) -> NDArray[np.float64] | None:
    """Keypoints [6, 2] of the largest face in a gray picture [S, S], pixels; None without one."""
    rgb = np.repeat(image[..., None], 3, axis=2)
    faces = finder.run_pass(rgb, SHORT_RANGE_WITH_MARGIN)
    face = max(faces, key=lambda each: each.box.area, default=None)
    return None if face is None else face.keypoints


def robust(values: NDArray[np.float64]) -> tuple[float, float]:
    """Median, and spread as 1.4826 times the median absolute deviation."""
    middle = float(np.median(values))
    return middle, 1.4826 * float(np.median(np.abs(values - middle)))


def framing(points: NDArray[np.float64], contract: CropContract) -> dict[str, tuple[float, float]]:
    """Median and spread of what the contract rests on; keypoints [N, 6, 2] in picture sides."""
    right, left, mouth = (points[:, each] for each in (RIGHT_EYE, LEFT_EYE, MOUTH_CENTRE))
    middle = (right + left) / 2
    apart = np.linalg.norm(left - right, axis=1)
    down = np.linalg.norm(mouth - middle, axis=1)
    centre = middle + contract.centre_to_mouth * (mouth - middle)
    scale = np.hypot(contract.eye_weight * apart, contract.mouth_weight * down)
    measured = {
        "eyes' midpoint, x": middle[:, 0], "eyes' midpoint, y": middle[:, 1],
        "eye distance": apart, "mouth, x": mouth[:, 0], "mouth, y": mouth[:, 1],
        "eyes to mouth": down, "centre, x": centre[:, 0], "centre, y": centre[:, 1],
        "scale": scale,
    }  # fmt: skip
    return {name: robust(each) for name, each in measured.items()} | {
        "scale, logarithm": robust(np.log(scale))
    }


def cost_of_crop(
    emotions: Emotions, finder: FaceFinder, contract: CropContract, faces: Faces, count: int
) -> dict[str, float]:
    """Accuracy over the public test's found faces, as they are and by the crop's scale."""
    rows, labels = scored_rows(faces, PUBLIC_TEST)
    rows, labels = spread_over(rows, count), spread_over(labels, count)
    found = [keypoints_of(finder, image) for image in faces.images[rows]]
    there = np.array([each is not None for each in found])

    def accuracy(crops: NDArray[np.uint8]) -> float:
        return float((emotions.predict(crops).argmax(axis=1) == labels[there]).mean())

    result = {
        "found": float(there.mean()),
        "as they are": accuracy(as_crops(faces.images[rows[there]], emotions.size)),
    }
    for scale in SCALES:
        asked = replace(contract, scale=contract.scale * scale)
        crops = []
        for image, points in zip(faces.images[rows], found, strict=True):
            if points is not None and (way := crop_transform(points, asked, emotions.size)):
                crops.append(crop(np.repeat(image[..., None], 3, axis=2), way, emotions.size))
        result[f"cropped, scale x {scale:g}"] = accuracy(np.stack(crops))
    return result


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Parse the command line, measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m training framing", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    add_data(parser)
    add_model(parser)
    parser.add_argument("--pictures", type=int, default=100_000, help="of each split, at most")
    arguments = parser.parse_args(arguments_given)
    cv2.setNumThreads(1)
    faces = load(arguments.data)
    contract = read_emotion_card(arguments.model.with_suffix(".json")).crop
    finder = load_finder(Path("models"))
    rows = np.flatnonzero((faces.usage == TRAIN) & faces.has_image)
    rows = spread_over(rows, arguments.pictures)
    found = [keypoints_of(finder, image) for image in faces.images[rows]]
    points = np.stack([each for each in found if each is not None]) / faces.images.shape[1]
    print(f"train split: a face found in {len(points)} of {len(rows)} pictures; median (spread)")
    for name, (middle, spread) in framing(points, contract).items():
        print(f"{name:>18}: {middle:.4f} ({spread:.4f})")
    emotions = Emotions(arguments.model.read_bytes())
    print("public test, accuracy of what is found")
    costs = cost_of_crop(emotions, finder, contract, faces, arguments.pictures)
    for name, share in costs.items():
        print(f"{name:>18}: {share:.4f}")


if __name__ == "__main__":
    main()
