"""What goes wrong beside real work: a dying server, a crashing worker, storage that is denied."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.e2e.browser import SITTING
from tests.e2e.conftest import NewPage, running_server
from tests.e2e.server import Server

PATIENCE_MS = 40_000
WAITING = """() => new Promise((resolve) => {
  const opening = indexedDB.open('today-feeling', 1);
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onerror = () => resolve(0);
  opening.onsuccess = () => {
    const database = opening.result;
    const counting = database.transaction('observations').objectStore('observations').count();
    counting.onsuccess = () => { database.close(); resolve(counting.result); };
  };
})"""
"""How many observations wait in the browser."""


def start_camera(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/live")
    page.get_by_role("button", name="Start with the camera").click()
    expect(page.get_by_test_id("camera-panel")).to_have_attribute(
        "data-phase", "watching", timeout=PATIENCE_MS
    )


def until_waiting(page: Page, count: int) -> None:
    """Return when so many observations wait in the browser."""
    for _ in range(PATIENCE_MS // 200):
        if page.evaluate(WAITING) == count:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"{page.evaluate(WAITING)} observations wait, not {count}")


def stored(server: Server) -> list[tuple[str, str]]:
    """Client's id and time of each observation on the server, in the order of arrival."""
    with sqlite3.connect(server.database) as database:
        rows = database.execute(
            "SELECT id, observed_at FROM observations ORDER BY rowid"
        ).fetchall()
    return [(str(one), str(at)) for one, at in rows]


def test_a_server_that_dies_and_comes_back_gets_every_observation_once_and_in_order(
    new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page(SITTING, locale="en-US")
    with running_server(tmp_path) as server:
        with page.expect_response("**/api/observations", timeout=60_000):
            start_camera(page, server)
        until_waiting(page, 0)
        server.kill()
        # Ten seconds of looking make one; the page is closed while it waits.
        until_waiting(page, 1)
        expect(page.get_by_test_id("offline")).to_be_visible()
        expect(page.get_by_test_id("camera-panel")).to_have_attribute("data-phase", "watching")
        context = page.context
        page.close()
        before = stored(server)
        server.start()
        # Two tabs at once find the same ones.
        tabs = [context.new_page(), context.new_page()]
        for tab in tabs:
            tab.goto(f"{server.url}/today")
        for tab in tabs:
            until_waiting(tab, 0)
        after = stored(server)
    assert len(after) > len(before) >= 1
    assert len({one for one, _ in after}) == len(after)
    assert [at for _, at in after] == sorted(at for _, at in after)


def test_where_storage_is_denied_everything_works_until_the_page_is_closed(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(clip=None, locale="en-US")
    page.add_init_script(
        """for (const name of ['indexedDB', 'localStorage', 'caches']) {
          const deny = { get() { throw new DOMException('denied', 'SecurityError'); } };
          Object.defineProperty(window, name, deny);
        }"""
    )
    page.goto(f"{listening_server.url}/live")
    page.get_by_test_id("mood-picker").get_by_role("button", name="Any song").click()
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)


def test_a_worker_that_crashes_is_replaced_and_the_face_is_read_on(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(SITTING, locale="en-US")
    start_camera(page, server)
    (worker,) = page.workers
    with page.expect_event("worker"):
        worker.evaluate("() => { setTimeout(() => { throw new Error('out of memory'); }); }")
    emotion = page.get_by_test_id("current-emotion")
    expect(emotion).to_have_attribute("data-emotion", "sadness", timeout=PATIENCE_MS)
    expect(page.get_by_test_id("camera-panel")).to_have_attribute("data-phase", "watching")


def test_a_model_file_that_is_damaged_is_not_used_and_the_page_says_so(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(SITTING, locale="en-US", service_workers="block")

    def damage(route: Route) -> None:
        answer = route.fetch()
        body = bytearray(answer.body())
        body[len(body) // 2] ^= 1
        route.fulfill(response=answer, body=bytes(body))

    page.context.route("**/models/emotion.tflite", damage)
    page.goto(f"{server.url}/live")
    page.get_by_role("button", name="Start with the camera").click()
    panel = page.get_by_test_id("camera-panel")
    expect(panel).to_have_attribute("data-problem", "model_damaged", timeout=PATIENCE_MS)
    expect(panel).to_contain_text("A model file is damaged")
    expect(page.get_by_test_id("camera-sign")).to_have_count(0)
