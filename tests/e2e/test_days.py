"""Where days begin and end, and that the page of today keeps up with what happens."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.diaries import Diary
from tests.e2e.server import Server


def choose_time_zone(page: Page, server: Server, zone: str) -> None:
    page.goto(f"{server.url}/settings")
    page.get_by_label("Time zone").select_option(zone)
    expect(page.get_by_test_id("saved")).to_have_attribute("data-state", "saved")


def test_at_midnight_a_new_day_begins(new_page: NewPage, server: Server) -> None:
    page = new_page(clip=None, locale="en-US")
    page.clock.install(time="2026-11-20T14:58:00Z")  # two minutes before midnight in Seoul
    page.goto(f"{server.url}/today")
    day = page.get_by_text("Friday, November 20, 2026")
    expect(day).to_be_visible()
    page.get_by_label("Note").fill("Late already.")
    page.get_by_role("button", name="Add entry").click()
    expect(page.get_by_test_id("day-entries")).to_contain_text("11:58 PM")
    page.clock.fast_forward("03:00")
    expect(page.get_by_text("Saturday, November 21, 2026")).to_be_visible()
    expect(page.get_by_test_id("day-entries")).to_have_count(0)
    page.get_by_role("link", name="Previous day").click()
    expect(page.get_by_test_id("day-entries")).to_contain_text("Late already.")


def test_a_chosen_time_zone_says_where_midnight_is(new_page: NewPage, server: Server) -> None:
    """Half past one at night in Seoul is still the day before in New York."""
    page = new_page(clip=None, locale="en-US")
    Diary().seen("2025-11-20", "01:30", "happiness", minutes=2).give(page, server)
    page.goto(f"{server.url}/day/2025-11-20")
    expect(page.get_by_test_id("day-sentence")).to_contain_text("From 1:30 AM to 1:32 AM")
    choose_time_zone(page, server, "America/New_York")
    page.goto(f"{server.url}/day/2025-11-20")
    expect(page.get_by_text("No expressions on this day")).to_be_visible()
    page.get_by_role("link", name="Previous day").click()
    expect(page.get_by_test_id("day-sentence")).to_contain_text("From 11:30 AM to 11:32 AM")
    expect(page.get_by_text("Times in America/New_York")).to_be_visible()
    page.goto(f"{server.url}/statistics/day/2025-11-19")
    expect(page.get_by_test_id("shares-chart")).to_contain_text("Happy")
    choose_time_zone(page, server, "")
    page.goto(f"{server.url}/statistics/day/2025-11-19")
    expect(page.get_by_test_id("statistics-empty")).to_be_visible()


def test_the_page_of_today_shows_what_is_heard_meanwhile(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(clip=None, locale="en-US")
    page.goto(listening_server.url)
    page.get_by_test_id("mood-picker").get_by_role("button", name="Happy").click()
    playing = page.get_by_test_id("now-playing")
    expect(playing).to_have_attribute("data-state", "playing", timeout=15_000)
    page.get_by_role("link", name="Today", exact=True).first.click()
    songs = page.get_by_test_id("day-songs").get_by_role("listitem")
    expect(songs).to_have_count(1, timeout=15_000)
    expect(songs.nth(2)).to_be_visible(timeout=30_000)
