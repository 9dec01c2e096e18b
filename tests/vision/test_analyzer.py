"""Still pictures are read with care, frames of a stream at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.golden.frames import golden_frames
from today_feeling.vision.analyzer import Analyzer
from today_feeling.vision.card import read_emotion_card
from today_feeling.vision.classifier import Classifier
from today_feeling.vision.finder import load_finder

MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(read_emotion_card(MODELS / "emotion.json"))


@pytest.fixture(scope="module")
def crop(classifier: Classifier) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    frames = golden_frames()
    picture = next(frames[name] for name in frames if name != "nobody")
    found = classifier.crop(picture, load_finder(MODELS).quick(picture)[0].keypoints)
    assert found is not None
    return found


def test_a_face_crop_and_its_mirror_image_are_read_alike(
    classifier: Classifier, crop: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
) -> None:
    analyzer = Analyzer.load(MODELS)
    mirrored = np.ascontiguousarray(crop[:, ::-1])

    straight, turned = (analyzer.face_crop(each).probabilities for each in (crop, mirrored))

    assert np.abs(straight - turned).max() < 1e-6
    ways = [np.log(classifier.classify(each)) for each in (crop, mirrored)]
    assert np.abs(ways[0] - ways[1]).max() > 0.1


def test_a_picture_seen_both_ways_lies_between_what_each_way_says(
    classifier: Classifier, crop: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
) -> None:
    ways = classifier.classify(crop), classifier.classify(np.ascontiguousarray(crop[:, ::-1]))
    together = classifier.classify_both_ways(crop)
    ratio = together[:, None] / together
    ratios = [way[:, None] / way for way in ways]
    assert together.sum() == pytest.approx(1)
    assert (ratio <= np.maximum(*ratios) * (1 + 1e-9)).all()
    assert (ratio >= np.minimum(*ratios) * (1 - 1e-9)).all()
