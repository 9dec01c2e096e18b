"""Pictures, folders, videos and cameras as uint8 RGB frames, with times.

OpenCV reads the files. Orientation tags are followed, gray becomes RGB, transparent parts lie on
white, 16 bits become 8. Any trouble with a file is `UnreadableMedia`, whose message names it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from today_feeling.errors import CameraUnavailable, UnreadableMedia

Picture = NDArray[np.uint8]

PICTURE_SUFFIXES: Final = frozenset(
    f".{kind}"
    for kind in (
        *("avif", "bmp", "dib", "gif", "jp2", "jpe", "jpeg", "jpg"),
        *("pbm", "pgm", "png", "pnm", "ppm", "tif", "tiff", "webp"),
    )
)
VIDEO_SUFFIXES: Final = frozenset(
    f".{kind}"
    for kind in (
        *("3gp", "avi", "flv", "m4v", "mjpeg", "mkv", "mov", "mp4"),
        *("mpeg", "mpg", "ogv", "ts", "webm", "wmv", "y4m"),
    )
)
_JPEG: Final = b"\xff\xd8\xff"
_SIGNATURES: Final = (_JPEG, b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*")
"""With which JPEG, PNG and TIFF begin."""
_CAMERA_TRIES: Final = 30
"""Frames that a camera may fail to give, one after another, while it wakes up."""


class Frame(NamedTuple):
    """One frame of a stream: its number, its time from the stream's clock, its pixels."""

    number: int
    time_s: float
    picture: Picture


def media_files(path: Path) -> list[Path]:
    """Return a file as it is, or the pictures and videos in a folder and below, sorted.

    Raises
    ------
    UnreadableMedia
        There is no such file or folder, or the folder holds nothing to read.
    """
    if not path.exists():
        raise UnreadableMedia(f"{path}: no such file or folder")
    if not path.is_dir():
        return [path]
    wanted = PICTURE_SUFFIXES | VIDEO_SUFFIXES
    found = [
        file
        for file in sorted(path.rglob("*"))
        if file.suffix.lower() in wanted and not file.name.startswith(".") and file.is_file()
    ]
    if not found:
        raise UnreadableMedia(f"{path}: no pictures or videos in this folder")
    return found


def read_picture(path: Path) -> Picture | None:
    """Read a picture as uint8 RGB [H, W, 3]; None where it is no picture (perhaps a video).

    Raises
    ------
    UnreadableMedia
        The file cannot be opened, is empty, or is a picture that cannot be decoded.
    """
    if path.suffix.lower() in VIDEO_SUFFIXES:
        return None
    try:
        content = path.read_bytes()  # cv2.imread would fail on names outside the code page
    except OSError as error:
        raise UnreadableMedia(f"{path}: {error.strerror}") from error
    if not content:
        raise UnreadableMedia(f"{path}: the file is empty")
    picture = decode(content)
    if picture is None and _should_be_picture(path, content):
        raise UnreadableMedia(f"{path}: the picture is damaged, or of a kind that cannot be read")
    return picture


def _should_be_picture(path: Path, content: bytes) -> bool:
    """The video reader would show the rest of a damaged picture as a video of one frame."""
    suffix = path.suffix.lower()
    named = suffix in PICTURE_SUFFIXES and suffix != ".gif"  # that one may well be a video
    return named or content.startswith(_SIGNATURES) or content[8:12] == b"WEBP"


def decode(content: bytes) -> Picture | None:
    """Decode the bytes of a picture file to uint8 RGB [H, W, 3]; None where that fails."""
    data = np.frombuffer(content, np.uint8)
    try:
        if not content.startswith(_JPEG):
            plain = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
            if plain is not None and plain.ndim == 3 and plain.shape[2] == 4:
                return _on_white(plain)
        # Unlike IMREAD_UNCHANGED, these flags follow the orientation tag.
        colour = cv2.imdecode(data, cv2.IMREAD_COLOR | cv2.IMREAD_ANYDEPTH)
    except cv2.error:
        return None
    return None if colour is None else _rgb(_to_8_bits(colour))


