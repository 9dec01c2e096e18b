"""Nothing is looked at and nothing is kept before it is allowed."""

from __future__ import annotations

import json
import sqlite3

from playwright.sync_api import expect

from tests.e2e.browser import SITTING
from tests.e2e.conftest import NewPage
from tests.e2e.conversation import Recorder
from tests.e2e.server import Server
from today_feeling.domain.emotion import EMOTIONS

PATIENCE_MS = 40_000

TOLD = {
    *("emotion", "origin", "confidence", "probabilities", "goal", "unavailable_sources"),
    *("waiting", "without", "length", "playing", "fresh", "step", "timezone"),
}
"""With a question for songs, by somebody of whom no history is kept; two of them empty."""


def kept(server: Server) -> dict[str, int]:
    """Rows of what a session leaves behind."""
    with sqlite3.connect(server.database) as database:
        return {
            table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("observations", "plays")
        }


def test_the_first_start_asks_for_the_camera_and_for_the_history_apart(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(SITTING, locale="en-US", consents=False)
    page.goto(f"{server.url}/live")
    notice = page.get_by_test_id("first-start")
    expect(notice).to_contain_text("Use it for yourself only")
    expect(page.get_by_role("button", name="Start with the camera")).to_have_count(0)
    for label in ("The camera may look", "Keep my history"):
        expect(notice.get_by_label(label)).not_to_be_checked()
    notice.get_by_label("Keep my history").check()
    notice.get_by_role("button", name="Continue").click()
    panel = page.get_by_test_id("camera-panel")
    expect(panel).to_contain_text("The camera stays off")
    expect(panel).to_be_focused()
    page.reload()
    expect(panel).to_contain_text("The camera stays off")
    panel.get_by_role("link", name="Settings").click()
    page.get_by_role("switch", name="The camera may look").check()
    page.get_by_role("link", name="Listen", exact=True).click()
    expect(page.get_by_role("button", name="Start with the camera")).to_be_visible()


def test_without_a_history_songs_play_and_neither_they_nor_expressions_are_kept(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(SITTING, locale="en-US", consents=False)
    before = kept(listening_server)
    recorder = Recorder(page.context)
    page.goto(f"{listening_server.url}/live")
    page.get_by_label("The camera may look").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Start with the camera").click()
    page.get_by_role("button", name="Skip the check").click()
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    # Longer than it takes to gather an observation.
    page.wait_for_timeout(11_000)
    page.get_by_role("button", name="I like it").click()
    page.get_by_role("button", name="Stop song and camera").click()
    page.wait_for_load_state("networkidle")
    assert kept(listening_server) == before
    said = [one for one in recorder.said() if one.method not in {"GET", "HEAD"}]
    asked = {one.url.removeprefix(listening_server.url) for one in said}
    assert asked == {"/api/session", "/api/queue"}
    questions = [json.loads(one.body) for one in said if one.url.endswith("/api/queue")]
    # A song must be chosen for something; how the expression was read says nothing of that.
    assert {question["origin"] for question in questions} == {"camera"}
    assert {question["emotion"] for question in questions} <= set(EMOTIONS)
    assert all(set(question) <= TOLD for question in questions)
    assert {(each["confidence"], each["probabilities"]) for each in questions} == {(None, None)}
    with sqlite3.connect(listening_server.database) as database:
        noted = database.execute(
            "SELECT confidence, probabilities FROM recommendations ORDER BY id DESC LIMIT ?",
            (len(questions),),
        ).fetchall()
    assert set(noted) == {(None, None)}
