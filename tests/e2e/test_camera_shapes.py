"""Cameras of every shape and pace, and faces at the edge of their picture: read all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.e2e.browser import launch
from tests.e2e.conftest import CONSENTS
from tests.e2e.scenes import Picture, film
from tests.e2e.server import Server
from tests.e2e.test_camera import UNPLUG
from tests.golden.frames import clip_frames

pytestmark = pytest.mark.long
PATIENCE_MS = 40_000
SAD_S = 5
"""When the clip's face is a sad one: as it is in 640x480, so it is to be read in every shape."""
FACE = (384.0, 337.0)
"""Middle of that face in the clip's frame."""
WIDTH = 292.0
"""Of its box there."""
SHOWN = 0.25
"""Its width in most pictures here, of their longer side: somebody at a desk."""

Plug = Callable[..., None]


def seated(
    size: tuple[int, int], across: float = 0.5, down: float = 0.5, width: float | None = None
) -> Picture:
    """A picture of `size` with the middle of the face so far across it and down, 0 to 1.

    `width` is that of the face, in pixels.
    """
    zoom = (width or SHOWN * max(size)) / WIDTH
    matrix = np.array(
        [
            [zoom, 0, across * size[0] - zoom * FACE[0]],
            [0, zoom, down * size[1] - zoom * FACE[1]],
        ]
    )
    how = cv2.INTER_AREA if zoom < 1 else cv2.INTER_LINEAR
    (frame,) = clip_frames([SAD_S])
    around = cv2.warpAffine(frame, matrix, size, flags=how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(around, np.uint8)


def outside(edge: str, share: float) -> Picture:
    """640x480: the face at an edge, so much of its box beyond it."""
    width = 200.0
    x, y = (share - 0.5) * width / 640, (share - 0.5) * width / 480
    across = {"left": -x, "right": 1 + x}.get(edge, 0.5)
    down = {"top": -y, "bottom": 1 + y}.get(edge, 0.5)
    return seated((640, 480), across, down, width)


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that the browser has for a camera: whatever is in it when the camera is opened."""
    path = tmp_path_factory.mktemp("camera") / "camera.y4m"
    film(path, seated((640, 480)))
    return path


@pytest.fixture(scope="module")
def page(playwright: Playwright, camera: Path, server: Server) -> Iterator[Page]:
    """The live page of somebody who sits down before one camera after the other."""
    browser = launch(playwright, camera)
    context = browser.new_context(locale="en-US")
    context.add_init_script(CONSENTS)
    page = context.new_page()
    page.goto(f"{server.url}/live")
    page.get_by_role("button", name="Start with the camera").click()
    expect_watching(page)
    yield page
    browser.close()


@pytest.fixture
def plug(page: Page, camera: Path) -> Plug:
    """Takes the camera away and plugs in another one, which shows a picture."""

    def plug(picture: Picture, rate: int = 30) -> None:
        film(camera, picture, rate)
        page.evaluate(UNPLUG)
        page.get_by_role("button", name="Try the camera again").click()
        expect_watching(page)
        height, width = picture.shape[:2]
        shape = page.evaluate(SHAPE)
        assert shape == pytest.approx(width / height, abs=0.01), "the browser cut it"

    return plug


SHAPE = """async () => {
  const video = document.querySelector('[data-testid=camera-preview]');
  while (!video.videoWidth) await new Promise((resolve) => setTimeout(resolve, 50));
  return video.videoWidth / video.videoHeight;
}"""


def expect_watching(page: Page) -> None:
    panel = page.get_by_test_id("camera-panel")
    expect(panel).to_have_attribute("data-phase", "watching", timeout=PATIENCE_MS)


def expect_sad(page: Page) -> None:
    """As in 640x480, where the face is sad beyond doubt."""
    emotion = page.get_by_test_id("current-emotion")
    expect(emotion).to_have_attribute("data-emotion", "sadness", timeout=PATIENCE_MS)
    assert float(emotion.get_attribute("data-confidence") or 0) > 0.7


@pytest.mark.parametrize(
    ("size", "across", "down"),
    [
        ((640, 480), 0.5, 0.5),
        ((320, 240), 0.5, 0.5),
        # Beyond the middle 4:3 of a wide picture, the middle half of an upright one.
        ((1280, 720), 0.13, 0.5),
        ((1920, 1080), 0.87, 0.5),
        ((480, 640), 0.5, 0.2),
        ((720, 1280), 0.5, 0.15),
    ],
)
def test_a_face_is_read_alike_in_every_shape_of_picture(
    page: Page, plug: Plug, size: tuple[int, int], across: float, down: float
) -> None:
    plug(seated(size, across, down))
    expect_sad(page)


def test_a_mirrored_picture_is_read_alike(page: Page, plug: Plug) -> None:
    plug(np.ascontiguousarray(seated((640, 480))[:, ::-1]))
    expect_sad(page)


# The page asks for 30 at most; a browser that cannot thin them out hands on all there are.
ALL_THERE_ARE = """async () => {
  const [track] = document.querySelector('[data-testid=camera-preview]').srcObject.getTracks();
  const { max } = track.getCapabilities().frameRate;
  await track.applyConstraints({ frameRate: { exact: max } });
  return max;
}"""
ARRIVING = """async () => {
  const video = document.querySelector('[data-testid=camera-preview]');
  const count = () => video.getVideoPlaybackQuality().totalVideoFrames;
  const [before, began] = [count(), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, 2000));
  return (count() - before) / ((performance.now() - began) / 1000);
}"""
"""Frames a second."""


@pytest.mark.parametrize("rate", [5, 60])
def test_a_slow_and_a_quick_camera_are_read_alike(page: Page, plug: Plug, rate: int) -> None:
    plug(seated((640, 480)), rate)
    assert page.evaluate(ALL_THERE_ARE) == rate
    assert page.evaluate(ARRIVING) == pytest.approx(rate, rel=0.3)
    expect_sad(page)


@pytest.mark.parametrize("edge", ["left", "right", "top", "bottom"])
def test_a_face_that_is_partly_outside_is_read_alike(page: Page, plug: Plug, edge: str) -> None:
    plug(outside(edge, 0.3))
    expect_sad(page)


@pytest.mark.parametrize("edge", ["left", "bottom"])
def test_a_face_that_is_mostly_outside_is_not_read_and_the_page_says_what_to_do(
    page: Page, plug: Plug, edge: str
) -> None:
    plug(outside(edge, 0.8))
    emotion = page.get_by_test_id("current-emotion")
    expect(emotion).to_have_attribute("data-reason", "no_face", timeout=PATIENCE_MS)
    expect(emotion).to_contain_text("No face in view")
    expect(emotion).to_contain_text("Come back into the picture whenever you like")
