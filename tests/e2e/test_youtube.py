"""Songs from YouTube, played by its own player under its own rules."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.server import Server
from tests.e2e.youtube import cut_off_youtube, end_song, playing_video, serve_youtube


def play_anything(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/live")
    page.get_by_test_id("mood-picker").get_by_role("button", name="Any song").click()


def test_a_song_plays_visibly_and_at_its_end_another_one_starts(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(clip=None, locale="en-US")
    serve_youtube(page.context)
    play_anything(page, server)
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=20_000)
    expect(player).to_have_attribute("data-source", "youtube")
    box = page.locator("iframe[title=YouTube]").bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 200
    first = playing_video(page)
    assert first
    end_song(page)
    page.wait_for_function("(first) => window.testYouTube.id !== first", arg=first)
    expect(player).to_have_attribute("data-state", "playing")
    page.goto(f"{server.url}/today")
    expect(page.get_by_test_id("day-songs").locator('[data-outcome="finished"]')).to_have_count(1)


def test_a_video_that_refuses_embedding_is_reported_and_another_song_plays(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(clip=None, locale="en-US")
    serve_youtube(page.context)
    play_anything(page, server)
    expect(page.get_by_test_id("now-playing")).to_have_attribute("data-state", "playing")
    refused = playing_video(page)
    with page.expect_request("**/failures") as reported:
        page.evaluate("window.testYouTube.events.onError({ data: 150 })")
    assert reported.value.post_data_json == {"code": "150"}
    page.wait_for_function("(id) => window.testYouTube.id !== id", arg=refused)
    expect(page.get_by_test_id("now-playing")).to_have_attribute("data-state", "playing")
    expect(page.get_by_test_id("notice")).to_have_attribute("data-kind", "track_failed")


def test_where_youtube_cannot_be_reached_own_music_takes_over_and_the_page_says_so(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(clip=None, locale="en-US")
    cut_off_youtube(page.context)
    page.goto(listening_server.url)
    put_youtube_first = """async () => {
      const preferences = await (await fetch('/api/preferences')).json();
      preferences.sources = ['youtube', 'library'];
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify(preferences);
      return (await fetch('/api/preferences', { method: 'PUT', headers, body })).status;
    }"""
    page.wait_for_function("fetch('/api/preferences').then((answer) => answer.ok)")
    assert page.evaluate(put_youtube_first) == 200
    play_anything(page, listening_server)
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-source", "library", timeout=20_000)
    expect(player).to_have_attribute("data-state", "playing", timeout=20_000)
    notice = page.get_by_test_id("notice")
    expect(notice).to_have_attribute("data-kind", "source_unavailable")
    expect(notice).to_contain_text("YouTube cannot be reached")


def test_when_nothing_can_play_the_page_says_why_and_what_to_do(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(clip=None, locale="en-US")
    cut_off_youtube(page.context)
    play_anything(page, server)
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "stuck", timeout=20_000)
    expect(player).to_contain_text("The sources with songs cannot be reached")
    expect(player).to_contain_text("today-feeling library add")
