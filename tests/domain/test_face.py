"""Boxes and faces."""

from __future__ import annotations

import numpy as np
import pytest

from today_feeling.domain.face import Box, FaceEmotion


def test_iou_of_equal_half_and_apart() -> None:
    box = Box(10, 10, 20, 10)
    assert box.iou(box) == 1
    assert box.iou(Box(20, 10, 20, 10)) == pytest.approx(1 / 3)
    assert box.iou(Box(31, 10, 20, 10)) == 0


def test_iou_of_empty_boxes_is_zero() -> None:
    assert Box(0, 0, 0, 0).iou(Box(0, 0, 0, 0)) == 0


def test_the_emotion_of_one_picture_is_the_most_probable() -> None:
    face = FaceEmotion(Box(0, 0, 1, 1), 1.0, np.array([0.1, 0.1, 0.1, 0.3, 0.4, 0.0]), 0.0, 0.0)
    assert face.emotion == "sadness"
