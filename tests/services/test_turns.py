"""Whoever brings much writes it in turns: others who want to write come in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.conftest import FakeClock
from today_feeling.domain.diary import Observation, Play
from today_feeling.domain.music import Fingerprint, Song, Track
from today_feeling.domain.recommend import Mood, Reason, Recommendation
from today_feeling.errors import StoreUnavailable
from today_feeling.services import catalogue, importing, transfer
from today_feeling.services.transfer import Load
from today_feeling.store import accounts, library
from today_feeling.store import database as database_module
from today_feeling.store.database import Database
from today_feeling.store.portable import Kept

Between = Callable[[], int]


@pytest.fixture
def between(database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> Between:
    """Somebody else writes whenever there is a turn; how often that was. Where a transaction were
    still open, they would be refused."""
    monkeypatch.setattr(database_module, "LOCK_WAIT_MS", 50)
    url, turns = database.url.render_as_string(hide_password=False), 0

    def write(_: Database) -> None:
        nonlocal turns
        with Database(url) as other, other.writing() as session:
            accounts.add_guest(session, clock())
        turns += 1

    monkeypatch.setattr(Database, "give_way", write)
    return lambda: turns


def guest(database: Database, clock: FakeClock) -> int:
    with database.writing() as session:
        return accounts.add_guest(session, clock()).id


def seen(clock: FakeClock, count: int) -> list[Observation]:
    return [
        Observation(UUID(int=n), clock() + timedelta(seconds=n), 10.0, "happiness", None, 0.0)
        for n in range(count)
    ]


def heard(clock: FakeClock, count: int) -> list[Kept]:
    track = Track(0, "youtube", "One", "Somebody", "jazz", youtube_video_id="aaaaaaaaaaa")
    reason, mood = Reason("random", None, None), Mood("sadness", "manual")
    made = [
        Recommendation(0, clock() + timedelta(minutes=5 * n), track, mood, reason)
        for n in range(count)
    ]
    return [Kept(each, 0.5, Play(0, each.created_at, each, "finished", 200.0)) for each in made]


def test_a_diary_comes_in_by_turns(database: Database, clock: FakeClock, between: Between) -> None:
    load = Load(observations=seen(clock, 1100), kept=heard(clock, 60))
    added = transfer.take_in(database, guest(database, clock), load, clock())
    assert (added.observations, added.plays, added.skipped) == (1100, 60, 0)
    assert between() == 3 + 3


def test_songs_that_were_never_played_come_in_by_turns_of_a_few(
    database: Database, clock: FakeClock, between: Between
) -> None:
    load = Load(kept=[each._replace(play=None) for each in heard(clock, 60)])
    assert transfer.take_in(database, guest(database, clock), load, clock()).skipped == 0
    assert between() == 3


def test_a_diary_that_was_stopped_goes_on_behind_what_was_written(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    user_id = guest(database, clock)
    load = Load(observations=seen(clock, 1100))

    def stop(_: Database) -> None:
        raise StoreUnavailable("full")

    with monkeypatch.context() as patch:
        patch.setattr(Database, "give_way", stop)
        with pytest.raises(StoreUnavailable):
            transfer.take_in(database, user_id, load, clock())
    added = transfer.take_in(database, user_id, load, clock())
    assert (added.observations, added.skipped) == (600, 500)


def test_a_list_comes_in_by_turns(database: Database, clock: FakeClock, between: Between) -> None:
    songs = [Song(f"{n:011d}", f"Song {n}", None, "jazz") for n in range(120)]
    assert importing.write(database, songs, clock()) == (120, 0, 0, 0)
    assert between() == 3


def test_files_that_are_gone_leave_by_turns(
    database: Database, clock: FakeClock, between: Between, tmp_path: Path
) -> None:
    with database.writing() as session:
        folder = library.add_folder(session, tmp_path, clock())
        was = Fingerprint(1, 1)
        songs = [
            Song(f"{tmp_path}/{n}.mp3", f"Song {n}", None, "jazz", fingerprint=was)
            for n in range(450)
        ]
        library.put_songs(session, folder.id, songs, clock())
    (report,) = catalogue.rescan(database, now=clock()).values()
    assert report.removed == 450
    assert between() == 3
    assert catalogue.overview(database, 1).sources["library"] == 0
