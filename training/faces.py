"""From a picture file to the gray face that the network learns from, or the reason why not."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from today_feeling.errors import UnreadableMedia
from today_feeling.vision.align import crop, crop_transform
from today_feeling.vision.card import CropContract, read_emotion_card
from today_feeling.vision.finder import load_finder
from today_feeling.vision.frames import read_picture

SMALLEST_PICTURE = 32
"""Shorter side, pixels."""
SMALLEST_FACE = 24
"""Shorter side of the detector's box, pixels."""
FLATTEST = 3.0
"""Standard deviation of the gray levels below which a picture shows nothing."""

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Cut:
    """A face that was cut out."""

    face: NDArray[np.uint8]
    """[side, side], gray."""
    digest: bytes
    """Of the picture's pixels, 16 bytes: equal for equal pictures under any name."""
    faces_seen: int
    """1, or more where the largest was taken."""


class FaceCutter:
    """Cuts faces out of pictures as the product does: our detector, the crop of the card.

    Parameters
    ----------
    side
        Of the faces, pixels.
    ready
        The pictures are face crops already: nothing is searched, they are only resized.
    """

    def __init__(self, models: Path, side: int, *, ready: bool = False) -> None:
        cv2.setNumThreads(1)
        self._side = side
        self._ready = ready
        self._finder = load_finder(models)
        self._contract: CropContract = read_emotion_card(models / "emotion.json").crop

    def cut(self, path: Path) -> Cut | str:
        """Return the face in a picture file, or why there is none to learn from."""
        try:
            picture = read_picture(path)
        except UnreadableMedia as error:
            return str(error).removeprefix(f"{path}: ")
        if picture is None:
            return "not a picture"
        if min(picture.shape[:2]) < SMALLEST_PICTURE:
            return f"picture smaller than {SMALLEST_PICTURE} pixels"
        if float(picture.std()) < FLATTEST:
            return "picture of one colour"
        return self._whole(picture) if self._ready else self._largest(picture)

    def _whole(self, picture: Picture) -> Cut:
        shrinks = min(picture.shape[:2]) > self._side
        how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
        whole = cv2.resize(picture, (self._side, self._side), interpolation=how)
        return Cut(to_gray(np.asarray(whole, np.uint8)), digest_of(picture), 1)

    def _largest(self, picture: Picture) -> Cut | str:
        faces = self._finder.quick(picture) or self._finder.thorough(picture)
        face = max(faces, key=lambda each: each.box.area, default=None)
        if face is None:
            return "no face found"
        if min(face.box.width, face.box.height) < SMALLEST_FACE:
            return f"face smaller than {SMALLEST_FACE} pixels"
        transform = crop_transform(face.keypoints, self._contract, self._side)
        if transform is None:
            return "no face found"
        gray = to_gray(crop(picture, transform, self._side))
        return Cut(gray, digest_of(picture), len(faces))


def digest_of(picture: Picture) -> bytes:
    """16 bytes that are equal for equal pixels."""
    return hashlib.sha256(repr(picture.shape).encode() + picture.tobytes()).digest()[:16]


def to_gray(picture: Picture) -> NDArray[np.uint8]:
    """Gray levels [H, W] of an RGB picture [H, W, 3], as the shipped graph computes them."""
    levels = picture.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    return np.asarray(np.floor(levels + 0.5), np.uint8)
