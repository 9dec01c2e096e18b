"""Music that learns what helps: goals, reasons, the queue, what is banned, what was learned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewPage, running_server
from tests.e2e.diaries import Diary
from tests.e2e.music import make_songs
from tests.e2e.server import Server

PATIENCE_MS = 30_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Songs that are still playing when a test has ended, each by somebody else."""
    folder = tmp_path_factory.mktemp("long-songs")
    for genre in ("Jazz", "Pop"):
        make_songs(folder, genre, count=7, seconds=90, artist=f"{genre} Player {{number}}")
    return folder


@pytest.fixture(scope="module")
def music_server(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("music")) as server:
        server.add_songs(folder)
        yield server


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page(clip=None, locale="en-US")


def say(page: Page, server: Server, mood: str = "Sad") -> Locator:
    """Tell a mood by hand; returns the player with the song that plays."""
    page.goto(f"{server.url}/live")
    page.get_by_test_id("mood-picker").get_by_role("button", name=mood, exact=True).click()
    return plays(page)


def plays(page: Page) -> Locator:
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    return player


def waiting(page: Page) -> Locator:
    rows = page.get_by_test_id("queue").locator("li")
    expect(rows).to_have_count(4)
    return rows


def tracks(page: Page) -> list[str]:
    """Ids of the songs that wait."""
    return [row.get_attribute("data-track") or "" for row in waiting(page).all()]


def id_of(player: Locator) -> str:
    return player.get_attribute("data-track") or ""


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
    page: Page, music_server: Server, folder: Path
) -> None:
    player = say(page, music_server)
    next_track = tracks(page)[0]
    title = waiting(page).first.locator(".title").inner_text()
    file = folder / f"{title.replace(' ', '-')}.ogg"
    moved = file.rename(file.with_suffix(".away"))
    try:
        page.get_by_role("button", name="Next song").click()
        expect(player).not_to_have_attribute("data-state", "playing")
        plays(page)
        assert id_of(player) != next_track
        expect(page.get_by_test_id("notice")).to_have_count(0)
    finally:
        moved.rename(file)


def test_never_again_is_kept_told_and_taken_back(page: Page, music_server: Server) -> None:
    player = say(page, music_server)
    banned = id_of(player)
    menu = page.get_by_role("button", name="Not for me")
    menu.click()
    page.get_by_role("button", name="Never this song").click()
    expect(player).not_to_have_attribute("data-track", banned)
    toast = page.get_by_test_id("toast")
    expect(toast).to_contain_text("will not come again")
    toast.get_by_role("button", name="Undo").click()
    expect(toast).to_contain_text("may come again")

    plays(page)
    menu.click()
    page.get_by_role("button", name="Not now: rest for 7 days").click()
    expect(toast).to_contain_text("rests for 7 days")
    plays(page)
    expect(player.locator(":focus")).to_have_count(1)
    menu.click()
    page.get_by_role("button", name=re.compile(r"Nothing by \w+ Player")).click()
    expect(toast).to_contain_text("Nothing by")

    page.goto(f"{music_server.url}/taste")
    rows = page.get_by_test_id("bans").locator("li")
    expect(rows).to_have_count(2)
    expect(rows.first).to_have_attribute("data-kind", "artist")
    expect(rows.last).to_contain_text("rests until")
    rows.first.get_by_role("button").click()
    expect(rows).to_have_count(1)
    expect(page.get_by_role("heading", name="Not to be played")).to_be_focused()
    page.reload()
    expect(rows).to_have_count(1)


def test_an_artist_who_is_not_wanted_leaves_the_queue_too(page: Page, music_server: Server) -> None:
    player = say(page, music_server)
    gone = id_of(player)
    page.get_by_role("button", name="Not for me").click()
    page.get_by_role("button", name=re.compile("Nothing by")).click()
    expect(player).not_to_have_attribute("data-track", gone)
    plays(page)
    assert gone not in tracks(page)


