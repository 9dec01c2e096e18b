"""Nothing stored: a whole session with camera and songs leaves no row and no cookie behind."""

from __future__ import annotations

import sqlite3
from typing import Any

from playwright.sync_api import expect

from tests.e2e.browser import SITTING
from tests.e2e.conftest import NewPage
from tests.e2e.server import Server

PATIENCE_MS = 60_000


def rows(server: Server) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the database."""
    with sqlite3.connect(server.database) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: database.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608
            for (name,) in tables
        }


def test_a_whole_session_changes_no_row_of_the_database(
    new_page: NewPage, listening_server: Server
) -> None:
    before = rows(listening_server)
    page = new_page(SITTING, locale="en-US", consents=False)
    page.add_init_script("localStorage.setItem('today-feeling.coach', '{\"done\":true}')")
    page.goto(f"{listening_server.url}/live")
    page.get_by_label("The camera may look").check()
    page.get_by_label("Keep my history").check()
    page.get_by_label("Store nothing at all on the server").check()
    expect(page.get_by_label("Keep my history")).not_to_be_checked()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Start with the camera").click()
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    # The songs are short: another one is chosen soon.
    with page.expect_request("**/api/private/queue", timeout=PATIENCE_MS):
        pass
    page.get_by_role("button", name="Stop song and camera").click()
    page.get_by_role("link", name="Today", exact=True).first.click()
    expect(page.get_by_test_id("traceless")).to_contain_text("Nothing is stored")
    page.reload()
    expect(page.get_by_test_id("traceless")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert rows(listening_server) == before
    assert page.context.cookies() == []


def test_a_session_from_before_is_not_told_of_and_songs_go_on_when_it_is_taken_up_again(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(clip=None, locale="en-US", consents=False)
    page.goto(f"{listening_server.url}/settings")
    page.get_by_role("switch", name="Keep my history").check()
    page.get_by_role("link", name="Today Feeling").click()
    page.get_by_test_id("mood-picker").get_by_role("button", name="Any song").click()
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    assert page.context.cookies() != []

    page.get_by_role("banner").get_by_role("link", name="Settings").click()
    traceless = page.get_by_role("switch", name="Store nothing at all on the server")
    with page.expect_request("**/api/private/queue", timeout=PATIENCE_MS) as asked:
        traceless.check()
    assert "cookie" not in asked.value.all_headers()
    before = rows(listening_server)
    page.reload()
    expect(traceless).to_be_checked()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("could not be fetched")).to_have_count(0)
    assert rows(listening_server) == before

    page.get_by_role("link", name="Today Feeling").click()
    page.get_by_test_id("mood-picker").get_by_role("button", name="Any song").click()
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    page.get_by_role("banner").get_by_role("link", name="Settings").click()
    with page.expect_response("**/api/queue", timeout=PATIENCE_MS) as answer:
        page.get_by_role("switch", name="Keep my history").check()
    assert answer.value.ok
    expect(traceless).not_to_be_checked()
