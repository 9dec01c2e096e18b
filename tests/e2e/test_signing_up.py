"""Signing up: a guest becomes an account and keeps everything."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.e2e.people import (
    expect_logged_in,
    fill_sign_up,
    play_a_song,
    somebody,
    with_account,
)
from tests.e2e.server import Server

PROBLEMS = "[...document.querySelectorAll('[data-problem]')].map((one) => one.dataset.problem)"


def test_a_guest_signs_up_and_keeps_everything_even_the_song(
    new_page: NewPage, listening_server: Server
) -> None:
    page, minji = new_page(clip=None, locale="en-US"), somebody()
    play_a_song(page, listening_server)
    page.get_by_role("link", name="Sign up").click()
    fill_sign_up(page, minji)
    page.get_by_role("button", name="Create account").click()
    expect_logged_in(page, minji)
    expect(page).to_have_url(f"{listening_server.url}/live")
    expect(page.get_by_test_id("now-playing")).to_have_attribute("data-state", "playing")
    page.goto(f"{listening_server.url}/today")
    expect(page.get_by_test_id("day-songs")).to_contain_text("Sine")


def test_whoever_signs_up_from_nowhere_in_particular_is_led_to_the_genres(
    new_page: NewPage, server: Server
) -> None:
    page, minji = new_page(clip=None, locale="en-US"), somebody()
    page.goto(f"{server.url}/sign-up")
    fill_sign_up(page, minji)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name=f"Welcome, {minji.name}!")).to_be_visible()
    page.get_by_test_id("genre-grid").get_by_label("Jazz for Happy", exact=True).check()
    expect(page.get_by_test_id("saved")).to_have_attribute("data-state", "saved")


@pytest.mark.parametrize(
    ("locale", "submit", "message"),
    [
        ("en-US", "Create account", "Only the letters A–Z and digits, please."),
        ("ko-KR", "가입하기", "영문자와 숫자만 써 주세요."),
    ],
)
def test_each_mistake_is_told_beside_its_field_before_anything_is_sent(
    new_page: NewPage, server: Server, locale: str, submit: str, message: str
) -> None:
    page = new_page(clip=None, locale=locale)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    page.goto(f"{server.url}/sign-up")
    page.locator("[name=login_id]").fill("minji_1234")
    page.locator("[name=password]").fill("short")
    page.locator("[name=again]").fill("other")
    page.locator("[name=email]").fill("minji@")
    page.get_by_role("button", name=submit).click()
    expect(page.locator("[name=login_id]")).to_be_focused()
    wrong = ["letters_and_digits_only", "too_short", "differs", "required", "not_an_email"]
    assert page.evaluate(PROBLEMS) == wrong
    field = page.locator("[name=login_id]")
    expect(field).to_have_attribute("aria-invalid", "true")
    # What a screen reader says of the field is what stands beside it.
    expect(field).to_have_accessible_description(message)
    assert not [one for one in sent if one.startswith("POST") and "/api/account" in one]

    field.fill("minji1234")
    expect(field).to_have_attribute("aria-invalid", "false")


@pytest.mark.parametrize(
    ("locale", "submit", "told"),
    [
        ("en-US", "Create account", ("Somebody has this ID already.", "easily guessed")),
        ("ko-KR", "가입하기", ("이미 쓰고 있는 아이디예요.", "쉽게 알아낼 수 있는")),
    ],
)
def test_what_only_the_server_knows_is_told_beside_the_field_too(
    new_page: NewPage, server: Server, locale: str, submit: str, told: tuple[str, str]
) -> None:
    taken, common = told
    page = new_page(clip=None, locale=locale)
    there = with_account(new_page(clip=None).context, server)
    page.goto(f"{server.url}/sign-up")
    for name, text in {
        "login_id": there.login_id,
        "password": "password123",
        "again": "password123",
        "name": "Other",
        "email": "other@example.com",
    }.items():
        page.locator(f"[name={name}]").fill(text)
    page.get_by_role("button", name=submit).click()
    expect(page.locator("#password-problem")).to_contain_text(common)
    expect(page.locator("[name=password]")).to_be_focused()
    for name in ("password", "again"):
        page.locator(f"[name={name}]").fill("three quiet rivers")
    page.get_by_role("button", name=submit).click()
    expect(page.locator("#login_id-problem")).to_contain_text(taken)
    expect(page.locator("[name=login_id]")).to_be_focused()


def test_one_signs_up_and_finds_ones_way_with_the_keyboard_alone(
    new_page: NewPage, server: Server
) -> None:
    page, minji = new_page(clip=None, locale="en-US"), somebody()
    page.goto(f"{server.url}/sign-up")
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()
    press = page.keyboard.press
    press("Tab")  # skip to the content
    press("Enter")
    typed = [minji.login_id, minji.password, None, minji.password, None, minji.name, minji.email]
    for text in typed:  # None: the button that shows the password
        press("Tab")
        if text:
            page.keyboard.type(text)
    press("Enter")
    menu = page.get_by_role("button", name=f"Menu of {minji.name}")
    expect(menu).to_be_visible()
    menu.focus()
    press("Enter")
    expect(page.get_by_role("link", name="Profile")).to_be_visible()
    press("Escape")
    expect(page.get_by_role("link", name="Profile")).to_be_hidden()
    expect(menu).to_be_focused()
    press("Enter")
    press("Tab")
    press("Enter")
    expect(page).to_have_url(f"{server.url}/profile")


def test_a_password_manager_knows_what_every_field_is(new_page: NewPage, server: Server) -> None:
    page = new_page(clip=None, locale="en-US")
    fields = "[...document.querySelectorAll('form input:not([type=checkbox])')]"
    told = f"{fields}.map((one) => one.autocomplete)"
    page.goto(f"{server.url}/sign-up")
    page.get_by_label("E-mail").wait_for()
    sign_up = ["username", "new-password", "new-password", "name", "email"]
    assert page.evaluate(told) == sign_up
    page.goto(f"{server.url}/login")
    page.get_by_label("ID", exact=True).wait_for()
    assert page.evaluate(told) == ["username", "current-password"]
    with_account(page.context, server)
    page.goto(f"{server.url}/.well-known/change-password")
    page.get_by_label("New password").wait_for()
    change = page.get_by_role("form", name="Change password").locator("input")
    kinds = change.evaluate_all("(all) => all.map((one) => one.autocomplete)")
    assert kinds == ["username", "current-password", "new-password", "new-password"]
