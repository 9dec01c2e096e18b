"""What is told to others once, and what nobody waits for long."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.outside import Asked, Outside, Reply
from tests.web.remote.test_music_servers import subsonic_url
from today_feeling.errors import SourceUnavailable
from today_feeling.music.subsonic import COVER_S
from today_feeling.services import remote
from today_feeling.store.database import Database


def test_what_is_said_again_is_told_to_the_server_once(
    internet: Outside, store: Database, guest: TestClient, clock: FakeClock
) -> None:
    subsonic_url(internet, store, guest, clock)
    for _ in range(2):
        play = guest.post("/api/plays", json={"recommendation_id": 1}).json()
        clock.advance(seconds=150)
    end = {"outcome": "finished", "seconds": 150}
    for body in (end, end, {"outcome": "finished", "seconds": 160}, {"liked": True}):
        assert guest.patch(f"/api/plays/{play['id']}", json=body).status_code == 200
    told = [asked.query["submission"] for asked in internet.asked if "scrobble" in asked.path]
    assert told == ["false", "true"]


def test_nobody_waits_long_for_the_cover_of_a_server_that_hangs(
    internet: Outside, store: Database, guest: TestClient, clock: FakeClock
) -> None:
    url = subsonic_url(internet, store, guest, clock)
    over = threading.Event()

    def hang(asked: Asked) -> Reply:
        over.wait(60)
        return Reply(b"", 503)

    internet.routes["/rest/getCoverArt"] = hang
    track_id = int(url.split("/")[-2])
    took: list[float] = []

    def ask() -> None:
        began = time.monotonic()
        with pytest.raises(SourceUnavailable):
            remote.cover(store, track_id)
        took.append(time.monotonic() - began)

    try:
        askers = [threading.Thread(target=ask) for _ in range(10)]
        for each in askers:
            each.start()
        for each in askers:
            each.join()
        asked = [each for each in internet.asked if each.path == "/rest/getCoverArt"]
        assert len(asked) <= 6
        assert len(took) == 10
        assert max(took) < COVER_S + 4
    finally:
        over.set()


def test_a_cover_that_never_ends_is_given_up(
    internet: Outside, store: Database, guest: TestClient, clock: FakeClock
) -> None:
    url = subsonic_url(internet, store, guest, clock)
    internet.routes["/rest/getCoverArt"] = lambda _: Reply(
        bytes(10_000_001), headers={"Content-Type": "image/png"}
    )
    assert guest.get(url.replace("audio", "cover")).status_code == 204


def test_a_server_that_hangs_holds_few_threads_and_not_for_long(
    internet: Outside, store: Database, guest: TestClient, clock: FakeClock
) -> None:
    url = subsonic_url(internet, store, guest, clock)
    over = threading.Event()

    def hang(asked: Asked) -> Reply:
        over.wait(60)
        return Reply(b"", 503)

    internet.routes["/rest/scrobble"] = hang
    track_id = int(url.split("/")[-2])

    def tell(_: int) -> float:
        began = time.monotonic()
        remote.heard(store, track_id, began_at=clock(), seconds=None)
        return time.monotonic() - began

    try:
        with ThreadPoolExecutor(12) as pool:
            took = sorted(pool.map(tell, range(12)))
        assert sum("scrobble" in asked.path for asked in internet.asked) == 4
        assert took[7] < 2
        assert took[-1] < 8
    finally:
        over.set()
