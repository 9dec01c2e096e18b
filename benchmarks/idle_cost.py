"""What it costs to be on all day: processor time of the whole browser beyond the bare video.

Somebody sits still before the camera (one frame of a clip, with a camera's noise and a breath's
sway); another run shows the clip itself, where the face moves all the time. Each contender has a
browser of its own, one after the other, with the same picture in the same small preview. Our app
runs as it is, with everything on its live page. `--minutes 10` for long runs; 2 otherwise.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, ViewportSize, sync_playwright

from benchmarks.browser_rivals import install_rivals, scripts
from benchmarks.processes import browser_root, cost
from benchmarks.report import report
from tests.e2e.browser import SAD_TO_HAPPY, SITTING, camera_file, launch
from tests.e2e.server import Server
from tests.e2e.site import static_site

WARM_UP_S = 20
"""Models load, the first looks are quick, the face comes to rest."""


def open_ours(browser: Browser, url: str) -> Page:
    """Our live page with the camera on; a song is proposed and never starts."""
    # The whole page is in view: what is not seen is not drawn, and costs nothing.
    viewport = ViewportSize(width=1280, height=1000)
    page = browser.new_context(locale="en-US", viewport=viewport).new_page()
    page.add_init_script(
        "localStorage.setItem('today-feeling.settings', JSON.stringify({ autoplay: false }));"
        """localStorage.setItem('today-feeling.consent', '{"camera":true,"history":true}');"""
        """localStorage.setItem('today-feeling.coach', '{"done":true}')"""
    )
    page.goto(f"{url}/live")
    page.get_by_role("button", name="Start with the camera").click()
    page.locator("[data-testid=camera-panel][data-phase=watching]").wait_for(timeout=60_000)
    return page


def open_other(browser: Browser, url: str, name: str) -> Page:
    """The bare video, or a rival beside it."""
    page = browser.new_page()
    page.goto(f"{url}/idle.html")
    page.evaluate("() => import('/idle_cost.js')")
    page.evaluate("(name) => begin(name)", name)
    return page


def watch(
    playwright: Playwright, camera: Path, url: str, name: str, minutes: float
) -> dict[str, Any]:
    """Processor share (percent of one core), and memory and handles at both ends."""
    browser = launch(playwright, camera)
    root = browser_root()
    try:
        page = open_ours(browser, url) if name == "ours" else open_other(browser, url, name)
        page.wait_for_timeout(WARM_UP_S * 1000)
        before, start = cost(root), time.monotonic()
        page.wait_for_timeout(minutes * 60_000)
        after, passed_s = cost(root), time.monotonic() - start
    finally:
        browser.close()
    return {
        "share": round(100 * (after.cpu_s - before.cpu_s) / passed_s, 2),
        "memory_mb": [round(before.memory_mb), round(after.memory_mb)],
        "handles": [before.handles, after.handles],
    }


def measure(minutes: float, names: list[str]) -> dict[str, dict[str, Any]]:
    """Run each contender on the still person, and us and the bare video on the moving one too."""
    page = {"/idle.html": b"<!doctype html><title>camera</title><body>"}
    results: dict[str, dict[str, Any]] = {}
    with (
        tempfile.TemporaryDirectory() as scratch,
        sync_playwright() as playwright,
        static_site(install_rivals(), page | scripts("idle_cost.js"), policy="") as site,
    ):
        folder = Path(scratch)
        cameras = {
            "still": camera_file(SITTING, folder),
            "moving": camera_file(SAD_TO_HAPPY, folder),
        }
        server = Server(folder)
        server.start()
        try:
            for kind, camera in cameras.items():
                for name in (
                    names if kind == "still" else [n for n in names if n in {"bare", "ours"}]
                ):
                    url = server.url if name == "ours" else site
                    result = watch(playwright, camera, url, name, minutes)
                    print(kind, name, result, flush=True)
                    results[f"{name} {kind}"] = result
        finally:
            server.stop()
    return results


def main() -> None:
    """Measure, print and write `results/idle_cost.json`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.idle_cost", description=__doc__)
    parser.add_argument("--minutes", type=float, default=2, help="of each run; default 2")
    parser.add_argument("--only-ours", action="store_true", help="no rivals, nothing written")
    options, _ = parser.parse_known_args(sys.argv[1:])
    names = ["bare", "ours"] if options.only_ours else ["bare", "ours", "face-api", "human"]
    results = measure(options.minutes, names)
    beyond = {
        name: round(result["share"] - results[f"bare {name.split()[-1]}"]["share"], 2)
        for name, result in results.items()
        if not name.startswith("bare")
    }
    print(beyond)
    if options.only_ours:
        return
    report(
        "idle_cost",
        "% of one core beyond the bare video",
        beyond.pop("ours still"),
        {name.removesuffix(" still"): share for name, share in beyond.items() if "still" in name},
        ours_while_the_face_moves=beyond["ours moving"],
        runs=results,
        minutes=options.minutes,
        machine=f"{platform.machine()}, {os.cpu_count()} cores, no GPU",
        load_average=round(os.getloadavg()[0], 1),
    )


if __name__ == "__main__":
    main()
