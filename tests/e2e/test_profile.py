"""The profile: name, address and password, where one is logged in, and the end of an account."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.e2e.people import (
    expect_logged_in,
    fill_log_in,
    with_account,
)
from tests.e2e.server import Server


def test_name_address_and_password_are_changed_in_the_profile(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(clip=None, locale="en-US")
    minji = with_account(page.context, server)
    page.goto(f"{server.url}/profile")
    expect(page.get_by_test_id("login-id")).to_have_text(minji.login_id)
    page.get_by_role("textbox", name="Name").fill("Minji 🎧")
    page.get_by_role("button", name="Save name").click()
    expect(page.get_by_role("button", name="Menu of Minji 🎧")).to_be_visible()

    mail = page.get_by_role("form", name="E-mail")
    mail.get_by_label("E-mail").fill("new@example.com")
    mail.get_by_label("Current password").fill("not the password")
    mail.get_by_role("button", name="Save e-mail").click()
    expect(mail.get_by_text("This is not your current password.")).to_be_visible()
    expect(mail.get_by_label("Current password")).to_be_focused()
    mail.get_by_label("Current password").fill(minji.password)
    mail.get_by_role("button", name="Save e-mail").click()
    expect(mail.get_by_text("Saved.")).to_be_visible()

    change = page.get_by_role("form", name="Change password")
    change.get_by_label("Current password").fill("not the password")
    change.get_by_label("New password").fill("four loud mountains")
    change.get_by_label("Password again").fill("four loud mountains")
    change.get_by_role("button", name="Save new password").click()
    expect(change.get_by_text("This is not your current password.")).to_be_visible()
    change.get_by_label("Current password").fill(minji.password)
    change.get_by_role("button", name="Save new password").click()
    expect(change.get_by_text("Saved.")).to_be_visible()

    page.reload()
    expect(page.get_by_role("textbox", name="E-mail")).to_have_value("new@example.com")
    other = new_page(clip=None, locale="en-US")
    other.goto(f"{server.url}/login")
    fill_log_in(other, minji, "four loud mountains")
    expect(other.get_by_role("button", name="Menu of Minji 🎧")).to_be_visible()


@pytest.mark.long
def test_one_sees_where_one_is_logged_in_and_ends_it_from_afar(
    new_page: NewPage, server: Server
) -> None:
    here, there = new_page(clip=None, locale="en-US"), new_page(clip=None, locale="en-US")
    minji = with_account(here.context, server)
    there.goto(f"{server.url}/login")
    fill_log_in(there, minji)
    expect_logged_in(there, minji)

    here.goto(f"{server.url}/profile")
    sessions = here.get_by_test_id("sessions").get_by_role("listitem")
    expect(sessions).to_have_count(2)
    expect(sessions.locator("[data-current=true]")).to_have_count(0)
    here.get_by_role("button", name="Log out:").click()
    expect(sessions).to_have_count(1)
    there.get_by_role("link", name="Genres", exact=True).click()
    expect(there.get_by_test_id("ended")).to_contain_text("You have been logged out")
    there.get_by_role("link", name="Log in again").click()
    fill_log_in(there, minji)
    expect(there).to_have_url(f"{server.url}/genres")

    with here.expect_response("**/api/logout"):
        here.get_by_role("button", name="Log out everywhere").click()
    expect(here.get_by_role("link", name="Log in")).to_be_visible()
    there.get_by_role("link", name="Today", exact=True).click()
    expect(there.get_by_test_id("ended")).to_be_visible()


def test_an_account_is_deleted_after_one_more_question(new_page: NewPage, server: Server) -> None:
    page = new_page(clip=None, locale="en-US")
    minji = with_account(page.context, server)
    page.goto(f"{server.url}/profile")
    page.get_by_role("button", name="Delete account").click()
    question = page.get_by_role("dialog")
    question.get_by_label("Current password").fill("not the password")
    question.get_by_role("button", name="Yes, delete everything").click()
    expect(question.get_by_text("This is not your current password.")).to_be_visible()
    question.get_by_label("Current password").fill(minji.password)
    question.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_role("link", name="Sign up")).to_be_visible()
    page.goto(f"{server.url}/login")
    fill_log_in(page, minji)
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
