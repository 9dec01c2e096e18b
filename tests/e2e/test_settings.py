"""Settings: they travel with an account, and what deletes asks once more."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.e2e.people import (
    expect_logged_in,
    with_account,
)
from tests.e2e.server import Server


def test_settings_follow_an_account_to_another_device(new_page: NewPage, server: Server) -> None:
    here = new_page(clip=None, locale="en-US")
    minji = with_account(here.context, server)
    here.goto(f"{server.url}/settings")
    here.get_by_role("button", name="Dark").click()
    here.get_by_label("Allow explicit lyrics").check()
    here.get_by_label("Japanese").check()
    expect(here.get_by_test_id("saved")).to_have_attribute("data-state", "saved")

    there = new_page(clip=None, locale="ko-KR")
    there.goto(f"{server.url}/login?next=/settings")
    there.get_by_label("아이디").fill(minji.login_id)
    there.get_by_label("비밀번호", exact=True).fill(minji.password)
    there.get_by_role("button", name="로그인").click()
    expect_logged_in(there, minji)
    expect(there.locator("html")).to_have_attribute("data-theme", "dark")
    expect(there.get_by_label("Allow explicit lyrics")).to_be_checked()
    expect(there.get_by_label("Japanese")).to_be_checked()


def test_keeping_the_diary_for_less_is_asked_once_more(new_page: NewPage, server: Server) -> None:
    page = new_page(clip=None, locale="en-US")
    page.goto(f"{server.url}/settings")
    kept = page.get_by_label("Keep the diary")
    kept.select_option("30 days")
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(kept).to_have_value("")
    kept.select_option("30 days")
    page.keyboard.press("Escape")
    expect(kept).to_have_value("")
    kept.select_option("30 days")
    page.get_by_role("button", name="Yes, only so long").click()
    expect(page.get_by_test_id("saved")).to_have_attribute("data-state", "saved")
    page.reload()
    expect(page.get_by_label("Keep the diary")).to_have_value("30")
