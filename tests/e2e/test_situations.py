"""Situations on the first page: work, study and the like."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.e2e.server import Server

PATIENCE_MS = 40_000


def test_a_button_for_each_situation_plays_a_song_and_says_why(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(clip=None, locale="en-US")
    page.goto(listening_server.url)
    expect(page.get_by_test_id("situations").get_by_role("button")).to_have_count(5)
    with page.expect_request("**/api/queue") as asked:
        page.get_by_role("button", name="Exercise").click()
    wish = asked.value.post_data_json
    assert wish is not None
    assert (wish["origin"], wish["goal"]) == ("manual", "lift")
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    expect(player).to_contain_text("Because you chose: Exercise.")
    expect(page.get_by_role("radio", name="Lift")).to_be_checked()
