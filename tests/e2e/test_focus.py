"""The focus goes on where what had it is gone, and nothing lies over the player."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import SITTING
from tests.e2e.conftest import NewPage
from tests.e2e.people import play_a_song
from tests.e2e.playing import plays
from tests.e2e.server import Server

PATIENCE_MS = 60_000

APART = """() => {
  const box = (id) => document.querySelector(`[data-testid=${id}]`).getBoundingClientRect();
  const [toast, player] = [box('toast'), box('now-playing')];
  return toast.top >= 0 && player.height > 0
    && (toast.bottom <= player.top || toast.top >= player.bottom || toast.right <= player.left);
}"""
"""The toast is in view, and covers nothing of the player."""


def press(button: Locator) -> None:
    """By keyboard."""
    button.focus()
    expect(button).to_be_focused()
    button.press("Enter")


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page(clip=None, locale="en-US")


def test_who_stops_the_music_is_at_the_page_s_main_part(
    page: Page, listening_server: Server
) -> None:
    play_a_song(page, listening_server)
    press(page.get_by_role("button", name="Stop", exact=True))
    expect(page.get_by_test_id("now-playing")).to_have_attribute("data-state", "idle")
    expect(page.locator("#main")).to_be_focused()


def test_who_asks_again_for_a_server_that_comes_back_goes_on_in_the_page(
    page: Page, listening_server: Server
) -> None:
    page.goto(f"{listening_server.url}/live")
    page.wait_for_load_state("networkidle")
    page.route("**/api/**", lambda route: route.abort())
    page.get_by_test_id("mood-picker").get_by_role("button", name="Any song").click()
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "offline", timeout=PATIENCE_MS)
    again = page.get_by_role("button", name="Try now")
    press(again)
    expect(again).to_be_focused()
    page.unroute("**/api/**")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    expect(page.get_by_test_id("offline")).to_have_count(0)
    expect(page.locator("#main")).to_be_focused()


def test_who_starts_and_stops_the_camera_stays_at_its_panel(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(SITTING, locale="en-US")
    page.goto(f"{listening_server.url}/live")
    panel = page.get_by_test_id("camera-panel")
    press(page.get_by_role("button", name="Start with the camera"))
    expect(panel).to_be_focused()
    expect(panel).to_have_attribute("data-phase", "watching", timeout=PATIENCE_MS)
    expect(panel).to_be_focused()


def test_who_takes_a_session_back_or_puts_a_notice_away_goes_on_in_the_page(
    page: Page, listening_server: Server
) -> None:
    play_a_song(page, listening_server)
    other = page.context.new_page()
    play_a_song(other, listening_server)
    press(page.get_by_role("button", name="Go on here instead"))
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    assert page.evaluate("document.activeElement !== document.body")

    page.get_by_role("button", name="Not for me").click()
    page.get_by_role("button", name="Not now: rest for 7 days").click()
    press(page.get_by_test_id("toast").get_by_role("button", name="Close"))
    expect(page.get_by_test_id("toast").get_by_role("button")).to_have_count(0)
    expect(page.locator("#main")).to_be_focused()


def test_a_toast_lies_above_the_player_on_a_phone(
    new_page: NewPage, listening_server: Server
) -> None:
    for width, height in ((360, 800), (640, 360), (1280, 800)):
        page = new_page(clip=None, locale="en-US", viewport={"width": width, "height": height})
        play_a_song(page, listening_server)
        page.get_by_role("button", name="Not for me").click()
        page.get_by_role("button", name="Not now: rest for 7 days").click()
        page.get_by_role("link", name="Genres", exact=True).first.click()
        expect(page.get_by_test_id("toast")).to_contain_text("rests for 7 days")
        # The player grows with its next song.
        page.wait_for_function(APART, timeout=PATIENCE_MS)
        plays(page)
        page.wait_for_function(APART, timeout=PATIENCE_MS)


def test_that_the_last_song_left_the_queue_is_said(page: Page, listening_server: Server) -> None:
    play_a_song(page, listening_server)
    rows = page.get_by_test_id("queue").locator("li")
    expect(rows).not_to_have_count(0)
    # What is taken out is replaced; where there is nothing more, the list ends.
    page.route("**/api/queue", lambda route: route.abort())
    while rows.count() > 0:
        press(rows.last.get_by_role("button", name="Remove"))
    expect(page.get_by_test_id("queue-said")).to_contain_text("Removed:")
    expect(page.locator("#main")).to_be_focused()
