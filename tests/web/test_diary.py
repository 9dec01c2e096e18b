from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from tests.conftest import FakeClock

Json = dict[str, Any]


def observation(number: int, at: str, **other: object) -> Json:
    return {
        "id": str(UUID(int=number)),
        "observed_at": at,
        "duration_s": 10.0,
        "emotion": "happiness",
        "probabilities": [0.0, 0.0, 1.0, 0.0, 0.0, 0.0],
        "unsure_share": 0.0,
        **other,
    }


def send(client: TestClient, *observations: Json) -> int:
    return client.post("/api/observations", json={"observations": observations}).status_code


def day(client: TestClient, date: str = "2026-03-01", timezone: str = "Asia/Seoul") -> Json:
    response = client.get(f"/api/diary/{date}", params={"timezone": timezone})
    assert response.status_code == 200, response.text
    body: Json = response.json()
    return body


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


ENTRY = {"id": str(UUID(int=7)), "at": "2026-03-01T20:00:00+09:00", "emotion": "fear", "note": "비"}


def test_an_entry_is_in_the_day_that_it_is_about(guest: TestClient, clock: FakeClock) -> None:
    made = guest.post("/api/entries", json=ENTRY)
    assert made.status_code == 201
    assert made.json() == {
        **ENTRY,
        "at": "2026-03-01T11:00:00Z",
        "valence": None,
        "updated_at": "2026-03-01T12:00:00Z",
    }
    assert day(guest)["entries"] == [made.json()]
    clock.advance(minutes=1)
    change = {"note": None, "valence": -0.5, "at": None}
    changed = guest.patch(f"/api/entries/{ENTRY['id']}", json=change).json()
    later = {"note": None, "valence": -0.5, "updated_at": "2026-03-01T12:01:00Z"}
    assert changed == {**made.json(), **later}
    assert day(guest)["entries"] == [changed]


def test_an_entry_sent_again_is_the_one_that_is_there(guest: TestClient) -> None:
    first = guest.post("/api/entries", json=ENTRY).json()
    again = guest.post("/api/entries", json={**ENTRY, "note": "other"})
    assert (again.status_code, again.json()) == (201, first)
    guest.delete(f"/api/entries/{ENTRY['id']}")
    assert guest.post("/api/entries", json=ENTRY).status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"emotion": None, "note": None},
        {"emotion": None, "note": ""},
        {"emotion": "unsure"},
        {"valence": 1.5},
        {"note": "x" * 2001},
        {"note": "a\0b"},
        {"note": "\ud800"},
        {"at": "2026-03-01T11:00:00"},
        {"id": "7"},
    ],
)
def test_an_entry_that_is_none_is_refused(guest: TestClient, wrong: Json) -> None:
    content = json.dumps({**ENTRY, **wrong})
    headers = {"content-type": "application/json"}
    assert guest.post("/api/entries", content=content, headers=headers).status_code == 422
    assert day(guest)["entries"] == []


def test_an_entry_cannot_be_emptied(guest: TestClient) -> None:
    guest.post("/api/entries", json=ENTRY)
    change = {"emotion": None, "note": None}
    assert guest.patch(f"/api/entries/{ENTRY['id']}", json=change).status_code == 422
    assert day(guest)["entries"][0]["note"] == "비"


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


def test_every_record_can_be_deleted_and_brought_back(guest: TestClient, clock: FakeClock) -> None:
    send(guest, observation(1, "2026-03-01T11:00:00Z"))
    guest.post("/api/entries", json=ENTRY)
    made = guest.post("/api/recommendations", json={"origin": "random"}).json()
    guest.post("/api/plays", json={"recommendation_id": made["id"]})
    before = day(guest)
    records = {"observations": UUID(int=1), "entries": UUID(int=7), "plays": 1}
    for kind, record in records.items():
        undo = guest.delete(f"/api/{kind}/{record}").json()["undo"]
        assert day(guest)[kind] == []
        assert guest.delete(f"/api/{kind}/{record}").status_code == 404
        assert guest.post(f"/api/undo/{undo}").status_code == 204
        assert day(guest) == before
    undo = guest.delete("/api/plays/1").json()["undo"]
    again = guest.post("/api/plays", json={"recommendation_id": made["id"]})
    assert again.status_code == 404
    clock.advance(minutes=10)
    late = guest.post(f"/api/undo/{undo}")
    assert (late.status_code, late.json()["code"]) == (410, "undo_expired")


def test_a_span_is_deleted_and_brought_back(guest: TestClient) -> None:
    for number in range(4):
        send(guest, observation(number, f"2026-03-01T1{number}:00:00Z"))
    guest.post("/api/entries", json=ENTRY)
    body = {"from": "2026-03-01T11:00:00Z", "to": "2026-03-01T13:00:00Z"}
    deleted = guest.post("/api/diary/deletions", json=body).json()
    assert deleted["deleted"] == {"observations": 2, "plays": 0, "entries": 1}
    assert [each["id"][-1] for each in day(guest)["observations"]] == ["0", "3"]
    assert day(guest)["seconds"]["happiness"] == 20
    assert guest.post(f"/api/undo/{deleted['undo']}").status_code == 204
    assert day(guest)["seconds"]["happiness"] == 40
    assert guest.post(f"/api/undo/{deleted['undo']}").status_code == 410
    backwards = {"from": body["to"], "to": body["from"]}
    assert guest.post("/api/diary/deletions", json=backwards).status_code == 422


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
