"""What two hours leave behind: memory and handles of the live page, at both ends and on the way.

The real page, worker and server, before a camera that shows somebody sad, then happy, over and
over. The page's clock and timers run `SPEED` times as fast as the world, so that two hours with
their looks, songs and lines in the diary pass in minutes; songs are as much shorter. Garbage is
collected before each measurement. There is no rival: none of them runs under a clock of ours.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.processes import browser_root, cost
from benchmarks.report import report
from tests.e2e.browser import SAD_TO_HAPPY, camera_file, launch, vision_worker
from tests.e2e.footprint import Scale
from tests.e2e.hurry import hurry
from tests.e2e.music import make_songs
from tests.e2e.server import Server

SPEED = 20
HOURS = 2.0
SONG_S = 210
WARM_UP_S = 600
"""By the page's clock: everything was used once, and caches are full."""
MEASUREMENTS = 5
SETTINGS = """
localStorage.setItem('today-feeling.consent', '{"camera":true,"history":true}');
localStorage.setItem('today-feeling.coach', '{"done":true}');
"""


def measure(hours: float) -> dict[str, Any]:
    """Let the hours pass; what was held after the warm-up and at even times until the end."""
    lived_s = hours * 3600
    # No person posts that much in a minute of the server's.
    limits = {"TODAY_FEELING_WRITES_PER_MINUTE": "100000"}
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        for genre in ("Jazz", "Pop"):
            make_songs(folder / "songs", genre, count=8, seconds=SONG_S / SPEED)
        browser = launch(playwright, camera_file(SAD_TO_HAPPY, folder))
        root = browser_root()
        server = Server(folder, **limits)
        server.start()
        try:
            server.add_songs(folder / "songs")
            context = browser.new_context(locale="en-US")
            context.add_init_script(SETTINGS)
            hurry(context, SPEED, past_s=lived_s + WARM_UP_S)
            page = context.new_page()
            page.goto(f"{server.url}/live")
            page.get_by_role("button", name="Start with the camera").click()
            page.locator("[data-testid=camera-panel][data-phase=watching]").wait_for(timeout=60_000)
            scale, worker = Scale(page), vision_worker(page)
            page.wait_for_timeout(1000 * WARM_UP_S / SPEED)
            began_s = float(page.evaluate("performance.now() / 1000"))
            taken: list[dict[str, Any]] = []
            for number in range(MEASUREMENTS):
                due_s = began_s + lived_s * number / (MEASUREMENTS - 1)
                now_s = float(page.evaluate("performance.now() / 1000"))
                page.wait_for_timeout(max(0, 1000 * (due_s - now_s) / SPEED))
                looks = page.evaluate("window.looks")
                weight = asdict(scale.weigh())
                whole = cost(root)
                more = {"browser_own_mb": round(whole.own_mb), "handles": whole.handles}
                taken.append({"hours": round((due_s - began_s) / 3600, 2), "looks": looks})
                taken[-1] |= weight | more
                print(taken[-1], flush=True)
            assert vision_worker(page) is worker, "its memory is that of another one"
            version = browser.version
        finally:
            server.stop()
            browser.close()
        with sqlite3.connect(server.database) as database:
            count = "SELECT (SELECT count(*) FROM observations), (SELECT count(*) FROM plays)"
            observations, plays = database.execute(count).fetchone()
    return {
        "taken": taken,
        "observations": observations,
        "plays": plays,
        "browser": f"Chromium {version}",
    }


def main() -> None:
    """Measure, print and write `results/memory.json`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("--hours", type=float, default=HOURS, help="by the page's clock; default 2")
    options, _ = parser.parse_known_args(sys.argv[1:])
    found = measure(options.hours)
    first, last = found["taken"][0], found["taken"][-1]
    report(
        "memory",
        f"MB that the browser holds more after {options.hours:g} hours",
        last["browser_own_mb"] - first["browser_own_mb"],
        {},
        grown={name: last[name] - first[name] for name in first if name != "hours"},
        taken=found["taken"],
        observations_kept=found["observations"],
        songs_played=found["plays"],
        speed=SPEED,
        browser=found["browser"],
        machine=f"{platform.machine()}, {os.cpu_count()} cores, no GPU",
        load_average=round(os.getloadavg()[0], 1),
    )


if __name__ == "__main__":
    main()
