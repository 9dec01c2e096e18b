from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.conftest import FakeClock
from tests.web.diaries import observation, send
from tests.web.test_listening import tick


def heard(guest: TestClient, liked: bool) -> str:
    asked = {"emotion": "sadness", "origin": "manual", "goal": "lift"}
    made = guest.post("/api/recommendations", json=asked).json()
    assert made["goal"] == "lift"
    play = guest.post("/api/plays", json={"recommendation_id": made["id"]}).json()
    guest.patch(f"/api/plays/{play['id']}", json={"liked": liked})
    genre: str = made["track"]["genre"]
    return genre


def test_what_was_learned_is_told_and_can_be_forgotten(guest: TestClient) -> None:
    nothing = {"enough": 5, "genres": [], "artists": []}
    assert guest.get("/api/taste").json() == {
        **{"learned_from": 0, "genres": [], "leanings": [], "helps": nothing}
    }
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


def test_what_helped_is_told_with_an_interval_once_there_is_enough(
    guest: TestClient, clock: FakeClock
) -> None:
    tick(guest, sadness=["jazz"])
    for played in range(1, 6):
        lifted(guest, clock, played)
        (told,) = guest.get("/api/taste").json()["helps"]["genres"]
        assert (told["name"], told["plays"]) == ("jazz", played)
        assert (told["change"] is None) == (played < 5)
    # From -0.75 to 0.9, of which 0.26 by itself; halved, as five plays count as much as none.
    assert told["change"] == pytest.approx((0.9 + 0.65 * 0.75) / 2, abs=0.01)
    assert 0 < told["low"] < told["change"] < told["high"]


def lifted(guest: TestClient, clock: FakeClock, number: int) -> None:
    """A sad minute, a song of a hundred seconds, a happy minute."""
    clock.advance(minutes=10)
    before = observation(2 * number, iso(clock), emotion="sadness", duration_s=60)
    sad = {**before, "probabilities": [0, 0, 0, 0, 1, 0]}
    clock.advance(seconds=60)
    asked = {"emotion": "sadness", "origin": "manual"}
    made = guest.post("/api/recommendations", json=asked).json()
    play = guest.post("/api/plays", json={"recommendation_id": made["id"]}).json()
    clock.advance(seconds=100)
    change = {"outcome": "finished", "seconds": 100}
    guest.patch(f"/api/plays/{play['id']}", json=change)
    after = observation(2 * number + 1, iso(clock), duration_s=60)
    assert send(guest, sad, {**after, "probabilities": [0, 0, 1, 0, 0, 0]}) == 204


def iso(clock: FakeClock) -> str:
    return clock().isoformat().replace("+00:00", "Z")
