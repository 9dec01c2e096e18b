"""The whole way under test: a face in a camera's frame, found, cut out and read as in the product.

FER's pictures end at the forehead and the chin; here they hang on a gray wall of a 640x480 frame.
That is harder than a real head before a real wall, so only differences between rows mean
something.
"""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from today_feeling.vision.card import read_emotion_card
from today_feeling.vision.classifier import Classifier
from today_feeling.vision.finder import FaceFinder, load_finder

DETECTORS = Path(__file__).parents[1] / "models"
FRAME = (640, 480)
WALL = 127


@dataclass(frozen=True)
class Scene:
    """How the face hangs in the frame."""

    name: str
    side: float = 240
    """Of the hung picture, pixels."""
    angle: float = 0
    """Degrees, to one side or the other in turn."""
    brightness: float = 1
    noise: float = 0
    """Deviation of full scale."""


SCENES = (
    Scene("upright, 240 px"),
    *(Scene(f"turned by {angle} degrees", angle=angle) for angle in (10, 20, 30)),
    Scene("160 px", side=160),
    Scene("brightness 0.4", brightness=0.4),
    Scene("brightness 0.2, noise 0.02", brightness=0.2, noise=0.02),
)


@dataclass(frozen=True)
class SceneResult:
    """Shares of all pictures, 0..1."""

    found: float
    accuracy: float
    """Right answers; a face that is not found counts as wrong."""
    accuracy_of_found: float


def frame_of(gray: NDArray[np.uint8], scene: Scene, number: int) -> NDArray[np.uint8]:
    """Hang picture `number`, gray [S, S], in a frame, uint8 RGB [480, 640, 3]."""
    zoom = scene.side / gray.shape[0]
    middle = (gray.shape[0] - 1) / 2
    angle = scene.angle if number % 2 else -scene.angle
    matrix = cv2.getRotationMatrix2D((middle, middle), angle, zoom)
    matrix[:, 2] += np.array([(FRAME[0] - 1) / 2, (FRAME[1] - 1) / 2]) - middle
    frame = cv2.warpAffine(gray, matrix, FRAME, flags=cv2.INTER_LINEAR, borderValue=WALL)
    noise = np.random.default_rng(number).normal(0, scene.noise * 255, frame.shape)
    levels = np.clip(np.floor(frame * scene.brightness + noise + 0.5), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(levels, cv2.COLOR_GRAY2RGB), np.uint8)


class Way:
    """Our detector, the crop of a model's card, and the model."""

    def __init__(self, card: Path) -> None:
        cv2.setNumThreads(1)
        self._finder: FaceFinder = load_finder(DETECTORS)
        self._classifier = Classifier(read_emotion_card(card))

    def read(self, frame: NDArray[np.uint8]) -> int | None:
        """Class of the largest face; None where none is found."""
        faces = self._finder.quick(frame)
        face = max(faces, key=lambda each: each.box.area, default=None)
        crop = None if face is None else self._classifier.crop(frame, face.keypoints)
        return None if crop is None else int(self._classifier.classify(crop).argmax())

    def judge(
        self, images: NDArray[np.uint8], labels: NDArray[np.int64], scene: Scene
    ) -> SceneResult:
        """Read every picture in the scene."""
        answers = [self.read(frame_of(image, scene, number)) for number, image in enumerate(images)]
        found = sum(answer is not None for answer in answers)
        right = sum(answer == label for answer, label in zip(answers, labels.tolist(), strict=True))
        return SceneResult(found / len(answers), right / len(answers), right / max(found, 1))
