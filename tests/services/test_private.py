"""Songs for somebody of whom nothing is kept: the usual rules, and no row is different after."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.conftest import FakeClock
from tests.services.test_listening import add_videos
from today_feeling.domain.emotion import Emotion
from today_feeling.domain.music import Genre, Preferences
from today_feeling.domain.recommend import Mood, Recommendation
from today_feeling.domain.recommend.features import in_a_row
from today_feeling.errors import NothingToPlay
from today_feeling.services import private
from today_feeling.services.choosing import Queue
from today_feeling.services.private import Known, Question
from today_feeling.store import accounts, plays
from today_feeling.store.database import Database
from today_feeling.store.schema import Base

SAD = Mood("sadness", "manual")
LIKES = Preferences.default()


def rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the database."""
    with database.reading() as session:
        return {
            table.name: sorted(map(tuple, session.execute(select(table)).all()), key=repr)
            for table in Base.metadata.sorted_tables
        }


def files(database: Database) -> dict[str, bytes]:
    """What SQLite has of it on the disk; not the index of its log, which holds nothing of a row."""
    if not database.is_sqlite:
        return {}
    file = Path(str(database.url.database))
    found = {each.name: each.read_bytes() for each in file.parent.glob(f"{file.name}*")}
    found.pop(f"{file.name}-shm", None)
    assert len(found) == 2
    return found


class Somebody:
    """Asks, and remembers what a page would."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.database, self.clock = database, clock
        self.rng = random.Random(4)  # noqa: S311

    def asks(self, mood: Mood = SAD, length: int = 4, **more: Any) -> list[Recommendation]:
        likes = more.pop("likes", LIKES)
        fresh = more.pop("fresh", False)
        return private.plan(
            self.database,
            Question(mood, likes, queue=Queue(length=length, fresh=fresh), **more),
            unavailable=(),
            now=self.clock.advance(seconds=200),
            rng=self.rng,
        )


@pytest.fixture
def somebody(database: Database, clock: FakeClock) -> Somebody:
    return Somebody(database, clock)


def known(songs: list[Recommendation], mood: Mood = SAD) -> list[Known]:
    return [Known(song.track.id, mood, song.step) for song in songs]


def tracks(songs: list[Recommendation]) -> list[int]:
    return [song.track.id for song in songs]


def test_no_row_is_different_after_a_question(database: Database, somebody: Somebody) -> None:
    add_videos(database, "jazz", 12)
    songs = somebody.asks()
    before, disk = rows(database), files(database)
    assert sum(map(len, before.values())) >= 12
    somebody.asks(heard=tracks(songs), failed=tracks(songs)[:1], waiting=known(songs))
    assert rows(database) == before
    assert files(database) == disk


def test_what_an_open_page_has_played_is_one_session(
    database: Database, somebody: Somebody, clock: FakeClock
) -> None:
    add_videos(database, "jazz", 4)
    songs = tracks(somebody.asks())
    with database.trying() as session:
        user_id = accounts.add_guest(session, clock()).id
        there = private._Past(session, user_id, clock())
        for each in songs:
            there.heard(each)
        heard = plays.last_recommended(session, user_id, 20)
    assert in_a_row([each.at for each in heard], clock()) == 4


def test_no_row_is_different_where_nothing_can_be_played(
    database: Database, somebody: Somebody
) -> None:
    before = rows(database)
    with pytest.raises(NothingToPlay):
        somebody.asks()
    assert rows(database) == before


def test_what_was_heard_or_failed_or_is_not_wanted_does_not_come(
    database: Database, somebody: Somebody
) -> None:
    add_videos(database, "jazz", 12)
    there = tracks(somebody.asks(length=10))
    left = set(
        tracks(somebody.asks(length=4, heard=there[:3], failed=there[3:5], without=there[5:7]))
    )
    assert len(left) == 4
    assert not left & set(there[:7])


def test_what_waits_and_fits_stays_and_another_mood_makes_another_plan(
    database: Database, somebody: Somebody
) -> None:
    add_videos(database, "jazz", 30)
    songs = somebody.asks(length=5)
    after = somebody.asks(length=4, playing=known(songs)[0], waiting=known(songs[1:]))
    assert tracks(after) == tracks(songs[1:])
    happy = Mood("happiness", "manual")
    other = somebody.asks(happy, length=4, playing=known(songs)[0], waiting=known(songs[1:]))
    assert tracks(other) != tracks(songs[1:])


def test_ticked_genres_come_from_the_question(database: Database, somebody: Somebody) -> None:
    add_videos(database, "jazz", 6)
    add_videos(database, "rock", 6, 100)
    ticked: dict[Emotion, frozenset[Genre]] = {**LIKES.genres, "sadness": frozenset({"rock"})}
    likes = Preferences(ticked, LIKES.sources)
    assert {song.track.genre for song in somebody.asks(likes=likes)} == {"rock"}


def test_a_song_that_is_gone_is_no_trouble(database: Database, somebody: Somebody) -> None:
    add_videos(database, "jazz", 6)
    gone = Known(10**6, SAD)
    songs = somebody.asks(heard=[10**6], waiting=[gone], playing=gone, without=[10**6])
    assert len(songs) == 4