def test_a_goal_is_chosen_remembered_and_changes_nothing_while_a_song_plays(
    page: Page, music_server: Server
) -> None:
    player = say(page, music_server)
    playing = id_of(player)
    expect(page.get_by_test_id("next-step")).to_have_count(0)
    page.get_by_role("radio", name="Lift").check()
    expect(page.get_by_test_id("next-step")).to_have_text(
        "Lift, step 1 of 5: a little brighter and livelier."
    )
    expect(player).to_have_attribute("data-track", playing)
    expect(player).to_have_attribute("data-state", "playing")
    page.get_by_role("button", name="Next song").click()
    expect(player).to_have_attribute("data-goal", "lift")
    expect(page.get_by_test_id("step")).to_contain_text("Lift, step 1 of 5")
    page.goto(music_server.url)
    expect(page.get_by_role("radio", name="Lift")).to_be_checked()
    page.get_by_test_id("situations").get_by_role("button", name="Study").click()
    expect(page.get_by_test_id("step")).to_contain_text("Focus", timeout=PATIENCE_MS)
    expect(page.get_by_role("radio", name="Focus")).to_be_checked()


def test_every_song_says_why_in_both_languages(new_page: NewPage, music_server: Server) -> None:
    page = new_page(clip=None, locale="en-US")
    page.goto(f"{music_server.url}/genres")
    page.get_by_label("Jazz for Sad").check()
    expect(page.get_by_test_id("saved").first).to_have_attribute("data-state", "saved")
    say(page, music_server)
    why = page.get_by_test_id("why")
    expect(why).to_have_text("Because you said: Sad. You chose Jazz for this.")
    for _ in range(3):
        page.get_by_role("button", name="I like it").click()
        with page.expect_response("**/api/queue"):
            page.get_by_role("button", name="Next song").click()
        plays(page)
    page.goto(f"{music_server.url}/settings")
    page.get_by_role("button", name="한국어").first.click()
    page.goto(f"{music_server.url}/live")
    page.get_by_test_id("mood-picker").locator('[data-emotion="sadness"]').click()
    plays(page)
    # One choice in twenty is the rule's own, and says so.
    expect(why).to_have_text(re.compile(r"3곡 중 3곡을 좋아하셨어요|고르신 장르: 재즈"))


def test_what_helps_is_told_only_where_there_is_enough(page: Page, music_server: Server) -> None:
    page.goto(f"{music_server.url}/taste")
    expect(page.get_by_test_id("helps-sentence")).to_contain_text("Not enough data yet")
    diary = Diary()
    for number in range(6):
        at = f"{10 + number}:"
        diary.seen("2026-11-20", at + "00", "sadness", minutes=2)
        diary.heard("2026-11-20", at + "02", f"Song {number}", "sadness", seconds=120)
        diary.seen("2026-11-20", at + "04", "happiness", minutes=2)
    diary.give(page, music_server)
    page.goto(f"{music_server.url}/taste")
    row = page.get_by_test_id("helps").locator("[data-plays]").first
    expect(row).to_have_attribute("data-plays", "6")
    expect(row).to_contain_text("seems to help")
    expect(page.get_by_test_id("helps-sentence")).to_contain_text("looked brighter")


def test_what_was_learned_is_told_and_forgotten_after_one_more_question(
    page: Page, music_server: Server
) -> None:
    say(page, music_server)
    with page.expect_response(re.compile("/api/plays/")):
        page.get_by_role("button", name="I like it").click()
    page.get_by_role("link", name="Taste", exact=True).click()
    learned = page.get_by_test_id("learned-from")
    expect(learned).to_have_attribute("data-count", "1")
    expect(page.get_by_test_id("learned")).to_contain_text("liked 1 of 1")
    page.get_by_role("button", name="Forget what was learned").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Cancel").click()
    expect(learned).to_have_attribute("data-count", "1")
    page.get_by_role("button", name="Forget what was learned").click()
    dialog.get_by_role("button", name="Yes, forget it").click()
    expect(learned).to_have_attribute("data-count", "0")
    expect(page.get_by_role("heading", name="What was learned")).to_be_focused()
    expect(page.get_by_test_id("now-playing")).to_have_attribute("data-state", "playing")
