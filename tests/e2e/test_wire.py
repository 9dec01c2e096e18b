"""On the wire: all that leaves the browser, from the first start to a song of YouTube's."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.e2e import scenes
from tests.e2e.browser import SITTING, camera_file, launch
from tests.e2e.conversation import Said, faults
from tests.e2e.hurry import hurry
from tests.e2e.server import Server
from tests.e2e.wire import TRUSTING, open_wire
from tests.e2e.youtube import HOSTS, end_song, play_youtube

PATIENCE_MS = 60_000
SPEED = 4


def start_for_the_first_time(page: Page) -> None:
    """Consents, the camera check and a sample at rest, then music."""
    page.get_by_label("The camera may look").check()
    page.get_by_label("Keep my history").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Start with the camera").click()
    scenes.show(page, scenes.good())
    page.get_by_test_id("coach-continue").click(timeout=PATIENCE_MS)
    expect(page.get_by_test_id("coach")).to_have_attribute("data-step", "told", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Start listening").click()


def to(said: list[Said], host: str) -> list[Said]:
    return [one for one in said if urlsplit(one.url).netloc == host]


@pytest.fixture
def browser(playwright: Playwright, pytestconfig: pytest.Config) -> Iterator[Browser]:
    camera = camera_file(SITTING, pytestconfig.cache.mkdir("camera"))
    browser = launch(playwright, camera, TRUSTING)
    yield browser
    browser.close()


def test_a_whole_session_says_nothing_to_anybody_but_the_server_and_the_player(
    browser: Browser, server: Server
) -> None:
    with open_wire({server.url}, play_youtube) as wire:
        page = browser.new_context(locale="en-US", proxy=wire.proxy).new_page()
        hurry(page.context, SPEED, past_s=600)
        scenes.install(page.context)
        page.goto(f"{server.url}/live")
        start_for_the_first_time(page)
        player = page.get_by_test_id("now-playing")
        expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
        expect(player).to_have_attribute("data-source", "youtube")
        with page.expect_request("**/api/observations", timeout=PATIENCE_MS):
            end_song(page)
        page.get_by_role("button", name="I like it").click()
        page.get_by_role("button", name="Stop song and camera").click()
        page.get_by_role("link", name="Today", exact=True).click()
        expect(page.get_by_test_id("day-songs")).to_be_visible()
        page.get_by_role("link", name="What leaves this device").click()
        traffic = page.get_by_test_id("traffic")
        expect(traffic).to_contain_text("/api/observations")
        page.wait_for_load_state("networkidle")
        listed = traffic.locator("tbody tr").evaluate_all(
            "(rows) => rows.map(({ dataset: { method, url } }) => `${method} ${url}`)"
        )
        said = list(wire.said)
        page.context.close()

    own = urlsplit(server.url).netloc
    # All of it was heard: what came with the page, what its worker asked for, what was told.
    for part in ("/assets/", "/models/", "/api/queue", "/api/plays", "/api/observations"):
        assert any(part in one.url for one in to(said, own)), part
    assert {urlsplit(one.url).netloc for one in said} - {own} == set(HOSTS)
    found = faults(said, server.url, HOSTS)
    assert found == [], "\n".join(found)
    # What has a body, and what went to others, is on the page that tells of it.
    told = {f"{one.method} {one.url}" for one in said if one.body or one not in to(said, own)}
    assert told - set(listed) == set()
