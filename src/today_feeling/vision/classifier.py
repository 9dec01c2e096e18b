"""From a face crop to six probabilities."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.emotion import seen_both_ways
from today_feeling.errors import ModelDamaged
from today_feeling.vision.align import crop, crop_transform
from today_feeling.vision.card import EmotionCard
from today_feeling.vision.runtime import Model


class Classifier:
    """The emotion model; `ModelDamaged` when its file is not the card's."""

    def __init__(self, card: EmotionCard) -> None:
        self._card = card
        self._model = Model(card.model)

    @property
    def size(self) -> int:
        """Side of the crops, pixels."""
        return self._card.size

    def crop(
        self, picture: NDArray[np.uint8], keypoints: NDArray[np.float64]
    ) -> NDArray[np.uint8] | None:
        """Cut out a face by its keypoints [6, 2]; None where they are no face."""
        transform = crop_transform(keypoints, self._card.crop, self.size)
        return None if transform is None else crop(picture, transform, self.size)

    def shrink(self, face_crop: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Resize a ready face crop [H, W, 3] of any size to the model's input, unaligned."""
        shrinks = min(face_crop.shape[:2]) > self.size
        how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
        resized = cv2.resize(face_crop, (self.size, self.size), interpolation=how)
        return np.asarray(resized, np.uint8)

    def classify(self, face_crop: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Probabilities float64 [6], sum 1, of a crop uint8 RGB [size, size, 3]."""
        probabilities = self._model.run(face_crop[None])[0][0].astype(np.float64)
        if probabilities.shape != (6,) or not np.isfinite(probabilities).all():
            raise ModelDamaged("the emotion model gives no probabilities")
        return np.asarray(probabilities / probabilities.sum())

    def classify_both_ways(self, face_crop: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Classify a crop and its mirror image together: surer, and twice the work."""
        mirrored = np.ascontiguousarray(face_crop[:, ::-1])
        return seen_both_ways(self.classify(face_crop), self.classify(mirrored))
