"""One session in all tabs of a browser: the newest has it, and what waits is sent once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.e2e.browser import SITTING
from tests.e2e.conftest import NewPage, running_server
from tests.e2e.conversation import Recorder
from tests.e2e.server import Server
from tests.e2e.test_pages import violations
from tests.e2e.waiting import until_waiting
from tests.e2e.watching import start_camera, stored

PATIENCE_MS = 60_000


class Tab:
    """A page, as far as sessions show in it."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server

    @property
    def player(self) -> Locator:
        return self.page.get_by_test_id("now-playing")

    @property
    def elsewhere(self) -> Locator:
        return self.page.get_by_test_id("elsewhere")

    def start(self) -> None:
        start_camera(self.page, self.server)

    def expect_on(self) -> None:
        expect(self.page.get_by_test_id("camera-sign")).to_be_visible(timeout=PATIENCE_MS)
        expect(self.player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
        expect(self.elsewhere).to_have_count(0)

    def expect_off(self) -> None:
        expect(self.elsewhere).to_contain_text("goes on in another tab")
        expect(self.player).to_have_attribute("data-state", "idle")
        expect(self.page.get_by_test_id("camera-sign")).to_have_count(0)
        assert self.page.evaluate("document.querySelector('audio').paused")


def test_the_newest_session_goes_on_and_is_taken_back_by_a_click(
    new_page: NewPage, listening_server: Server
) -> None:
    old = Tab(new_page(SITTING, locale="en-US"), listening_server)
    old.start()
    old.expect_on()
    new = Tab(old.page.context.new_page(), listening_server)
    new.page.goto(f"{listening_server.url}/today")
    expect(new.page.get_by_test_id("day-songs")).to_be_visible()
    old.expect_on()  # a diary disturbs nobody
    with old.page.expect_request("**/api/observations"):
        new.start()
    new.expect_on()
    old.expect_off()

    # On every page, and by keyboard.
    old.page.get_by_role("link", name="Genres", exact=True).first.click()
    back = old.page.get_by_role("button", name="Go on here instead")
    back.focus()
    back.press("Enter")
    old.expect_on()
    new.expect_off()

    old.page.get_by_role("button", name="Stop song and camera").click()
    expect(new.elsewhere).to_have_count(0)
    expect(new.player).to_have_attribute("data-state", "idle")


def test_music_without_a_camera_is_taken_back_for_the_same_mood(
    new_page: NewPage, listening_server: Server
) -> None:
    phone = {"viewport": {"width": 360, "height": 800}, "color_scheme": "dark"}
    first = new_page(clip=None, locale="en-US", **phone)
    tabs = [Tab(page, listening_server) for page in (first, first.context.new_page())]
    for tab, mood in zip(tabs, ("Sad", "Happy"), strict=True):
        tab.page.goto(f"{listening_server.url}/live")
        tab.page.get_by_test_id("mood-picker").get_by_role("button", name=mood).click()
        expect(tab.player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    old, new = tabs
    old.expect_off()
    assert violations(old.page) == []
    assert old.page.evaluate("document.documentElement.scrollWidth") <= 360
    new.page.close()
    expect(old.elsewhere).to_have_count(0)

    other = Tab(old.page.context.new_page(), listening_server)
    old.page.get_by_test_id("mood-picker").get_by_role("button", name="Sad").click()
    expect(old.player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    other.page.goto(f"{listening_server.url}/live")
    other.page.get_by_test_id("mood-picker").get_by_role("button", name="Any song").click()
    old.expect_off()
    old.page.get_by_role("button", name="Go on here instead").click()
    expect(old.player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    expect(old.player).to_have_attribute("data-emotion", "sadness")
    other.expect_off()


def test_what_is_withdrawn_in_one_tab_ends_in_all_and_is_not_taken_back(
    new_page: NewPage, listening_server: Server
) -> None:
    old = Tab(new_page(SITTING, locale="en-US"), listening_server)
    old.start()
    old.expect_on()
    new = Tab(old.page.context.new_page(), listening_server)
    new.start()
    new.expect_on()
    old.expect_off()

    new.page.get_by_role("banner").get_by_role("link", name="Settings").click()
    new.page.get_by_role("switch", name="The camera may look").uncheck()
    expect(new.page.get_by_test_id("camera-sign")).to_have_count(0)
    recorder = Recorder(old.page.context)
    old.page.get_by_role("button", name="Go on here instead").click()
    expect(old.player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    expect(old.page.get_by_test_id("camera-panel")).to_contain_text("The camera stays off")
    expect(old.page.get_by_test_id("camera-sign")).to_have_count(0)
    new.expect_off()
    assert any(one.url.endswith("/api/plays") for one in recorder.said())

    new.page.get_by_role("switch", name="Keep my history").uncheck()
    old.page.wait_for_load_state("networkidle")
    later = Recorder(old.page.context)
    with old.page.expect_request("**/api/queue"):
        old.page.get_by_role("button", name="Next song").click()
    expect(old.player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    old.page.get_by_role("button", name="I like it").click()
    old.page.wait_for_load_state("networkidle")
    told = {one.url.removeprefix(listening_server.url) for one in later.said()}
    assert [url for url in told if url.startswith("/api/plays")] == []


@pytest.mark.long
def test_what_two_tabs_saw_while_the_server_was_gone_is_sent_once_and_in_order(
    new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page(SITTING, locale="en-US")
    sent: list[dict[str, Any]] = []

    def note(request: Request) -> None:
        if request.url.endswith("/api/observations"):
            sent.extend((request.post_data_json or {})["observations"])

    with running_server(tmp_path) as server:
        one, other = (Tab(each, server) for each in (page, page.context.new_page()))
        other.page.goto(f"{server.url}/live")
        other.page.wait_for_load_state("networkidle")  # it knows whose it is, and has its models
        one.start()
        server.kill()
        until_waiting(one.page, 1)
        other.page.get_by_role("button", name="Start with the camera").click()
        expect(one.elsewhere).to_be_visible(timeout=PATIENCE_MS)
        panel = other.page.get_by_test_id("camera-panel")
        expect(panel).to_have_attribute("data-phase", "watching", timeout=PATIENCE_MS)
        until_waiting(other.page, 2, timeout_ms=PATIENCE_MS)
        page.context.on("requestfinished", note)
        server.start()
        for tab in (one, other):
            until_waiting(tab.page, 0)
        other.page.get_by_role("button", name="Stop song and camera").click()
        until_waiting(other.page, 0)
        after = stored(server)
        for _ in range(50):  # that the last request has ended is heard a little later
            if len(sent) >= len(after):
                break
            other.page.wait_for_timeout(100)
    ids = [each["id"] for each in sent]
    assert len(ids) == len(set(ids)) >= 2
    assert [each["observed_at"] for each in sent] == sorted(each["observed_at"] for each in sent)
    assert [at for _, at in after] == sorted(at for _, at in after)
    assert len(after) == len(ids)
