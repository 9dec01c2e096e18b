"""What users write themselves, and what they take back."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.web.diaries import Json, day, observation, send

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
        {"at": "1999-12-31T23:59:59Z"},
        {"at": "2000-01-01T08:59:59+09:00"},  # it would be kept as one of 1999
        {"at": "2101-01-01T00:00:00Z"},
        {"at": "0001-01-01T00:00:00+09:00"},
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
