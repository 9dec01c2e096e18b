"""Bans and the queue over HTTP."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.web.conftest import NewClient
from tests.web.diaries import take_in

ASKED = {"emotion": "sadness", "origin": "manual", "goal": "lift"}


def queue(client: TestClient, **more: object) -> list[dict[str, Any]]:
    response = client.post("/api/queue", json={**ASKED, **more})
    assert response.status_code == 201, response.text
    songs: list[dict[str, Any]] = response.json()["songs"]
    return songs


def ban(client: TestClient, kind: str, made: dict[str, Any]) -> dict[str, Any]:
    body = {"kind": kind, "recommendation_id": made["id"]}
    response = client.post("/api/bans", json=body)
    assert response.status_code == 201, response.text
    answer: dict[str, Any] = response.json()
    return answer


def test_a_queue_is_planned_kept_and_filled_up(guest: TestClient) -> None:
    songs = queue(guest, length=4)
    assert [each["step"]["number"] for each in songs] == [1, 2, 3, 4]
    assert songs[0]["step"]["valence_change"] > 0
    waiting = [{"id": each["id"]} for each in reversed(songs[1:])]
    waiting[0]["placed"] = True
    again = queue(guest, waiting=waiting, playing=songs[0]["id"], length=4)
    assert [each["id"] for each in again[:3]] == [each["id"] for each in waiting]
    assert again[3]["id"] not in {each["id"] for each in songs}


def test_a_planned_song_can_be_played(guest: TestClient) -> None:
    songs = queue(guest, length=2)
    play = guest.post("/api/plays", json={"recommendation_id": songs[1]["id"]})
    assert play.status_code == 201
    assert play.json()["track"] == songs[1]["track"]


def test_without_a_goal_there_is_no_step(guest: TestClient) -> None:
    assert queue(guest, goal="match", length=1)[0]["step"] is None


def test_a_queue_of_endless_length_is_refused(guest: TestClient) -> None:
    for wrong in ({"length": 11}, {"length": 0}, {"waiting": [{"id": 1}] * 11}, {"step": -1}):
        assert guest.post("/api/queue", json={**ASKED, **wrong}).status_code == 422


def test_bans_are_listed_and_taken_back(guest: TestClient, clock: FakeClock) -> None:
    songs = queue(guest, length=3)
    made = []
    for kind, song in zip(("song", "artist", "rest"), songs, strict=True):
        clock.advance(seconds=1)
        made.append(ban(guest, kind, song))
    assert made[0]["track"] == songs[0]["track"]
    assert (made[1]["artist"], made[1]["track"]) == (songs[1]["track"]["artist"], None)
    assert made[2]["until"] == "2026-03-08T12:00:03Z"
    assert guest.get("/api/bans").json() == made[::-1]
    for each in made:
        assert guest.delete(f"/api/bans/{each['id']}").status_code == 204
        assert guest.delete(f"/api/bans/{each['id']}").status_code == 404
    assert guest.get("/api/bans").json() == []


def test_bans_leave_and_come_in_with_the_diary(
    guest: TestClient, new_client: NewClient, clock: FakeClock
) -> None:
    songs = queue(guest, length=3)
    for kind, song in zip(("song", "artist", "rest"), songs, strict=True):
        clock.advance(seconds=1)
        ban(guest, kind, song)
    document = guest.get("/api/export").json()
    assert document["recommendations"][0]["goal"] == "lift"
    assert len(document["recommendations"]) == 1  # plans are no history
    other = new_client()
    other.post("/api/session")
    take_in(other, document)
    assert other.get("/api/export").json()["bans"] == document["bans"]
    assert take_in(other, document)["skipped"] == 4
    mixed = {**document["bans"][0], "kind": "artist"}
    head = {"format": document["format"], "version": document["version"]}
    told = take_in(other, {**head, "bans": [mixed]})
    assert [each["row"] for each in told["problems"]] == ["bans/0"]


def test_a_recommendation_that_is_not_there_cannot_be_banned(guest: TestClient) -> None:
    response = guest.post("/api/bans", json={"kind": "song", "recommendation_id": 99})
    assert response.status_code == 404
