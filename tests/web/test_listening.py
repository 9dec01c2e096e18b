"""From the first visit to the diary, as a browser does it."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from today_feeling.domain.emotion import EMOTIONS
from today_feeling.domain.music import GENRES

Json = dict[str, Any]

NOTHING_TICKED: Json = {emotion: [] for emotion in EMOTIONS}
SAD = [0.0, 0.0, 0.0, 0.25, 0.75, 0.0]


def ask(client: TestClient, **body: object) -> Json:
    response = client.post("/api/recommendations", json={"origin": "manual", **body})
    assert response.status_code == 201, response.text
    made: Json = response.json()
    return made


def tick(client: TestClient, sources: list[str] | None = None, **genres: list[str]) -> None:
    body = {
        "genres": {**NOTHING_TICKED, **genres},
        "sources": sources or ["library", "youtube"],
    }
    assert client.put("/api/preferences", json=body).json().items() >= body.items()


def test_health_needs_nobody(client: TestClient) -> None:
    assert client.get("/api/health").json() == {"status": "ok", "version": "0.1.0"}


def test_preferences_start_open_and_are_kept(guest: TestClient) -> None:
    assert guest.get("/api/preferences").json() == {
        "genres": NOTHING_TICKED,
        "sources": ["library", "subsonic", "youtube"],
        "explicit": False,
        "languages": [],
        "retention_days": None,
        "theme": "system",
        "language": None,
        "timezone": None,
    }
    tick(guest, ["youtube"], anger=["classic", "jazz"], neutral=["game"])
    assert guest.get("/api/preferences").json()["genres"]["anger"] == ["classic", "jazz"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"genres": NOTHING_TICKED},
        {"genres": {"anger": []}, "sources": ["youtube"]},
        {"genres": {**NOTHING_TICKED, "joy": []}, "sources": ["youtube"]},
        {"genres": {**NOTHING_TICKED, "anger": ["polka"]}, "sources": ["youtube"]},
        {"genres": NOTHING_TICKED, "sources": []},
        {"genres": NOTHING_TICKED, "sources": ["youtube", "youtube"]},
        {"genres": NOTHING_TICKED, "sources": ["cassette"]},
        {"genres": NOTHING_TICKED, "sources": ["youtube"], "more": 1},
    ],
)
def test_wrong_preferences_change_nothing(guest: TestClient, body: Json) -> None:
    response = guest.put("/api/preferences", json=body)
    assert response.status_code == 422
    assert response.json()["code"] == "invalid_input"
    assert guest.get("/api/preferences").json()["genres"] == NOTHING_TICKED


def test_the_catalogue_counts_every_genre_and_source(guest: TestClient) -> None:
    body = guest.get("/api/catalogue").json()
    assert [genre["id"] for genre in body["genres"]] == list(GENRES)
    counts = {each["id"]: each["tracks"] for each in body["sources"]}
    assert counts == {"library": 0, "subsonic": 0, "youtube": 330, "radio": 0}
    assert sum(genre["tracks"] for genre in body["genres"]) == 330


def test_a_song_of_a_ticked_genre_comes_whole(guest: TestClient) -> None:
    tick(guest, sadness=["ballad"])
    made = ask(guest, emotion="sadness", origin="camera", confidence=0.75, probabilities=SAD)
    assert made["reason"] == {
        "code": "genre_for_emotion",
        "genre": "ballad",
        "emotion": "sadness",
        "instead_of": None,
        "liked": None,
        "heard": None,
    }
    track = made["track"]
    assert set(track) == {
        "id",
        "title",
        "artist",
        "genre",
        "year",
        "language",
        "duration_s",
        "source",
        "youtube_video_id",
        "audio_url",
        "cover_url",
    }
    assert (track["genre"], track["source"], track["audio_url"]) == ("ballad", "youtube", None)
    assert len(track["youtube_video_id"]) == 11


def test_no_song_comes_again_within_twenty(guest: TestClient) -> None:
    tick(guest, happiness=["trot"])
    ids = [ask(guest, emotion="happiness")["track"]["id"] for _ in range(60)]
    for index, track_id in enumerate(ids):
        assert track_id not in ids[max(0, index - 20) : index]


def test_a_random_song_needs_no_emotion(guest: TestClient) -> None:
    assert ask(guest, origin="random")["reason"]["code"] == "random"
    assert ask(guest, emotion=None, origin="manual")["reason"]["code"] == "random"


def test_nothing_to_play_says_why(guest: TestClient) -> None:
    response = guest.post(
        "/api/recommendations",
        json={"emotion": "anger", "origin": "manual", "unavailable_sources": ["youtube"]},
    )
    assert response.status_code == 409
    body = response.json()
    assert (body["code"], body["cause"]) == ("nothing_to_play", "sources_unavailable")
    tick(guest, ["library"])
    response = guest.post("/api/recommendations", json={"origin": "random"})
    assert response.json()["cause"] == "no_tracks"


@pytest.mark.parametrize(
    "body",
    [
        {"emotion": "happy", "origin": "manual"},
        {"emotion": "anger"},
        {"emotion": "anger", "origin": "face"},
        {"emotion": "anger", "origin": "camera", "confidence": 1.5},
        {"emotion": "anger", "origin": "camera", "probabilities": [0.5, 0.5]},
        {"emotion": "anger", "origin": "camera", "probabilities": [2, 0, 0, 0, 0, 0]},
        {"emotion": "anger", "origin": "camera", "unavailable_sources": ["tape"]},
        {"emotion": "anger", "origin": "camera", "picture": "data:image/png;base64,AAAA"},
        [],
        "anger",
        None,
    ],
)
def test_a_wrong_wish_is_refused(guest: TestClient, body: object) -> None:
    response = guest.post("/api/recommendations", json=body)
    assert response.status_code == 422
    assert response.json()["errors"]


@pytest.mark.parametrize("text", ["{", '{"origin": "random", "confidence": NaN}', "\x00"])
def test_what_is_not_json_is_refused(guest: TestClient, text: str) -> None:
    headers = {"content-type": "application/json"}
    response = guest.post("/api/recommendations", content=text, headers=headers)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def test_a_play_is_begun_once_and_its_outcome_kept(guest: TestClient, clock: FakeClock) -> None:
    made = ask(guest, emotion="sadness", origin="camera", confidence=0.75, probabilities=SAD)
    clock.advance(seconds=2)
    wish = {"recommendation_id": made["id"]}
    first = guest.post("/api/plays", json=wish)
    clock.advance(seconds=2)
    again = guest.post("/api/plays", json=wish)
    assert (first.status_code, again.status_code) == (201, 201)
    play = first.json()
    assert again.json() == play
    assert play == {
        "id": 1,
        "recommendation_id": made["id"],
        "started_at": "2026-03-01T12:00:02Z",
        "track": made["track"],
        "emotion": "sadness",
        "origin": "camera",
        "confidence": 0.75,
        "probabilities": SAD,
        "reason": made["reason"],
        "outcome": None,
        "seconds": None,
        "liked": None,
        "after": None,
    }
    changed = guest.patch("/api/plays/1", json={"outcome": "skipped", "seconds": 12.5}).json()
    assert changed == {**play, "outcome": "skipped", "seconds": 12.5}
    assert guest.patch("/api/plays/1", json={"liked": True}).json() == {**changed, "liked": True}
    assert guest.patch("/api/plays/1", json={"liked": None}).json() == changed


@pytest.mark.parametrize(
    "body",
    [
        {"outcome": "loved"},
        {"outcome": None},
        {"seconds": -1},
        {"seconds": None},
        {"seconds": 1e9},
        {"liked": "perhaps"},
        {"emotion": "anger"},
    ],
)
def test_a_wrong_outcome_changes_nothing(guest: TestClient, body: Json) -> None:
    play = guest.post("/api/plays", json={"recommendation_id": ask(guest)["id"]}).json()
    assert guest.patch(f"/api/plays/{play['id']}", json=body).status_code == 422
    assert guest.patch(f"/api/plays/{play['id']}", json={}).json() == play


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "one", "1.5"])
def test_an_id_that_cannot_be_is_refused(guest: TestClient, number: str) -> None:
    assert guest.patch(f"/api/plays/{number}", json={}).status_code == 422


@pytest.mark.parametrize("code", ["2", "100", "101", "150", "unreadable"])
def test_a_failed_track_is_not_offered_again(guest: TestClient, code: str) -> None:
    tick(guest, fear=["extra"])
    failed = ask(guest, emotion="fear")["track"]["id"]
    response = guest.post(f"/api/tracks/{failed}/failures", json={"code": code})
    assert (response.status_code, response.content) == (204, b"")
    offered = {ask(guest, emotion="fear")["track"]["id"] for _ in range(60)}
    assert failed not in offered
    assert len(offered) == 26


def test_an_unknown_failure_is_refused(guest: TestClient) -> None:
    assert guest.post("/api/tracks/1/failures", json={"code": "7"}).status_code == 422
    assert guest.post("/api/tracks/9999/failures", json={"code": "2"}).status_code == 404


def test_the_clock_of_a_request_is_one_that_there_is(guest: TestClient) -> None:
    asked = {"emotion": "anger", "origin": "manual"}
    for path in ("/api/recommendations", "/api/queue"):
        there = guest.post(path, json={**asked, "timezone": "Asia/Seoul"})
        nowhere = guest.post(path, json={**asked, "timezone": "Mars/Base"})
        assert (there.status_code, nowhere.status_code) == (201, 422)
        assert nowhere.json()["code"] == "invalid_input"
