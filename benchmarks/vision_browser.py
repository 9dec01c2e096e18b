"""The whole way of a camera frame in Chromium, beside face-api and human: `make bench`.

Camera frame (640x480, one face) -> boxes -> emotion -> temporal rule (ours only), one WASM thread,
by turns of ten frames in one run on the same video. Rivals are installed by npm into
`benchmarks/rivals/` in the versions of `rivals.json`, and run as their packages give them: their
own models, SIMD wasm backend, human with nothing but detector and emotion, face-api with its tiny
detector at 224 pixels.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.browser_rivals import PINS, install_rivals, scripts
from benchmarks.report import report
from tests.e2e.browser import ROOT, Clip, camera_file, launch
from tests.e2e.site import static_site

WEB = ROOT / "web"
CLIP = Clip("WolfgangLanger_Pexels.mp4", across=1.0)
ROUNDS = 15
WARM_UP = 2
"""Turns of each, ten frames long."""
LEAST_SEEN = 0.8
"""Share of the frames in which each must see the face; who sees nothing has nothing to do."""


def measure() -> tuple[dict[str, Any], str]:
    """Run the page; return its results and the browser's version."""
    folders = {
        **install_rivals(),
        "/models/": ROOT / "models",
        "/litert/": WEB / "public" / "litert",
        "/": WEB / "dist-golden",
    }
    subprocess.run(["npm", "run", "--silent", "build:golden"], cwd=WEB, check=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        sync_playwright() as playwright,
        # The rivals need more freedom than our own policy gives.
        static_site(folders, scripts("vision_browser.js"), policy="") as url,
    ):
        browser = launch(playwright, camera_file(CLIP, Path(scratch)))
        page = browser.new_page()
        page.set_default_timeout(600_000)
        page.goto(f"{url}/golden.html")
        page.evaluate("() => import('/vision_browser.js')")
        results: dict[str, Any] = page.evaluate(f"() => measure({ROUNDS}, {WARM_UP})")
        version = browser.version
        browser.close()
    return results, version


def main() -> None:
    """Measure, print and write `results/vision_browser.json`."""
    results, version = measure()
    frames = len(results["ours"]["ms"])
    for name, result in results.items():
        assert result["faces"] >= LEAST_SEEN * frames, f"{name} saw {result['faces']} of {frames}"
    medians = {name: round(median(result["ms"]), 2) for name, result in results.items()}
    closely = medians.pop("closely")
    report(
        "vision_browser",
        "ms per frame",
        medians.pop("ours"),
        medians,
        ours_with_a_detector_in_every_frame=closely,
        p90={n: round(quantiles(r["ms"], n=10)[-1], 2) for n, r in results.items()},
        frames_with_a_face={n: round(r["faces"] / frames, 3) for n, r in results.items()},
        ours_in_worker=round(median(results["ours"]["inWorker"]), 2),
        frames=frames,
        rivals_versions=json.loads(PINS.read_text())["dependencies"],
        browser=f"Chromium {version}, one WASM thread",
        machine=f"{platform.machine()}, {os.cpu_count()} cores",
        load_average=round(os.getloadavg()[0], 1),
    )


if __name__ == "__main__":
    main()
