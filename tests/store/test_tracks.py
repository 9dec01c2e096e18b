from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete

from tests.conftest import FakeClock
from tests.store.world import add_track, everything, video
from today_feeling.domain.music import FailureCode, Preferences
from today_feeling.domain.recommend.pools import Wish, playable
from today_feeling.store import accounts, tracks, videos
from today_feeling.store.database import Database
from today_feeling.store.schema import TrackRow
from today_feeling.store.shelf import shelf


@pytest.mark.parametrize(
    ("code", "lasting"),
    [
        *((code, True) for code in ("2", "100", "101", "150", "unreadable")),
        *((code, False) for code in ("5", "153")),
    ],
)
def test_a_failure_counts_for_its_user_only(
    database: Database, clock: FakeClock, code: FailureCode, lasting: bool
) -> None:
    with database.writing() as session:
        one, other = accounts.add_guest(session, clock()), accounts.add_guest(session, clock())
        track_id = add_track(session)
        tracks.add_failure(session, one.id, track_id, code, clock())
        assert tracks.failed_for_good(session, one.id) == ({track_id} if lasting else set())
        assert tracks.failed_for_good(session, other.id) == set()
        assert tracks.failed_since(session, one.id, clock()) == {track_id}
        assert tracks.failed_since(session, other.id, clock()) == set()
        assert tracks.failed_since(session, one.id, clock.advance(seconds=1)) == set()


def test_a_passing_failure_does_not_undo_a_lasting_one(
    database: Database, clock: FakeClock
) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        track_id = add_track(session)
        for code in ("5", "150", "5"):
            tracks.add_failure(session, user.id, track_id, code, clock())
            session.flush()
        assert tracks.failed_for_good(session, user.id) == {track_id}


def test_counts_are_of_available_tracks(database: Database) -> None:
    with database.writing() as session:
        gone = add_track(session, 1, "jazz")
        add_track(session, 2, "jazz")
        add_track(session, 3, "pop")
        tracks.mark_missing(session, gone)
        assert tracks.count_by_genre(session, 1) == {"jazz": 1, "pop": 1}
        assert tracks.count_by_source(session, 1) == {"youtube": 2}
        anything = Preferences.default()
        assert tracks.any_available(session, 1, anything)
        assert not tracks.any_available(session, 1, replace(anything, sources=("library",)))


def test_a_video_has_no_file(database: Database) -> None:
    with database.writing() as session:
        assert tracks.file_of(session, add_track(session)) is None


def test_a_list_is_loaded_once(database: Database, clock: FakeClock) -> None:
    songs = [video(1), video(2)]
    with database.writing() as session:
        assert videos.put_songs(session, "starter", songs, clock()) == (2, 0, 0, 0)
    with database.writing() as session:
        assert videos.put_songs(session, "starter", songs, clock()) == (0, 0, 0, 2)


def test_a_later_list_changes_adds_and_takes_out(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        videos.put_songs(session, "starter", [video(1), video(2)], clock())
    with database.writing() as session:
        later = [video(1, "rock", "New title"), video(3)]
        assert videos.put_songs(session, "starter", later, clock()) == (1, 1, 1, 0)
    with database.reading() as session:
        listed = {track.title: track.genre for track in everything(session)}
    assert listed == {"New title": "rock", "Song 3": "jazz"}
    with database.writing() as session:
        videos.put_songs(session, "starter", [video(1), video(2), video(3)], clock())
        assert len(everything(session)) == 3


def test_the_release_leaves_an_import_alone(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        videos.put_songs(session, "starter", [video(1), video(3)], clock())
        changed = [video(1, title="Mine"), video(2), video(3)]
        assert videos.put_songs(session, "import", changed, clock()) == (1, 1, 0, 1)
    with database.writing() as session:
        videos.put_songs(session, "starter", [video(1)], clock())
        titles = [track.title for track in everything(session)]
    assert titles == ["Mine", "Song 2"], "and takes out what only the release had"


@pytest.mark.parametrize(
    ("languages", "explicit", "wanted"),
    [
        ((), True, {1, 2, 3, 4, 5}),
        ((), False, {1, 2, 3, 5}),
        (("ko",), False, {1, 3, 5}),
        (("en",), True, {2, 3, 4}),
        (("instrumental",), True, {3, 5}),
        (("ja",), True, {3}),
    ],
)
def test_what_the_user_does_not_want_to_hear_is_not_offered(
    database: Database,
    clock: FakeClock,
    languages: tuple[str, ...],
    explicit: bool,
    wanted: set[int],
) -> None:
    kinds = {
        1: ("ko", None),
        2: ("en", False),
        3: (None, None),  # nobody has said anything about it
        4: ("en", True),
        5: ("instrumental/ko", False),
    }
    liked = replace(Preferences.default(), languages=languages, explicit=explicit)
    with database.writing() as session:
        songs = [
            replace(video(number), language=language, explicit=words)
            for number, (language, words) in kinds.items()
        ]
        videos.put_songs(session, "import", songs, clock())
    with database.writing() as session:
        held = shelf(database).songs
        wish = Wish((), liked.sources, allow=liked.allow)
        ids = held.ids[playable(held, wish).positions()]
        found = [tracks.get(session, each) for each in ids.tolist()]
        numbers = {int((track.youtube_video_id or "")[5:]) for track in found if track}
        assert numbers == wanted
        assert tracks.any_available(session, 1, liked)
        none = replace(liked, languages=("fi",))
        session.execute(delete(TrackRow).where(TrackRow.language.is_(None)))
        assert not tracks.any_available(session, 1, none)
