"""What people think of each song is held in memory, and only what has changed is read anew."""

from __future__ import annotations

import numpy as np
import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.orm import Session

from tests.conftest import FakeClock
from tests.store.world import add_track
from today_feeling.domain.recommend import Choice, Mood, Reason
from today_feeling.domain.recommend.choice import Pick
from today_feeling.domain.recommend.features import SPACE
from today_feeling.domain.recommend.reward import Opinion
from today_feeling.domain.recommend.space import SONG_MEAN_WEIGHT
from today_feeling.store import accounts, plays, taste
from today_feeling.store.database import Database
from today_feeling.store.opinions import Opinions
from today_feeling.store.schema import SongTasteRow, TrackRow
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
    for opinions, reward in enumerate((0.2, 1.0), 1):
        with database.writing() as session:
            say(session, clock, tracks[2], reward)
        found = shelf(database)
        at = found.songs.positions(tracks)
        mean = (reward - EXPECTED) / (opinions + SONG_MEAN_WEIGHT)
        means, popularity = found.standing.values[at].T.tolist()
        assert means == pytest.approx([0, 0, mean, 0])
        assert popularity == pytest.approx([0, 0, np.log1p(opinions), 0])


def test_who_reads_of_one_song_does_not_pass_over_what_is_thought_of_another(
    database: Database, clock: FakeClock, tracks: list[int]
) -> None:
    with database.reading() as session:
        held = Opinions(session)
    for track_id in (tracks[0], tracks[1]):
        with database.writing() as session:
            say(session, clock, track_id, 1.0)
    with database.reading() as session:
        held.read(session, [tracks[1]])  # the later one
    assert seen(database, held, tracks) == [0.8, 0.8, 0, 0]


def test_a_song_that_gets_the_id_of_another_begins_without_its_opinions(
    database: Database, clock: FakeClock, tracks: list[int]
) -> None:
    with database.writing() as session:
        say(session, clock, tracks[3], 1.0)
    assert shelf(database).standing.values.any()
    with database.writing() as session:
        for table in ("taste_choices", "taste_songs", "recommendations", "tracks"):
            session.execute(text(f"DELETE FROM {table}"))  # noqa: S608
        row = {"id": tracks[3], "source": "youtube", "availability": "available", "title": "New"}
        row |= {"genre": "pop", "added_at": clock(), "youtube_video_id": "00000000009"}
        session.execute(insert(TrackRow), [row])
    found = shelf(database)
    assert found.songs.ids.tolist() == [tracks[3]]
    assert not found.standing.values.any()


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
