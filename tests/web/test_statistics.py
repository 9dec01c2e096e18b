from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.web.diaries import observation, send
from tests.web.test_listening import ask

Json = dict[str, Any]


def statistics(client: TestClient, first: str, last: str, timezone: str = "Asia/Seoul") -> Json:
    asked = {"from": first, "to": last, "timezone": timezone}
    response = client.get("/api/statistics", params=asked)
    assert response.status_code == 200, response.text
    body: Json = response.json()
    return body


def test_days_are_summed_up_where_the_user_lives(guest: TestClient) -> None:
    send(
        guest,
        observation(1, "2026-03-01T14:59:59.999999Z", emotion="anger"),
        observation(2, "2026-03-01T15:00:00Z", unsure_share=0.5),
        observation(3, "2026-03-02T14:00:00Z", emotion="fear", duration_s=4),
    )
    body = statistics(guest, "2026-02-01", "2026-03-31")
    assert [(each["date"], each["emotion"], each["certainty"]) for each in body["days"]] == [
        ("2026-03-01", "anger", 1.0),
        ("2026-03-02", "happiness", pytest.approx(5 / 14)),
    ]
    assert body["seconds"] == {
        "anger": 10.0,
        "fear": 4.0,
        "happiness": 5.0,
        "neutral": 0.0,
        "sadness": 0.0,
        "surprise": 0.0,
        "unsure": 5.0,
    }
    assert [sum(day.values()) for day in body["weekdays"]] == [14, 0, 0, 0, 0, 0, 10]
    assert (body["from"], body["to"], body["timezone"]) == (
        "2026-02-01",
        "2026-03-31",
        "Asia/Seoul",
    )
    travelled = statistics(guest, "2026-03-01", "2026-03-01", "America/New_York")
    assert sum(travelled["seconds"].values()) == 20
    assert statistics(guest, "2026-03-03", "2026-03-31")["days"] == []


def test_what_is_written_counts_beside_what_is_seen(guest: TestClient) -> None:
    for number, emotion in enumerate(["sadness", "sadness", "fear", None]):
        entry = {"id": str(UUID(int=number)), "at": "2026-03-01T11:00:00Z", "note": "x"}
        guest.post("/api/entries", json={**entry, "emotion": emotion})
    body = statistics(guest, "2026-03-01", "2026-03-01")
    assert (body["entries"]["sadness"], body["entries"]["fear"]) == (2, 1)
    (day,) = body["days"]
    assert (day["entries"], day["emotion"], day["certainty"]) == (
        4,
        "sadness",
        pytest.approx(2 / 3),
    )


def test_a_correction_and_a_deletion_change_what_is_counted(guest: TestClient) -> None:
    send(guest, *(observation(number, "2026-03-01T11:00:00Z") for number in (1, 2)))
    guest.patch(f"/api/observations/{UUID(int=1)}", json={"corrected": "sadness"})
    seconds = statistics(guest, "2026-03-01", "2026-03-01")["seconds"]
    assert (seconds["happiness"], seconds["sadness"]) == (10, 10)
    undo = guest.delete(f"/api/observations/{UUID(int=1)}").json()["undo"]
    assert statistics(guest, "2026-03-01", "2026-03-01")["seconds"]["sadness"] == 0
    guest.post(f"/api/undo/{undo}")
    assert statistics(guest, "2026-03-01", "2026-03-01")["seconds"]["sadness"] == 10


def hear(client: TestClient, clock: FakeClock, **came: object) -> Json:
    """Hear a song for three minutes, sad before it and happy after."""
    made = ask(client, origin="random")
    play: Json = client.post("/api/plays", json={"recommendation_id": made["id"]}).json()
    number = 1000 * play["id"]
    for second, emotion in ((-30, "sadness"), (185, "happiness")):
        at = clock().timestamp() + second
        seen = [
            observation(
                number + second + 100 + 10 * step,
                f"{at + 10 * step:.0f}",
                emotion=emotion,
                probabilities=None,
            )
            for step in range(3)
        ]
        assert (
            send(client, *(each | {"observed_at": iso(each["observed_at"])} for each in seen))
            == 204
        )
    told = {"outcome": "finished", "seconds": 180, **came}
    changed: Json = client.patch(f"/api/plays/{play['id']}", json=told).json()
    clock.advance(minutes=10)
    return changed


def iso(seconds: str) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(float(seconds), UTC).isoformat()


def test_songs_are_counted_and_the_helpful_ones_told(guest: TestClient, clock: FakeClock) -> None:
    heard = [hear(guest, clock) for _ in range(2)]
    liked = hear(guest, clock, seconds=60, liked=True)
    skipped = hear(guest, clock, outcome="skipped", liked=True)
    body = statistics(guest, "2026-03-01", "2026-03-01")
    tracks = [play["track"] for play in (*heard, liked, skipped)]
    counts = {each["track"]["id"]: each["plays"] for each in body["songs"]["most_played"]}
    assert counts == dict.fromkeys((track["id"] for track in tracks), 1)
    assert body["songs"]["most_helpful"] == []  # none was measured three times
    assert body["songs"]["song_of"] == liked["track"]
    assert body["days"][0]["plays"] == 4
    assert (
        body["mood"]["measured_plays"] == 3
    )  # the one of 60 s ended long before anything was seen
    assert body["mood"]["before"] == pytest.approx(-0.75)
    assert body["mood"]["after"] == pytest.approx(0.9)


def test_nothing_is_nothing(guest: TestClient) -> None:
    body = statistics(guest, "2026-03-01", "2026-03-01")
    assert body["days"] == []
    assert body["songs"] == {"most_played": [], "most_helpful": [], "song_of": None}
    assert body["mood"] == {"before": None, "after": None, "measured_plays": 0}


def test_the_river_flows_through_equal_buckets(guest: TestClient) -> None:
    send(guest, observation(1, "2026-03-01T11:00:00Z"), observation(2, "2026-03-01T11:59:59.9Z"))
    asked: Json = {"from": "2026-03-01T11:00:00Z", "to": "2026-03-01T12:00:00Z", "buckets": 4}
    body = guest.get("/api/statistics/timeline", params=asked).json()
    assert (body["starts_at"], body["bucket_s"]) == ("2026-03-01T11:00:00Z", 900)
    assert [each["seconds"]["happiness"] for each in body["buckets"]] == [10, 0, 0, 10]


@pytest.mark.parametrize(
    "wrong",
    [
        {"from": "2026-03-02"},
        {"from": "2000-01-01"},
        {"from": "0001-01-01", "to": "0001-01-01"},
        {"timezone": "Mars/Olympus"},
        {"to": "soon"},
    ],
)
def test_a_span_that_is_none_is_refused(guest: TestClient, wrong: Json) -> None:
    asked = {"from": "2026-03-01", "to": "2026-03-01", "timezone": "UTC", **wrong}
    response = guest.get("/api/statistics", params=asked)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_input")


@pytest.mark.parametrize(
    "wrong",
    [{"buckets": 0}, {"buckets": 401}, {"to": "2026-03-01T11:00:00Z"}, {"to": "2026-03-02"}],
)
def test_a_river_that_is_none_is_refused(guest: TestClient, wrong: Json) -> None:
    asked: Json = {"from": "2026-03-01T11:00:00Z", "to": "2026-03-01T12:00:00Z", "buckets": 4}
    asked |= wrong
    assert guest.get("/api/statistics/timeline", params=asked).status_code == 422
