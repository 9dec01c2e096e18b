"""One visit from start to end, on each database."""

from __future__ import annotations

import dataclasses

import pytest
from starlette.testclient import TestClient

from tests.web.diaries import day, observation, send
from tests.web.test_listening import ask, tick
from today_feeling.settings import Settings


@pytest.fixture
def settings(settings: Settings, database_url: str) -> Settings:
    return dataclasses.replace(settings, database_url=database_url)


def test_a_visit_ends_in_the_diary(guest: TestClient) -> None:
    tick(guest, surprise=["idol", "game"])
    made = ask(guest, emotion="surprise", origin="camera", confidence=0.5)
    play = guest.post("/api/plays", json={"recommendation_id": made["id"]}).json()
    finished = {"outcome": "finished", "seconds": 180.5, "liked": True}
    changed = guest.patch(f"/api/plays/{play['id']}", json=finished).json()
    failure = guest.post(f"/api/tracks/{made['track']['id']}/failures", json={"code": "150"})
    assert failure.status_code == 204
    for _ in range(2):
        assert send(guest, observation(1, "2026-03-01T12:00:00Z", emotion="surprise")) == 204
    body = day(guest)
    assert body["plays"] == [changed]
    assert body["seconds"]["surprise"] == 10
    assert ask(guest, emotion="surprise")["track"]["genre"] in {"idol", "game"}
