"""Music that learns what helps: goals, reasons, what is banned, what was learned."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.diaries import Diary
from tests.e2e.playing import PATIENCE_MS, id_of, plays, say, tracks
from tests.e2e.server import Server


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page(clip=None, locale="en-US")


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
