"""People with accounts, for the browser tests: what they type, and how they get in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.server import Server

_numbers: Iterator[int] = count(1001)


@dataclass(frozen=True, slots=True)
class Person:
    login_id: str
    password: str = "three quiet rivers"
    name: str = "민지"
    email: str = "minji@example.com"


def somebody() -> Person:
    """A person whose id nobody has yet."""
    return Person(f"minji{next(_numbers)}")


def fill_sign_up(page: Page, person: Person) -> None:
    """Type everything into the English sign-up page."""
    page.get_by_label("ID", exact=True).fill(person.login_id)
    page.get_by_label("Password", exact=True).fill(person.password)
    page.get_by_label("Password again").fill(person.password)
    page.get_by_label("Name").fill(person.name)
    page.get_by_label("E-mail").fill(person.email)


def fill_log_in(page: Page, person: Person, password: str | None = None) -> None:
    """Type id and password into the English login page, and send them."""
    page.get_by_label("ID", exact=True).fill(person.login_id)
    page.get_by_label("Password", exact=True).fill(password or person.password)
    page.get_by_role("button", name="Log in").click()


def expect_logged_in(page: Page, person: Person) -> None:
    expect(page.get_by_role("button", name=f"Menu of {person.name}")).to_be_visible()


def with_account(context: BrowserContext, server: Server, person: Person | None = None) -> Person:
    """Let the browser behind `context` be a new person's, without showing a page."""
    person = person or somebody()
    assert context.request.post(f"{server.url}/api/session").ok
    body = {
        "login_id": person.login_id,
        "password": person.password,
        "name": person.name,
        "email": person.email,
    }
    answer = context.request.post(f"{server.url}/api/account", data=body)
    assert answer.ok, answer.text()
    return person


def play_a_song(page: Page, server: Server) -> None:
    """Have any song play, without a camera."""
    page.goto(f"{server.url}/live")
    page.get_by_test_id("mood-picker").get_by_role("button", name="Any song").click()
    playing = page.get_by_test_id("now-playing")
    expect(playing).to_have_attribute("data-state", "playing", timeout=40_000)
