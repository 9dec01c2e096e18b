"""What goes wrong beside real work: a dying server, a full disk, a crashing worker, no storage."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, Request, Response, Route, expect

from tests.e2e.browser import SITTING, vision_worker
from tests.e2e.conftest import NewPage, running_server
from tests.e2e.hurry import hurry
from tests.e2e.music import make_songs
from tests.e2e.server import Server
from tests.e2e.unwritable import full, locked
from tests.e2e.waiting import until_waiting
from tests.e2e.watching import start_camera, stored

PATIENCE_MS = 40_000


SOUNDS = """(
  [...document.querySelectorAll('audio')].find((audio) => !audio.paused)?.currentSrc ?? null
)"""
"""Address of the song that sounds."""
HEARD_S = "Math.max(...[...document.querySelectorAll('audio')].map((one) => one.currentTime))"
"""How far it is, in seconds."""


def until_played(page: Page, server: Server, count: int) -> None:
    """Return when the server knows of so many songs."""
    played = 0
    for _ in range(PATIENCE_MS // 200):
        with sqlite3.connect(server.database) as database:
            (played,) = database.execute("SELECT count(*) FROM plays").fetchone()
        if played == count:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"{played} songs were played, not {count}")


def test_a_server_that_dies_and_comes_back_gets_every_observation_once_and_in_order(
    new_page: NewPage, tmp_path: Path
) -> None:
    make_songs(tmp_path / "songs", "Jazz", count=2, seconds=120)
    page = new_page(SITTING, locale="en-US")
    with running_server(tmp_path) as server:
        server.add_songs(tmp_path / "songs")
        with page.expect_response("**/api/observations", timeout=60_000):
            start_camera(page, server)
        player = page.get_by_test_id("now-playing")
        expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
        until_waiting(page, 0)
        song = page.evaluate(SOUNDS)
        server.kill()
        # Ten seconds of looking make one; the page is closed while it waits.
        until_waiting(page, 1)
        expect(page.get_by_test_id("offline")).to_be_visible()
        assert page.evaluate(SOUNDS) == song
        heard_s = page.evaluate(HEARD_S)
        page.wait_for_function(f"(heard) => {HEARD_S} > heard + 1", arg=heard_s)
        expect(player).to_have_attribute("data-state", "playing")
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


def is_refused(response: Response) -> bool:
    return response.url.endswith("/api/observations") and response.status == 503


@pytest.mark.long
@pytest.mark.parametrize("unwritable", [locked, full])
def test_a_database_that_takes_no_writes_gets_every_observation_later_and_the_song_plays_on(
    new_page: NewPage,
    tmp_path: Path,
    unwritable: Callable[[Server], AbstractContextManager[None]],
) -> None:
    make_songs(tmp_path / "songs", "Jazz", count=8, seconds=120)
    page = new_page(SITTING, locale="en-US")
    sent: set[str] = set()

    def note(request: Request) -> None:
        if request.url.endswith("/api/observations"):
            sent.update(one["id"] for one in (request.post_data_json or {})["observations"])

    page.on("request", note)
    hurry(page.context, speed=4, past_s=600)
    with running_server(tmp_path) as server:
        server.add_songs(tmp_path / "songs")
        start_camera(page, server)
        player = page.get_by_test_id("now-playing")
        expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
        with page.expect_response("**/api/observations", timeout=PATIENCE_MS):
            pass
        until_waiting(page, 0)
        before = stored(server)
        with unwritable(server):
            with page.expect_response(is_refused, timeout=PATIENCE_MS):
                pass
            until_waiting(page, 3)
            assert stored(server) == before
            expect(player).to_have_attribute("data-state", "playing")
            # Reading goes on, the song too, and after it those that were planned before.
            expect(page.get_by_test_id("current-emotion")).to_have_attribute(
                "data-emotion", "sadness"
            )
            first = page.evaluate(SOUNDS)
            page.get_by_role("button", name="Next song").click()
            page.wait_for_function(f"(first) => ![null, first].includes({SOUNDS})", arg=first)
            second = page.evaluate(SOUNDS)
        until_waiting(page, 0)
        after = stored(server)
        page.get_by_role("button", name="Next song").click()
        page.wait_for_function(f"(second) => ![null, second].includes({SOUNDS})", arg=second)
        until_played(page, server, 3)
    assert after[: len(before)] == before
    assert len(after) >= len(before) + 3
    assert sorted(one for one, _ in after) == sorted(UUID(one).hex for one in sent)
    assert [at for _, at in after] == sorted(at for _, at in after)


@pytest.mark.parametrize(
    "later_s",
    [
        pytest.param(3600, id="sleeps"),
        pytest.param(-3600, id="is set back", marks=pytest.mark.long),
    ],
)
def test_a_clock_that_jumps_makes_no_reading_longer_and_leaves_its_hour_empty(
    new_page: NewPage, tmp_path: Path, later_s: int
) -> None:
    page = new_page(SITTING, locale="en-US")
    page.clock.install()
    emotion = page.get_by_test_id("current-emotion")
    with running_server(tmp_path) as server:
        start_camera(page, server)
        began_s = page.evaluate("Date.now() / 1000")
        expect(emotion).to_have_attribute("data-emotion", "sadness", timeout=PATIENCE_MS)
        page.wait_for_timeout(2000)
        if later_s > 0:
            page.clock.fast_forward(1000 * later_s)
        else:
            page.clock.set_system_time(time.time() + later_s)
            # No look is missing, so what is gathered is told in full; then another one begins.
            page.wait_for_timeout(8000)
        page.wait_for_timeout(4000)
        expect(emotion).to_have_attribute("data-emotion", "sadness", timeout=PATIENCE_MS)
        page.keyboard.press("c")
        expect(page.get_by_test_id("camera-sign")).to_have_count(0)
        until_waiting(page, 0)
        with sqlite3.connect(server.database) as database:
            select = "SELECT observed_at, duration_s, emotion FROM observations ORDER BY rowid"
            readings = database.execute(select).fetchall()
    assert {emotion for *_, emotion in readings} <= {"sadness", "unsure"}
    assert 4 < sum(duration for _, duration, _ in readings) < 60
    assert max(duration for _, duration, _ in readings) < 12
    begins = [datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp() for at, *_ in readings]
    after = [abs(begin - began_s - later_s) < 60 for begin in begins]
    before = [abs(begin - began_s) < 60 for begin in begins]
    # Some by the clock as it was, then some as it is, and nothing in the hour between.
    assert (before[0], after[-1]) == (True, True)
    assert before == [not late for late in after] == sorted(before, reverse=True)


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
    worker = vision_worker(page)
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
