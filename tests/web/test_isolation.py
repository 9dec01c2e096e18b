"""Nobody sees or changes what is another user's."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.web.conftest import NewClient
from tests.web.diaries import day, observation, send
from tests.web.test_listening import ask, tick

FIRST = UUID(int=1)


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


def test_what_a_page_has_of_one_user_does_not_go_to_another(client: TestClient) -> None:
    """Two tabs share a cookie: one logs out, the other still has the first one's readings."""
    first = client.post("/api/session").json()["user"]["id"]
    client.post("/api/logout")
    second = client.post("/api/session").json()["user"]["id"]
    body = {"observations": [observation(1, "2026-03-01T11:00:00Z")]}

    def answer(user: str) -> tuple[int, str | None]:
        response = client.post("/api/observations", json=body, headers={"Today-Feeling-User": user})
        return response.status_code, response.json()["code"] if response.content else None

    assert answer(str(first)) == (409, "other_user")
    assert answer("nobody") == (409, "other_user")
    assert day(client)["observations"] == []
    assert answer(str(second)) == (204, None)
    assert len(day(client)["observations"]) == 1


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


def test_no_route_shows_or_takes_what_is_anothers(app: FastAPI, new_client: NewClient) -> None:
    """Walks over all of them, as somebody who has guessed every id."""
    owner, stranger = with_everything(new_client), new_client()
    stranger.post("/api/session")
    before = owner.get("/api/export").json()
    undo = owner.delete(f"/api/entries/{UUID(int=2)}").json()["undo"]
    owner.post(f"/api/undo/{undo}")
    gone = owner.delete(f"/api/entries/{UUID(int=3)}").json()["undo"]
    ids = {
        "play_id": "1",
        "observation_id": str(FIRST),
        "entry_id": str(UUID(int=2)),
        "deletion_id": gone,
        "session_id": str(owner.get("/api/account/sessions").json()[0]["id"]),
        "date": "2026-03-01",
        "track_id": "1",
        "ban_id": "1",
    }
    refused = {"play_id": 404, "observation_id": 404, "entry_id": 404, "session_id": 404}
    refused["ban_id"] = 404
    refused["deletion_id"] = 410  # as of every deletion that is not there
    questions = {
        "timezone": "Asia/Seoul",
        "from": "2026-03-01",
        "to": "2026-03-02",
        "buckets": "10",
        "format": "json",
    }
    instants = {"from": "2026-03-01T00:00:00Z", "to": "2026-03-02T00:00:00Z"}
    walked = 0
    for path, methods in app.openapi()["paths"].items():
        names = re.findall(r"{(\w+)}", path)
        address = path.format(**{name: ids[name] for name in names})
        for method in methods:
            walked += 1
            asked = questions | (instants if path.endswith("/timeline") else {})
            body = BODIES.get((method, path), {"corrected": None} if "observ" in path else {})
            response = stranger.request(
                method, address, params=asked, json=None if method == "get" else body
            )
            assert response.status_code < 500, (method, path)
            for name in names:
                wanted = refused.get(name, response.status_code)
                assert response.status_code == wanted, (method, path, response.text)
            for secret in (OWN_WORDS, str(FIRST), str(UUID(int=3))):
                assert secret not in response.text or secret in address, (method, path)
            if path in {"/api/account", "/api/logout"}:
                stranger.post("/api/session")
    assert walked > 35
    owner.post(f"/api/undo/{gone}")
    after = owner.get("/api/export").json()
    assert {**after, "exported_at": None} == {**before, "exported_at": None}


OWN_WORDS = "a secret of mine"
BODIES: dict[tuple[str, str], object] = {
    ("post", "/api/plays"): {"recommendation_id": 1},
    ("post", "/api/bans"): {"kind": "song", "recommendation_id": 1},
    ("post", "/api/diary/deletions"): {"from": None, "to": None},
    ("patch", "/api/observations"): {
        "from": "2026-03-01T00:00:00Z",
        "to": "2026-03-02T00:00:00Z",
        "corrected": "anger",
    },
    ("post", "/api/observations/deletions"): {
        "from": "2026-03-01T00:00:00Z",
        "to": "2026-03-02T00:00:00Z",
    },
    ("post", "/api/import"): {"format": "today-feeling-export", "version": 1},
}


def with_everything(new_client: NewClient) -> TestClient:
    """Somebody who has something of everything."""
    owner = new_client()
    owner.post("/api/session")
    tick(owner, anger=["rock"])
    made = ask(owner, emotion="anger")
    assert owner.post("/api/plays", json={"recommendation_id": made["id"]}).json()["id"] == 1
    send(owner, observation(1, "2026-03-01T11:00:00Z"))
    banned = {"kind": "artist", "recommendation_id": made["id"]}
    assert owner.post("/api/bans", json=banned).json()["id"] == 1
    for number in (2, 3):
        entry = {"id": str(UUID(int=number)), "at": "2026-03-01T11:00:00Z", "note": OWN_WORDS}
        assert owner.post("/api/entries", json=entry).status_code == 201
    return owner


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
        # They answer from what the question says, and know nobody.
        ("POST", "/api/private/queue"),
        ("GET", "/api/private/tracks/{track_id}/audio"),
        ("GET", "/api/private/tracks/{track_id}/cover"),
    }
    looked_at = {
        (method, path.partition("?")[0].replace("/1/", "/{track_id}/"))
        for method, path, _ in NEEDS_SESSION
    }
    names = {
        "/api/plays/1": "/api/plays/{play_id}",
        "/api/bans/1": "/api/bans/{ban_id}",
        "/api/songs/1": "/api/songs/{track_id}",
        "/api/diary/2026-01-01": "/api/diary/{date}",
        "/api/account/sessions/1": "/api/account/sessions/{session_id}",
        f"/api/observations/{FIRST}": "/api/observations/{observation_id}",
        f"/api/entries/{FIRST}": "/api/entries/{entry_id}",
        f"/api/undo/{FIRST}": "/api/undo/{deletion_id}",
    }
    looked_at = {(method, names.get(path, path)) for method, path in looked_at}
    operations = {
        (method.upper(), path)
        for path, methods in app.openapi()["paths"].items()
        for method in methods
    }
    assert operations == looked_at | open_to_all
