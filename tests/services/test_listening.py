from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.conftest import FakeClock
from tests.store.world import START, everything, video
from today_feeling.domain.diary import Play
from today_feeling.domain.music import FailureCode, Genre, Preferences, SourceId
from today_feeling.domain.options import Options
from today_feeling.domain.recommend import Mood, Recommendation
from today_feeling.errors import NotFound, NothingToPlay
from today_feeling.services import catalogue, choosing, listening, preferences, sessions
from today_feeling.services.preferences import Choices
from today_feeling.store import videos
from today_feeling.store.database import Database


class Listener:
    """A user with a seeded source of chance and a clock that moves between songs."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.database, self.clock = database, clock
        self.rng = random.Random(3)  # noqa: S311
        self.id = sessions.enter_as_guest(database, now=clock(), session_days=1).user.id

    def prefers(self, genres: set[Genre], *sources: SourceId) -> None:
        ticked = {**Preferences.default().genres, "sadness": frozenset(genres)}
        wanted = Preferences(ticked, sources or ("library", "youtube"))
        preferences.put(self.database, self.id, Choices(wanted, Options()))

    def asks(
        self, *, without: tuple[SourceId, ...] = (), mood: Mood | None = None
    ) -> Recommendation:
        return choosing.recommend(
            self.database,
            self.id,
            mood or Mood("sadness", "camera", 0.8),
            unavailable=without,
            now=self.clock.advance(seconds=30),
            rng=self.rng,
        )

    def fails(self, track_id: int, code: FailureCode) -> None:
        now = self.clock.advance(seconds=1)
        listening.report_failure(self.database, self.id, track_id, code, now)

    def plays(self, recommendation: Recommendation) -> Play:
        return listening.start_play(self.database, self.id, recommendation.id, self.clock())


@pytest.fixture
def listener(database: Database, clock: FakeClock) -> Listener:
    return Listener(database, clock)


def add_videos(database: Database, genre: Genre, count: int, first: int = 0) -> None:
    with database.writing() as session:
        songs = [video(first + number, genre) for number in range(count)]
        videos.put_songs(session, "import", songs, START)


def test_a_song_of_the_ticked_genre_comes_with_its_reason(
    database: Database, listener: Listener
) -> None:
    add_videos(database, "jazz", 5)
    add_videos(database, "rock", 50, 100)
    listener.prefers({"jazz"})
    made = listener.asks()
    assert made.track.genre == "jazz"
    assert (made.reason.code, made.reason.genre, made.reason.emotion) == (
        "genre_for_emotion",
        "jazz",
        "sadness",
    )


def test_no_song_comes_again_within_twenty(database: Database, listener: Listener) -> None:
    add_videos(database, "jazz", 25)
    listener.prefers({"jazz"})
    ids = [listener.asks().track.id for _ in range(60)]
    for index, track_id in enumerate(ids):
        assert track_id not in ids[max(0, index - 20) : index]


def test_a_random_wish_ignores_emotion_and_ticks(database: Database, listener: Listener) -> None:
    add_videos(database, "jazz", 1)
    add_videos(database, "rock", 40, 100)
    listener.prefers({"jazz"})
    made = [listener.asks(mood=Mood("sadness", "random")) for _ in range(10)]
    assert {each.reason.code for each in made} == {"random"}
    assert {each.reason.emotion for each in made} == {None}
    assert "rock" in {each.track.genre for each in made}


@pytest.mark.parametrize("code", ["2", "100", "101", "150", "unreadable"])
def test_a_track_that_failed_for_good_is_not_offered_again(
    database: Database, listener: Listener, code: FailureCode
) -> None:
    add_videos(database, "jazz", 2)
    dead = listener.asks().track.id
    listener.fails(dead, code)
    assert {listener.asks().track.id for _ in range(6)} == ({1, 2} - {dead})


@pytest.mark.parametrize("code", ["5", "153"])
def test_a_passing_failure_only_passes_the_next_turn(
    database: Database, listener: Listener, code: FailureCode
) -> None:
    add_videos(database, "jazz", 2)
    faulty = listener.asks().track.id
    listener.fails(faulty, code)
    assert listener.asks().track.id != faulty
    assert listener.asks().track.id == faulty


def test_a_passing_failure_of_an_older_song_counts_too(
    database: Database, listener: Listener
) -> None:
    add_videos(database, "jazz", 3)
    first, second, _ = (listener.asks().track.id for _ in range(3))
    listener.fails(first, "5")  # whose turn it would be
    assert listener.asks().track.id == second


def test_nothing_to_play_tells_three_causes(database: Database, listener: Listener) -> None:
    def cause(**how: object) -> str:
        with pytest.raises(NothingToPlay) as caught:
            listener.asks(**how)  # type: ignore[arg-type]
        return caught.value.cause

    assert cause() == "no_tracks"
    add_videos(database, "jazz", 1)
    assert cause(without=("youtube",)) == "sources_unavailable"
    listener.fails(listener.asks().track.id, "150")
    assert cause() == "all_failed"
    listener.prefers(set(), "library")
    assert cause() == "no_tracks"


def test_the_library_takes_over_where_youtube_cannot_be_reached(
    database: Database, listener: Listener, clock: FakeClock, audio: Path
) -> None:
    add_videos(database, "jazz", 30)
    catalogue.add_folder(database, audio, now=clock())
    listener.prefers({"jazz"}, "youtube", "library")
    made = listener.asks(without=("youtube",))
    assert made.track.source == "library"
    assert (made.reason.code, made.reason.instead_of) == ("source_fallback", "youtube")


def test_only_a_recommendation_of_ones_own_can_be_played(
    database: Database, listener: Listener, clock: FakeClock
) -> None:
    add_videos(database, "jazz", 1)
    made = listener.asks()
    with pytest.raises(NotFound):
        Listener(database, clock).plays(made)
    with pytest.raises(NotFound):
        listening.start_play(database, listener.id, made.id + 1, clock())


def test_what_is_not_given_stays(database: Database, listener: Listener) -> None:
    add_videos(database, "jazz", 1)
    play = listener.plays(listener.asks())

    def change(**what: object) -> tuple[object, ...]:
        changed, _ = listening.change_play(database, listener.id, play.id, **what)  # type: ignore[arg-type]
        return changed.outcome, changed.seconds, changed.liked

    assert change(liked=True) == (None, None, True)
    assert change(outcome="skipped", seconds=12.5) == ("skipped", 12.5, True)
    assert change() == ("skipped", 12.5, True)
    assert change(liked=None) == ("skipped", 12.5, None)


def test_a_file_that_is_gone_is_offered_to_nobody_until_it_comes_back(
    database: Database, listener: Listener, clock: FakeClock, audio: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "music"
    folder.mkdir()
    file = shutil.copy(audio / "tone.mp3", folder)
    catalogue.add_folder(database, folder, now=clock())
    track_id = listener.asks().track.id
    assert listening.audio_file(database, track_id) == (Path(file), "audio/mpeg")
    Path(file).unlink()
    with pytest.raises(NotFound):
        listening.audio_file(database, track_id)
    with pytest.raises(NothingToPlay):
        listener.asks()
    shutil.copy(audio / "tone.mp3", folder)
    catalogue.rescan(database, now=clock())
    assert listener.asks().track.id == track_id


def test_a_video_has_no_file(database: Database) -> None:
    add_videos(database, "jazz", 1)
    with database.reading() as session:
        track_id = everything(session)[0].id
    for wrong in (track_id, track_id + 1):
        with pytest.raises(NotFound):
            listening.audio_file(database, wrong)


def test_a_failure_of_an_unknown_track_is_refused(listener: Listener) -> None:
    with pytest.raises(NotFound):
        listener.fails(77, "100")
