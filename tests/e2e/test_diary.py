"""The diary: what was seen, heard and written on a day, and that it is its owner's."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.diaries import Diary
from tests.e2e.server import Server

DAY = "/day/2025-11-20"


@pytest.fixture
def reader(new_page: NewPage, server: Server) -> Page:
    """A page of someone who looked sad, heard a song, and looked happy."""
    page = new_page(clip=None, locale="en-US")
    (
        Diary()
        .seen("2025-11-20", "10:00", "sadness", minutes=2)
        .heard("2025-11-20", "10:02", "Morning Light", "sadness")
        .seen("2025-11-20", "10:03", "happiness", minutes=4)
        .wrote("2025-11-20", "21:00", "neutral", "A walk by the river.")
        .give(page, server)
    )
    return page


def undo(page: Page) -> None:
    page.get_by_test_id("toast").get_by_role("button", name="Undo").click()
    expect(page.get_by_test_id("toast")).to_contain_text("Undone.")


def test_without_a_camera_a_day_is_written_by_hand(new_page: NewPage, server: Server) -> None:
    page = new_page(clip=None, locale="en-US")
    page.goto(f"{server.url}/today")
    expect(page.get_by_text("No expressions on this day")).to_be_visible()
    page.get_by_role("button", name="Add entry").click()
    expect(page.get_by_role("alert")).to_have_text("Please choose a mood or write a note.")

    page.get_by_text("Happy", exact=True).click()
    page.get_by_label("Note").fill("Coffee with Mina.")
    page.get_by_label("Time").fill("09:15")
    page.get_by_role("button", name="Add entry").click()
    entries = page.get_by_test_id("day-entries")
    expect(entries.get_by_role("listitem")).to_contain_text("9:15 AM")
    expect(entries).to_contain_text("Happy")

    page.get_by_role("button", name="Edit the entry of 9:15 AM").click()
    entries.get_by_label("Note").fill("Coffee with Mina and Jun.")
    page.get_by_role("button", name="Save changes").click()
    expect(entries).to_contain_text("Mina and Jun")
    page.get_by_role("button", name="Delete the entry of 9:15 AM").click()
    expect(entries).to_have_count(0)
    undo(page)
    expect(entries).to_contain_text("Mina and Jun")


def test_a_wrong_reading_is_corrected_with_one_tap(reader: Page, server: Server) -> None:
    reader.goto(server.url + DAY)
    sentence = reader.get_by_test_id("day-sentence")
    expect(sentence).to_contain_text("mostly looked happy (67%), then sad (33%)")
    reader.get_by_text("Every reading").click()
    readings = reader.get_by_test_id("reading")
    expect(readings).to_have_count(2)
    readings.first.get_by_role("button", name="Calm", exact=True).click()
    expect(sentence).to_contain_text("mostly looked happy (67%), then calm (33%)")
    expect(readings.first).to_contain_text("corrected, read as Sad")
    undo(reader)
    expect(sentence).to_contain_text("then sad (33%)")


def test_one_reading_or_all_of_a_kind_can_be_deleted(reader: Page, server: Server) -> None:
    reader.goto(server.url + DAY)
    reader.get_by_text("Every reading").click()
    sad = reader.get_by_test_id("reading").first
    sad.get_by_text("One by one").click()
    sad.get_by_role("listitem").first.get_by_role("button", name="Delete 10:00:00 AM").click()
    expect(sad).to_contain_text("readings: 11")
    undo(reader)
    expect(sad).to_contain_text("readings: 12")
    sad.get_by_role("button", name="Delete 10:00:00 AM – 10:02:00 AM").click()
    expect(reader.get_by_test_id("day-sentence")).to_contain_text("mostly looked happy (100%)")
    undo(reader)
    expect(reader.get_by_test_id("day-sentence")).to_contain_text("then sad (33%)")


def test_readings_of_some_time_are_corrected_or_deleted_at_once(
    reader: Page, server: Server
) -> None:
    reader.goto(server.url + DAY)
    sentence = reader.get_by_test_id("day-sentence")
    reader.get_by_text("Every reading").click()
    reader.get_by_text("Several at once").click()
    expect(reader.get_by_label("From", exact=True)).to_have_value("10:00")
    expect(reader.get_by_label("To, included")).to_have_value("10:07")
    reader.get_by_label("To, included").fill("10:05")
    reader.get_by_label("Which", exact=True).select_option("Happy")
    reader.get_by_label("What it really was").select_option("Surprised")
    reader.get_by_role("button", name="Correct them").click()
    expect(sentence).to_contain_text("mostly looked surprised (50%), then sad (33%)")
    undo(reader)
    expect(sentence).to_contain_text("mostly looked happy (67%), then sad (33%)")
    reader.get_by_label("Which", exact=True).select_option("Any")
    reader.get_by_role("button", name="Delete them").click()
    expect(sentence).to_contain_text("mostly looked happy (100%)")
    expect(reader.get_by_test_id("day-songs")).to_contain_text("Morning Light")
    undo(reader)
    expect(sentence).to_contain_text("then sad (33%)")
    reader.get_by_label("From", exact=True).fill("11:00")
    expect(reader.get_by_role("alert")).to_contain_text("must not come after")


def test_a_song_says_what_came_after_it_and_can_be_taken_out(reader: Page, server: Server) -> None:
    reader.goto(server.url + DAY)
    songs = reader.get_by_test_id("day-songs")
    expect(songs.get_by_role("listitem")).to_contain_text("a little lighter afterwards")
    reader.get_by_role("button", name="Delete “Morning Light” from the diary").click()
    expect(songs).to_have_count(0)
    undo(reader)
    expect(songs).to_contain_text("Morning Light")


def test_a_whole_day_can_be_deleted_and_comes_back(reader: Page, server: Server) -> None:
    reader.goto(server.url + DAY)
    reader.get_by_role("button", name="Delete this day…").click()
    reader.get_by_role("dialog").get_by_role("button", name="Yes, delete").click()
    expect(reader.get_by_test_id("toast")).to_contain_text("Readings: 36, songs: 1, entries: 1")
    expect(reader.get_by_text("No expressions on this day")).to_be_visible()
    undo(reader)
    expect(reader.get_by_test_id("day-entries")).to_contain_text("A walk by the river.")


def test_days_have_addresses_and_neighbours(reader: Page, server: Server) -> None:
    reader.goto(server.url + DAY)
    expect(reader.get_by_text("Thursday, November 20, 2025")).to_be_visible()
    reader.get_by_role("link", name="Previous day").click()
    expect(reader).to_have_url(f"{server.url}/day/2025-11-19")
    expect(reader.get_by_text("No songs on this day")).to_be_visible()
    reader.get_by_role("link", name="Next day").click()
    expect(reader).to_have_url(server.url + DAY)
    reader.get_by_role("link", name="Calendar of this month").click()
    expect(reader).to_have_url(f"{server.url}/statistics/month/2025-11")
    for nowhere in ("/day/2025-02-30", "/day/9999-01-01"):
        reader.goto(server.url + nowhere)
        expect(reader.get_by_role("heading", name="There is no such page")).to_be_visible()


def test_an_export_is_everything_and_moves_into_another_diary(
    reader: Page, new_page: NewPage, server: Server, tmp_path: Path
) -> None:
    address = f"{server.url}/api/preferences"
    assert reader.context.request.patch(address, data={"explicit": True}).ok
    reader.goto(f"{server.url}/data")
    with reader.expect_download() as download:
        reader.get_by_role("link", name="As JSON").click()
    file = tmp_path / "export.json"
    download.value.save_as(file)
    exported = json.loads(file.read_text())
    assert {name: len(exported[name]) for name in ("observations", "plays", "entries")} == {
        "observations": 36,
        "plays": 1,
        "entries": 1,
    }
    with reader.expect_download() as download:
        reader.get_by_role("link", name="As CSV").click()
    with zipfile.ZipFile(download.value.path()) as tables:
        assert set(tables.namelist()) == {"observations.csv", "plays.csv", "entries.csv"}

    other = new_page(clip=None, locale="en-US")
    other.goto(f"{server.url}/data")
    other.get_by_label("Choose a file").set_input_files(file)
    result = other.get_by_test_id("import-result")
    expect(result).to_have_text("Imported. Readings: 36, songs: 1, entries: 1. Already there: 0.")
    other.get_by_label("Choose a file").set_input_files(file)
    expect(result).to_contain_text("Imported. Readings: 0, songs: 0, entries: 0.")
    other.goto(server.url + DAY)
    expect(other.get_by_test_id("day-songs")).to_contain_text("a little lighter afterwards")
    other.goto(f"{server.url}/settings")
    expect(other.get_by_role("switch", name="Allow explicit lyrics")).to_be_checked()


def test_a_diary_from_daylio_moves_in_and_problems_are_named_by_their_line(
    new_page: NewPage, server: Server, tmp_path: Path
) -> None:
    file = tmp_path / "daylio.csv"
    header = "full_date,date,weekday,time,mood,activities,note_title,note"
    good = '2025-11-20,November 20,Thursday,9:30 am,rad,"friends | walk","","Sun,\nat last."'
    bad = "2025-13-40,?,?,25:99,good,,,"
    file.write_text("\n".join([header, good, bad]))
    page = new_page(clip=None, locale="en-US")
    page.goto(f"{server.url}/data")
    page.get_by_label("Choose a file").set_input_files(file)
    expect(page.get_by_test_id("import-result")).to_contain_text("entries: 1.")
    problems = page.get_by_test_id("import-problems")
    expect(problems).to_contain_text("What could not be read as it was: 1")
    expect(problems.get_by_role("rowheader")).to_have_text("3")
    page.goto(server.url + DAY)
    expect(page.get_by_test_id("day-entries")).to_contain_text("at last.")
    expect(page.get_by_test_id("day-entries")).to_contain_text("9:30 AM")


def test_a_file_that_is_no_diary_is_refused_in_plain_words(
    new_page: NewPage, server: Server, tmp_path: Path
) -> None:
    file = tmp_path / "holiday.json"
    file.write_text('{"photos": []}')
    page = new_page(clip=None, locale="en-US")
    page.goto(f"{server.url}/data")
    page.get_by_label("Choose a file").set_input_files(file)
    expect(page.get_by_test_id("import-result")).to_have_text(
        "This is neither our export (JSON) nor Daylio’s (CSV)."
    )


def test_a_range_or_everything_can_be_deleted(reader: Page, server: Server) -> None:
    reader.goto(f"{server.url}/data")
    reader.get_by_label("From").fill("2025-11-21")
    reader.get_by_label("To, included").fill("2025-11-20")
    expect(reader.get_by_role("alert")).to_contain_text("must not come after")
    reader.get_by_label("From").fill("2025-11-20")
    reader.get_by_role("button", name="Delete these days…").click()
    reader.get_by_role("button", name="Yes, delete").click()
    toast = reader.get_by_test_id("toast")
    expect(toast).to_contain_text("Readings: 36, songs: 1, entries: 1")
    undo(reader)
    reader.get_by_role("button", name="Delete everything…").click()
    reader.get_by_role("button", name="Yes, delete").click()
    expect(toast).to_contain_text("Readings: 36, songs: 1, entries: 1")
    undo(reader)
    reader.goto(server.url + DAY)
    expect(reader.get_by_test_id("day-songs")).to_contain_text("Morning Light")
