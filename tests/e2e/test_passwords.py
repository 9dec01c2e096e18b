"""A forgotten password: a new one by the operator's link, or by mail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.e2e.people import (
    expect_logged_in,
    fill_log_in,
    with_account,
)
from tests.e2e.server import Server
from tests.services.post_office import open_office


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
