from __future__ import annotations

from fastapi.testclient import TestClient


def heard(guest: TestClient, liked: bool) -> str:
    asked = {"emotion": "sadness", "origin": "manual", "goal": "lift"}
    made = guest.post("/api/recommendations", json=asked).json()
    assert made["goal"] == "lift"
    play = guest.post("/api/plays", json={"recommendation_id": made["id"]}).json()
    guest.patch(f"/api/plays/{play['id']}", json={"liked": liked})
    genre: str = made["track"]["genre"]
    return genre


def test_what_was_learned_is_told_and_can_be_forgotten(guest: TestClient) -> None:
    assert guest.get("/api/taste").json() == {"learned_from": 0, "genres": []}
    genres = [heard(guest, True), heard(guest, False)]
    told = guest.get("/api/taste").json()
    assert told["learned_from"] == 2
    assert {each["genre"] for each in told["genres"]} == set(genres)
    assert sum(each["liked"] for each in told["genres"]) == 1
    assert sum(each["heard"] for each in told["genres"]) == 2
    assert guest.delete("/api/taste").status_code == 204
    assert guest.get("/api/taste").json()["learned_from"] == 0


def test_an_unknown_goal_is_refused(guest: TestClient) -> None:
    asked = {"emotion": "sadness", "origin": "manual", "goal": "obey"}
    assert guest.post("/api/recommendations", json=asked).status_code == 422
