from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.web.diaries import Json, day, observation, send


def test_a_day_tells_what_was_seen_and_played(guest: TestClient) -> None:
    seen = [
        observation(1, "2026-03-01T11:00:00Z", unsure_share=0.25),
        observation(2, "2026-03-01T11:00:10Z", emotion="unsure", probabilities=None),
    ]
    assert send(guest, *reversed(seen)) == 204
    made = guest.post("/api/recommendations", json={"origin": "random"}).json()
    play = guest.post("/api/plays", json={"recommendation_id": made["id"]}).json()
    assert day(guest) == {
        "date": "2026-03-01",
        "timezone": "Asia/Seoul",
        "starts_at": "2026-02-28T15:00:00Z",
        "ends_at": "2026-03-01T15:00:00Z",
        "observations": [{**each, "corrected": None} for each in seen],
        "plays": [play],
        "entries": [],
        "seconds": {
            "anger": 0.0,
            "fear": 0.0,
            "happiness": 7.5,
            "neutral": 0.0,
            "sadness": 0.0,
            "surprise": 0.0,
            "unsure": 12.5,
        },
    }


def test_an_observation_sent_again_counts_once(guest: TestClient) -> None:
    first, second = (observation(number, "2026-03-01T11:00:00Z") for number in (1, 2))
    assert send(guest, first) == 204
    assert send(guest, {**first, "emotion": "anger"}, second) == 204
    assert day(guest)["seconds"]["happiness"] == 20
    assert len(day(guest)["observations"]) == 2


def test_times_with_an_offset_mean_the_same_instant(guest: TestClient) -> None:
    assert send(guest, observation(1, "2026-03-01T20:00:00.5+09:00")) == 204
    assert day(guest)["observations"][0]["observed_at"] == "2026-03-01T11:00:00.500000Z"


def test_the_day_of_the_autumn_change_has_25_hours(guest: TestClient) -> None:
    body = day(guest, "2026-10-25", "Europe/Berlin")
    assert (body["starts_at"], body["ends_at"]) == ("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "one"},
        {"observed_at": "2026-03-01T11:00:00"},
        {"observed_at": "yesterday"},
        {"observed_at": "0001-01-01T00:00:00+14:00"},
        {"observed_at": "9999-12-31T23:59:59-14:00"},
        {"duration_s": 0},
        {"duration_s": 601},
        {"emotion": "joy"},
        {"emotion": None},
        {"probabilities": [1.0]},
        {"unsure_share": 1.01},
        {"picture": "x"},
    ],
)
def test_one_wrong_observation_refuses_them_all(guest: TestClient, wrong: Json) -> None:
    good = observation(1, "2026-03-01T11:00:00Z")
    assert send(guest, good, {**observation(2, "2026-03-01T11:00:00Z"), **wrong}) == 422
    assert day(guest)["observations"] == []


def test_a_hundred_observations_fit_in_one_request(guest: TestClient) -> None:
    """With every digit that a browser writes."""
    many = [
        observation(
            2**127 + number,
            f"2026-03-01T11:{number // 60:02}:{number % 60:02}.123456+00:00",
            duration_s=10.012345678901234,
            probabilities=[0.12345678901234567] * 6,
            unsure_share=0.12345678901234567,
        )
        for number in range(101)
    ]
    assert send(guest, *many) == 422
    assert send(guest, *many[:100]) == 204
    assert len(day(guest)["observations"]) == 100


@pytest.mark.parametrize(
    ("date", "timezone"),
    [
        ("2026-02-30", "Asia/Seoul"),
        ("today", "Asia/Seoul"),
        ("0001-01-01", "Asia/Seoul"),
        ("9999-12-31", "Asia/Seoul"),
        ("2026-03-01", "Asia/Nowhere"),
        ("2026-03-01", "../../etc/passwd"),
        ("2026-03-01", "x" * 65),
        ("2026-03-01", "\0"),
    ],
)
def test_a_day_that_is_nowhere_is_refused(guest: TestClient, date: str, timezone: str) -> None:
    response = guest.get(f"/api/diary/{date}", params={"timezone": timezone})
    assert response.status_code == 422
    assert response.json()["code"] == "invalid_input"


def test_the_time_zone_must_be_said(guest: TestClient) -> None:
    assert guest.get("/api/diary/2026-03-01").status_code == 422


def test_a_wrong_reading_is_corrected_and_the_correction_taken_back(guest: TestClient) -> None:
    send(guest, observation(1, "2026-03-01T11:00:00Z", unsure_share=0.5))
    address = f"/api/observations/{UUID(int=1)}"
    assert guest.patch(address, json={"corrected": "sadness"}).json()["corrected"] == "sadness"
    seconds = day(guest)["seconds"]
    assert (seconds["happiness"], seconds["sadness"], seconds["unsure"]) == (0, 10, 0)
    assert guest.patch(address, json={"corrected": None}).json()["corrected"] is None
    seconds = day(guest)["seconds"]
    assert (seconds["happiness"], seconds["sadness"], seconds["unsure"]) == (5, 0, 5)
    assert guest.patch(address, json={"corrected": "unsure"}).status_code == 422
    assert guest.patch(address, json={}).status_code == 422


def test_a_song_tells_what_it_did_to_the_mood(guest: TestClient, clock: FakeClock) -> None:
    made = guest.post("/api/recommendations", json={"origin": "random"}).json()
    play = guest.post("/api/plays", json={"recommendation_id": made["id"]}).json()
    assert play["after"] is None
    start = clock()
    clock.advance(minutes=5)
    finished = {"outcome": "finished", "seconds": 180}
    assert guest.patch(f"/api/plays/{play['id']}", json=finished).json()["after"] is None
    seen = [
        observation(
            number,
            (start + timedelta(seconds=second)).isoformat(),
            emotion="sadness" if second < 0 else "happiness",
            probabilities=None,
        )
        for number, second in enumerate((-40, -30, -20, 190, 200, 210))
    ]
    assert send(guest, *seen) == 204
    after = day(guest)["plays"][0]["after"]
    assert after == {"emotion": "happiness", "valence_change": pytest.approx(1.65)}
