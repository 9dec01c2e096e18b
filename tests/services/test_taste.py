from __future__ import annotations

import random
import threading
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from sqlalchemy import Engine, select
from sqlalchemy.event import listen, remove

from tests.conftest import FakeClock
from tests.store.world import START, observation, video
from today_feeling.domain.goals import Goal
from today_feeling.domain.music import Genre, Preferences
from today_feeling.domain.options import Options
from today_feeling.domain.recommend import Mood, Recommendation
from today_feeling.domain.recommend.features import SPACE, moment
from today_feeling.domain.recommend.hybrid import Floats
from today_feeling.services import choosing, learning, listening, sessions
from today_feeling.store import merge, observations, preferences, taste, videos
from today_feeling.store.database import Database
from today_feeling.store.schema import ChoiceRow, RecommendationRow

NOW = moment(None, None, "match", 12)


class Person:
    """Someone who listens and says what they think."""

    def __init__(self, database: Database, clock: FakeClock, seed: int = 1) -> None:
        self.database, self.clock = database, clock
        self.rng = random.Random(seed)  # noqa: S311
        self.id = sessions.enter_as_guest(database, now=clock(), session_days=1).user.id

    def asks(self, goal: Goal = "match", origin: str = "manual") -> Recommendation:
        return choosing.recommend(
            self.database,
            self.id,
            Mood("sadness", origin, goal=goal),  # type: ignore[arg-type]
            unavailable=(),
            now=self.clock.advance(seconds=200),
            rng=self.rng,
        )

    def hears(self, liked: bool | None, made: Recommendation | None = None) -> int:
        made = made or self.asks()
        play = listening.start_play(self.database, self.id, made.id, self.clock())
        self.says(play.id, liked)
        return play.id

    def says(self, play_id: int, liked: bool | None) -> None:
        listening.change_play(self.database, self.id, play_id, liked=liked)

    def weights(self) -> Floats:
        with self.database.reading() as session:
            return taste.posterior(session, self.id).through(np.eye(SPACE.size)).mean


@pytest.fixture
def person(database: Database, clock: FakeClock) -> Person:
    add(database, "jazz", 30)
    add(database, "rock", 30, 100)
    return Person(database, clock)


def add(database: Database, genre: Genre, count: int, first: int = 0) -> None:
    with database.writing() as session:
        songs = [video(first + number, genre) for number in range(count)]
        videos.put_songs(session, "import", songs, START)


def test_what_is_liked_comes_more(person: Person) -> None:
    for _ in range(40):
        made = person.asks()
        person.hears(made.track.genre == "rock", made)
    genres = [person.asks().track.genre for _ in range(20)]
    assert genres.count("rock") >= 16


def test_an_opinion_that_is_taken_back_leaves_no_trace(person: Person) -> None:
    for liked in (True, False, True):
        person.hears(liked)
    before = person.weights()
    play_id = person.hears(None)
    person.says(play_id, True)
    assert not np.allclose(person.weights(), before)
    person.says(play_id, False)
    person.says(play_id, None)
    np.testing.assert_allclose(person.weights(), before, atol=1e-9)


def test_a_word_about_a_play_asks_the_database_little(person: Person, database: Database) -> None:
    """Statements are what it costs. PostgreSQL is asked for one more, which holds the user."""
    play_id = person.hears(True)
    asked: list[str] = []

    def note(*told: object) -> None:
        asked.append(str(told[2]))

    listen(Engine, "before_cursor_execute", note)
    try:
        for liked in (None, True, False):
            asked.clear()
            person.says(play_id, liked)
            assert len(asked) == (11 if database.is_sqlite else 12), asked
    finally:
        remove(Engine, "before_cursor_execute", note)


def test_the_same_word_twice_counts_once(person: Person) -> None:
    play_id = person.hears(True)
    once = person.weights()
    person.says(play_id, True)
    np.testing.assert_array_equal(person.weights(), once)


