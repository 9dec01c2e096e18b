"""A browser that keeps no cookie: the page says so, and plays without leaving a trace."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.e2e.browser import SITTING
from tests.e2e.conftest import NewPage
from tests.e2e.server import Server

PATIENCE_MS = 60_000

DENY_STORAGE = """for (const name of ['indexedDB', 'localStorage', 'sessionStorage', 'caches']) {
  const deny = { get() { throw new DOMException('denied', 'SecurityError'); } };
  Object.defineProperty(window, name, deny);
}"""


def keep_no_cookies(context: BrowserContext) -> list[str]:
    """Let the browser drop the session's cookie as it comes; returns what was asked for."""
    asked: list[str] = []

    def drop(route: Route) -> None:
        answer = route.fetch()
        context.clear_cookies()
        kept = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
        route.fulfill(response=answer, headers=kept)
        asked.append(route.request.method)

    context.route("**/api/session", drop)
    return asked


def users(server: Server) -> int:
    with sqlite3.connect(server.database) as database:
        return int(database.execute("SELECT count(*) FROM users").fetchone()[0])


@pytest.mark.long
def test_without_cookies_two_guests_are_tried_and_music_is_offered_without_a_trace(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(SITTING, locale="en-US", consents=False)
    asked = keep_no_cookies(page.context)
    page.add_init_script(DENY_STORAGE)
    before = users(listening_server)
    page.goto(f"{listening_server.url}/live")
    page.get_by_label("The camera may look").check()
    page.get_by_label("Keep my history").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Start with the camera").click()
    page.get_by_role("button", name="Skip the check").click()
    banner = page.get_by_test_id("cookies")
    expect(banner).to_contain_text("keeps no cookie", timeout=PATIENCE_MS)
    emotion = page.get_by_test_id("current-emotion")
    expect(emotion).to_have_attribute("data-emotion", "sadness", timeout=PATIENCE_MS)
    # Longer than it takes until readings are to be sent.
    page.wait_for_timeout(15_000)
    assert len(asked) == users(listening_server) - before == 2

    banner.get_by_role("button", name="Store nothing, and listen").click()
    expect(banner).to_have_count(0)
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    expect(page.get_by_test_id("camera-panel")).to_have_attribute("data-phase", "watching")
    assert len(asked) == 2
    assert page.context.cookies() == []
