from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.web.conftest import NewClient
from today_feeling.errors import TooManyRequests
from today_feeling.settings import Settings
from today_feeling.web.limits import Places, SlidingWindow

START = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_window_slides() -> None:
    window = SlidingWindow(2)
    window.check("a", START)
    window.check("a", START + timedelta(seconds=40))
    with pytest.raises(TooManyRequests) as caught:
        window.check("a", START + timedelta(seconds=50))
    assert caught.value.retry_after_s == 10
    window.check("a", START + timedelta(seconds=60))
    with pytest.raises(TooManyRequests):
        window.check("a", START + timedelta(seconds=99))


def test_callers_do_not_share_a_window() -> None:
    window = SlidingWindow(1)
    window.check("a", START)
    window.check("b", START)


def test_callers_of_long_ago_are_forgotten() -> None:
    window = SlidingWindow(1)
    for number in range(5000):
        window.check(str(number), START + timedelta(seconds=number))
    assert len(window._passes) < 1100


def test_nobody_takes_every_place() -> None:
    places = Places("diaries", at_once=3, of_one=2, per_minute=60)
    with places.held("a", START), places.held("a", START):
        with pytest.raises(TooManyRequests, match="diaries"):
            places.enter("a", START)
        with places.held("b", START), pytest.raises(TooManyRequests):
            places.enter("c", START)
        places.enter("c", START)
    places.enter("a", START)


class TestTightLimits:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return dataclasses.replace(settings, guests_per_minute=2, writes_per_minute=3)

    def test_an_address_becomes_only_so_many_guests(
        self, new_client: NewClient, clock: FakeClock
    ) -> None:
        first = new_client()
        assert first.post("/api/session").status_code == 200
        assert new_client().post("/api/session").status_code == 200
        refused = new_client().post("/api/session")
        assert refused.status_code == 429
        assert refused.json()["code"] == "too_many_requests"
        assert refused.headers["retry-after"] == "60"
        assert first.post("/api/session").status_code == 200
        clock.advance(seconds=60)
        assert new_client().post("/api/session").status_code == 200

    def test_a_session_writes_only_so_often_and_reads_freely(
        self, guest: TestClient, new_client: NewClient, clock: FakeClock
    ) -> None:
        def write(client: TestClient) -> int:
            return client.post("/api/recommendations", json={"origin": "random"}).status_code

        assert [write(guest) for _ in range(4)] == [201, 201, 201, 429]
        assert guest.get("/api/preferences").status_code == 200
        other = new_client()
        other.post("/api/session")
        assert write(other) == 201
        clock.advance(seconds=60)
        assert write(guest) == 201
