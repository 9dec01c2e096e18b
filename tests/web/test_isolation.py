"""Nobody sees or changes what is another user's."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.web.conftest import NewClient
from tests.web.test_diary import day, observation, send
from tests.web.test_listening import ask, tick


@pytest.fixture
def stranger(guest: TestClient, new_client: NewClient) -> TestClient:
    """Another guest, while the first one has something of everything."""
    tick(guest, anger=["rock"])
    made = ask(guest, emotion="anger")
    guest.post("/api/plays", json={"recommendation_id": made["id"]})
    guest.post(f"/api/tracks/{made['track']['id']}/failures", json={"code": "100"})
    send(guest, observation(1, "2026-03-01T11:00:00Z"))
    other = new_client()
    other.post("/api/session")
    return other


def test_the_diary_is_empty_for_a_stranger(stranger: TestClient) -> None:
    body = day(stranger)
    assert (body["observations"], body["plays"]) == ([], [])


def test_preferences_are_ones_own(stranger: TestClient, guest: TestClient) -> None:
    assert not any(stranger.get("/api/preferences").json()["genres"].values())
    tick(stranger, anger=["jazz"])
    assert guest.get("/api/preferences").json()["genres"]["anger"] == ["rock"]


def test_a_strangers_recommendation_cannot_be_played(stranger: TestClient) -> None:
    assert stranger.post("/api/plays", json={"recommendation_id": 1}).status_code == 404


def test_a_strangers_play_cannot_be_changed(stranger: TestClient, guest: TestClient) -> None:
    assert stranger.patch("/api/plays/1", json={"liked": True}).status_code == 404
    assert day(guest)["plays"][0]["liked"] is None


def test_a_strangers_observation_cannot_be_blocked_or_changed(
    stranger: TestClient, guest: TestClient
) -> None:
    assert send(stranger, observation(1, "2026-03-01T12:00:00Z", emotion="fear")) == 204
    assert [each["emotion"] for each in day(guest)["observations"]] == ["happiness"]
    assert [each["emotion"] for each in day(stranger)["observations"]] == ["fear"]


def test_a_strangers_failures_change_nothing_for_others(
    stranger: TestClient, guest: TestClient
) -> None:
    failed = day(guest)["plays"][0]["track"]["id"]
    tick(stranger, anger=["rock"])
    offered = {ask(stranger, emotion="anger")["track"]["id"] for _ in range(60)}
    assert failed in offered


def test_a_strangers_session_is_neither_shown_nor_ended(
    stranger: TestClient, guest: TestClient
) -> None:
    (own,) = stranger.get("/api/account/sessions").json()
    (other,) = guest.get("/api/account/sessions").json()
    assert own["id"] != other["id"]
    assert stranger.delete(f"/api/account/sessions/{other['id']}").status_code == 404
    assert guest.get("/api/account").status_code == 200


def test_every_route_is_looked_at_here_or_in_the_session_tests(app: FastAPI) -> None:
    from tests.web.test_session import NEEDS_SESSION

    open_to_all = {
        ("GET", "/api/health"),
        ("GET", "/api/features"),
        ("POST", "/api/session"),
        ("POST", "/api/login"),
        ("POST", "/api/logout"),
        ("POST", "/api/password-resets"),
        ("PUT", "/api/password-resets"),
    }
    looked_at = {
        (method, path.partition("?")[0].replace("/1/", "/{track_id}/"))
        for method, path, _ in NEEDS_SESSION
    }
    names = {
        "/api/plays/1": "/api/plays/{play_id}",
        "/api/diary/2026-01-01": "/api/diary/{date}",
        "/api/account/sessions/1": "/api/account/sessions/{session_id}",
    }
    looked_at = {(method, names.get(path, path)) for method, path in looked_at}
    operations = {
        (method.upper(), path)
        for path, methods in app.openapi()["paths"].items()
        for method in methods
    }
    assert operations == looked_at | open_to_all
