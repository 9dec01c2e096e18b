"""Songs of a music server and radio stations, from the list to the sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import anyio
import pytest
from fastapi import FastAPI
from sqlalchemy import update
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Message

from tests.conftest import FakeClock
from tests.outside import Outside, Reply, outside
from tests.radio_outside import (
    PASSWORD,
    SOUND,
    child,
    serve_radio,
    serve_subsonic,
    sound,
    station,
)
from tests.web.test_listening import tick
from today_feeling.errors import (
    InvalidInput,
    NotFound,
    SourceUnavailable,
    TooManyRequests,
    UnreadableMedia,
)
from today_feeling.music.radio import RadioDirectory
from today_feeling.music.subsonic import Login
from today_feeling.services import remote
from today_feeling.settings import Settings
from today_feeling.store.database import Database
from today_feeling.store.schema import MusicServerRow, TrackRow
from today_feeling.web.app import create_app
from today_feeling.web.deps import World
from today_feeling.web.relay import AT_ONCE, OF_ONE, Relay


@pytest.fixture
def internet() -> Iterator[Outside]:
    with outside() as world:
        yield world


@pytest.fixture
def relay() -> Relay:
    return Relay(private=True)


@pytest.fixture
def app(settings: Settings, clock: FakeClock, internet: Outside, relay: Relay) -> FastAPI:
    return create_app(replace(settings, radio_directory_url=internet.url), clock=clock, relay=relay)


@pytest.fixture
def store(app: FastAPI, guest: TestClient) -> Database:
    del guest
    world: World = app.state.world
    return world.database


def login(internet: Outside) -> Login:
    return Login.by_password(internet.url, "me", PASSWORD)


def subsonic_url(internet: Outside, store: Database, guest: TestClient, clock: FakeClock) -> str:
    """Address of the sound of a song on a music server."""
    serve_subsonic(internet, {"Jazz": [child(1)]})
    server = remote.add_server(store, login(internet), now=clock())
    assert remote.sync_server(store, server, now=clock()).added == 1
    tick(guest, ["subsonic"])
    track = guest.post("/api/recommendations", json={"origin": "random"}).json()["track"]
    assert track["source"] == "subsonic"
    url: str = track["audio_url"]
    return url


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


def test_a_server_is_let_in_by_a_token_and_its_password_is_not_kept(
    internet: Outside, store: Database, clock: FakeClock
) -> None:
    serve_subsonic(internet, {})
    remote.add_server(store, login(internet), now=clock())
    assert all(PASSWORD not in str(asked) for asked in internet.asked)
    with store.reading() as session:
        row = session.query(MusicServerRow).one()
        assert PASSWORD not in {row.user_name, row.salt, row.secret}
        assert row.secret not in repr(remote.list_servers(store))
    assert row.secret not in repr(login(internet))


def test_an_api_key_lets_in_too(internet: Outside, store: Database, clock: FakeClock) -> None:
    serve_subsonic(internet, {})
    remote.add_server(store, Login.by_key(internet.url, "key"), now=clock())
    with pytest.raises(InvalidInput, match="Wrong username"):
        remote.add_server(store, Login.by_key(internet.url, "other"), now=clock())


@pytest.mark.parametrize("url", ["ftp://music.example", "https://me:secret@music.example", "//"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput):
        Login.by_password(url, "me", PASSWORD)


def test_all_songs_of_a_server_come_in_and_what_is_gone_goes(
    internet: Outside, store: Database, clock: FakeClock
) -> None:
    songs = [child(n) for n in range(1203)]
    serve_subsonic(internet, {"Jazz": songs, "트로트": [child(5000, genre="트로트"), child(1)]})
    server = remote.add_server(store, login(internet), now=clock())
    done = remote.sync_server(store, server, now=clock())
    assert (done.found, done.added, done.removed) == (1204, 1204, 0)
    songs[3:] = []
    done = remote.sync_server(store, server, now=clock())
    assert (done.found, done.added, done.changed, done.removed) == (4, 0, 0, 1200)
    assert [each.tracks for each in remote.list_servers(store)] == [4]
    assert remote.remove_server(store, internet.url) == 1204
    with pytest.raises(NotFound):
        remote.remove_server(store, internet.url)


def test_a_song_streams_through_with_ranges(
    internet: Outside, store: Database, guest: TestClient, clock: FakeClock
) -> None:
    url = subsonic_url(internet, store, guest, clock)
    whole = guest.get(url)
    assert (whole.status_code, whole.content) == (200, SOUND)
    assert whole.headers["content-type"] == "audio/mpeg"
    part = guest.get(url, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, SOUND[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(SOUND)}"
    cover = guest.get(url.replace("audio", "cover"))
    assert (cover.status_code, cover.headers["content-type"]) == (200, "image/jpeg")


def test_a_server_that_is_gone_is_said_to_be(
    internet: Outside, store: Database, guest: TestClient, clock: FakeClock
) -> None:
    url = subsonic_url(internet, store, guest, clock)
    with store.writing() as session:
        session.query(MusicServerRow).one().url = "http://127.0.0.1:9"
    answer = guest.get(url)
    assert (answer.status_code, answer.json()["code"]) == (502, "source_unavailable")
    assert "127.0.0.1" not in answer.text


def test_a_server_that_cannot_now_is_not_a_song_that_is_lost(
    internet: Outside, store: Database, guest: TestClient, clock: FakeClock
) -> None:
    url = subsonic_url(internet, store, guest, clock)
    internet.troubles = [Reply(b"", 503)]
    answer = guest.get(url)
    assert (answer.status_code, answer.json()["code"]) == (502, "source_unavailable")


def test_what_a_page_asks_for_is_passed_on_only_where_it_is_a_range(
    internet: Outside, store: Database, guest: TestClient, clock: FakeClock
) -> None:
    url = subsonic_url(internet, store, guest, clock)
    answer = guest.get(url, headers={b"Range": b"bytes=\xe9"})
    assert (answer.status_code, answer.content) == (200, SOUND)
    assert internet.asked[-1].headers["accept-encoding"] == "identity"


async def leave(response: Response) -> None:
    """The page that asked has gone before the first byte."""

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        del message

    await response({"type": "http", "asgi": {"spec_version": "2.3"}}, receive, send)


def test_whoever_goes_away_holds_no_place_and_nobody_takes_all(
    internet: Outside, relay: Relay
) -> None:
    internet.routes["/live"] = sound
    live = remote.Stream("radio", f"{internet.url}/live", {})

    async def listen() -> None:
        for _ in range(2 * AT_ONCE):
            await leave(await relay.send(live, None, listener=1))
        waiting = [await relay.send(live, None, listener=1) for _ in range(OF_ONE)]
        with pytest.raises(TooManyRequests):
            await relay.send(live, None, listener=1)
        others = range(2, 2 + AT_ONCE - OF_ONE)
        waiting += [await relay.send(live, None, listener=each) for each in others]
        with pytest.raises(TooManyRequests):
            await relay.send(live, None, listener=99)
        for each in waiting:
            await leave(each)

    anyio.run(listen)


def test_a_song_that_the_server_lost_is_not_found(
    internet: Outside, store: Database, guest: TestClient, clock: FakeClock
) -> None:
    url = subsonic_url(internet, store, guest, clock)
    internet.troubles = [Reply({"subsonic-response": {"status": "failed"}})]
    assert guest.get(url).status_code == 404


def test_what_is_heard_is_told_to_its_server(
    internet: Outside, store: Database, guest: TestClient, clock: FakeClock
) -> None:
    subsonic_url(internet, store, guest, clock)
    play = guest.post("/api/plays", json={"recommendation_id": 1}).json()
    guest.patch(f"/api/plays/{play['id']}", json={"outcome": "skipped", "seconds": 99})
    guest.patch(f"/api/plays/{play['id']}", json={"outcome": "finished", "seconds": 101})
    told = [asked.query for asked in internet.asked if asked.path == "/rest/scrobble"]
    assert [(each["submission"], each["id"]) for each in told] == [
        ("false", "song-1"),
        ("true", "song-1"),
    ]
    assert int(told[1]["time"]) == int(clock().timestamp() * 1000)


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


def test_a_server_that_is_none_is_one_line(
    internet: Outside, store: Database, clock: FakeClock
) -> None:
    internet.routes["/rest/"] = lambda _: Reply(b"<html>", 200, {"Content-Type": "text/html"})
    with pytest.raises(SourceUnavailable, match="no music server"):
        remote.add_server(store, login(internet), now=clock())
