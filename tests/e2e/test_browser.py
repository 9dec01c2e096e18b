"""The browser fixture itself: what the other browser tests stand on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.e2e.browser import NEUTRAL_TO_HAPPY, NO_FACE, SAD_TO_HAPPY, Clip
from tests.e2e.conftest import NewPage

LOOK = """async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = stream;
  await video.play();
  await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight).getContext('2d');
  canvas.drawImage(video, 0, 0);
  const pixels = canvas.getImageData(0, 0, video.videoWidth, video.videoHeight).data;
  const rate = stream.getVideoTracks()[0].getSettings().frameRate;
  stream.getTracks().forEach((track) => track.stop());
  const values = pixels.filter((_, index) => index % 4 !== 3);
  return [video.videoWidth, video.videoHeight, rate, Math.max(...values.slice(0, 60000))];
}"""


def open_secure(page: Page) -> Page:
    """getUserMedia exists on secure origins only; nothing is fetched from this one."""
    page.route("**/*", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto("http://localhost/")
    return page


@pytest.mark.parametrize("clip", [SAD_TO_HAPPY, NEUTRAL_TO_HAPPY, NO_FACE])
def test_the_camera_shows_the_clip(new_page: NewPage, clip: Clip) -> None:
    width, height, rate, brightest = open_secure(new_page(clip)).evaluate(LOOK)

    assert (width, height) == (640, 480)
    assert rate == pytest.approx(30)
    assert brightest > 30


@pytest.mark.parametrize(
    ("clip", "permission", "error"),
    [(SAD_TO_HAPPY, "deny", "NotAllowedError"), (None, "grant", "NotFoundError")],
)
def test_a_camera_can_be_denied_or_missing(
    new_page: NewPage, clip: Clip | None, permission: str, error: str
) -> None:
    page = open_secure(new_page(clip, permission))

    name = page.evaluate(
        "() => navigator.mediaDevices.getUserMedia({ video: true }).catch((error) => error.name)"
    )

    assert name == error
