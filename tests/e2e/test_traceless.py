"""Nothing stored: a whole session with camera and songs leaves no row and no cookie behind."""

from __future__ import annotations

import http.client
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.browser import SITTING
from tests.e2e.conftest import NewPage
from tests.e2e.conversation import Recorder
from tests.e2e.server import Server

PATIENCE_MS = 60_000

TOLD = {
    *("emotion", "origin", "goal", "likes", "unavailable_sources", "heard", "failed"),
    *("waiting", "without", "length", "playing", "fresh", "step"),
}
"""With each question for songs, and no number of the camera among it."""
TOLD_OF_A_SONG = {"track_id", "emotion", "origin", "goal", "step", "placed"}


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
    recorder = Recorder(page.context)
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
    said = [one for one in recorder.said() if one.method not in {"GET", "HEAD"}]
    assert {one.url.removeprefix(listening_server.url) for one in said} == {"/api/private/queue"}
    for one in said:
        question = json.loads(one.body)
        assert set(question) == TOLD
        known = [*question["waiting"], *([question["playing"]] if question["playing"] else [])]
        assert all(set(song) <= TOLD_OF_A_SONG for song in known)


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


def with_history(new_page: NewPage, url: str) -> Page:
    """The settings of somebody who has a session."""
    page = new_page(clip=None, locale="en-US", consents=False)
    page.goto(f"{url}/settings")
    page.get_by_role("switch", name="Keep my history").check()
    page.wait_for_load_state("networkidle")
    assert page.context.cookies() != []
    return page


def tick(page: Page, genre: str, mood: str) -> None:
    page.get_by_label(f"{genre} for {mood}", exact=True).check()
    expect(page.get_by_test_id("saved")).to_have_attribute("data-state", "saved")


def expect_genre_for_sad(page: Page, server: Server, genre: str) -> None:
    """Of all songs that are planned for somebody sad."""
    page.goto(f"{server.url}/live")
    sad = page.get_by_test_id("mood-picker").get_by_role("button", name="Sad")
    with page.expect_response("**/api/private/queue", timeout=PATIENCE_MS) as answer:
        sad.click()
    songs = answer.value.json()["songs"]
    assert {song["track"]["genre"] for song in songs} == {genre}
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    expect(page.get_by_test_id("why")).to_contain_text("You chose")


def test_genres_that_were_ticked_count_and_stay_on_the_device(
    new_page: NewPage, listening_server: Server
) -> None:
    page = with_history(new_page, listening_server.url)
    page.get_by_role("link", name="Genres", exact=True).first.click()
    tick(page, "Jazz", "Sad")
    page.get_by_role("banner").get_by_role("link", name="Settings").click()
    page.get_by_role("switch", name="Store nothing at all on the server").check()
    before = rows(listening_server)
    expect_genre_for_sad(page, listening_server, "jazz")

    page.get_by_role("link", name="Genres", exact=True).first.click()
    expect(page.get_by_text("These choices stay on this device")).to_be_visible()
    page.get_by_label("Jazz for Sad", exact=True).uncheck()
    tick(page, "Pop", "Sad")
    expect_genre_for_sad(page, listening_server, "pop")
    assert rows(listening_server) == before

    page.goto(f"{listening_server.url}/settings")
    page.get_by_role("switch", name="Keep my history").check()
    page.get_by_role("link", name="Genres", exact=True).first.click()
    expect(page.get_by_label("Jazz for Sad", exact=True)).to_be_checked()
    expect(page.get_by_label("Pop for Sad", exact=True)).not_to_be_checked()


@contextmanager
def eavesdropper(server: Server) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Passes everything on to the server, and keeps path and cookie of each request.

    What a browser says of its own requests is not what it sends: only the wire tells.
    """
    heard: list[tuple[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            heard.append((self.path, self.headers.get("cookie", "")))
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            behind = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
            behind.request(self.command, self.path, body or None, dict(self.headers))
            answer = behind.getresponse()
            content = answer.read()
            behind.close()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {"connection", "content-length", "date", "server"}:
                    self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_PATCH = do_GET  # noqa: N815 - so they are looked for

        def log_message(self, *_: object) -> None:
            """Tests have no use for an access log."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{proxy.server_port}", heard
        proxy.shutdown()


def test_the_cookie_of_an_earlier_session_stays_here_whatever_is_asked_of_the_api(
    new_page: NewPage, listening_server: Server
) -> None:
    with eavesdropper(listening_server) as (url, heard):
        page = with_history(new_page, url)
        page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        page.get_by_role("switch", name="Store nothing at all on the server").check()
        page.reload()
        page.wait_for_load_state("networkidle")
        heard.clear()
        page.get_by_role("link", name="Today Feeling").click()
        page.get_by_test_id("mood-picker").get_by_role("button", name="Any song").click()
        player = page.get_by_test_id("now-playing")
        expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
        song = player.get_attribute("data-track")
        page.evaluate(
            """(cover) => new Promise((resolve) => {
              window.dispatchEvent(new Event('online'));
              const picture = new Image();
              picture.onload = picture.onerror = resolve;
              picture.src = cover;
            })""",
            f"/api/private/tracks/{song}/cover",
        )
        for _ in range(PATIENCE_MS // 100):
            if any(path == "/api/health" for path, _ in heard):
                break
            page.wait_for_timeout(100)
        page.wait_for_load_state("networkidle")
        told = [(path, cookie) for path, cookie in heard if path.startswith("/api/")]
        page.close()
    asked = {path.rsplit("/", 1)[-1] for path, _ in told}
    assert asked >= {"queue", "audio", "cover", "health"}
    assert [path for path, cookie in told if cookie] == []
