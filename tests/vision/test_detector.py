"""Anchors, decoding and suppression of BlazeFace, and how pictures are fitted."""

from __future__ import annotations

import numpy as np
import pytest

from tests.vision.pictures import MODELS, load, portraits, scikit_image
from today_feeling.vision.card import read_detector_card
from today_feeling.vision.detector import Detector, Region, anchors, cut, fit, suppress

SHORT = read_detector_card(MODELS / "face_detection_short_range.json")
FULL = read_detector_card(MODELS / "face_detection_full_range.json")


def test_short_range_has_two_anchors_in_fine_cells_and_six_in_coarse_ones() -> None:
    found = anchors(SHORT)
    assert found.shape == (896, 2)
    assert found[:3].tolist() == [[4, 4], [4, 4], [12, 4]]
    assert found[511].tolist() == [124, 124]
    assert found[512:519].tolist() == [[8, 8]] * 6 + [[24, 8]]


def test_full_range_has_one_anchor_a_cell() -> None:
    found = anchors(FULL)
    assert found.shape == (2304, 2)
    assert found[[0, 1, 48, -1]].tolist() == [[2, 2], [6, 2], [2, 6], [190, 190]]


def test_suppression_averages_by_score_and_keeps_the_best_score() -> None:
    boxes = np.array([[[0, 0], [10, 10]], [[2, 0], [12, 10]], [[50, 50], [60, 60]]], np.float64)
    found = suppress(boxes, np.array([0.6, 0.9, 0.7]), 0.3)
    assert [score for _, score in found] == [0.9, 0.7]
    assert found[0][0] == pytest.approx(np.array([[1.2, 0], [11.2, 10]]))
    assert found[1][0] == pytest.approx(boxes[2])


def test_boxes_that_overlap_little_are_two_faces() -> None:
    boxes = np.array([[[0, 0], [10, 10]], [[6, 0], [16, 10]]], np.float64)
    assert len(suppress(boxes, np.array([0.9, 0.8]), 0.3)) == 2


@pytest.mark.parametrize(
    ("shape", "margin", "inside"),
    [((480, 640), 0.0, (0, 16, 128, 96)), ((640, 480), 0.2, (35, 25, 58, 77))],
)
def test_a_picture_is_centred_on_black(
    shape: tuple[int, int], margin: float, inside: tuple[int, int, int, int]
) -> None:
    fitted = fit(np.full((*shape, 3), 200, np.uint8), 128, margin)
    x, y, width, height = inside
    expected = np.zeros((128, 128, 3), np.uint8)
    expected[y : y + height, x : x + width] = 200
    assert np.array_equal(fitted.square, expected)
    assert fitted.offset == (x, y)
    assert fitted.ratio == (shape[1] / width, shape[0] / height)


def test_a_line_of_pixels_still_fits() -> None:
    assert fit(np.full((1, 1000, 3), 9, np.uint8), 128, 0.0).square.max() == 9


def test_outside_the_picture_a_region_is_black() -> None:
    picture = np.arange(1, 49, dtype=np.uint8).reshape(4, 4, 3)
    view = cut(picture, Region(-1, 2, 3, 4))
    assert np.array_equal(view[:2, 1:], picture[2:, :2])
    assert view[:, 0].max() == view[2:].max() == 0
    assert cut(picture, Region(90, 90, 5, 5)).max() == 0


def test_a_region_gives_positions_in_the_whole_picture() -> None:
    portrait = portraits()[0]
    x, y, width, height = (round(value) for value in portrait.box)
    region = Region(x - width, y - height, 3 * width, 3 * height)
    faces = Detector(SHORT).detect(portrait.picture, 0.0, region)
    assert faces[0].box.iou(portrait.box) > 0.8


def test_keypoints_lie_where_they_should_on_a_known_picture() -> None:
    """By eye in scikit-image's astronaut: her eyes, nose and mouth, to a few pixels."""
    face = Detector(FULL).detect(load(scikit_image("astronaut.png")))[0]
    expected = [[205, 111], [243, 108], [226, 128], [228, 147]]
    assert np.abs(face.keypoints[:4] - expected).max() < 9
