"""What people think of each song is held in memory, and only what has changed is read anew."""

from __future__ import annotations

import numpy as np
import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.conftest import FakeClock
from tests.store.world import add_track
from today_feeling.domain.recommend import Choice, Mood, Reason
from today_feeling.domain.recommend.choice import Pick
from today_feeling.domain.recommend.reward import Opinion
from today_feeling.domain.recommend.songs import SPACE
from today_feeling.store import accounts, plays, taste
from today_feeling.store.database import Database
from today_feeling.store.opinions import Opinions
from today_feeling.store.schema import SongTasteRow
from today_feeling.store.shelf import shelf

EXPECTED = 0.2


@pytest.fixture
def tracks(database: Database) -> list[int]:
    with database.writing() as session:
        return [add_track(session, number) for number in range(4)]


def say(session: Session, clock: FakeClock, track_id: int, reward: float) -> None:
    user = accounts.add_guest(session, clock())
    choice = Choice(track_id, Reason("random", None, None), probability=0.5)
    made = plays.add_recommendation(session, user.id, Mood(None, "random"), choice, clock())
    x = np.ones(SPACE.size)
    taste.keep(session, user.id, {made.id: Pick(0, 0.5, False, True, 0.1, x, EXPECTED)})
    taste.learn(session, user.id, made.id, Opinion(reward, 1.0))


def seen(database: Database, held: Opinions, tracks: list[int]) -> list[float]:
    with database.reading() as session:
        held.renew(session)
    heard = held.of(np.array(tracks))
    return [round(about, 9) for about in heard.surprise]


def test_what_others_taught_is_seen_with_the_next_request(
    database: Database, clock: FakeClock, tracks: list[int]
) -> None:
    with database.writing() as session:
        say(session, clock, tracks[1], 1.0)
    with database.reading() as session:
        held = Opinions(session)
    assert seen(database, held, tracks) == [0, 0.8, 0, 0]
    for reward, after in ((-1.0, -0.4), (-1.0, -1.6)):
        with database.writing() as session:
            say(session, clock, tracks[1], reward)
        assert seen(database, held, tracks) == [0, after, 0, 0]
    with database.writing() as session:
        say(session, clock, tracks[3], 1.0)
    assert seen(database, held, tracks) == [0, -1.6, 0, 0.8]
    assert held.of(np.array(tracks)).opinions.tolist() == [0, 3, 0, 1]


def test_only_what_changed_is_read(database: Database, clock: FakeClock, tracks: list[int]) -> None:
    with database.writing() as session:
        for track_id in tracks:
            say(session, clock, track_id, 1.0)
    with database.reading() as session:
        held = Opinions(session)
    with database.writing() as session:
        session.execute(update(SongTasteRow).values(surprise=9.0))
        say(session, clock, tracks[0], 1.0)
    assert seen(database, held, tracks) == [9.8, 0.8, 0.8, 0.8]


def test_a_request_for_songs_brings_what_is_thought_of_them(
    database: Database, clock: FakeClock, tracks: list[int]
) -> None:
    for reward in (0.2, 1.0):
        with database.writing() as session:
            say(session, clock, tracks[2], reward)
        found = shelf(database, 1, clock())
        assert found.songs.ids.tolist() == tracks
        assert found.heard.surprise.tolist() == pytest.approx([0, 0, reward - EXPECTED, 0])


def test_what_is_taken_back_is_seen_by_nobody(
    database: Database, clock: FakeClock, tracks: list[int]
) -> None:
    with database.reading() as session:
        held = Opinions(session)
    with database.trying() as session:
        say(session, clock, tracks[0], 1.0)
    assert seen(database, held, tracks) == [0, 0, 0, 0]
    with database.writing() as session:
        say(session, clock, tracks[1], 1.0)
    assert seen(database, held, tracks) == [0, 0.8, 0, 0]