def _to_8_bits(picture: NDArray[Any]) -> Picture:
    if picture.dtype == np.uint8:
        return np.asarray(picture, np.uint8)
    if picture.dtype == np.uint16:
        return np.asarray(np.round(picture / 257), np.uint8)
    return np.asarray(np.round(np.clip(np.nan_to_num(picture), 0, 1) * 255), np.uint8)


def _on_white(picture: NDArray[Any]) -> Picture:
    pixels = _to_8_bits(picture).astype(np.float32)
    alpha = pixels[..., 3:] / 255
    return _rgb(np.round(pixels[..., :3] * alpha + 255 * (1 - alpha)).astype(np.uint8))


def _rgb(picture: NDArray[Any]) -> Picture:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)


def frame_count(path: Path) -> int | None:
    """Frames that a video says it has; None where it does not say."""
    with closing(_Capture(str(path))) as capture:
        count = int(capture.get(cv2.CAP_PROP_FRAME_COUNT))
    return count if count > 0 else None


def video_frames(path: Path, fps: float | None = None) -> Iterator[Frame]:
    """Frames of a video with their own timestamps; with `fps` about so many a second.

    The n-th sample is the first frame whose time is at least n / fps; fewer come where the video
    has fewer.

    Raises
    ------
    UnreadableMedia
        OpenCV cannot open the file, or it has no frame.
    """
    with closing(_Capture(str(path))) as capture:
        next_s, any_frame = -math.inf, False
        for index, time_s in grabbed(capture):
            if fps is not None and time_s < next_s:
                continue
            picture = capture.picture()
            if picture is None:
                continue
            if fps is not None:
                next_s = (math.floor(time_s * fps + 1e-6) + 1) / fps - 1e-6
            any_frame = True
            yield Frame(index, time_s, picture)
        if not any_frame:
            raise UnreadableMedia(f"{path}: not a picture or video that can be read")


class _Clock(Protocol):
    """What of a capture tells the times of frames."""

    def grab(self) -> bool: ...

    def get(self, wanted: int, /) -> float: ...


def grabbed(capture: _Clock) -> Iterator[tuple[int, float]]:
    """Number and time of each frame in turn; times that do not rise follow the frame rate."""
    rate = capture.get(cv2.CAP_PROP_FPS)
    step_s = 1 / rate if math.isfinite(rate) and 0 < rate <= 1000 else 1 / 30
    index, last_s = 0, -step_s
    while capture.grab():
        time_s = capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
        if not time_s > last_s and not (index == 0 and time_s == 0):
            time_s = last_s + step_s
        yield index, time_s
        index, last_s = index + 1, time_s


def camera_frames(number: int) -> Iterator[Picture]:
    """Frames of a camera, as fast as it gives them.

    Raises
    ------
    CameraUnavailable
        There is no such camera, something else uses it, or it stops giving frames.
    """
    with closing(_Capture(number)) as capture:
        if not capture.opened:
            raise CameraUnavailable(
                f"camera {number} cannot be opened: is it connected, allowed, and not in use?"
            )
        failed = 0
        while failed < _CAMERA_TRIES:
            picture = capture.picture() if capture.grab() else None
            failed = failed + 1 if picture is None else 0
            if picture is not None:
                yield picture
        raise CameraUnavailable(f"camera {number} gives no frames")


class _Capture:
    """cv2.VideoCapture, with its exceptions turned into "no more frames"."""

    def __init__(self, source: str | int) -> None:
        try:
            self._capture = cv2.VideoCapture(source)
        except cv2.error:
            self._capture = cv2.VideoCapture()

    @property
    def opened(self) -> bool:
        return bool(self._capture.isOpened())

    def get(self, property_: int) -> float:
        return float(self._capture.get(property_))

    def grab(self) -> bool:
        try:
            return bool(self._capture.grab())
        except cv2.error:
            return False

    def picture(self) -> Picture | None:
        """Decode the frame that was grabbed last; None where that fails."""
        try:
            good, picture = self._capture.retrieve()
        except cv2.error:
            return None
        if not good or picture is None or picture.size == 0:
            return None
        if picture.ndim == 2:
            return np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB), np.uint8)
        return _rgb(picture)

    def close(self) -> None:
        self._capture.release()
