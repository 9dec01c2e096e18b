"""A face in a picture, and what it expresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.emotion import EMOTIONS, Emotion

RIGHT_EYE: Final = 0
LEFT_EYE: Final = 1
NOSE_TIP: Final = 2
MOUTH_CENTRE: Final = 3
"""Rows of `Face.keypoints`; right and left are the person's own."""


class Box(NamedTuple):
    """An upright rectangle in pixels; it may reach over the picture's edge."""

    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """Square pixels."""
        return self.width * self.height

    def iou(self, other: Box) -> float:
        """Intersection over union, 0..1."""
        right = min(self.x + self.width, other.x + other.width)
        bottom = min(self.y + self.height, other.y + other.height)
        overlap = max(0.0, right - max(self.x, other.x)) * max(0.0, bottom - max(self.y, other.y))
        union = self.area + other.area - overlap
        return overlap / union if union > 0 else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One detected face.

    Attributes
    ----------
    box
        Pixels of the picture.
    score
        The detector's confidence, 0..1.
    keypoints
        float64 [6, 2], x and y in pixels: right eye, left eye, nose tip, mouth centre, right ear
        tragion, left ear tragion (the person's right and left).
    """

    box: Box
    score: float
    keypoints: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class FaceEmotion:
    """What one face expresses in one picture.

    Attributes
    ----------
    box, score
        As in `Face`.
    probabilities
        float64 [6] in the order of `EMOTIONS`, sum 1.
    valence, arousal
        Expected values under `probabilities`, -1..1.
    """

    box: Box
    score: float
    probabilities: NDArray[np.float64]
    valence: float
    arousal: float

    @property
    def emotion(self) -> Emotion:
        """The most probable of the six; a single picture is never `unsure`."""
        return EMOTIONS[int(self.probabilities.argmax())]
