from __future__ import annotations

from dataclasses import replace

from tests.conftest import FakeClock
from tests.store.world import everything
from today_feeling.domain.music import Song
from today_feeling.store import remote, tracks
from today_feeling.store.database import Database
from today_feeling.store.remote import Server


def song(number: int) -> Song:
    return Song(f"song-{number}", f"Song {number}", None, "jazz")


def server(database: Database, clock: FakeClock, url: str = "https://a.example") -> Server:
    with database.writing() as session:
        return remote.put_server(
            session, url, user_name="me", salt="salt", secret="token", now=clock()
        )


def test_songs_of_two_servers_and_stations_do_not_meet(
    database: Database, clock: FakeClock
) -> None:
    one, other = server(database, clock), server(database, clock, "https://b.example")
    station = replace(song(1), stream_url="https://radio.example/")
    with database.writing() as session:
        for place in (one.id, other.id):
            assert remote.put_songs(session, "subsonic", place, [song(1)], clock()) == (1, 0)
        assert remote.put_songs(session, "radio", None, [station], clock()) == (1, 0)
    with database.writing() as session:
        assert remote.put_songs(session, "radio", None, [station], clock()) == (0, 0)
        assert remote.keep_only(session, "subsonic", one.id, []) == 1
        found = [remote.find(session, track.id) for track in everything(session)]
    assert [(each.source, each.key) for each in found if each] == [
        ("radio", "song-1"),
        ("subsonic", "song-1"),
    ]
    assert found[0] is not None
    assert found[0].stream_url == "https://radio.example/"


def test_a_song_that_comes_back_is_the_same(database: Database, clock: FakeClock) -> None:
    place = server(database, clock).id
    with database.writing() as session:
        remote.put_songs(session, "subsonic", place, [song(1)], clock())
        before = everything(session)
        remote.keep_only(session, "subsonic", place, [])
        assert everything(session) == []
    with database.writing() as session:
        assert remote.put_songs(session, "subsonic", place, [song(1)], clock()) == (0, 1)
        assert everything(session) == before


def test_a_server_that_is_removed_takes_its_songs_and_its_token(
    database: Database, clock: FakeClock
) -> None:
    place = server(database, clock)
    with database.writing() as session:
        remote.put_songs(session, "subsonic", place.id, [song(1)], clock())
        (track,) = everything(session)
        assert remote.remove_server(session, place.id) == 1
        assert remote.servers(session) == []
        assert remote.find(session, track.id) is None


def test_a_new_server_changes_no_name_of_a_song_of_an_old_one(
    database: Database, clock: FakeClock
) -> None:
    place = server(database, clock)
    with database.writing() as session:
        remote.put_songs(session, "subsonic", place.id, [song(1)], clock())
        (before,) = everything(session)
        remote.remove_server(session, place.id)
    # SQLite gives it the id of the one that went.
    place = server(database, clock, "https://b.example")
    with database.writing() as session:
        other = replace(song(1), title="Other")
        assert remote.put_songs(session, "subsonic", place.id, [other], clock()) == (1, 0)
        kept = tracks.get(session, before.id)
    assert kept is not None
    assert kept.title == before.title
