"""Songs of a music server, from the list to the sound."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.outside import Outside, Reply
from tests.radio_outside import PASSWORD, SOUND, child, serve_subsonic
from tests.web.test_listening import tick
from today_feeling.errors import InvalidInput, NotFound, SourceUnavailable
from today_feeling.music.subsonic import Login
from today_feeling.services import remote
from today_feeling.store.database import Database
from today_feeling.store.schema import MusicServerRow


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


def test_the_first_server_is_heard_by_all_and_a_later_one_by_who_still_wants_it(
    internet: Outside, store: Database, guest: TestClient, clock: FakeClock
) -> None:
    def sources() -> list[str]:
        found: list[str] = guest.get("/api/preferences").json()["sources"]
        return found

    tick(guest, ["library", "youtube"])
    serve_subsonic(internet, {"Jazz": [child(1)]})
    server = remote.add_server(store, login(internet), now=clock())
    assert sources() == ["library", "subsonic", "youtube"]
    remote.sync_server(store, server, now=clock())
    tick(guest, ["library", "youtube"])
    remote.add_server(store, login(internet), now=clock())
    assert sources() == ["library", "youtube"], "the same one again"
    remote.remove_server(store, internet.url)
    remote.add_server(store, login(internet), now=clock())
    assert sources() == ["library", "youtube"], "another one after it"


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


def test_a_server_that_is_none_is_one_line(
    internet: Outside, store: Database, clock: FakeClock
) -> None:
    internet.routes["/rest/"] = lambda _: Reply(b"<html>", 200, {"Content-Type": "text/html"})
    with pytest.raises(SourceUnavailable, match="no music server"):
        remote.add_server(store, login(internet), now=clock())
