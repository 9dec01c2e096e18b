"""The browser's storage is full: readings wait in memory, and are all sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import SITTING
from tests.e2e.conftest import NewPage, running_server
from tests.e2e.hurry import hurry
from tests.e2e.waiting import until_waiting
from tests.e2e.watching import start_camera, stored

PATIENCE_MS = 60_000

COUNT_CONNECTIONS = """(() => {
  const open = IDBFactory.prototype.open;
  window.connections = 0;
  IDBFactory.prototype.open = function (...given) {
    window.connections += 1;
    return open.apply(this, given);
  };
})()"""


def fill_up(page: Page) -> None:
    """Leave no room for another byte of this site."""
    origin = page.evaluate("location.origin")
    page.context.new_cdp_session(page).send(
        "Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1}
    )


@pytest.mark.long
def test_readings_that_find_no_room_on_the_device_wait_in_memory_and_arrive(
    new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page(SITTING, locale="en-US")
    page.add_init_script(COUNT_CONNECTIONS)
    hurry(page.context, speed=4, past_s=600)
    refused: list[str] = []
    page.on("console", lambda one: refused.append(one.text) if "Quota" in one.text else None)
    with running_server(tmp_path) as server:
        start_camera(page, server)
        with page.expect_response("**/api/observations", timeout=PATIENCE_MS):
            pass
        until_waiting(page, 0)
        before = stored(server)
        fill_up(page)
        server.kill()
        connections = page.evaluate("connections")
        for _ in range(PATIENCE_MS // 500):
            if len(refused) >= 3:
                break
            page.wait_for_timeout(500)
        assert len(refused) >= 3
        assert page.evaluate("connections") == connections
        server.start()
        expect(page.get_by_test_id("offline")).to_have_count(0, timeout=PATIENCE_MS)
        for _ in range(PATIENCE_MS // 500):
            if len(stored(server)) >= len(before) + 3:
                break
            page.wait_for_timeout(500)
        after = stored(server)
    assert len(after) >= len(before) + 3
    times = [datetime.fromisoformat(at) for _, at in after]
    # One follows the other: none is missing.
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert timedelta(0) < min(gaps)
    assert max(gaps) < timedelta(seconds=15)
