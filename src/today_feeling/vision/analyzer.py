"""A picture in, faces with their emotions out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.affect import expected_affect
from today_feeling.domain.face import Box, Face, FaceEmotion
from today_feeling.domain.temporal import TemporalParameters
from today_feeling.vision.card import read_emotion_card
from today_feeling.vision.classifier import Classifier
from today_feeling.vision.finder import FaceFinder, LiveFinder, load_finder

Picture = NDArray[np.uint8]
Probabilities = NDArray[np.float64]


class Analyzer:
    """Detector and classifier together. Pictures are uint8 RGB [H, W, 3]; not thread-safe.

    Parameters
    ----------
    temporal
        The rule for videos, with the threshold that the emotion model's card states.
    """

    def __init__(
        self, finder: FaceFinder, classifier: Classifier, temporal: TemporalParameters
    ) -> None:
        self._finder = finder
        self._classifier = classifier
        self.temporal = temporal

    @staticmethod
    def load(models_dir: Path) -> Analyzer:
        """Load all models of a folder; `ModelDamaged` if one is missing or wrong."""
        card = read_emotion_card(models_dir / "emotion.json")
        temporal = TemporalParameters(unsure_below=card.unsure_below)
        return Analyzer(load_finder(models_dir), Classifier(card), temporal)

    def still(self, picture: Picture) -> list[FaceEmotion]:
        """All faces of a still picture, best first, however long it takes."""
        return self._read(
            picture, self._finder.thorough(picture), self._classifier.classify_both_ways
        )

    def frame(self, picture: Picture) -> list[FaceEmotion]:
        """The faces of a video frame, best first, by the first pass that finds any."""
        return self.read(picture, self._finder.quick(picture))

    def face_crop(self, picture: Picture) -> FaceEmotion:
        """Read a picture that is a face crop already: nothing is searched or aligned."""
        height, width = picture.shape[:2]
        whole = Face(Box(0.0, 0.0, float(width), float(height)), 1.0, np.zeros((6, 2)))
        crop = self._classifier.shrink(picture)
        return _as_emotion(whole, self._classifier.classify_both_ways(crop))

    def live(self) -> LiveAnalyzer:
        """Start reading a live stream."""
        return LiveAnalyzer(self, LiveFinder(self._finder))

    def read(self, picture: Picture, faces: list[Face]) -> list[FaceEmotion]:
        """Read the emotions of faces found in a video frame, of which there are many."""
        return self._read(picture, faces, self._classifier.classify)

    def _read(
        self, picture: Picture, faces: list[Face], classify: Callable[[Picture], Probabilities]
    ) -> list[FaceEmotion]:
        crops = ((face, self._classifier.crop(picture, face.keypoints)) for face in faces)
        return [_as_emotion(face, classify(crop)) for face, crop in crops if crop is not None]


def _as_emotion(face: Face, probabilities: Probabilities) -> FaceEmotion:
    valence, arousal = expected_affect(probabilities)
    return FaceEmotion(face.box, face.score, probabilities, valence, arousal)


class LiveAnalyzer:
    """Reads the one followed face of a stream."""

    def __init__(self, analyzer: Analyzer, finder: LiveFinder) -> None:
        self._analyzer = analyzer
        self._finder = finder

    @property
    def person(self) -> int:
        """Counts up with every face that is not the one before."""
        return self._finder.person

    def next(self, picture: Picture) -> FaceEmotion | None:
        """Read the followed face in the next frame; None where there is none."""
        face = self._finder.next(picture)
        read = self._analyzer.read(picture, [face] if face else [])
        return read[0] if read else None


def main_face(faces: list[FaceEmotion]) -> FaceEmotion | None:
    """The face that is read over time where several are seen: the largest."""
    return max(faces, key=lambda face: face.box.area, default=None)
