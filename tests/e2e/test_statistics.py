"""Statistics: what the days looked like, by day, week, month, year and all."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.diaries import Diary
from tests.e2e.server import Server

NOVEMBER = "/statistics/month/2025-11"
PERIODS = {
    "day": "/statistics/day/2025-11-20",
    "week": "/statistics/week/2025-W47",
    "month": NOVEMBER,
    "year": "/statistics/year/2025",
    "all": "/statistics/all",
}


def a_life() -> Diary:
    """Two happy days and a sad one in November, one calm day in August; three songs that help."""
    diary = Diary()
    diary.seen("2025-08-05", "10:00", "neutral", minutes=5)
    diary.seen("2025-11-18", "10:00", "happiness", minutes=20)
    diary.seen("2025-11-19", "10:00", "sadness", minutes=10)
    diary.wrote("2025-11-19", "21:00", "neutral", "A walk by the river.")
    for hour in (10, 11, 12):
        diary.seen("2025-11-20", f"{hour}:00", "sadness", minutes=2)
        diary.heard("2025-11-20", f"{hour}:02", "Morning Light", "sadness", seconds=60)
        diary.seen("2025-11-20", f"{hour}:03", "happiness", minutes=4)
    diary.heard("2025-11-20", "15:00", "Once Only")
    return diary


@pytest.fixture
def reader(new_page: NewPage, server: Server) -> Page:
    """A page of someone who has lived a little."""
    page = new_page(clip=None, locale="en-US")
    a_life().give(page, server)
    return page


def test_every_period_has_an_address_and_leads_to_its_neighbours(
    reader: Page, server: Server
) -> None:
    reader.goto(server.url + NOVEMBER)
    expect(reader.get_by_role("heading", name="November 2025", exact=True)).to_be_visible()
    reader.get_by_role("link", name="Before: October 2025").click()
    expect(reader).to_have_url(server.url + "/statistics/month/2025-10")
    expect(reader.get_by_test_id("statistics-empty")).to_contain_text("Nothing here yet")
    reader.get_by_role("link", name="After: November 2025").click()
    periods = reader.get_by_role("navigation", name="Period")
    for period, address in {"Year": "/year/2025", "All": "/all"}.items():
        periods.get_by_role("link", name=period, exact=True).click()
        expect(reader).to_have_url(f"{server.url}/statistics{address}")
        expect(reader.get_by_test_id("days-chart")).to_contain_text("2025 in pixels")
    reader.goto(server.url + "/statistics/week/2025-W47")
    expect(reader.get_by_role("heading", name="November 17 – 23, 2025")).to_be_visible()


@pytest.mark.parametrize("address", ["/statistics/decade", "/statistics/month/2025-13"])
def test_a_period_that_does_not_exist_is_not_found(
    new_page: NewPage, server: Server, address: str
) -> None:
    page = new_page(clip=None, locale="en-US")
    page.goto(server.url + address)
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()


def test_the_calendar_shows_a_face_for_each_day_and_is_read_by_arrow_keys(
    reader: Page, server: Server
) -> None:
    reader.goto(server.url + NOVEMBER)
    calendar = reader.get_by_role("grid", name="Calendar of November 2025")
    expect(calendar.get_by_role("gridcell")).to_have_count(30)
    expect(calendar.locator('[data-emotion="happiness"]')).to_have_count(2)
    expect(calendar.locator('[data-emotion="sadness"]')).to_have_count(1)
    expect(reader.get_by_test_id("days-sentence")).to_have_text(
        "Days with something: 3. Most often one looked happy (2)."
    )

    calendar.get_by_role("link", name="Tuesday, November 18, 2025").focus()
    reader.keyboard.press("ArrowRight")
    sad_day = calendar.get_by_role("link", name="Wednesday, November 19, 2025")
    expect(sad_day).to_be_focused()
    expect(sad_day).to_have_accessible_name(
        "Wednesday, November 19, 2025: mostly looked sad, quite sure, 100%, entries: 1"
    )
    reader.keyboard.press("ArrowDown")
    expect(calendar.get_by_role("link", name="November 26, 2025")).to_be_focused()
    reader.keyboard.press("ArrowUp")
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(server.url + "/day/2025-11-19")
    expect(reader.get_by_test_id("day-entries")).to_contain_text("A walk by the river.")


def test_a_year_in_pixels_has_every_day(reader: Page, server: Server) -> None:
    reader.goto(server.url + PERIODS["year"])
    pixels = reader.get_by_role("grid", name="2025 in pixels")
    expect(pixels.get_by_role("gridcell")).to_have_count(365)
    expect(pixels.locator("[data-emotion]")).to_have_count(4)
    pixels.get_by_role("link", name="August 5, 2025").click()
    expect(reader).to_have_url(server.url + "/day/2025-08-05")


def test_a_week_shows_its_days_beside_each_other(reader: Page, server: Server) -> None:
    reader.goto(server.url + PERIODS["week"])
    week = reader.get_by_test_id("week-chart")
    expect(week.get_by_test_id("week-sentence")).to_contain_text("Tuesday, November 18, 2025")
    week.get_by_role("link", name="20 Thu").click()
    expect(reader).to_have_url(server.url + "/day/2025-11-20")


def test_emotions_are_counted_as_bars_as_a_ring_and_as_a_table(
    reader: Page, server: Server
) -> None:
    reader.goto(server.url + NOVEMBER)
    shares = reader.get_by_test_id("shares-chart")
    told = "mostly looked happy (67%), then sad (33%)"
    expect(shares.get_by_role("img", name=told)).to_contain_text("67% · 32 min")
    shares.get_by_role("button", name="Ring").click()
    expect(shares.get_by_role("img", name=told)).to_contain_text("48 min")
    shares.get_by_text("The same as a table").click()
    expect(shares.get_by_role("row", name="Happy")).to_contain_text("32 min")


def test_moods_of_ones_own_entries_are_counted(reader: Page, server: Server) -> None:
    Diary().wrote("2025-11-20", "08:00", "neutral").wrote("2025-11-21", "08:00", "sadness").give(
        reader, server
    )
    reader.goto(server.url + NOVEMBER)
    chart = reader.get_by_test_id("entries-chart")
    expect(chart).to_contain_text("Entries of your own that name a mood: 3. Calm 2×, Sad 1×.")
    chart.get_by_text("The same as a table").click()
    expect(chart.get_by_role("row")).to_have_count(3)
    expect(chart.get_by_role("row").nth(1)).to_contain_text("Calm")
    reader.goto(f"{server.url}{PERIODS['day']}")
    expect(chart).to_contain_text("Calm 1×")


def test_the_day_is_a_river_that_keys_can_travel(reader: Page, server: Server) -> None:
    reader.goto(server.url + PERIODS["day"])
    river = reader.get_by_test_id("day-chart")
    expect(river.get_by_role("img")).to_have_accessible_name(
        "The day as a river. From 10:00 AM to 12:07 PM. When it was clear, your expression "
        "mostly looked happy (67%), then sad (33%)."
    )
    slider = river.get_by_role("slider", name="Move through time")
    slider.focus()
    told = slider.get_attribute("aria-valuetext") or ""
    for _ in range(40):
        if "Morning Light" in told:
            break
        reader.keyboard.press("ArrowRight")
        told = slider.get_attribute("aria-valuetext") or ""
    assert "Songs: Morning Light (Sad)" in told
    assert told.startswith("10:0")


def test_songs_are_ranked_by_plays_and_by_what_they_did(reader: Page, server: Server) -> None:
    reader.goto(server.url + NOVEMBER)
    songs = reader.get_by_test_id("song-ranks")
    expect(songs.get_by_test_id("song-of")).to_contain_text("Morning Light")
    expect(songs.get_by_role("listitem").first).to_contain_text("Morning Light")
    expect(songs.get_by_role("listitem").first).to_contain_text("3×")
    expect(songs).to_contain_text("+1.65")
    mood = reader.get_by_test_id("mood-sentence")
    expect(mood).to_have_text(
        "Around 3 songs, your expression looked a little lighter after than before."
    )


@pytest.mark.parametrize("chart", ["days", "shares", "flow", "weekdays", "mood"])
def test_every_chart_can_be_kept_as_a_picture(reader: Page, server: Server, chart: str) -> None:
    reader.goto(server.url + NOVEMBER)
    card = reader.get_by_test_id(f"{chart}-chart")
    with reader.expect_download() as download:
        card.get_by_role("button", name="Save as a picture").click()
    assert download.value.suggested_filename.startswith("2025-11")
    picture = Image.open(BytesIO(Path(download.value.path()).read_bytes()))
    assert picture.format == "PNG"
    box = card.locator(".plot svg").bounding_box()
    assert box is not None
    assert picture.width >= 2 * box["width"]
    pixels = np.asarray(picture.convert("RGB"), dtype=np.int16)
    # The card, and what is drawn on it: were its style lost, all would be black.
    assert (pixels == 255).all(axis=2).mean() > 0.3
    assert (pixels == 0).all(axis=2).mean() < 0.05
    wanted = (156, 74, 26) if chart == "mood" else (191, 119, 0)
    assert (np.abs(pixels - wanted).max(axis=2) < 40).mean() > 0.0005


def test_a_picture_of_statistics_asks_nobody_else(reader: Page, server: Server) -> None:
    reader.goto(server.url + NOVEMBER)
    expect(reader.get_by_test_id("days-chart")).to_be_visible()
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    with reader.expect_download():
        reader.get_by_role("button", name="Save as a picture: Calendar").click()
    assert [url for url in asked if not url.startswith("blob:")] == []


@pytest.mark.parametrize("period", PERIODS)
def test_a_narrow_phone_needs_no_scrolling_sideways(
    new_page: NewPage, server: Server, period: str
) -> None:
    page = new_page(clip=None, viewport={"width": 360, "height": 740})
    a_life().give(page, server)
    page.goto(server.url + PERIODS[period])
    expect(page.get_by_test_id("shares-chart")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
