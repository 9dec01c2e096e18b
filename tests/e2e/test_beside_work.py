"""Beside other work: media keys, the lock screen, a small player above all, quiet in focus."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import SITTING
from tests.e2e.conftest import NewPage, running_server
from tests.e2e.music import make_songs
from tests.e2e.people import play_a_song
from tests.e2e.server import Server
from tests.e2e.test_pages import violations
from tests.e2e.youtube import playing_video, serve_youtube

PATIENCE_MS = 40_000
SONG_S = 60

KEYS = """
window.mediaKeys = {};
const session = navigator.mediaSession;
const setHandler = session.setActionHandler.bind(session);
session.setActionHandler = (action, handler) => {
  window.mediaKeys[action] = handler;
  setHandler(action, handler);
};
const setPlace = session.setPositionState.bind(session);
session.setPositionState = (place) => { window.mediaPlace = place ?? null; setPlace(place); };
"""
"""What a system's media keys and lock screen would be given; nobody can press them in a test."""


@pytest.fixture(scope="module")
def music_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """With songs that are still playing when a test has ended."""
    songs: Path = tmp_path_factory.mktemp("songs")
    make_songs(songs, "Jazz", count=4, seconds=SONG_S, artist="Player {number}")
    with running_server(tmp_path_factory.mktemp("beside-work")) as server:
        command = "import sys; from today_feeling.cli import main; sys.exit(main())"
        add = [sys.executable, "-c", command, "library", "add", str(songs), "--database"]
        subprocess.run([*add, f"sqlite:///{server.database}"], check=True, capture_output=True)
        yield server


def press(page: Page, key: str) -> None:
    page.evaluate("(key) => window.mediaKeys[key]()", key)


def lock_screen(page: Page) -> dict[str, Any]:
    """What the system shows."""
    shown: dict[str, Any] = page.evaluate(
        """() => {
          const { metadata, playbackState } = navigator.mediaSession;
          const artwork = metadata?.artwork.map(({ src }) => new URL(src).origin);
          return { title: metadata?.title, artist: metadata?.artist, artwork, playbackState,
                   place: window.mediaPlace };
        }"""
    )
    return shown


def title(player: Locator) -> Locator:
    return player.locator(".title").first


def test_media_keys_and_the_lock_screen_do_what_the_buttons_do(
    new_page: NewPage, music_server: Server
) -> None:
    page = new_page(clip=None, locale="en-US")
    page.add_init_script(KEYS)
    play_a_song(page, music_server)
    player = page.get_by_test_id("now-playing")
    shown = lock_screen(page)
    assert shown["title"] == title(player).inner_text()
    assert shown["artist"].startswith("Player ")
    assert shown["artwork"] == [music_server.url]
    assert shown["playbackState"] == "playing"
    assert shown["place"]["duration"] == pytest.approx(SONG_S, abs=1)

    press(page, "pause")
    expect(player).to_have_attribute("data-state", "paused")
    assert lock_screen(page)["playbackState"] == "paused"
    press(page, "play")
    expect(player).to_have_attribute("data-state", "playing")
    first = player.get_attribute("data-track") or ""
    press(page, "nexttrack")
    expect(player).not_to_have_attribute("data-track", first)
    expect(player).to_have_attribute("data-state", "playing")
    assert lock_screen(page)["title"] == title(player).inner_text()
    press(page, "stop")
    expect(player).to_have_attribute("data-state", "idle")
    assert lock_screen(page)["playbackState"] == "none"
    assert page.evaluate("Object.values(window.mediaKeys).every((handler) => handler === null)")


def test_media_keys_reach_youtubes_player_too(new_page: NewPage, server: Server) -> None:
    page = new_page(clip=None, locale="en-US")
    page.add_init_script(KEYS)
    serve_youtube(page.context)
    play_a_song(page, server)
    player = page.get_by_test_id("now-playing")
    assert lock_screen(page)["place"] == {"duration": 200, "position": 12, "playbackRate": 1}
    # Whoever keeps covers would learn what is heard: none is asked of YouTube.
    assert lock_screen(page)["artwork"] == [server.url]
    press(page, "pause")
    expect(player).to_have_attribute("data-state", "paused")
    assert page.evaluate("window.testYouTube.state") == 2
    press(page, "play")
    expect(player).to_have_attribute("data-state", "playing")
    before = playing_video(page)
    press(page, "nexttrack")
    page.wait_for_function("(id) => window.testYouTube.id !== id", arg=before)


def test_a_small_player_stays_above_other_windows_and_closing_it_loses_nothing(
    new_page: NewPage, music_server: Server
) -> None:
    page = new_page(SITTING, locale="en-US")
    complaints: list[str] = []
    page.context.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{music_server.url}/settings")
    page.get_by_role("button", name="Dark").click()
    page.goto(f"{music_server.url}/live")
    page.get_by_role("button", name="Start with the camera").click()
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    opener = page.get_by_role("button", name="Small player in a window of its own")
    with page.context.expect_page() as opened:
        opener.press("Enter")
    small = opened.value
    expect(small.get_by_role("heading")).to_have_text(title(player).inner_text())
    # An emotion has a name, not only a colour or a face.
    expect(small.get_by_test_id("small-mood")).to_contain_text("Looks", timeout=PATIENCE_MS)
    pause = small.get_by_role("button", name="Pause")
    expect(pause).to_have_css("min-height", "44px")
    expect(small.locator("html")).to_have_attribute("data-theme", "dark")
    expect(small.locator("html")).to_have_attribute("lang", "en")
    assert violations(small) == []

    pause.click()
    expect(player).to_have_attribute("data-state", "paused")
    small.get_by_role("button", name="Play").click()
    expect(player).to_have_attribute("data-state", "playing")
    small.get_by_role("button", name="I like it").click()
    expect(page.get_by_role("button", name="I like it")).to_have_attribute("aria-pressed", "true")
    first = player.get_attribute("data-track") or ""
    small.get_by_role("button", name="Next song").click()
    expect(player).not_to_have_attribute("data-track", first)
    expect(player).to_have_attribute("data-state", "playing")

    small.close()
    expect(opener).to_be_focused()
    expect(player).to_have_attribute("data-state", "playing")
    expect(page.get_by_test_id("camera-panel")).to_have_attribute("data-phase", "watching")
    assert [text for text in complaints if "Content Security Policy" in text] == []


def test_without_such_windows_there_is_no_button_for_them(
    new_page: NewPage, music_server: Server
) -> None:
    page = new_page(clip=None, locale="en-US")
    page.add_init_script("delete window.documentPictureInPicture")
    play_a_song(page, music_server)
    expect(page.get_by_role("button", name="Next song")).to_be_visible()
    expect(page.get_by_role("button", name="Small player in a window of its own")).to_have_count(0)


def test_in_focus_nothing_pops_up_and_it_is_said_afterwards(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(clip=None, locale="en-US")
    serve_youtube(page.context)
    page.goto(f"{server.url}/live")
    goals = page.get_by_test_id("goal-picker")
    goals.get_by_role("radio", name="Focus").check()
    page.get_by_test_id("mood-picker").get_by_role("button", name="Any song").click()
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    refused = playing_video(page)
    page.evaluate("window.testYouTube.events.onError({ data: 150 })")
    page.wait_for_function("(id) => window.testYouTube.id !== id", arg=refused)
    expect(player).to_have_attribute("data-state", "playing")
    expect(page.get_by_test_id("notice")).to_have_count(0)
    goals.get_by_role("radio", name="Match").check()
    expect(page.get_by_test_id("notice")).to_have_attribute("data-kind", "track_failed")
