"""A camera that watches, and what the server has of what it saw."""

from __future__ import annotations

import sqlite3

from playwright.sync_api import Page, expect

from tests.e2e.server import Server

PATIENCE_MS = 40_000


def start_camera(page: Page, server: Server) -> None:
    """Go to the live page, and return when the camera is read."""
    page.goto(f"{server.url}/live")
    page.get_by_role("button", name="Start with the camera").click()
    expect(page.get_by_test_id("camera-panel")).to_have_attribute(
        "data-phase", "watching", timeout=PATIENCE_MS
    )


def stored(server: Server) -> list[tuple[str, str]]:
    """Client's id and time of each observation on the server, in the order of arrival."""
    with sqlite3.connect(server.database) as database:
        rows = database.execute(
            "SELECT id, observed_at FROM observations ORDER BY rowid"
        ).fetchall()
    return [(str(one), str(at)) for one, at in rows]
