"""How soon after the click a face is read: the real app in Chromium, its files kept before.

`cold` is the first visit of a new browser (files come from localhost, so it measures everything
but the network), `warm` every later one; `at once` is a click as soon as the button is there,
before the models that the page loads ahead have come. There is no rival: none of them starts in a
page of ours. Also: what the browser has to fetch, as it is served.
"""

from __future__ import annotations

import os
import platform
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.report import report
from tests.e2e.browser import SITTING, camera_file, launch
from tests.e2e.server import Server

ROUNDS = 7
READ_THE_PAGE_MS = 3_000
"""From the page's opening to the click, where it is not at once."""
SETTINGS = """
localStorage.setItem('today-feeling.consent', '{"camera":true,"history":true}');
localStorage.setItem('today-feeling.settings', '{"autoplay":false}');
localStorage.setItem('today-feeling.coach', '{"done":true}');
"""
CLICK = """() => new Promise((resolve) => {
  const panel = document.querySelector('[data-testid=camera-panel]');
  const start = performance.now();
  const watch = new MutationObserver(() => {
    const shown = panel.querySelector('[data-testid=current-emotion]');
    if (shown && Number(shown.dataset.confidence) > 0) {
      watch.disconnect();
      resolve(performance.now() - start);
    }
  });
  watch.observe(panel, { subtree: true, childList: true, attributes: true });
  panel.querySelector('.button-primary').click();
})"""
FETCHED = """() => performance.getEntriesByType('resource').map(
  ({ name }) => new URL(name).pathname)"""


def visit(page: Page, url: str, wait_ms: int) -> float:
    """Open the live page, click after a while; milliseconds from there to the first reading."""
    page.goto(f"{url}/live")
    page.get_by_role("button", name="Start with the camera").wait_for()
    page.wait_for_timeout(wait_ms)
    return float(page.evaluate(CLICK))


def measure() -> dict[str, Any]:
    """Milliseconds of each kind of visit, and bytes of each file."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        browser = launch(playwright, camera_file(SITTING, folder))
        server = Server(folder)
        server.start()
        try:
            context = browser.new_context(locale="en-US")
            context.add_init_script(SETTINGS)
            page = context.new_page()
            page.set_default_timeout(120_000)
            cold = visit(page, server.url, 0)
            fetched = page.workers[0].evaluate(FETCHED)
            served = {path: server.served_bytes(path) for path in fetched}
            page.wait_for_function("() => navigator.serviceWorker.controller !== null")
            visit(page, server.url, 0)  # the service worker sees the models for the first time
            warm = [visit(page, server.url, READ_THE_PAGE_MS) for _ in range(ROUNDS)]
            at_once = [visit(page, server.url, 0) for _ in range(ROUNDS)]
            version = browser.version
        finally:
            server.stop()
            browser.close()
    return {
        "cold": cold,
        "warm": warm,
        "at_once": at_once,
        "served": served,
        "browser": f"Chromium {version}",
    }


def main() -> None:
    """Measure, print and write `results/first_result.json`."""
    found = measure()
    report(
        "first_result",
        "ms from the click to the first reading, warm cache",
        round(median(found["warm"])),
        {},
        slowest=round(max(found["warm"])),
        at_once=round(median(found["at_once"])),
        at_once_slowest=round(max(found["at_once"])),
        cold=round(found["cold"]),
        served_bytes=found["served"],
        served_megabytes=round(sum(found["served"].values()) / 1e6, 2),
        browser=found["browser"],
        machine=f"{platform.machine()}, {os.cpu_count()} cores",
        load_average=round(os.getloadavg()[0], 1),
    )


if __name__ == "__main__":
    main()
