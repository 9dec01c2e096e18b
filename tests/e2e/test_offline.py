"""Without a network: what was visited once still opens, and says what is missing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import SAD_TO_HAPPY, SITTING, vision_worker
from tests.e2e.conftest import NewPage, running_server
from tests.e2e.server import Server

PATIENCE_MS = 40_000
MOST_BYTES = 12_000_000
"""Of models and their runtime, as they are served."""
FETCHED = """() => performance.getEntriesByType('resource').map(
  ({ name }) => new URL(name).pathname)"""
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
KEPT = """async () => {
  const names = await caches.keys();
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map(({ url }) => new URL(url).pathname);
}"""


def visit(page: Page, server: Server, path: str = "/") -> None:
    """Open a page and wait until the service worker has all that it keeps."""
    page.goto(f"{server.url}{path}")
    page.wait_for_function(CONTROLLED)


def test_every_page_opens_without_the_server_and_says_that_it_is_gone(
    new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page(clip=None, locale="en-US")
    with running_server(tmp_path) as server:
        visit(page, server)
    page.goto(f"{server.url}/settings")
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    expect(page.get_by_test_id("offline")).to_contain_text("The server is not answering.")
    page.context.set_offline(True)
    expect(page.get_by_test_id("offline")).to_contain_text("This device is offline.")


def test_the_page_goes_on_by_itself_when_the_network_is_back(
    new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page(clip=None, locale="en-US")
    with running_server(tmp_path) as server:
        visit(page, server)
        server.stop()
        page.goto(f"{server.url}/genres")
        expect(page.get_by_test_id("offline")).to_be_visible()
        page.context.set_offline(True)
        server.start()
        page.context.set_offline(False)
        expect(page.get_by_test_id("offline")).to_have_count(0)
        expect(page.get_by_test_id("genre-grid")).to_be_visible()


def test_expressions_are_read_without_the_server_once_the_models_were_used(
    new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page(SAD_TO_HAPPY, locale="en-US")
    with running_server(tmp_path) as server:
        visit(page, server, "/live")
        page.get_by_role("button", name="Start with the camera").click()
        panel = page.get_by_test_id("camera-panel")
        expect(panel).to_have_attribute("data-phase", "watching", timeout=PATIENCE_MS)
        fetched = page.workers[0].evaluate(FETCHED)
        served = sum(map(server.served_bytes, fetched))
    assert len([path for path in fetched if path.endswith((".tflite", ".wasm"))]) == 4
    assert 0 < served < MOST_BYTES
    page.goto(f"{server.url}/live")
    page.get_by_role("button", name="Start with the camera").click()
    emotion = page.get_by_test_id("current-emotion")
    expect(emotion).to_have_attribute("data-emotion", "sadness", timeout=PATIENCE_MS)


@contextmanager
def proxy_without_server(port: int, *, answers: bool) -> Iterator[None]:
    """Answers to everything that its server is gone, or takes what comes and says nothing."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if answers:
                self.send_error(502)
            else:
                over.wait()

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Tests have no use for an access log."""

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            proxy.shutdown()
            thread.join()


@pytest.mark.parametrize(
    "answers",
    [pytest.param(True, id="says so"), pytest.param(False, id="is silent", marks=pytest.mark.long)],
)
def test_a_worker_that_crashes_reads_on_while_a_proxy_stands_for_a_server_that_is_gone(
    new_page: NewPage, tmp_path: Path, answers: bool
) -> None:
    page = new_page(SITTING, locale="en-US")
    emotion = page.get_by_test_id("current-emotion")
    with running_server(tmp_path) as server:
        visit(page, server, "/live")
        page.get_by_role("button", name="Start with the camera").click()
        expect(emotion).to_have_attribute("data-emotion", "sadness", timeout=PATIENCE_MS)
    with proxy_without_server(server.port, answers=answers):
        with page.expect_event("worker", timeout=PATIENCE_MS):
            vision_worker(page).evaluate("() => { setTimeout(() => { throw new Error('!'); }); }")
        expect(emotion).to_have_attribute("data-emotion", "unsure", timeout=PATIENCE_MS)
        expect(emotion).to_have_attribute("data-emotion", "sadness", timeout=PATIENCE_MS)


def test_nothing_that_is_personal_is_kept(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page(clip=None, locale="en-US")
    with running_server(tmp_path) as server:
        visit(page, server)
        for path in ("/today", "/statistics", "/profile", "/genres"):
            page.goto(f"{server.url}{path}")
            page.wait_for_load_state("networkidle")
        kept = page.evaluate(KEPT)
    assert "/index.html" in kept
    assert [path for path in kept if path.startswith(("/api", "/today", "/profile"))] == []
