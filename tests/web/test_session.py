from __future__ import annotations

import dataclasses
from http.cookies import SimpleCookie
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.web.conftest import NewClient
from today_feeling.settings import Settings

NEEDS_SESSION: list[tuple[str, str, object]] = [
    ("GET", "/api/preferences", None),
    ("PUT", "/api/preferences", {}),
    ("PATCH", "/api/preferences", {}),
    ("POST", "/api/account", {}),
    ("GET", "/api/account", None),
    ("PATCH", "/api/account", {}),
    ("DELETE", "/api/account", {}),
    ("PUT", "/api/account/password", {}),
    ("GET", "/api/account/sessions", None),
    ("DELETE", "/api/account/sessions/1", None),
    ("GET", "/api/catalogue", None),
    ("POST", "/api/recommendations", {"origin": "random"}),
    ("POST", "/api/queue", {"origin": "random"}),
    ("GET", "/api/bans", None),
    ("POST", "/api/bans", {"kind": "song", "recommendation_id": 1}),
    ("DELETE", "/api/bans/1", None),
    ("GET", "/api/taste", None),
    ("DELETE", "/api/taste", None),
    ("POST", "/api/plays", {"recommendation_id": 1}),
    ("PATCH", "/api/plays/1", {}),
    ("POST", "/api/tracks/1/failures", {"code": "100"}),
    ("GET", "/api/tracks/1/audio", None),
    ("GET", "/api/tracks/1/cover", None),
    ("GET", "/api/songs", None),
    ("POST", "/api/songs/preview", {"pasted": "x"}),
    (
        "POST",
        "/api/songs",
        {"songs": [{"youtube_video_id": "aB3dE6gH9jK", "title": "T", "genre": "pop"}]},
    ),
    ("GET", "/api/songs/export", None),
    ("PATCH", "/api/songs/1", {"title": "Other"}),
    ("DELETE", "/api/songs/1", None),
    ("POST", "/api/observations", {"observations": []}),
    ("PATCH", "/api/observations", {"from": None, "to": None, "corrected": None}),
    ("POST", "/api/observations/deletions", {"from": None, "to": None}),
    ("PATCH", f"/api/observations/{UUID(int=1)}", {"corrected": None}),
    ("DELETE", f"/api/observations/{UUID(int=1)}", None),
    ("DELETE", "/api/plays/1", None),
    ("POST", "/api/entries", {"id": str(UUID(int=1)), "at": "2026-03-01T12:00:00Z", "note": "x"}),
    ("PATCH", f"/api/entries/{UUID(int=1)}", {}),
    ("DELETE", f"/api/entries/{UUID(int=1)}", None),
    ("GET", "/api/diary/2026-01-01?timezone=UTC", None),
    ("POST", "/api/diary/deletions", {"from": None, "to": None}),
    ("POST", f"/api/undo/{UUID(int=1)}", None),
    ("GET", "/api/statistics?from=2026-03-01&to=2026-03-02&timezone=UTC", None),
    (
        "GET",
        "/api/statistics/timeline?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z&buckets=9",
        None,
    ),
    ("GET", "/api/export?format=json", None),
    ("POST", "/api/import?timezone=UTC", {"format": "today-feeling-export", "version": 1}),
]


def test_a_newcomer_becomes_a_guest_at_once(client: TestClient, clock: FakeClock) -> None:
    body = client.post("/api/session").json()
    nothing = dict.fromkeys(("login_id", "name", "email"))
    user = {"id": 1, "guest": True, "created_at": "2026-03-01T12:00:00Z", **nothing}
    assert body == {"user": user}


def test_the_same_browser_stays_the_same_user(client: TestClient, new_client: NewClient) -> None:
    first = client.post("/api/session").json()
    assert client.post("/api/session").json() == first
    assert new_client().post("/api/session").json() != first


def test_the_cookie_is_closed_to_scripts_and_to_other_sites(client: TestClient) -> None:
    response = client.post("/api/session")
    cookie = SimpleCookie(response.headers["set-cookie"])["today_feeling_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "lax"
    assert cookie["path"] == "/"
    assert cookie["max-age"] == str(365 * 24 * 3600)
    assert not cookie["secure"]
    assert len(cookie.value) >= 43


class TestBehindHttps:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return dataclasses.replace(settings, secure_cookies=True)

    def test_the_cookie_travels_over_https_only(self, client: TestClient) -> None:
        response = client.post("/api/session")
        ((name, cookie),) = SimpleCookie(response.headers["set-cookie"]).items()
        assert name == "__Host-today_feeling_session"
        assert cookie["secure"]
        assert cookie["path"] == "/"
        assert not cookie["domain"]

    def test_the_cookie_is_known_again_by_that_name_only(self, client: TestClient) -> None:
        response = client.post("/api/session")
        ((name, cookie),) = SimpleCookie(response.headers["set-cookie"]).items()
        for sent, status in ((name, 200), ("today_feeling_session", 401)):
            headers = {"Cookie": f"{sent}={cookie.value}"}
            client.cookies.clear()
            assert client.get("/api/preferences", headers=headers).status_code == status


@pytest.mark.parametrize(("method", "path", "body"), NEEDS_SESSION)
def test_everything_else_needs_a_session(
    client: TestClient, method: str, path: str, body: object
) -> None:
    for token in (None, "made-up"):
        client.cookies.clear()
        if token:
            client.cookies.set("today_feeling_session", token)
        response = client.request(method, path, json=body)
        assert response.status_code == 401
        assert response.json()["code"] == "session_required"


def test_a_session_that_ended_makes_room_for_a_new_guest(
    guest: TestClient, clock: FakeClock
) -> None:
    clock.advance(days=366)
    assert guest.get("/api/preferences").status_code == 401
    assert guest.post("/api/session").json()["user"]["id"] == 2
    assert guest.get("/api/preferences").status_code == 200
