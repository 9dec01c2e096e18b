"""Where the faces are: passes over a picture, the second look, tiles, and live streams.

The rules are in docs/vision.md, "Passes" to "A live stream".
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.face import Box, Face
from today_feeling.errors import ModelDamaged
from today_feeling.vision.card import read_detector_card
from today_feeling.vision.detector import Detector, Region, best_first

Picture = NDArray[np.uint8]
Faces = list[Face]

FRAMES_TO_FRESH_LOOK: Final = 30
"""Every so many frames of a stream begin with the first pass, so that other faces are noticed."""
FRAMES_TO_FORGET: Final = 15
"""So many frames without a face, and whoever comes next is somebody else."""
TAKES_OVER: Final = 2
"""A face with so many times the area of the followed one takes its place: a poster, and then its
owner."""
SAME_WITHIN: Final = 1
SAME_SCALE: Final = 2
"""The same face is at most so many of its widths away, and so many times larger or smaller."""

_TILE_SIDE: Final = 0.4
"""In widths of the picture. The full range model, 192 pixels wide, is sure of faces from 15 % of
its input: 6 % of the width are 15 % of a tile."""
_TILE_STEP: Final = 0.625
_TILE_OVERHANG: Final = 0.25
"""In sides of a tile. Two tiles share more than any face that the passes over the whole picture
may have missed; the outermost reach over the edge, where faces are cut off."""
_TILES_IN_A_ROW: Final = 10
"""Bounds the work on pictures that are nearly a line."""


def load_finder(models_dir: Path) -> FaceFinder:
    """Load both detectors; `ModelDamaged` if a card or a model is missing or wrong."""
    short, full = (
        Detector(read_detector_card(models_dir / f"face_detection_{range_}_range.json"))
        for range_ in ("short", "full")
    )
    return FaceFinder(short, full)


def distinct(faces: Faces, iou_threshold: float) -> Faces:
    """Keep the first of those that overlap by more than the threshold."""
    kept: Faces = []
    for face in faces:
        if all(face.box.iou(other.box) <= iou_threshold for other in kept):
            kept.append(face)
    return kept


def region_around(box: Box, factor: float) -> Region:
    """Place the square that is looked at to see a face large."""
    side = max(1, math.floor(factor * max(box.width, box.height) + 0.5))
    return Region(
        math.floor(box.x + (box.width - side) / 2 + 0.5),
        math.floor(box.y + (box.height - side) / 2 + 0.5),
        side,
        side,
    )


class FaceFinder:
    """Finds the faces of a still picture."""

    def __init__(self, short_range: Detector, full_range: Detector) -> None:
        look = short_range.card.second_look
        if look is None:
            raise ModelDamaged("the short range card says nothing of a second look")
        self._short, self._full, self._look = short_range, full_range, look
        self._iou = short_range.card.iou_threshold
        self._passes = [(d, m) for d in (short_range, full_range) for m in d.card.margins]

    @property
    def passes(self) -> int:
        """Number of passes over the whole picture."""
        return len(self._passes)

    def quick(self, picture: Picture) -> Faces:
        """Faces of a picture, uint8 RGB [H, W, 3], best first, by the first pass that finds any."""
        return next((faces for i in range(self.passes) if (faces := self.run_pass(picture, i))), [])

    def thorough(self, picture: Picture) -> Faces:
        """Faces that any pass finds, best first; tiles where none does."""
        faces = distinct(
            [face for i in range(self.passes) for face in self.run_pass(picture, i)], self._iou
        )
        if not faces:
            tiled = [
                face for tile in _tiles(picture) for face in self._full.detect(picture, 0, tile)
            ]
            faces = self._looked_again(picture, tiled)
        return sorted(faces, key=best_first)

    def run_pass(self, picture: Picture, index: int) -> Faces:
        """One pass over the whole picture, small faces looked at again; best first."""
        detector, margin = self._passes[index]
        return self._looked_again(picture, detector.detect(picture, margin))

    def around(self, picture: Picture, box: Box) -> Faces:
        """Short range on the region around a box; best first."""
        return self._short.detect(picture, 0, region_around(box, self._look.region))

    def _looked_again(self, picture: Picture, found: Faces) -> Faces:
        small = self._look.below * max(picture.shape[:2])
        faces = [
            better
            for face in sorted(found, key=best_first)
            if (better := self._look_again(picture, face) if face.box.width < small else face)
        ]
        return distinct(sorted(faces, key=best_first), self._iou)

    def _look_again(self, picture: Picture, face: Face) -> Face | None:
        seen = self.around(picture, face.box)
        best = max(seen, key=lambda other: other.box.iou(face.box), default=None)
        if best is not None and best.box.iou(face.box) >= self._look.min_iou:
            return best
        return face if _reaches_over(face.box, picture) else None


class LiveFinder:
    """Follows one face of a stream with about one detector run a frame; never mixes two.

    Attributes
    ----------
    person
        Counts up with every face that is not the one before.
    others
        Faces beside the followed one when the whole picture was last looked at.
    """

    def __init__(self, finder: FaceFinder) -> None:
        self._finder = finder
        self._followed: Face | None = None
        self._lost = 0
        self._next_pass = 0
        self._frame = 0
        self.person = 0
        self.others = 0

    def next(self, picture: Picture) -> Face | None:
        """Return the followed face in the next frame, uint8 RGB [H, W, 3]."""
        self._frame += 1
        face = self._look(picture, fresh=self._frame % FRAMES_TO_FRESH_LOOK == 0)
        if face is None:
            self._lost += 1
            if self._lost >= FRAMES_TO_FORGET:
                self._followed = None
            return None
        if self._followed is None or _distance(face, self._followed) > SAME_WITHIN:
            self.person += 1
        self._followed, self._lost = face, 0
        return face

    def _look(self, picture: Picture, *, fresh: bool) -> Face | None:
        if self._followed is None or self._lost:
            index = 0 if fresh else self._next_pass
            self._next_pass = (index + 1) % self._finder.passes
            return self._choose(self._finder.run_pass(picture, index))
        box = self._followed.box
        self._next_pass = 1
        if fresh:
            face = self._choose(self._finder.run_pass(picture, 0))
            return face or self._same(self._finder.around(picture, box))
        face = self._same(self._finder.around(picture, box))
        return face or self._choose(self._finder.run_pass(picture, 0))

    def _choose(self, faces: Faces) -> Face | None:
        """Of the faces of the whole picture, the one to read."""
        self.others = max(0, len(faces) - 1)
        same, largest = self._same(faces), _largest(faces)
        if same and largest and largest.box.area <= TAKES_OVER * same.box.area:
            return same
        return largest

    def _same(self, faces: Faces) -> Face | None:
        followed = self._followed
        if followed is None:
            return None
        near = [(_distance(face, followed), face) for face in faces]
        near = [(away, face) for away, face in near if away <= SAME_WITHIN]
        return min(near, key=lambda pair: pair[0], default=(0, None))[1]


def _distance(face: Face, followed: Face) -> float:
    """From middle to middle in widths of the followed face; infinite where it cannot be it."""
    one, other = face.box, followed.box
    scale = one.width / other.width
    if not 1 / SAME_SCALE <= scale <= SAME_SCALE:
        return math.inf
    x = one.x + one.width / 2 - other.x - other.width / 2
    y = one.y + one.height / 2 - other.y - other.height / 2
    return math.hypot(x, y) / other.width


def _largest(faces: Faces) -> Face | None:
    return max(faces, key=lambda face: face.box.area, default=None)


def _reaches_over(box: Box, picture: Picture) -> bool:
    height, width = picture.shape[:2]
    return box.x < 0 or box.y < 0 or box.x + box.width > width or box.y + box.height > height


def _tiles(picture: Picture) -> Iterator[Region]:
    """Overlapping squares that cover the picture and a little more, row by row."""
    height, width = picture.shape[:2]
    side = max(1, round(max(_TILE_SIDE * width, max(height, width) / _TILES_IN_A_ROW)))
    for top in _tile_corners(height, side):
        for left in _tile_corners(width, side):
            yield Region(left, top, side, side)


def _tile_corners(length: int, side: int) -> list[int]:
    first = -_TILE_OVERHANG * side
    last = max(first, length - side - first)
    count = math.ceil((last - first) / (_TILE_STEP * side)) + 1
    return [round(corner) for corner in np.linspace(first, last, count).tolist()]
