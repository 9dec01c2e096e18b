"""The same frames through Python and the built browser code: the same boxes and emotions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page

from tests.e2e.browser import NEUTRAL_TO_HAPPY, NO_FACE, ROOT, SITTING, Clip
from tests.e2e.conftest import BrowserWithCamera, NewPage
from tests.e2e.golden_site import golden_folders
from tests.e2e.site import static_site
from tests.golden.frames import Picture, clip_frames, golden_frames
from today_feeling.domain.face import Box
from today_feeling.vision.card import read_emotion_card
from today_feeling.vision.classifier import Classifier
from today_feeling.vision.finder import FaceFinder, LiveFinder, load_finder

MODELS = ROOT / "models"
FRAMES = golden_frames()
BOX_IOU = 0.98
FRAME_GAP = 0.02
CROP_GAP = 1e-3
"""Largest allowed difference of a probability, from decoded frames and from identical crops."""


@dataclass
class Golden:
    """The page built from `web/tests/golden`, and the bytes that it may fetch."""

    page: Page
    contents: dict[str, bytes]
    messages: list[str] = field(default_factory=list)

    def ask(self, kind: str, content: bytes, **task: Any) -> Any:
        """Have the worker do one task on these bytes."""
        self.contents["/content"] = content
        answer = self.page.evaluate(
            "task => golden.ask(task)", {"kind": kind, "url": "/content", **task}
        )
        assert not (isinstance(answer, dict) and "error" in answer), answer
        return answer

    def stream(self, frames: list[Picture], *, closely: bool) -> list[dict[str, Any]]:
        """Read frames of one size with the client of the product."""
        height, width = frames[0].shape[:2]
        urls = [f"/frames/{number}" for number in range(len(frames))]
        self.contents |= dict(zip(urls, map(rgba, frames), strict=True))
        readings: list[dict[str, Any]] = self.page.evaluate(
            "([urls, width, height, closely]) => golden.stream(urls, width, height, closely)",
            [urls, width, height, closely],
        )
        return readings


def rgba(picture: Picture) -> bytes:
    """The picture as a canvas holds it."""
    return np.dstack([picture, np.full(picture.shape[:2], 255, np.uint8)]).tobytes()


@pytest.fixture(scope="module")
def contents() -> dict[str, bytes]:
    return {}


@pytest.fixture(scope="module")
def site(contents: dict[str, bytes]) -> Iterator[str]:
    with static_site(golden_folders(), contents) as url:
        yield f"{url}/golden.html"


@pytest.fixture(scope="module")
def golden(
    browser_with_camera: BrowserWithCamera, site: str, contents: dict[str, bytes]
) -> Iterator[Golden]:
    context = browser_with_camera(None).new_context()
    page = context.new_page()
    golden = Golden(page, contents)
    page.on("console", lambda message: golden.messages.append(message.text))
    page.on("pageerror", lambda error: golden.messages.append(str(error)))
    page.goto(site)
    yield golden
    context.close()


@pytest.fixture(scope="module")
def finder() -> FaceFinder:
    return load_finder(MODELS)


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(read_emotion_card(MODELS / "emotion.json"))


def classify(
    classifier: Classifier, picture: Picture, keypoints: NDArray[np.float64]
) -> NDArray[np.float64]:
    crop = classifier.crop(picture, keypoints)
    assert crop is not None
    return classifier.classify(crop)


def box_of(face: dict[str, Any]) -> Box:
    return Box(*(face["box"][key] for key in ("x", "y", "width", "height")))


@pytest.mark.parametrize("name", FRAMES)
def test_a_still_picture_gives_the_same_faces(
    golden: Golden, finder: FaceFinder, classifier: Classifier, name: str
) -> None:
    picture = FRAMES[name]
    height, width = picture.shape[:2]

    expected = finder.quick(picture)
    found = golden.ask("still", rgba(picture), width=width, height=height)

    assert bool(expected) == (name != "nobody")
    assert len(found) == len(expected)
    for face, other in zip(expected, found, strict=True):
        assert face.box.iou(box_of(other)) > BOX_IOU
        assert other["score"] == pytest.approx(face.score, abs=0.01)
        gap = classify(classifier, picture, face.keypoints) - other["probabilities"]
        assert np.abs(gap).max() < FRAME_GAP


@pytest.mark.parametrize("name", [name for name in FRAMES if name != "nobody"])
def test_the_same_keypoints_give_the_same_crop_and_the_same_crop_the_same_emotion(
    golden: Golden, finder: FaceFinder, classifier: Classifier, name: str
) -> None:
    picture = FRAMES[name]
    height, width = picture.shape[:2]
    face = finder.quick(picture)[0]
    crop = classifier.crop(picture, face.keypoints)
    assert crop is not None

    keypoints = face.keypoints.tolist()
    cut = golden.ask("crop", rgba(picture), width=width, height=height, keypoints=keypoints)
    probabilities = golden.ask("classify", crop.tobytes())

    assert np.abs(crop.ravel().astype(int) - cut).max() <= 1
    assert np.abs(classifier.classify(crop) - probabilities).max() < CROP_GAP


def test_a_stream_follows_the_same_face(
    golden: Golden, finder: FaceFinder, classifier: Classifier
) -> None:
    clip = clip_frames([0.2 * number for number in range(70)])
    frames = clip[:20] + [np.zeros_like(clip[0])] * 5 + clip[20:]
    live = LiveFinder(finder)

    readings = golden.stream(frames, closely=True)

    with_face = 0
    for frame, reading in zip(frames, readings, strict=True):
        face = live.next(frame)
        assert len(reading["faces"]) == (face is not None)
        if face is None:
            continue
        with_face += 1
        assert face.box.iou(box_of(reading["faces"][0])) > BOX_IOU
        gap = classify(classifier, frame, face.keypoints) - reading["faces"][0]["probabilities"]
        assert np.abs(gap).max() < FRAME_GAP
    assert with_face > 60


def test_a_face_that_is_tracked_is_read_as_one_that_a_detector_finds(golden: Golden) -> None:
    frames = clip_frames([10 + 0.1 * number for number in range(60)])

    tracked, found = (golden.stream(frames, closely=closely) for closely in (False, True))

    pairs = [
        (one["faces"][0], other["faces"][0])
        for one, other in zip(tracked, found, strict=True)
        if one["faces"] and other["faces"]
    ]
    assert len(pairs) > 55
    without_detector = [one for one, other in pairs if one["box"] != other["box"]]
    assert len(without_detector) > 0.4 * len(pairs)
    assert all(box_of(one).iou(box_of(other)) > 0.75 for one, other in pairs)
    gaps = [np.subtract(one["probabilities"], other["probabilities"]) for one, other in pairs]
    assert np.mean(np.abs(gaps).sum(1) / 2) < 0.05
    same = [
        np.argmax(one["probabilities"]) == np.argmax(other["probabilities"]) for one, other in pairs
    ]
    assert np.mean(same) > 0.9


@pytest.mark.parametrize(("clip", "faces"), [(NEUTRAL_TO_HAPPY, 1), (NO_FACE, 0)])
def test_the_camera_is_read_many_times_a_second(
    new_page: NewPage, site: str, clip: Clip, faces: int
) -> None:
    page = new_page(clip)
    page.goto(site)

    seen = page.evaluate("() => golden.sense(4)")

    times = [each["reading"]["timeS"] for each in seen]
    assert np.median(np.diff(times)) < 0.2
    assert {(each["reading"]["width"], each["reading"]["height"]) for each in seen} == {(640, 480)}
    assert np.median([len(each["reading"]["faces"]) for each in seen]) == faces
    assert (seen[-1]["mood"]["reason"] == "no_face") == (faces == 0)


def test_a_face_that_does_not_move_is_read_once_a_second_and_its_emotion_holds(
    new_page: NewPage, site: str
) -> None:
    page = new_page(SITTING)
    page.goto(site)

    seen = page.evaluate("() => golden.sense(12)")

    times = np.array([each["reading"]["timeS"] for each in seen])
    # On a busy machine the quick looks at the start may be slow ones too.
    assert np.diff(times)[-4:].min() > 0.9
    assert {each["mood"]["label"] for each in seen[-4:]} == {"sadness"}
    assert {each["reading"]["person"] for each in seen} == {1}


def test_nothing_was_complained_about_under_the_security_policy(golden: Golden) -> None:
    # That there is no GPU is told by the client, and is no complaint.
    assert {one for one in golden.messages if not one.startswith("webgpu: no GPU")} == set()
