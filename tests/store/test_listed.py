"""Songs as the recommender reads them are those that the rest of the program knows."""

from __future__ import annotations

import sqlite3

from sqlalchemy import select

from tests.conftest import FakeClock
from tests.store.world import START, add_track, video
from today_feeling.store import accounts, listed, own
from today_feeling.store.database import Database
from today_feeling.store.listed import Listed
from today_feeling.store.schema import TrackRow
from today_feeling.store.tracks import to_track


def test_a_song_is_read_as_it_is_known_elsewhere(database: Database, clock: FakeClock) -> None:
    told = [
        {},
        {"valence": 0.25, "energy": 0.75, "affect_source": "audio", "explicit": True},
        {"valence": 0.5, "affect_source": "list", "year": 1999, "explicit": False},
        {"tempo": 120.5, "tempo_heard": 60.25, "language": "ko/en"},
        {"tempo_heard": 60.25, "affect_source": "unheard", "artist": None},
    ]
    with database.writing() as session:
        for number, values in enumerate(told):
            row = session.get_one(TrackRow, add_track(session, number, "trot"))
            for name, value in values.items():
                setattr(row, name, value)
    with database.reading() as session:
        rows = session.scalars(select(TrackRow).order_by(TrackRow.id)).all()
        found = listed.everything(session)
    for row, song in zip(rows, found, strict=True):
        track = to_track(row)
        assert [*song] == [getattr(track, name) for name in Listed._fields]
    assert [(each.tempo, each.tempo_estimated) for each in found[-2:]] == [
        (120.5, False),
        (60.25, True),
    ]
    assert [each.estimated for each in found] == [False, True, False, False, False]


def test_all_that_is_available_is_read_with_whose_own_it_is(
    database: Database, clock: FakeClock
) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        first, gone, third = (add_track(session, number) for number in range(3))
        own.put(session, user.id, [video(4)], clock())
        session.get_one(TrackRow, gone).availability = "missing"
    with database.reading() as session:
        every = listed.everything(session)
        mine = every[-1].id
        assert {song.id: song.user_id for song in every} == {
            first: None,
            third: None,
            mine: user.id,
        }
        assert listed.among(session, [third, gone, first, third, mine, 10**9]) == every
        assert listed.among(session, [third]) == every[1:2]
        assert listed.among(session, []) == []


def test_any_number_of_songs_is_read(database: Database) -> None:
    with database.writing() as session:
        for number in range(1001):
            session.add(
                TrackRow(
                    source="youtube",
                    availability="available",
                    title="",
                    genre="jazz",
                    added_at=START,
                    youtube_video_id=f"{number:011d}",
                )
            )
    with database.reading() as session:
        every = listed.everything(session)
        assert [song.id for song in every] == sorted(song.id for song in every)
        if database.is_sqlite:  # as the oldest have it
            raw = session.connection().connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)
        assert listed.among(session, range(2000)) == every
        assert len(every) == 1001
