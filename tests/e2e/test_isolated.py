"""A page that a proxy isolates has threads, and YouTube's player plays in it all the same."""

from __future__ import annotations

import pytest
from playwright.sync_api import Playwright, expect

from tests.e2e.browser import SITTING, camera_file, launch
from tests.e2e.conftest import CONSENTS
from tests.e2e.server import Server
from tests.e2e.test_from_face_to_song import start_camera
from tests.e2e.wire import TRUSTING, open_wire
from tests.e2e.youtube import play_youtube, playing_video

PATIENCE_MS = 40_000
# As docs/adr/browser-runtime.md has it: with other headers YouTube's frame stays empty.
ISOLATED = {"Document-Isolation-Policy": "isolate-and-credentialless"}


@pytest.mark.long
def test_an_isolated_page_reads_faces_with_threads_and_plays_youtube(
    playwright: Playwright, pytestconfig: pytest.Config, server: Server
) -> None:
    camera = camera_file(SITTING, pytestconfig.cache.mkdir("camera"))
    browser = launch(playwright, camera, TRUSTING)
    with open_wire({server.url}, play_youtube, ISOLATED) as wire:
        context = browser.new_context(locale="en-US", proxy=wire.proxy)
        context.add_init_script(CONSENTS)
        page = context.new_page()
        start_camera(page, server)
        player = page.get_by_test_id("now-playing")
        expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
        expect(player).to_have_attribute("data-source", "youtube")
        assert page.evaluate("crossOriginIsolated")
        assert any(one.url.endswith("_threaded_internal.wasm") for one in wire.said)
        emotion = page.get_by_test_id("current-emotion")
        expect(emotion).to_have_attribute("data-emotion", "sadness", timeout=PATIENCE_MS)
        # The frame is YouTube's, and not a browser's page that says no.
        assert playing_video(page)
        assert page.frame_locator("iframe[title=YouTube]").locator("title").inner_text() == "video"
        browser.close()
