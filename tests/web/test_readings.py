"""Many readings corrected or deleted in one request."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.web.conftest import NewClient
from tests.web.diaries import Json, day, observation, send

SPAN = {"from": "2026-03-01T11:00:00Z", "to": "2026-03-01T11:00:30Z"}


@pytest.fixture
def reader(guest: TestClient) -> TestClient:
    """Of four readings, the second is unsure, and the last is beyond `SPAN`."""
    kinds = ["happiness", "unsure", "happiness", "happiness"]
    seen = [
        observation(number, f"2026-03-01T11:00:{10 * number:02}Z", emotion=kind, probabilities=None)
        for number, kind in enumerate(kinds)
    ]
    assert send(guest, *seen) == 204
    return guest


def corrected(client: TestClient) -> list[str | None]:
    return [each["corrected"] for each in day(client)["observations"]]


def test_a_span_is_corrected_with_one_request_and_that_is_undone(reader: TestClient) -> None:
    body = {**SPAN, "shown": "happiness", "corrected": "fear"}
    answer = reader.patch("/api/observations", json=body)
    assert answer.status_code == 200
    assert answer.json()["corrected"] == 2
    assert corrected(reader) == ["fear", None, "fear", None]
    everything = reader.patch("/api/observations", json={**SPAN, "corrected": "anger"}).json()
    assert corrected(reader) == ["anger", "anger", "anger", None]
    for undo in (everything["undo"], answer.json()["undo"]):
        assert reader.post(f"/api/undo/{undo}").status_code == 204
    assert corrected(reader) == [None] * 4


def test_a_correction_is_taken_back_for_a_whole_span(reader: TestClient) -> None:
    reader.patch("/api/observations", json={**SPAN, "corrected": "anger"})
    answer = reader.patch("/api/observations", json={**SPAN, "corrected": None})
    assert answer.json()["corrected"] == 3
    assert corrected(reader) == [None] * 4


def test_the_readings_of_a_span_are_deleted_and_come_back(reader: TestClient) -> None:
    answer = reader.post("/api/observations/deletions", json={**SPAN, "shown": "unsure"})
    assert answer.status_code == 200
    assert answer.json()["deleted"] == {"observations": 1, "plays": 0, "entries": 0}
    assert len(day(reader)["observations"]) == 3
    assert reader.post(f"/api/undo/{answer.json()['undo']}").status_code == 204
    assert len(day(reader)["observations"]) == 4


def test_after_ten_minutes_it_stays(reader: TestClient, clock: FakeClock) -> None:
    undo = reader.patch("/api/observations", json={**SPAN, "corrected": "anger"}).json()["undo"]
    clock.advance(minutes=10)
    response = reader.post(f"/api/undo/{undo}")
    assert (response.status_code, response.json()["code"]) == (410, "undo_expired")


def test_nobody_corrects_or_deletes_what_is_anothers(
    reader: TestClient, new_client: NewClient
) -> None:
    stranger = new_client()
    stranger.post("/api/session")
    answer = stranger.patch("/api/observations", json={**SPAN, "corrected": "anger"})
    assert answer.json()["corrected"] == 0
    gone = stranger.post("/api/observations/deletions", json=SPAN)
    assert gone.json()["deleted"]["observations"] == 0
    undo = reader.patch("/api/observations", json={**SPAN, "corrected": "fear"}).json()["undo"]
    assert stranger.post(f"/api/undo/{undo}").status_code == 410
    assert corrected(reader) == ["fear", "fear", "fear", None]


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": "2026-03-01T10:00:00Z"},
        {"to": "2026-03-03T11:00:01Z"},
        {"to": None},
        {"shown": "joy"},
        {"corrected": "unsure"},
        {"more": 1},
    ],
)
def test_a_span_that_is_none_is_refused(reader: TestClient, wrong: Json) -> None:
    body = {**SPAN, "corrected": "anger", **wrong}
    assert reader.patch("/api/observations", json=body).status_code == 422
    assert corrected(reader) == [None] * 4
    if "corrected" not in wrong:
        del body["corrected"]
        assert reader.post("/api/observations/deletions", json=body).status_code == 422
        assert len(day(reader)["observations"]) == 4
