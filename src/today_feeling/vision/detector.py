"""Finding faces: BlazeFace, its decoding, and the passes over one picture.

Bazarevsky et al. 2019, "BlazeFace: Sub-millisecond Neural Face Detection on Mobile GPUs", arXiv
1907.05047. Decoding and weighted non-maximum suppression follow MediaPipe's `face_detection`
graphs (TensorsToDetectionsCalculator, NonMaxSuppressionCalculator). See docs/vision.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.face import Box, Face
from today_feeling.vision.card import DetectorCard
from today_feeling.vision.runtime import Model


class Region(NamedTuple):
    """A rectangle of whole pixels; it may reach over the picture's edge."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Fitted:
    """A picture inside a black square, and the way back.

    Attributes
    ----------
    square
        uint8 [size, size, 3].
    offset
        x and y of the picture's corner in the square, pixels.
    ratio
        Picture pixels per square pixel along x and y.
    """

    square: NDArray[np.uint8]
    offset: tuple[int, int]
    ratio: tuple[float, float]


_LEAST_PIXELS: Final = 2
"""Of a mean, in each direction: where there are twice as many or more, some are left out."""


def fit(picture: NDArray[np.uint8], size: int, margin: float) -> Fitted:
    """Resize a picture [H, W, 3] into a black square, `margin` of it free on each side."""
    height, width = picture.shape[:2]
    longer = round(size * (1 - 2 * margin))
    shrink = longer / max(width, height)
    new_width = max(1, math.floor(width * shrink + 0.5))
    new_height = max(1, math.floor(height * shrink + 0.5))
    how = cv2.INTER_AREA if shrink < 1 else cv2.INTER_LINEAR
    step = max(1, max(width, height) // (_LEAST_PIXELS * longer))
    top, left = min(step // 2, height - 1), min(step // 2, width - 1)
    # OpenCV wants the pixels of a row side by side.
    thinned = np.ascontiguousarray(picture[top::step, left::step])
    x, y = (size - new_width) // 2, (size - new_height) // 2
    square = np.zeros((size, size, 3), np.uint8)
    square[y : y + new_height, x : x + new_width] = cv2.resize(
        thinned, (new_width, new_height), interpolation=how
    )
    rows, columns = thinned.shape[:2]
    return Fitted(square, (x, y), (columns * step / new_width, rows * step / new_height))


def cut(picture: NDArray[np.uint8], region: Region) -> NDArray[np.uint8]:
    """Cut a region out of a picture [H, W, 3]; black outside it."""
    height, width = picture.shape[:2]
    left, right = np.clip((region.x, region.x + region.width), 0, width).tolist()
    top, bottom = np.clip((region.y, region.y + region.height), 0, height).tolist()
    inside = picture[top:bottom, left:right]
    if inside.shape[:2] == (region.height, region.width):
        return inside
    view = np.zeros((region.height, region.width, 3), np.uint8)
    view[top - region.y : bottom - region.y, left - region.x : right - region.x] = inside
    return view


def anchors(card: DetectorCard) -> NDArray[np.float64]:
    """Centres of all anchors, float64 [N, 2] in input pixels, in the order of the outputs."""
    centres = []
    for layer in card.layers:
        cells = math.ceil(card.size / layer.stride)
        line = (np.arange(cells) + card.anchor_offset) * (card.size / cells)
        grid = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
        centres.append(np.repeat(grid, layer.per_cell, axis=0))
    return np.concatenate(centres)


def suppress(
    boxes: NDArray[np.float64], scores: NDArray[np.float64], iou_threshold: float
) -> list[tuple[NDArray[np.float64], float]]:
    """Weighted non-maximum suppression.

    The best candidate takes with it all that overlap it by more than `iou_threshold`; their
    coordinates are averaged with the scores as weights, the score stays the best one's.

    Parameters
    ----------
    boxes
        float64 [N, 2 + K, 2]: top left corner, bottom right corner, then keypoints.
    scores
        float64 [N].

    Returns
    -------
    list
        Averaged [2 + K, 2] and score, best first.
    """
    order = np.argsort(-scores, kind="stable")
    found = []
    while len(order):
        best, rest = boxes[order[0], :2], boxes[order, :2]
        sides = np.minimum(rest[:, 1], best[1]) - np.maximum(rest[:, 0], best[0])
        overlap = np.clip(sides, 0, None).prod(axis=1)
        areas = (rest[:, 1] - rest[:, 0]).prod(axis=1)
        together = overlap > iou_threshold * (areas + areas[0] - overlap)
        together[0] = True
        group = order[together]
        found.append((np.average(boxes[group], axis=0, weights=scores[group]), scores[order[0]]))
        order = order[~together]
    return found


class Detector:
    """One BlazeFace model; `ModelDamaged` when its file is not the card's."""

    def __init__(self, card: DetectorCard) -> None:
        self.card = card
        self._model = Model(card.model)
        self._anchors = anchors(card)

    def detect(
        self, picture: NDArray[np.uint8], margin: float = 0.0, region: Region | None = None
    ) -> list[Face]:
        """Find the faces in a picture, uint8 RGB [H, W, 3], or in a region of it, best first.

        Coordinates are in pixels of the whole picture and may lie outside it.
        """
        card = self.card
        fitted = fit(picture if region is None else cut(picture, region), card.size, margin)
        corner = (0, 0) if region is None else region[:2]
        pixels = fitted.square.astype(np.float32) / np.float32(card.divide_by)
        outputs = self._model.run(pixels[None] - np.float32(card.subtract))
        raw, logits = sorted((output[0] for output in outputs), key=lambda o: -o.shape[-1])
        logits = np.clip(logits[:, 0].astype(np.float64), -card.score_clip, card.score_clip)
        scores = 1 / (1 + np.exp(-logits))
        kept = np.flatnonzero(scores >= card.score_threshold)
        if not len(kept):
            return []
        values = raw[kept].astype(np.float64).reshape(len(kept), -1, 2)
        values *= card.size / card.coordinate_scale
        centre, size = self._anchors[kept], values[:, 1]
        points = values + centre[:, None]
        corners = np.stack([points[:, 0] - size / 2, points[:, 0] + size / 2], axis=1)
        boxes = np.concatenate([corners, points[:, 2:]], axis=1)
        whole = (size > 0).all(axis=1)
        found = suppress(boxes[whole], scores[kept][whole], card.iou_threshold)
        faces = [_face((box - fitted.offset) * fitted.ratio + corner, s) for box, s in found]
        return sorted(faces, key=best_first)


def best_first(face: Face) -> tuple[float, float]:
    """Sort key: score, then area, both falling."""
    return -face.score, -face.box.area


def _face(points: NDArray[np.float64], score: float) -> Face:
    (left, top), (right, bottom) = points[:2].tolist()
    return Face(Box(left, top, right - left, bottom - top), float(score), points[2:])
