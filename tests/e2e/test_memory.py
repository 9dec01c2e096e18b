"""Hours beside real work: what was looked at and heard leaves nothing behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from benchmarks.processes import cost
from tests.e2e.browser import NEUTRAL_TO_HAPPY
from tests.e2e.conftest import MANY, NewPage, running_server
from tests.e2e.footprint import Scale
from tests.e2e.hurry import hurry
from tests.e2e.server import Server

PATIENCE_MS = 40_000
SPEED = 20
LOOKS = 400
"""Their tensors are 40 MB, where they leak."""
WARM_UP = 200


@pytest.fixture(scope="module")
def unlimited(tmp_path_factory: pytest.TempPathFactory, songs: Path) -> Iterator[Server]:
    """What hurries posts more in a minute than a person may."""
    folder = tmp_path_factory.mktemp("unlimited")
    with running_server(folder, **MANY, TODAY_FEELING_WRITES_PER_MINUTE="100000") as server:
        server.add_songs(songs)
        yield server


@pytest.mark.long
def test_hundreds_of_looks_and_songs_leave_neither_memory_nor_frames_nor_handles_behind(
    new_page: NewPage, unlimited: Server
) -> None:
    page = new_page(NEUTRAL_TO_HAPPY, locale="en-US")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    hurry(page.context, SPEED, past_s=3600)
    page.goto(f"{unlimited.url}/live")
    page.get_by_role("button", name="Start with the camera").click()
    expect(page.get_by_test_id("camera-panel")).to_have_attribute(
        "data-phase", "watching", timeout=PATIENCE_MS
    )
    scale = Scale(page)
    page.wait_for_function("(least) => window.looks >= least", arg=WARM_UP, timeout=60_000)
    before, handles = scale.weigh(), cost(os.getpid()).handles
    first = page.evaluate("window.looks")
    page.wait_for_function("(least) => window.looks >= least", arg=first + LOOKS, timeout=120_000)
    after = scale.weigh()

    # Tensors live there, and no garbage collector looks after them.
    assert after.wasm_kb - before.wasm_kb < 8000
    # The browser's own word for a frame that nobody closed.
    assert [line for line in said if "VideoFrame" in line] == []
    # What these hold goes up and down by as much in two hours; more is kept for every look.
    assert after.worker_kb - before.worker_kb < 1000
    assert after.page_kb - before.page_kb < 1000
    # What the page shows at the moment differs by so much; one kept for each look would be more.
    assert after.nodes - before.nodes < 0.75 * LOOKS
    assert after.listeners - before.listeners < 40
    assert after.rows <= 1
    assert cost(os.getpid()).handles - handles < 15
