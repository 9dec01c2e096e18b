"""The songs that wait: in order, moved, taken out, replaced."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.playing import id_of, plays, say, tracks, waiting
from tests.e2e.server import Server


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page(clip=None, locale="en-US")


def test_the_next_songs_are_shown_and_come_in_that_order(page: Page, music_server: Server) -> None:
    player = say(page, music_server)
    planned = tracks(page)
    assert len({id_of(player), *planned}) == 5
    page.get_by_role("button", name="Next song").click()
    expect(player).to_have_attribute("data-track", planned[0])
    plays(page)
    assert tracks(page)[:3] == planned[1:]


def test_a_song_is_moved_with_the_keyboard_and_stays_whatever_the_mood(
    page: Page, music_server: Server
) -> None:
    say(page, music_server)
    planned = tracks(page)
    third = waiting(page).nth(2)
    title = third.locator(".title").inner_text()
    up = page.get_by_role("button", name=f"Move up: {title}")
    up.focus()
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    page.keyboard.press("Enter")
    # Nothing is above it any more: the focus goes on to the button beside.
    expect(page.get_by_role("button", name=f"Move down: {title}")).to_be_focused()
    expect(page.get_by_test_id("queue-said")).to_contain_text("now 1 of 4")
    assert tracks(page) == [planned[2], planned[0], planned[1], planned[3]]
    expect(waiting(page).first).to_contain_text("placed by you")

    page.get_by_test_id("mood-picker").get_by_role("button", name="Happy", exact=True).click()
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-emotion", "happiness")
    plays(page)
    assert tracks(page)[0] == planned[2]
    page.get_by_role("button", name="Next song").click()
    expect(player).to_have_attribute("data-track", planned[2])


def test_a_song_is_dragged_to_another_place(page: Page, music_server: Server) -> None:
    say(page, music_server)
    planned = tracks(page)
    first, last = waiting(page).first, waiting(page).last
    last.scroll_into_view_if_needed()
    start, end = first.locator(".grip").bounding_box(), last.locator(".grip").bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 8, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + 8, end["y"] + 20, steps=12)
    page.mouse.up()
    assert tracks(page) == [*planned[1:], planned[0]]


def test_a_song_that_is_taken_out_makes_room_for_another(page: Page, music_server: Server) -> None:
    player = say(page, music_server)
    playing, planned = id_of(player), tracks(page)
    title = waiting(page).nth(1).locator(".title").inner_text()
    page.get_by_role("button", name=f"Remove: {title}").click()
    row = page.get_by_test_id("queue").locator(f'[data-track="{planned[1]}"]')
    expect(row).to_have_count(0)
    left = tracks(page)
    assert left[:3] == [planned[0], planned[2], planned[3]]
    assert left[3] not in {playing, *planned}
    expect(player).to_have_attribute("data-track", playing)


def test_a_song_that_is_gone_is_replaced_before_it_is_heard(
    page: Page, music_server: Server, long_songs: Path
) -> None:
    player = say(page, music_server)
    next_track = tracks(page)[0]
    title = waiting(page).first.locator(".title").inner_text()
    file = long_songs / f"{title.replace(' ', '-')}.ogg"
    moved = file.rename(file.with_suffix(".away"))
    try:
        page.get_by_role("button", name="Next song").click()
        expect(player).not_to_have_attribute("data-state", "playing")
        plays(page)
        assert id_of(player) != next_track
        expect(page.get_by_test_id("notice")).to_have_count(0)
    finally:
        moved.rename(file)
