"""Radio, the last resort, is offered where nothing else plays."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.server import Server
from tests.store.world import START
from today_feeling.store.database import Database
from today_feeling.store.schema import TrackRow

LIBRARY_ALONE = """async () => {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ sources: ['library'] });
  return (await fetch('/api/preferences', { method: 'PATCH', headers, body })).status;
}"""
"""There is not one file in it."""


def ask_for_a_song(page: Page, server: Server) -> None:
    page.goto(server.url)
    page.wait_for_function("fetch('/api/preferences').then((answer) => answer.ok)")
    assert page.evaluate(LIBRARY_ALONE) == 200
    page.reload()
    page.get_by_test_id("situations").get_by_role("button").first.click()
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "stuck", timeout=20_000)


@pytest.fixture
def station(server: Server) -> Iterator[None]:
    """One, for as long as the test takes: others use the same server."""
    row = TrackRow(
        source="radio",
        availability="available",
        title="Radio 1",
        genre="jazz",
        stream_url="https://stream.example/1",
        remote_key=str(uuid4()),
        added_at=START,
    )
    with Database(f"sqlite:///{server.database}") as database:
        with database.writing() as session:
            session.add(row)
            session.flush()
            number = row.id
        yield
        with database.writing() as session:
            session.get_one(TrackRow, number).availability = "removed"


@pytest.mark.usefixtures("station")
@pytest.mark.parametrize("locale", ["en-US", "ko-KR"])
def test_one_button_switches_radio_on_where_nothing_else_plays(
    new_page: NewPage, server: Server, locale: str
) -> None:
    page = new_page(clip=None, locale=locale)
    page.route("**/audio", lambda _: None)  # it never comes, and that is no failure yet
    ask_for_a_song(page, server)
    offer = page.get_by_test_id("radio-offer")
    expect(offer).to_have_text(
        {"en-US": "Listen to the radio instead"}.get(locale, "대신 라디오 듣기")
    )
    offer.click()
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-source", "radio", timeout=20_000)
    asked = "fetch('/api/preferences').then((answer) => answer.json())"
    assert page.evaluate(asked)["sources"] == ["library", "radio"]


def test_where_there_are_no_stations_it_says_how_to_get_them(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(clip=None, locale="en-US")
    ask_for_a_song(page, server)
    offer = page.get_by_test_id("radio-offer")
    expect(offer).to_have_attribute("data-state", "empty")
    expect(offer).to_contain_text("today-feeling radio update")