def test_others_profit_from_what_one_person_taught(person: Person, clock: FakeClock) -> None:
    other = Person(person.database, clock)
    before = other.weights()
    for _ in range(10):
        person.hears(True)
    assert np.abs(other.weights() - before).max() > 0.01


def test_people_who_speak_at_once_are_all_heard(
    database: Database, clock: FakeClock, person: Person
) -> None:
    """Two workers learn at the same moment; afterwards both can be taken back exactly."""
    people = [person, Person(database, clock, 2)]
    before = person.weights()
    made = [each.asks() for each in people]
    plays = [
        listening.start_play(database, each.id, rec.id, clock())
        for each, rec in zip(people, made, strict=True)
    ]

    def speak(liked: bool | None) -> None:
        threads = [
            threading.Thread(target=each.says, args=(play.id, liked))
            for each, play in zip(people, plays, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    speak(True)
    with database.reading() as session:
        assert [taste.learned_from(session, each.id) for each in people] == [1, 1]
    speak(None)
    np.testing.assert_allclose(person.weights(), before, atol=1e-9)


def test_a_guest_brings_along_what_was_learned(
    database: Database, clock: FakeClock, person: Person
) -> None:
    guest = Person(database, clock, 2)
    for each in (person, guest, person, guest):
        each.hears(True)
    play_id = guest.hears(True)
    with database.writing() as session:
        merge.bring(session, guest.id, person.id)
    together = person.weights()
    person.says(play_id, False)  # it is theirs now
    assert not np.allclose(person.weights(), together)
    person.says(play_id, True)
    np.testing.assert_allclose(person.weights(), together, atol=1e-9)


def test_what_was_learned_can_be_forgotten(person: Person) -> None:
    for _ in range(5):
        play_id = person.hears(True)
    assert learning.taste_of(person.database, person.id).learned_from == 5
    learning.forget_taste(person.database, person.id)
    assert learning.taste_of(person.database, person.id).learned_from == 0
    forgotten = person.weights()
    person.says(play_id, False)  # too late to be learned
    np.testing.assert_array_equal(person.weights(), forgotten)
    person.hears(True)
    assert learning.taste_of(person.database, person.id).learned_from == 1


def test_the_reason_tells_how_often_it_was_liked(person: Person, database: Database) -> None:
    jazz = {**Preferences.default().genres, "sadness": frozenset[Genre]({"jazz"})}
    with database.writing() as session:
        preferences.put(session, person.id, Preferences(jazz, ("youtube",)))
    for liked in (True, True, False, True):
        person.hears(liked)
    reasons = [person.asks().reason for _ in range(10)]
    told = [each for each in reasons if each.code == "liked_genre"]
    assert len(told) >= 6
    assert (told[0].genre, told[0].emotion, told[0].liked, told[0].heard) == (
        "jazz",
        "sadness",
        3,
        4,
    )


def test_the_mood_after_a_song_is_learned_with_the_next_one(
    person: Person, database: Database, clock: FakeClock
) -> None:
    made = person.asks("lift")
    clock.advance(seconds=60)
    play = listening.start_play(database, person.id, made.id, clock())
    began = clock()
    clock.advance(seconds=100)
    listening.change_play(database, person.id, play.id, outcome="finished", seconds=100)
    before = person.weights()
    sad = {"emotion": "sadness", "probabilities": (0.0, 0.0, 0.0, 0.0, 1.0, 0.0)}
    seen = []
    for number in range(6):
        ten = timedelta(seconds=10 * number)
        seen.append(observation(number, began - timedelta(seconds=60) + ten, **sad))
        seen.append(observation(10 + number, began + timedelta(seconds=100) + ten))
    with database.writing() as session:
        observations.add(session, person.id, seen)
    person.asks()
    assert not np.allclose(person.weights(), before)


def test_every_choice_can_be_learned_from_and_has_its_probability(person: Person) -> None:
    for origin in ("manual", "random"):
        made = person.asks(origin=origin)
        assert made.mood.goal == "match"
        person.hears(True, made)
    assert learning.taste_of(person.database, person.id).learned_from == 2


def test_the_rules_own_draws_are_told_apart(person: Person) -> None:
    learned = [person.asks().id for _ in range(100)]
    drawn = person.asks(origin="random").id
    with person.database.reading() as session:
        rows = session.execute(select(RecommendationRow.id, RecommendationRow.at_random))
        at_random = {row.id: row.at_random for row in rows}
    assert at_random[drawn] is True
    assert 1 <= sum(at_random[each] is True for each in learned) <= 12  # one in twenty
    assert {at_random[each] for each in learned} == {True, False}


def test_the_hour_is_that_of_the_users_own_clock(person: Person) -> None:
    """At noon in London it is evening in Seoul; whoever tells no clock has no hour."""

    def kept_x(clock: str | None) -> Floats:
        made = choosing.recommend(
            person.database,
            person.id,
            Mood("sadness", "manual"),
            unavailable=(),
            now=START,
            rng=person.rng,
            clock=ZoneInfo(clock) if clock else None,
        )
        with person.database.reading() as session:
            kept: Floats = np.frombuffer(session.get_one(ChoiceRow, made.id).x)
        return kept

    def x(hour: float | None) -> Floats:
        here = moment(Mood("sadness", "manual").felt, None, "match", hour)
        found: Floats = SPACE.rows(np.zeros((1, SPACE.songs)), np.zeros((1, 2)), here)[0]
        return found

    hours = np.flatnonzero((x(1) != x(None)) | (x(7) != x(None)))
    assert hours.size == 2
    np.testing.assert_allclose(kept_x("Asia/Seoul")[hours], x(21)[hours])
    np.testing.assert_allclose(kept_x("Europe/London")[hours], x(12)[hours])
    np.testing.assert_array_equal(kept_x(None)[hours], 0)
    with person.database.writing() as session:
        preferences.put_options(session, person.id, Options(timezone="Asia/Seoul"))
    np.testing.assert_allclose(kept_x(None)[hours], x(21)[hours])
    np.testing.assert_allclose(kept_x("Europe/London")[hours], x(12)[hours])


def test_songs_in_a_row_are_a_session_until_a_pause(person: Person, clock: FakeClock) -> None:
    def x(heard: int | None) -> Floats:
        here = moment(None, None, "match", None, heard)
        found: Floats = SPACE.rows(np.zeros((1, SPACE.songs)), np.zeros((1, 2)), here)[0]
        return found

    (of_session,) = np.flatnonzero(x(0) != x(None))

    def told() -> float:
        made = person.asks()
        person.hears(None, made)
        with person.database.reading() as session:
            kept: Floats = np.frombuffer(session.get_one(ChoiceRow, made.id).x)
        return float(kept[of_session] / SPACE.scales.moment)

    first, second, third = told(), told(), told()
    assert first == -1 < second < third < 0
    clock.advance(minutes=20)
    assert third < told() < 0
    clock.advance(minutes=40)
    assert told() == first


def test_a_goal_is_kept_with_the_recommendation(person: Person) -> None:
    assert person.asks("calm").mood.goal == "calm"


def test_what_was_learned_is_told_in_words_once_it_is_sure(person: Person) -> None:
    for _ in range(4):
        person.hears(True)
    assert learning.taste_of(person.database, person.id).leanings == []
    for _ in range(30):
        made = person.asks()
        person.hears(made.track.genre == "rock", made)
    told = learning.taste_of(person.database, person.id).leanings
    by_name = {(each.feature, each.value): each for each in told}
    assert by_name["genre", "rock"].strength > 0 > by_name["genre", "jazz"].strength
    assert told[0].value in {"rock", "jazz"}
    assert all(0.8 <= each.sure <= 1 for each in told)
    again = learning.taste_of(person.database, person.id).leanings
    assert again == told


def test_the_layout_fits_the_features() -> None:
    assert SPACE.size == len(SPACE.rows(np.zeros((1, SPACE.songs)), np.zeros((1, 2)), NOW)[0])
