"""The queue: songs planned along a goal's path, kept while they fit, replaced when they do not."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.conftest import FakeClock
from tests.services.player import HAPPY, SAD, Player, ids, waiting
from tests.services.test_listening import add_videos
from tests.store.world import START, video
from today_feeling.domain.affect import AFFECT
from today_feeling.domain.goals import path
from today_feeling.domain.recommend import Mood
from today_feeling.services import bans, catalogue
from today_feeling.store import videos
from today_feeling.store.database import Database
from today_feeling.store.schema import ChoiceRow, RecommendationRow


@pytest.fixture
def listener(database: Database, clock: FakeClock) -> Player:
    return Player(database, clock)


def test_a_plan_has_no_song_twice_and_nothing_heard_lately(
    database: Database, listener: Player
) -> None:
    add_videos(database, "jazz", 40)
    first = listener.plans()
    listener.plays(first[0])
    queue = listener.plans(waiting=waiting(first[1:]), length=4)
    assert ids(queue) == ids(first[1:])
    heard = [first[0].track.id]
    for _ in range(12):
        queue = listener.plans(waiting=waiting(queue), length=5)
        tracks = [song.track.id for song in queue]
        assert len(set(tracks)) == 5
        assert not set(tracks) & set(heard)
        listener.plays(queue[0])
        heard.append(tracks[0])
        queue = queue[1:]


def test_a_song_that_is_said_to_wait_twice_waits_once(database: Database, listener: Player) -> None:
    add_videos(database, "jazz", 40)
    first = listener.plans(length=2)
    later = listener.plans(waiting=waiting([first[1], first[1]]), length=2)
    assert later[0].id == first[1].id
    assert len({song.track.id for song in later}) == 2


def test_no_artist_comes_soon_after_itself(database: Database, listener: Player) -> None:
    with database.writing() as session:
        songs = [video(number) for number in range(40)]
        from dataclasses import replace

        videos.put_songs(
            session,
            "import",
            [replace(song, artist=f"Artist {n % 8}") for n, song in enumerate(songs)],
            START,
        )
    for _ in range(5):
        planned = listener.plans(length=6)
        placed = listener.plans(waiting=waiting(planned[3:], [0, 1, 2]), length=6)
        for songs_ in (planned, placed):
            artists = [song.track.artist for song in songs_]
            for index, artist in enumerate(artists):
                assert artist not in artists[index + 1 : index + 4]
        listener.plays(planned[0])


def test_another_mood_replaces_what_was_planned_and_leaves_what_was_placed(
    database: Database, listener: Player
) -> None:
    add_videos(database, "jazz", 40)
    first = listener.plans()
    later = listener.plans(HAPPY, waiting=waiting(first[1:], placed=[2]), length=4)
    assert later[2].id == first[3].id
    assert not {song.id for song in later} - {first[3].id} & set(ids(first))
    assert [song.mood.emotion for song in later] == [
        "happiness",
        "happiness",
        "sadness",
        "happiness",
    ]
    assert later[0].track.id != first[3].track.id


def test_a_song_for_now_comes_before_what_was_placed(database: Database, listener: Player) -> None:
    add_videos(database, "jazz", 40)
    first = listener.plans()
    later = listener.plans(HAPPY, waiting=waiting(first[1:], placed=[0]), fresh=True, length=5)
    assert later[1].id == first[1].id
    assert [song.mood.emotion for song in later][::2] == ["happiness"] * 3


def test_planned_songs_follow_the_path_of_the_goal(database: Database, listener: Player) -> None:
    add_videos(database, "jazz", 40)
    mood = Mood("sadness", "manual", goal="lift")
    way = path(AFFECT["sadness"], "lift")
    planned = listener.plans(mood)
    assert [song.way.to for song in planned if song.way] == list(way[:5])
    listener.plays(planned[0])
    rest = listener.plans(mood, waiting=waiting(planned[1:4]), length=5, step=1)
    assert ids(rest[:3]) == ids(planned[1:4])
    assert [song.step for song in rest] == [1, 2, 3, 4, 5]
    added = listener.plans(mood, waiting=waiting(rest[1:2]), playing=rest[0].id, length=2, step=1)
    assert added[1].step == 3
    assert listener.plans(SAD)[0].way is None


def test_the_way_to_another_goal_begins_with_the_next_song(
    database: Database, listener: Player
) -> None:
    add_videos(database, "jazz", 20)
    first = listener.plans()
    calm = Mood("sadness", "manual", goal="calm")
    later = listener.plans(calm, waiting=waiting(first[1:]), playing=first[0].id, length=4)
    assert [song.step for song in later] == [0, 1, 2, 3]
    listener.plays(first[0])
    queue = listener.plans(calm, waiting=waiting(later), length=5)
    assert ids(queue[:4]) == ids(later)
    assert queue[4].step == 4


def test_what_plays_and_what_was_taken_out_does_not_come(
    database: Database, listener: Player
) -> None:
    add_videos(database, "jazz", 12)
    first = listener.plans()
    out = first[2]
    rest = [song for song in first[1:] if song is not out]
    # Nobody has told the server yet that the first one sounds.
    queue = listener.plans(waiting=waiting(rest), playing=first[0].id, without=[out.id], length=8)
    assert not {first[0].track.id, out.track.id} & {song.track.id for song in queue}


def test_a_plan_that_was_dropped_does_not_count_as_heard(
    database: Database, listener: Player
) -> None:
    add_videos(database, "jazz", 6)
    for _ in range(6):
        planned = listener.plans()
        assert len({song.track.id for song in planned}) == 5
    assert len(planned) == 5


def test_where_songs_run_out_the_queue_is_shorter(database: Database, listener: Player) -> None:
    add_videos(database, "jazz", 2)
    planned = listener.plans()
    assert len(planned) == 2
    listener.plays(planned[0])
    rest = listener.plans(waiting=waiting(planned[1:]), playing=planned[0].id)
    assert [song.track.id for song in rest] == [planned[1].track.id, planned[0].track.id]


def test_what_waits_comes_up_rather_than_the_last_song_again(
    database: Database, listener: Player, clock: FakeClock
) -> None:
    add_videos(database, "jazz", 4)
    heard, *banned, left = listener.plans(length=4)
    listener.plays(heard)
    for each in banned:
        bans.add(database, listener.id, "song", each.id, clock())
    queue = listener.plans(waiting=waiting([*banned, left]), length=4)
    assert [song.track.id for song in queue] == [left.track.id, heard.track.id]


def test_dead_songs_are_replaced_before_they_are_heard(
    database: Database, listener: Player, clock: FakeClock, audio: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "music"
    shutil.copytree(audio, folder)
    catalogue.add_folder(database, folder, now=clock())
    add_videos(database, "jazz", 5)
    planned = listener.plans(length=4)
    assert {song.track.source for song in planned} == {"library"}
    for file in folder.iterdir():
        file.unlink()
    later = listener.plans(waiting=waiting(planned, placed=[0, 1, 2, 3]), length=4)
    assert {song.track.source for song in later} == {"youtube"}
    listener.fails(later[1].track.id, "150")
    again = listener.plans(waiting=waiting(later), length=4)
    assert again[0].id == later[0].id
    assert later[1].track.id not in {song.track.id for song in again}


def test_a_lost_source_leaves_the_queue(
    database: Database, listener: Player, clock: FakeClock, audio: Path
) -> None:
    catalogue.add_folder(database, audio, now=clock())
    add_videos(database, "jazz", 9)
    listener.prefers(set(), "youtube", "library")
    planned = listener.plans()
    later = listener.plans(waiting=waiting(planned), unavailable=("youtube",))
    assert {song.track.source for song in later} == {"library"}


def test_what_is_banned_leaves_the_queue(
    database: Database, listener: Player, clock: FakeClock
) -> None:
    add_videos(database, "jazz", 9)
    planned = listener.plans(length=3)
    bans.add(database, listener.id, "song", planned[1].id, clock())
    later = listener.plans(waiting=waiting(planned, placed=[0, 1, 2]), length=3)
    assert [song.id for song in later][::2] == [planned[0].id, planned[2].id]
    assert later[1].track.id != planned[1].track.id


def test_each_planned_song_has_the_probability_of_its_own_choice(
    database: Database, listener: Player
) -> None:
    add_videos(database, "jazz", 4)
    planned = listener.plans(length=4)
    assert len(planned) == 4
    with database.reading() as session:
        rows = session.execute(
            select(RecommendationRow.planned, RecommendationRow.choice_probability).order_by(
                RecommendationRow.id
            )
        ).all()
        assert session.scalar(select(func.count()).select_from(ChoiceRow)) == 4
    assert [row.planned for row in rows] == [False, True, True, True]
    assert all(0 < row.choice_probability <= 1 for row in rows)
    assert rows[-1].choice_probability == pytest.approx(1)  # the only song that was left


def test_plans_that_came_to_nothing_are_forgotten_after_a_day(
    database: Database, listener: Player, clock: FakeClock
) -> None:
    add_videos(database, "jazz", 20)
    planned = listener.plans()
    listener.plays(planned[0])
    listener.plays(planned[1])
    clock.now += timedelta(days=1)
    listener.plans(length=1)
    with database.reading() as session:
        before = session.scalars(
            select(RecommendationRow.track_id).where(
                RecommendationRow.created_at == planned[0].created_at
            )
        )
        assert set(before) == {planned[0].track.id, planned[1].track.id}


def test_a_strangers_queue_is_no_ones(
    database: Database, listener: Player, clock: FakeClock
) -> None:
    add_videos(database, "jazz", 9)
    planned = listener.plans()
    other = Player(database, clock)
    assert not set(ids(other.plans(waiting=waiting(planned, placed=[0])))) & set(ids(planned))
