"""Radio stations, from the list to the sound."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.outside import Outside, Reply
from tests.radio_outside import SOUND, serve_radio, sound, station
from tests.web.test_listening import tick
from today_feeling.errors import UnreadableMedia
from today_feeling.music.radio import RadioDirectory
from today_feeling.services import remote
from today_feeling.store.database import Database
from today_feeling.store.schema import TrackRow
from today_feeling.web.relay import Relay


def radio_url(internet: Outside, store: Database, guest: TestClient, clock: FakeClock) -> str:
    """Address of the sound of a station."""
    serve_radio(internet, {"jazz": [station(1)]})
    directory = RadioDirectory(internet.url, sleep=internet.sleep)
    assert remote.sync_radio(store, directory, now=clock()).added == 1
    with store.writing() as session:
        session.execute(update(TrackRow).values(stream_url=f"{internet.url}/live"))
    tick(guest, ["radio"])
    made = guest.post("/api/recommendations", json={"origin": "random"}).json()
    assert made["track"]["source"] == "radio"
    url: str = made["track"]["audio_url"]
    return url


def test_stations_come_by_genre_and_only_those_that_play(
    internet: Outside, store: Database, clock: FakeClock
) -> None:
    serve_radio(
        internet,
        {
            "jazz": [
                station(1),
                station(2, url_resolved="http://stream.example/"),
                station(3, hls=1),
                station(4, codec="WMA"),
                station(5, stationuuid="../../etc"),
            ],
            "rock": [station(6), station(1)],
        },
    )
    done = remote.sync_radio(store, RadioDirectory(internet.url), now=clock())
    assert (done.found, len(done.skipped)) == (2, 4)
    assert all("today-feeling/" in asked.headers["user-agent"] for asked in internet.asked)
    internet.troubles = [Reply([], 500)] * 9
    with pytest.raises(UnreadableMedia):
        remote.sync_radio(store, RadioDirectory(internet.url, sleep=internet.sleep), now=clock())
    assert remote.remove_radio(store) == 2


def test_a_station_streams_through_and_its_listeners_are_counted(
    internet: Outside, store: Database, guest: TestClient, clock: FakeClock
) -> None:
    url = radio_url(internet, store, guest, clock)
    internet.routes["/live"] = sound
    answer = guest.get(url, headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.content) == (200, SOUND), "a stream has no parts"
    guest.post("/api/plays", json={"recommendation_id": 1})
    assert sum(asked.path.startswith("/json/url/") for asked in internet.asked) == 1


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"", 404),
        Reply(b"<script>", 200, {"Content-Type": "text/html"}),
        Reply(b"", 302, {"Location": "/live"}),
        Reply(b"", 302, {"Location": "http://[/"}),
    ],
    ids=["gone", "a page", "a circle", "no address"],
)
def test_a_station_that_does_not_play_is_not_found(
    internet: Outside, store: Database, guest: TestClient, clock: FakeClock, reply: Reply
) -> None:
    url = radio_url(internet, store, guest, clock)
    internet.routes["/live"] = lambda _: reply
    assert guest.get(url).status_code == 404


def test_a_station_leads_nobody_into_a_private_network(
    internet: Outside,
    store: Database,
    guest: TestClient,
    clock: FakeClock,
    relay: Relay,
) -> None:
    url = radio_url(internet, store, guest, clock)
    internet.routes["/live"] = sound
    relay.private = False
    before = len(internet.asked)
    assert guest.get(url).status_code == 404
    assert len(internet.asked) == before


def test_radio_is_not_heard_unless_it_is_wanted(
    internet: Outside, store: Database, guest: TestClient, clock: FakeClock
) -> None:
    radio_url(internet, store, guest, clock)
    tick(guest, ["library", "subsonic", "youtube"])
    for _ in range(20):
        made = guest.post("/api/recommendations", json={"origin": "random"}).json()
        assert made["track"]["source"] == "youtube"
