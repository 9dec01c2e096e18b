"""From keypoints to the crop that the classifier knows: "Crop" in docs/vision.md."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.face import LEFT_EYE, MOUTH_CENTRE, RIGHT_EYE
from today_feeling.vision.card import CropContract

_SAMPLE_STEP: Final = 2
"""From sample to sample, source pixels: each is a mean of 2 x 2, so that nearly all have a say."""

_SAMPLE_SLACK: Final = 0.001
"""Of the number of samples, so that rounding does not double the work."""

_ROWS: Final = 16
"""Crop rows sampled at a time: a face of thousands of pixels must not take gigabytes."""


class Similarity(NamedTuple):
    """Takes (u, v) of the crop to (a u - b v + x, b u + a v + y) of the picture, all in pixels."""

    a: float
    b: float
    x: float
    y: float


def crop_transform(
    keypoints: NDArray[np.float64], contract: CropContract, size: int
) -> Similarity | None:
    """Find the transform that levels the eyes and puts face scale and centre where they belong.

    Parameters
    ----------
    keypoints
        float64 [6, 2], pixels of the picture, in the order of `Face.keypoints`.
    size
        Side of the crop, pixels.

    Returns
    -------
    Similarity or None
        None where eyes and mouth fall into one point: that is no face.
    """
    right, left, mouth = keypoints[[RIGHT_EYE, LEFT_EYE, MOUTH_CENTRE]]
    eyes, middle = left - right, (right + left) / 2
    scale = math.hypot(
        contract.eye_weight * math.hypot(*eyes),
        contract.mouth_weight * math.hypot(*(mouth - middle)),
    )
    if not scale > 0:
        return None
    zoom = scale / (contract.scale * size)
    angle = math.atan2(eyes[1], eyes[0])
    a, b = zoom * math.cos(angle), zoom * math.sin(angle)
    u, v = contract.centre_x * size, contract.centre_y * size
    x, y = (middle + contract.centre_to_mouth * (mouth - middle)).tolist()
    return Similarity(a, b, x - (a * u - b * v), y - (b * u + a * v))


def crop(picture: NDArray[np.uint8], transform: Similarity, size: int) -> NDArray[np.uint8]:
    """Cut the crop uint8 [size, size, 3] out of a picture uint8 [H, W, 3].

    Each pixel is the mean of k x k bilinear samples, k by the zoom; outside the picture its
    nearest edge pixel is taken.
    """
    a, b = transform.a, transform.b
    k = max(1, math.ceil(math.hypot(a, b) / _SAMPLE_STEP - _SAMPLE_SLACK))
    corners = np.array([[0, 0], [size, 0], [0, size], [size, size]], np.float64)
    reach = corners @ [[a, b], [-b, a]] + (transform.x, transform.y)
    first = _inside(np.floor(reach.min(axis=0)) - 1, picture)
    last = _inside(np.ceil(reach.max(axis=0)) + 1, picture)
    part = picture[first[1] : last[1] + 1, first[0] : last[0] + 1].astype(np.float32)

    u = (np.arange(size * k) + 0.5) / k
    mean = np.empty((size, size, 3), np.float32)
    for top in range(0, size, _ROWS):
        v = (np.arange(top * k, min(top + _ROWS, size) * k)[:, None] + 0.5) / k
        # cv2.remap has the centres of pixels, not their corners, on whole numbers.
        x = (a * u - b * v + (transform.x - first[0] - 0.5)).astype(np.float32)
        y = (b * u + a * v + (transform.y - first[1] - 0.5)).astype(np.float32)
        samples = cv2.remap(part, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        mean[top : top + _ROWS] = cv2.resize(
            samples, (size, len(v) // k), interpolation=cv2.INTER_AREA
        )
    return np.asarray(np.floor(mean + 0.5), np.uint8)


def _inside(point: NDArray[np.float64], picture: NDArray[np.uint8]) -> NDArray[np.int64]:
    height, width = picture.shape[:2]
    return np.asarray(np.clip(point, 0, (width - 1, height - 1)), np.int64)
