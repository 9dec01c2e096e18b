"""Somebody adds songs of their own, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from tests.e2e.conftest import NewPage, running_server
from tests.e2e.server import Server
from tests.outside import outside
from tests.youtube_outside import serve_oembed, video_id


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with outside() as internet:
        serve_oembed(internet, {video_id(1): "누군가 - 밤의 재즈", video_id(3): 401})
        monkeypatch.setenv("TODAY_FEELING_YOUTUBE_URL", internet.url)
        with running_server(tmp_path) as started:
            yield started


def test_links_and_lists_become_songs_of_ones_own(server: Server, new_page: NewPage) -> None:
    page = new_page(None, viewport={"width": 360, "height": 800})
    page.goto(f"{server.url}/settings")
    page.get_by_role("link", name="내 노래").click()
    expect(page).to_have_url(f"{server.url}/songs")
    page.get_by_label("YouTube 주소").fill(
        f"https://youtu.be/{video_id(1)}\n{video_id(3)}\nnonsense"
    )
    page.get_by_role("button", name="살펴보기").click()
    state = page.get_by_test_id("songs-state")
    expect(state).to_have_attribute("data-state", "shown")
    expect(page.get_by_test_id("songs-problems").get_by_role("listitem")).to_have_count(2)
    genre = page.get_by_label("밤의 재즈 장르")
    expect(genre).to_have_value("jazz")
    genre.select_option("ballad")
    page.get_by_role("button", name="1곡 더하기").click()
    expect(state).to_have_attribute("data-state", "kept")
    own = page.get_by_test_id("songs-own").get_by_role("listitem")
    expect(own).to_contain_text("밤의 재즈")
    expect(own).to_contain_text("발라드")

    rows = f'url,title,genre\n{video_id(2)},"Say ""hi"", you",trot\n{video_id(4)},X,polka\n'
    file = FilePayload(name="list.csv", mimeType="text/csv", buffer=rows.encode())
    page.get_by_label("CSV").set_input_files(file)
    expect(state).to_have_attribute("data-state", "shown")
    expect(page.get_by_test_id("songs-problems")).to_contain_text("polka")
    page.get_by_role("button", name="1곡 더하기").click()
    expect(own).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    page.get_by_role("button", name='Say "hi", you 빼기').click()
    expect(own).to_have_count(1)
    expect(page.get_by_role("heading", name="내가 더한 노래")).to_be_focused()
    page.reload()
    expect(own).to_contain_text("밤의 재즈")
