"""A camera that does what cameras do: goes away, comes back, is slow, small or upright."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.browser import SITTING
from tests.e2e.conftest import NewPage
from tests.e2e.server import Server

PATIENCE_MS = 40_000


def start(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/live")
    page.get_by_role("button", name="Start with the camera").click()
    expect(page.get_by_test_id("camera-panel")).to_have_attribute(
        "data-phase", "watching", timeout=PATIENCE_MS
    )


# A browser tells of an unplugged camera by this event; a test cannot unplug one.
UNPLUG = """() => {
  const [track] = document.querySelector('[data-testid=camera-preview]').srcObject.getTracks();
  track.stop();
  track.dispatchEvent(new Event('ended'));
}"""

# Another program takes the camera: the track stays, its pictures stop. No test can do that either.
TAKE = """() => {
  const [track] = document.querySelector('[data-testid=camera-preview]').srcObject.getTracks();
  Object.defineProperty(track, 'muted', { value: true });
  track.dispatchEvent(new Event('mute'));
}"""


def test_a_camera_that_is_taken_away_is_asked_for_again_and_the_song_plays_on(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(SITTING, locale="en-US")
    start(page, listening_server)
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    page.evaluate(UNPLUG)
    panel = page.get_by_test_id("camera-panel")
    expect(panel).to_have_attribute("data-phase", "lost")
    expect(panel).to_contain_text("The camera stopped")
    expect(page.get_by_test_id("camera-sign")).to_have_count(0)
    expect(panel).to_have_attribute("data-phase", "watching", timeout=PATIENCE_MS)
    emotion = page.get_by_test_id("current-emotion")
    expect(emotion).to_have_attribute("data-emotion", "sadness", timeout=PATIENCE_MS)
    assert player.get_attribute("data-state") in {"playing", "choosing", "starting"}


def test_a_camera_that_another_program_takes_is_named_and_let_go_and_the_song_plays_on(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(SITTING, locale="en-US")
    start(page, listening_server)
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    page.evaluate(TAKE)
    panel = page.get_by_test_id("camera-panel")
    expect(panel).to_have_attribute("data-problem", "in_use", timeout=PATIENCE_MS)
    expect(panel).to_contain_text("Another program is using the camera")
    expect(panel).to_contain_text("The music plays on")
    expect(page.get_by_test_id("camera-sign")).to_have_count(0)
    assert player.get_attribute("data-state") in {"playing", "choosing", "starting"}
    expect(panel).to_have_attribute("data-phase", "watching", timeout=PATIENCE_MS)
