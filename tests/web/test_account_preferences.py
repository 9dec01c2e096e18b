"""What a user likes to hear when, and how the app is for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.web.people import sign_up
from tests.web.test_listening import NOTHING_TICKED, ask
from today_feeling.services import importing
from today_feeling.web.deps import World

WHOLE = {
    "genres": {**NOTHING_TICKED, "fear": ["jazz"]},
    "sources": ["youtube"],
    "explicit": True,
    "languages": ["ko", "instrumental"],
    "retention_days": 30,
    "theme": "dark",
    "language": "ko",
    "timezone": "Asia/Seoul",
}
DEFAULTS = {
    "explicit": False,
    "languages": [],
    "retention_days": None,
    "theme": "system",
    "language": None,
    "timezone": None,
}


def test_they_are_replaced_as_a_whole(guest: TestClient) -> None:
    assert guest.put("/api/preferences", json=WHOLE).json() == WHOLE
    assert guest.get("/api/preferences").json() == WHOLE
    two = {name: WHOLE[name] for name in ("genres", "sources")}
    assert guest.put("/api/preferences", json=two).json() == {**two, **DEFAULTS}


@pytest.mark.parametrize("name", WHOLE)
def test_each_is_changed_alone(guest: TestClient, name: str) -> None:
    before = guest.get("/api/preferences").json()
    after = {**before, name: WHOLE[name]}
    assert guest.patch("/api/preferences", json={name: WHOLE[name]}).json() == after
    assert guest.get("/api/preferences").json() == after
    guest.put("/api/preferences", json=WHOLE)
    assert guest.patch("/api/preferences", json={}).json() == WHOLE
    if name in DEFAULTS:
        changed = guest.patch("/api/preferences", json={name: DEFAULTS[name]}).json()
        assert changed == {**WHOLE, name: DEFAULTS[name]}


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize(
    "wrong",
    [
        {"sources": []},
        {"genres": {"fear": ["jazz"]}},
        {"explicit": "maybe"},
        {"languages": ["Korean"]},
        {"languages": ["KO"]},
        {"languages": ["ko", "ko"]},
        {"languages": ["ko"] * 21},
        {"retention_days": 0},
        {"retention_days": 3651},
        {"theme": "pink"},
        {"theme": None},
        {"language": "fr"},
        {"timezone": "Mars/Olympus"},
        {"timezone": "\0"},
        {"more": 1},
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    guest: TestClient, method: str, wrong: dict[str, object]
) -> None:
    guest.put("/api/preferences", json=WHOLE)
    body = {**WHOLE, **wrong} if method == "PUT" else wrong
    response = guest.request(method, "/api/preferences", json=body)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_input")
    assert guest.get("/api/preferences").json() == WHOLE


def test_they_come_along_when_a_guest_signs_up(guest: TestClient) -> None:
    guest.put("/api/preferences", json=WHOLE)
    sign_up(guest)
    assert guest.get("/api/preferences").json() == WHOLE


def test_explicit_songs_come_only_to_those_who_want_them(
    app: FastAPI, guest: TestClient, tmp_path: Path
) -> None:
    path = tmp_path / "songs.csv"
    path.write_text(
        "title,artist,genre,language,explicit,youtube_video_id\n"
        "Clean,A,trot,fi,no,cleansong00\n"
        "Rude,A,trot,fi,yes,rudesong000\n"
    )
    world: World = app.state.world
    with importing.opened(world.database, [str(path)]) as (sources, completer):
        importing.write_at_once(world.database, sources, completer, world.clock())
    wanted = {"languages": ["fi"], "genres": {**NOTHING_TICKED, "fear": ["trot"]}}

    def heard(**more: object) -> set[str]:
        guest.patch("/api/preferences", json={**wanted, **more})
        return {ask(guest, emotion="fear")["track"]["title"] for _ in range(6)}

    assert heard() == {"Clean"}
    assert heard(explicit=True) == {"Clean", "Rude"}
    guest.patch("/api/preferences", json={"languages": ["xx"]})
    nothing = guest.post("/api/recommendations", json={"origin": "manual", "emotion": "fear"})
    assert (nothing.status_code, nothing.json()["cause"]) == (409, "no_tracks")
