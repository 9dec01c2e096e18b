"""Accounts, as people meet them: signing up, in and out, the profile, settings that travel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage, running_server
from tests.e2e.people import (
    expect_logged_in,
    fill_log_in,
    fill_sign_up,
    somebody,
    with_account,
)
from tests.e2e.server import Server
from tests.services.post_office import open_office

PATIENCE_MS = 40_000
PROBLEMS = "[...document.querySelectorAll('[data-problem]')].map((one) => one.dataset.problem)"


def play_a_song(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/live")
    page.get_by_test_id("mood-picker").get_by_role("button", name="Any song").click()
    playing = page.get_by_test_id("now-playing")
    expect(playing).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)


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


def test_an_operators_link_sets_a_new_password_once(new_page: NewPage, server: Server) -> None:
    minji = with_account(new_page(clip=None).context, server)
    page = new_page(clip=None, locale="en-US")
    page.goto(f"{server.url}/login")
    page.get_by_role("link", name="Forgot your password?").click()
    expect(page.get_by_text("today-feeling user reset")).to_be_visible()

    command = "import sys; from today_feeling.cli import main; sys.exit(main())"
    arguments = ["user", "reset", minji.login_id, "--database", f"sqlite:///{server.database}"]
    printed = subprocess.run(
        [sys.executable, "-c", command, *arguments], check=True, capture_output=True, text=True
    ).stdout
    token = printed.partition("#")[2].strip()
    page.goto(f"{server.url}/reset#{token}")
    page.get_by_label("New password").fill("four loud mountains")
    page.get_by_label("Password again").fill("four loud mountains")
    assert token not in page.evaluate("location.href")
    page.get_by_role("button", name="Save new password").click()
    expect(page.get_by_role("status").filter(has_text="Your new password is set.")).to_be_visible()
    fill_log_in(page, minji, "four loud mountains")
    expect_logged_in(page, minji)

    late = new_page(clip=None, locale="en-US")
    late.goto(f"{server.url}/reset#{token}")
    late.get_by_label("New password").fill("five tiny islands")
    late.get_by_label("Password again").fill("five tiny islands")
    late.get_by_role("button", name="Save new password").click()
    expect(late.get_by_role("alert")).to_contain_text("This link no longer works.")
    late.get_by_role("button", name="Ask for a new link").click()
    expect(late.get_by_text("today-feeling user reset")).to_be_visible()


def test_a_forgotten_password_is_replaced_by_mail(new_page: NewPage, tmp_path: Path) -> None:
    with open_office() as office:
        server = Server(
            tmp_path,
            TODAY_FEELING_SMTP_HOST="localhost",
            TODAY_FEELING_SMTP_PORT=str(office.port),
            TODAY_FEELING_SMTP_SECURITY="none",
            TODAY_FEELING_SMTP_FROM="Today Feeling <no-reply@example.com>",
            TODAY_FEELING_PUBLIC_URL="https://music.example",
        )
        server.start()
        try:
            minji = with_account(new_page(clip=None).context, server)
            page = new_page(clip=None, locale="en-US")
            page.goto(f"{server.url}/reset")
            page.get_by_label("ID", exact=True).fill(minji.login_id)
            page.get_by_label("E-mail").fill(minji.email)
            page.get_by_role("button", name="Send the link").click()
            expect(page.get_by_text("a mail is on its way")).to_be_visible()
            for _ in range(100):
                if office.letters:
                    break
                page.wait_for_timeout(100)
        finally:
            server.stop()
    [letter] = office.letters
    text = letter.get_content()
    assert "https://music.example/reset#" in text


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
