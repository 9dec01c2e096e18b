"""In and out: what fails says so, and a guest's diary comes along where one wishes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewPage, running_server
from tests.e2e.people import (
    expect_logged_in,
    fill_log_in,
    play_a_song,
    with_account,
)
from tests.e2e.server import Server


def test_a_login_that_fails_says_so_and_one_that_works_leads_back(
    new_page: NewPage, server: Server
) -> None:
    minji = with_account(new_page(clip=None).context, server)
    page = new_page(clip=None, locale="en-US")
    page.goto(f"{server.url}/settings")
    page.get_by_role("link", name="Log in").click()
    fill_log_in(page, minji, "not the password")
    expect(page.get_by_role("alert")).to_contain_text("ID and password do not belong together.")
    expect(page.get_by_role("link", name="Log in")).to_be_visible()
    # What was typed is still there.
    expect(page.get_by_label("ID", exact=True)).to_have_value(minji.login_id)
    fill_log_in(page, minji)
    expect_logged_in(page, minji)
    expect(page).to_have_url(f"{server.url}/settings")


def test_a_way_back_that_leads_elsewhere_is_not_taken(new_page: NewPage, server: Server) -> None:
    minji = with_account(new_page(clip=None).context, server)
    page = new_page(clip=None, locale="en-US")
    page.goto(f"{server.url}/login?next=//evil.example/today")
    fill_log_in(page, minji)
    expect_logged_in(page, minji)
    expect(page).to_have_url(f"{server.url}/")


@pytest.mark.parametrize("stay", [True, False])
def test_staying_logged_in_is_a_choice(new_page: NewPage, server: Server, stay: bool) -> None:
    minji = with_account(new_page(clip=None).context, server)
    page = new_page(clip=None, locale="en-US")
    page.goto(f"{server.url}/login")
    page.get_by_label("Stay logged in").set_checked(stay)
    fill_log_in(page, minji)
    expect_logged_in(page, minji)
    [cookie] = [one for one in page.context.cookies() if "today_feeling" in one.get("name", "")]
    # -1: it ends with the browser.
    assert (cookie.get("expires", -1) > 0) is stay
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in")).to_be_visible()


@pytest.mark.parametrize("bring", [True, False])
def test_what_a_guest_gathered_comes_along_where_one_wishes(
    new_page: NewPage, listening_server: Server, bring: bool
) -> None:
    minji = with_account(new_page(clip=None).context, listening_server)
    page = new_page(clip=None, locale="en-US")
    play_a_song(page, listening_server)
    page.get_by_role("button", name="Stop").first.click()
    page.get_by_role("link", name="Log in").click()
    page.get_by_label("Add my diary of this device").set_checked(bring)
    fill_log_in(page, minji)
    expect_logged_in(page, minji)
    page.goto(f"{listening_server.url}/today")
    expect(page.get_by_test_id("day-songs").get_by_text("Sine")).to_have_count(1 if bring else 0)
    has_data = page.context.request.get(f"{listening_server.url}/api/account").json()["has_data"]
    assert has_data is bring


def test_without_a_guests_diary_nobody_is_asked_about_one(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(clip=None, locale="en-US")
    with page.expect_response("**/api/account"):
        page.goto(f"{server.url}/login")
    expect(page.get_by_label("Stay logged in")).to_be_visible()
    expect(page.get_by_label("Add my diary of this device")).to_have_count(0)


@pytest.mark.long
def test_too_many_tries_are_told_with_the_time_to_wait(new_page: NewPage, tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        page = new_page(clip=None, locale="en-US")
        minji = with_account(new_page(clip=None).context, server)
        for _ in range(10):
            page.context.request.post(
                f"{server.url}/api/login",
                data={"login_id": minji.login_id, "password": "not the password"},
            )
        page.goto(f"{server.url}/login")
        fill_log_in(page, minji)
        expect(page.get_by_role("alert")).to_contain_text("Too many tries. Please try again in 15")
