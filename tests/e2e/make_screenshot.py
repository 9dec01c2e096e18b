"""Takes the picture of the live page that the README shows: `python -m tests.e2e.make_screenshot`.

The real app, with songs made for it and a film as the camera, which is blurred: it shows somebody.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.e2e.browser import ROOT, SAD_TO_HAPPY, camera_file, launch
from tests.e2e.conftest import CONSENTS, running_server
from tests.e2e.music import make_songs

PICTURE = ROOT / "docs" / "live.png"
BLUR = "video => { video.style.filter = 'blur(6px)' }"
PATIENCE_MS = 60_000


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        make_songs(folder / "songs", "Jazz", 4, 180, artist="Quartet {number}")
        with running_server(folder) as server:
            server.add_songs(folder / "songs")
            browser = launch(playwright, camera_file(SAD_TO_HAPPY, folder))
            page = browser.new_context(
                locale="en-US", viewport={"width": 1280, "height": 1000}
            ).new_page()
            page.set_default_timeout(PATIENCE_MS)
            page.add_init_script(CONSENTS)
            page.goto(f"{server.url}/genres")
            for box in ("Jazz for Sad", "Jazz for Happy"):
                page.get_by_test_id("genre-grid").get_by_label(box, exact=True).check()
                page.locator("[data-testid=saved][data-state=saved]").wait_for()
            page.goto(f"{server.url}/live")
            page.get_by_role("button", name="Start with the camera").click()
            page.locator('[data-testid=now-playing][data-state="playing"]').wait_for()
            page.locator('[data-testid=current-emotion][data-emotion="happiness"]').wait_for()
            page.get_by_role("button", name="Next song").click()
            playing = '[data-state="playing"][data-emotion="happiness"]'
            page.locator(f"[data-testid=now-playing]{playing}").wait_for()
            page.locator("video[data-testid=camera-preview]").evaluate(BLUR)
            page.wait_for_timeout(3_000)
            page.screenshot(path=PICTURE)
            browser.close()


if __name__ == "__main__":
    main()
