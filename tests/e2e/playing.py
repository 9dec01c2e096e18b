"""The player and the queue of the live page, without a camera."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.e2e.server import Server

PATIENCE_MS = 30_000


def say(page: Page, server: Server, mood: str = "Sad") -> Locator:
    """Tell a mood by hand; returns the player with the song that plays."""
    page.goto(f"{server.url}/live")
    page.get_by_test_id("mood-picker").get_by_role("button", name=mood, exact=True).click()
    return plays(page)


def plays(page: Page) -> Locator:
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    return player


def waiting(page: Page) -> Locator:
    rows = page.get_by_test_id("queue").locator("li")
    expect(rows).to_have_count(4)
    return rows


def tracks(page: Page) -> list[str]:
    """Ids of the songs that wait."""
    return [row.get_attribute("data-track") or "" for row in waiting(page).all()]


def id_of(player: Locator) -> str:
    return player.get_attribute("data-track") or ""
