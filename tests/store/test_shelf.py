"""All songs are held once, and what has changed is seen with the next request."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier, Event

import numpy as np
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.conftest import FakeClock
from tests.store.world import add_track, video
from today_feeling.domain.music import GENRES, Track
from today_feeling.domain.recommend.songs import Songs
from today_feeling.store import accounts, listed, merge, own, tracks
from today_feeling.store.database import Database
from today_feeling.store.listed import Listed
from today_feeling.store.shelf import shelf


def ids(database: Database, user_id: int | None = None) -> list[int]:
    """Of the songs that the user may hear."""
    songs = shelf(database).songs
    may = songs.of_user(user_id)[songs.kind]
    return sorted(songs.ids[may].tolist())


def test_the_shelf_holds_what_is_available(database: Database) -> None:
    with database.writing() as session:
        first, second = add_track(session, 1), add_track(session, 2, "pop")
        tracks.mark_missing(session, first)
    assert ids(database) == [second]


def test_what_anybody_brings_or_takes_away_is_seen_at_once(database: Database) -> None:
    with database.writing() as session:
        first = add_track(session, 1)
    assert ids(database) == [first]
    with database.writing() as session:
        second = add_track(session, 2)
    assert ids(database) == [first, second]
    with database.writing() as session:
        tracks.mark_missing(session, first)  # one statement, no row in hand
    assert ids(database) == [second]
    with database.writing() as session:  # as another process, of which this one knows nothing
        session.execute(text("UPDATE tracks SET availability = 'dead'"))
    assert ids(database) == []


def test_a_corrected_song_is_another(database: Database) -> None:
    with database.writing() as session:
        add_track(session, 1, "pop"), add_track(session, 2, "pop")
    before = shelf(database).songs
    with database.writing() as session:
        session.execute(text("UPDATE tracks SET genre = 'jazz', tempo = 150 WHERE id = 2"))
    songs = shelf(database).songs
    assert songs.ids.tolist() == [1, 2]
    assert songs.genre(np.array([0, 1])).tolist() == [GENRES.index("pop"), GENRES.index("jazz")]
    assert songs.features[1].sum() - before.features[1].sum() == 0.5


def test_only_what_has_changed_is_read(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.writing() as session:
        for number in range(5):
            add_track(session, number)
    before = shelf(database)
    monkeypatch.setattr(listed, "everything", None)
    assert shelf(database) is before
    with database.writing() as session:
        add_track(session, 5)
    assert len(shelf(database).songs) == 6


def test_when_much_has_come_and_gone_all_is_arranged_anew(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("today_feeling.store.shelf._SPARE", 3)
    blocks = []
    for number in range(12):
        with database.writing() as session:
            add_track(session, number)
        songs = shelf(database).songs
        assert len(songs) == number + 1
        blocks.append(len(songs.first) - 1)
    assert max(blocks) < 12
    assert 1 in blocks[1:]  # all of one kind in one block again


def test_when_much_comes_at_once_all_is_read(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("today_feeling.store.shelf._SPARE", 3)
    assert ids(database) == []
    monkeypatch.setattr(listed, "among", None)
    with database.writing() as session:
        for number in range(5):
            add_track(session, number)
    assert len(ids(database)) == 5


def test_a_request_waits_for_one_that_is_slow_for_a_while_only(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("today_feeling.store.shelf._PATIENCE_S", 0.1)
    with database.writing() as session:
        add_track(session, 1)
    before = shelf(database)
    with database.writing() as session:
        add_track(session, 2)
    asked, go_on = Event(), Event()
    among = listed.among

    def slow(session: Session, numbers: Collection[int]) -> list[Listed]:
        asked.set()
        assert go_on.wait(20)
        return among(session, numbers)

    monkeypatch.setattr(listed, "among", slow)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(shelf, database)
        assert asked.wait(20)
        assert shelf(database) is before
        go_on.set()
        assert len(first.result(20).songs) == 2
    assert len(shelf(database).songs) == 2


def test_what_could_not_be_read_is_read_by_the_next_request(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ids(database) == []
    with database.writing() as session:
        add_track(session, 1)
    with monkeypatch.context() as broken:
        broken.setattr(listed, "among", None)
        with pytest.raises(TypeError):
            shelf(database)
    assert len(ids(database)) == 1


def test_of_a_database_that_is_another_now_everything_is_read(database: Database) -> None:
    with database.writing() as session:
        add_track(session, 1)
    assert ids(database) == [1]
    database.migrate("0011")  # where nothing notes what goes
    with database.writing() as session:
        session.execute(text("DELETE FROM tracks"))
    database.migrate()
    assert ids(database) == []


def test_songs_come_with_their_tempo(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        add_track(session, 1)
        own.put(session, user.id, [replace(video(2), tempo=150.0)], clock())
    unknown, fast = shelf(database).songs.features
    assert np.flatnonzero(fast != unknown).size == 1
    assert (fast - unknown).sum() == 0.5


def test_own_songs_are_for_nobody_else(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        mine, other = accounts.add_guest(session, clock()), accounts.add_guest(session, clock())
        first = add_track(session, 1)
    assert ids(database, mine.id) == [first]
    with database.writing() as session:
        own.put(session, mine.id, [video(2)], clock())
    with database.writing() as session:
        last = add_track(session, 3)
    assert ids(database, other.id) == ids(database, None) == [first, last]
    assert ids(database, mine.id) == [first, first + 1, last]


def test_own_songs_go_with_their_user(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        own.put(session, user.id, [video(2)], clock())
    assert len(shelf(database).songs) == 1
    with database.writing() as session:
        session.execute(text("DELETE FROM users"))
    assert len(shelf(database).songs) == 0


def test_what_a_guest_brings_along_is_offered_at_once(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        guest, account = accounts.add_guest(session, clock()), accounts.add_guest(session, clock())
        own.put(session, guest.id, [video(1)], clock())
    assert len(ids(database, account.id)) == 0
    with database.writing() as session:
        merge.bring(session, guest.id, account.id)
    assert len(ids(database, account.id)) == 1


def test_of_many_who_ask_at_once_one_reads(database: Database) -> None:
    with database.writing() as session:
        for number in range(50):
            add_track(session, number)
    start = Barrier(8)

    def ask(_: int) -> Songs:
        start.wait()
        return shelf(database).songs

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))
    assert all(each is found[0] for each in found)


def test_songs_and_more_are_as_if_they_had_been_arranged_together() -> None:
    every = [
        Track(
            number,
            "youtube",
            f"Song {number}",
            (None, "Both", f"Only {number}")[number % 3],
            "jazz" if number % 2 else "pop",
            valence=number / 20,
            user_id=4 if number % 5 == 0 else None,
        )
        for number in range(1, 20)
    ]
    together = Songs.of(every)
    songs = Songs.of(every[::3] + every[1::3]).plus(Songs.of(every[2::3]))
    names, expected = list(songs.artists), list(together.artists)
    for track in every:
        (at,), (right,) = songs.positions([track.id]), together.positions([track.id])
        assert songs.kinds[songs.kind[at]] == together.kinds[together.kind[right]]
        np.testing.assert_array_equal(songs.features[at], together.features[right])
        np.testing.assert_array_equal(songs.affect[at], together.affect[right])
        known = songs.artist[at] >= 0
        assert known == (together.artist[right] >= 0)
        assert not known or names[songs.artist[at]] == expected[together.artist[right]]
