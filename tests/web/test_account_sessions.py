"""Login, logout, and the list of sessions."""

from __future__ import annotations

import dataclasses
from http.cookies import SimpleCookie
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.web.conftest import NewClient
from tests.web.diaries import day, observation, send
from tests.web.people import PASSWORD, log_in, sign_up
from tests.web.test_account import COOKIE
from tests.web.test_listening import ask
from today_feeling.settings import Settings

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def member(client: TestClient) -> TestClient:
    """A client whose guest has signed up."""
    sign_up(client)
    return client


def attempt(client: TestClient, login_id: str = "jisoo2026", password: str = "") -> Any:
    return client.post("/api/login", json={"login_id": login_id, "password": password or "nope"})


def test_a_login_is_the_same_user_everywhere(member: TestClient, new_client: NewClient) -> None:
    user = member.get("/api/account").json()["user"]
    other = new_client()
    for login_id in ("jisoo2026", " JiSoo2026 "):
        assert log_in(other, login_id) == {"user": user, "guest_data": "none"}
    assert other.get("/api/account").json()["user"] == user


def test_a_password_is_the_same_from_every_keyboard(client: TestClient) -> None:
    sign_up(client, password="비밀이야ＡＢＣ１２３")
    log_in(client, password="비밀이야ABC123")  # taken apart, and narrow


def test_unknown_ids_and_wrong_passwords_get_the_same_answer(
    member: TestClient, new_client: NewClient
) -> None:
    client = new_client()
    wrong, unknown = attempt(client), attempt(client, "nobody2026", PASSWORD)
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert wrong.json()["code"] == "wrong_credentials"
    assert "set-cookie" not in wrong.headers
    member.post("/api/logout")
    assert attempt(client, "", "").status_code == 401


def test_a_failed_login_leaves_the_guest_as_it_was(
    member: TestClient, new_client: NewClient
) -> None:
    guest = new_client()
    before = guest.post("/api/session").json()
    attempt(guest)
    assert guest.post("/api/session").json() == before


@pytest.mark.parametrize("bring", [True, False])
def test_a_guests_diary_comes_along_only_where_that_is_wanted(
    member: TestClient, new_client: NewClient, bring: bool
) -> None:
    send(member, observation(1, "2026-03-01T10:00:00Z"))
    guest = new_client()
    guest.post("/api/session")
    send(guest, observation(2, "2026-03-01T11:00:00Z", emotion="fear"))
    guest.post("/api/plays", json={"recommendation_id": ask(guest)["id"]})
    token = guest.cookies[COOKIE]
    answer = log_in(guest, bring_guest_data=bring)
    assert answer["guest_data"] == ("kept" if bring else "none")
    body = day(guest)
    assert len(body["observations"]) == (2 if bring else 1)
    assert len(body["plays"]) == (1 if bring else 0)
    assert body["seconds"]["fear"] == (10 if bring else 0)
    guest.cookies.clear()
    guest.cookies.set(COOKIE, token)
    assert guest.get("/api/account").status_code == 401


def test_a_guest_without_a_diary_brings_none(member: TestClient, new_client: NewClient) -> None:
    guest = new_client()
    guest.post("/api/session")
    assert log_in(guest, bring_guest_data=True)["guest_data"] == "none"


def test_a_login_over_a_login_ends_the_first_one(member: TestClient, new_client: NewClient) -> None:
    other = new_client()
    sign_up(other, login_id="minho2026")
    log_in(other)
    assert len(other.get("/api/account/sessions").json()) == 2
    log_in(other, "minho2026")
    assert len(other.get("/api/account/sessions").json()) == 1
    assert len(member.get("/api/account/sessions").json()) == 1


def cookie(response: Any) -> Any:
    return SimpleCookie(response.headers["set-cookie"])[COOKIE]


def test_a_session_that_is_not_to_be_remembered_ends_with_the_browser_or_soon(
    member: TestClient, clock: FakeClock
) -> None:
    body = {"login_id": "jisoo2026", "password": PASSWORD}
    assert cookie(member.post("/api/login", json={**body, "remember": True}))["max-age"]
    short = cookie(member.post("/api/login", json=body))
    assert (short["max-age"], short["expires"], short["httponly"]) == ("", "", True)
    again = cookie(member.post("/api/session"))
    assert (again.value, again["max-age"]) == (short.value, "")
    for _ in range(3):
        clock.advance(hours=11)
        assert member.get("/api/account").status_code == 200
    clock.advance(hours=12)
    assert member.get("/api/account").status_code == 401


def test_a_session_that_is_to_be_remembered_lives_long(
    member: TestClient, clock: FakeClock
) -> None:
    log_in(member, remember=True)
    clock.advance(days=364)
    assert member.get("/api/account").status_code == 200


def test_a_logout_ends_this_session_alone(member: TestClient, new_client: NewClient) -> None:
    other = new_client()
    log_in(other)
    token = other.cookies[COOKIE]
    assert other.post("/api/logout", json={"everywhere": False}).status_code == 204
    assert COOKIE not in other.cookies
    other.cookies.set(COOKIE, token)
    assert other.get("/api/account").status_code == 401
    assert member.get("/api/account").status_code == 200


def test_a_logout_everywhere_ends_all_of_the_user(
    member: TestClient, new_client: NewClient
) -> None:
    other, guest = new_client(), new_client()
    log_in(other)
    guest.post("/api/session")
    assert other.post("/api/logout", json={"everywhere": True}).status_code == 204
    assert member.get("/api/account").status_code == 401
    assert guest.get("/api/account").status_code == 200


def test_a_logout_without_a_session_is_done_already(client: TestClient) -> None:
    assert client.post("/api/logout").status_code == 204
    client.cookies.set(COOKIE, "made-up")
    assert client.post("/api/logout", json={}).status_code == 204


def test_sessions_say_where_and_when(
    member: TestClient, new_client: NewClient, clock: FakeClock
) -> None:
    clock.advance(hours=2)
    other = new_client()
    other.headers["User-Agent"] = FIREFOX
    log_in(other)
    clock.advance(hours=2)
    assert member.get("/api/preferences").status_code == 200
    first, second = member.get("/api/account/sessions").json()
    assert first == {
        "id": first["id"],
        "created_at": "2026-03-01T12:00:00Z",
        "last_seen_at": "2026-03-01T16:00:00Z",
        "device": None,
        "current": True,
    }
    assert (second["device"], second["current"]) == ("Firefox, Windows", False)
    assert member.delete(f"/api/account/sessions/{second['id']}").status_code == 204
    assert other.get("/api/account").status_code == 401
    assert member.delete(f"/api/account/sessions/{second['id']}").status_code == 404


def test_ending_the_own_session_is_a_logout(member: TestClient) -> None:
    (own,) = member.get("/api/account/sessions").json()
    assert member.delete(f"/api/account/sessions/{own['id']}").status_code == 204
    assert COOKIE not in member.cookies


class TestBehindHttps:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return dataclasses.replace(settings, secure_cookies=True)

    def test_the_cookie_is_given_and_taken_under_its_safe_name(self, client: TestClient) -> None:
        response = client.post("/api/logout")
        ((name, taken),) = SimpleCookie(response.headers["set-cookie"]).items()
        assert name == f"__Host-{COOKIE}"
        assert (taken["secure"], taken["path"], taken["max-age"]) == (True, "/", "0")
