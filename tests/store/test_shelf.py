"""What everybody may hear is held once, and a user's own songs are added for that user alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import numpy as np
import pytest
from sqlalchemy import text

from tests.conftest import FakeClock
from tests.store.world import add_track, video
from today_feeling.domain.music import Preferences, Track
from today_feeling.domain.recommend.songs import Songs
from today_feeling.store import accounts, merge, own, tracks
from today_feeling.store.database import Database
from today_feeling.store.shelf import shelf


def test_the_shelf_holds_what_is_available(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        first, second = add_track(session, 1), add_track(session, 2, "pop")
        tracks.mark_missing(session, first)
    assert shelf(database, 1, clock()).songs.ids.tolist() == [second]


def test_what_this_process_takes_away_or_brings_is_seen_at_once(
    database: Database, clock: FakeClock
) -> None:
    with database.writing() as session:
        first = add_track(session, 1)
    assert shelf(database, 0, clock()).songs.ids.tolist() == [first]
    with database.writing() as session:
        second = add_track(session, 2)
    assert shelf(database, 0, clock()).songs.ids.tolist() == [first, second]
    with database.writing() as session:
        tracks.mark_missing(session, first)  # one statement, no row in hand
    assert shelf(database, 0, clock()).songs.ids.tolist() == [second]


def test_what_another_process_takes_away_is_gone_a_second_later(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [100.0]
    monkeypatch.setattr("today_feeling.store.shelf.monotonic", lambda: seconds[0])
    with database.writing() as session:
        first, second = add_track(session, 1), add_track(session, 2)
    assert shelf(database, 0, clock()).songs.ids.tolist() == [first, second]
    with database.writing() as session:  # past everything that tells this process
        session.execute(
            text("UPDATE tracks SET availability = 'dead' WHERE id = :id"), {"id": second}
        )
    seconds[0] += 0.9
    assert len(shelf(database, 0, clock()).songs) == 2
    seconds[0] += 0.2
    assert shelf(database, 0, clock()).songs.ids.tolist() == [first]


def test_songs_come_with_their_tempo(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        add_track(session, 1)
        own.put(session, user.id, [replace(video(2), tempo=150.0)], clock())
    unknown, fast = shelf(database, user.id, clock()).songs.features
    assert np.flatnonzero(fast != unknown).size == 1
    assert (fast - unknown).sum() == 0.5


def test_own_songs_are_on_nobody_elses_shelf_and_nobody_reads_the_catalogue_for_them(
    database: Database, clock: FakeClock
) -> None:
    with database.writing() as session:
        mine, other = accounts.add_guest(session, clock()), accounts.add_guest(session, clock())
        first = add_track(session, 1)
    before = shelf(database, other.id, clock())
    with database.writing() as session:
        own.put(session, mine.id, [replace(video(2), language="fi")], clock())
    with database.writing() as session:
        last = add_track(session, 3)
    assert shelf(database, other.id, clock()).songs.ids.tolist() == [first, last]
    with database.writing() as session:
        own.put(session, mine.id, [video(4)], clock())
    held = shelf(database, mine.id, clock())
    assert held.songs.ids.tolist() == [first, first + 1, last, last + 1]
    korean = replace(Preferences.default(), languages=("ko",))
    assert held.allowed(korean).tolist() == [True, False, True, True]
    again = shelf(database, other.id, clock())
    assert again.songs is shelf(database, other.id, clock()).songs
    assert len(before.songs) == 1


def test_an_own_song_makes_nobody_read_the_catalogue_again(
    database: Database, clock: FakeClock
) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        add_track(session, 1)
    before = shelf(database, 0, clock())
    with database.writing() as session:
        own.put(session, user.id, [video(2)], clock())
    assert shelf(database, 0, clock()).songs is before.songs


def test_what_a_guest_brings_along_is_offered_at_once(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        guest, account = accounts.add_guest(session, clock()), accounts.add_guest(session, clock())
        own.put(session, guest.id, [video(1)], clock())
    assert len(shelf(database, account.id, clock()).songs) == 0
    with database.writing() as session:
        merge.bring(session, guest.id, account.id)
    assert len(shelf(database, account.id, clock()).songs) == 1


def test_of_many_who_ask_at_once_one_reads(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        for number in range(50):
            add_track(session, number)
    start = Barrier(8)

    def ask(_: int) -> Songs:
        start.wait()
        return shelf(database, 0, clock()).songs

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
        )
        for number in range(1, 20)
    ]
    together = Songs.of(every)
    songs, at = Songs.of(every[::3] + every[1::3]).plus(Songs.of(every[2::3]))
    assert at.tolist() == [2, 4, 6, 8, 10, 12]
    for name in ("ids", "genre", "source", "features", "affect", "instrumental"):
        np.testing.assert_array_equal(getattr(songs, name), getattr(together, name))
    names, expected = list(songs.artists), list(together.artists)
    assert [names[each] if each >= 0 else None for each in songs.artist] == [
        expected[each] if each >= 0 else None for each in together.artist
    ]
