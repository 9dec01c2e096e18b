from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from tests.conftest import FakeClock
from tests.store.world import add_track
from today_feeling.domain.diary import Play
from today_feeling.domain.recommend import Choice, Mood, Reason, Recommendation
from today_feeling.store import accounts, plays
from today_feeling.store.database import Database

MOOD = Mood("sadness", "camera", 0.75, (0.0, 0.0, 0.0, 0.25, 0.75, 0.0))


def recommended(
    session: Session, user_id: int, clock: FakeClock, number: int = 1
) -> Recommendation:
    reason = Reason("source_fallback", "jazz", "sadness", "youtube")
    choice = Choice(add_track(session, number), reason, 0.25)
    return plays.add_recommendation(session, user_id, MOOD, choice, clock())


def begun(session: Session, user_id: int, recommendation_id: int, at: datetime) -> Play:
    """The play of a recommendation that nobody has deleted."""
    play = plays.start(session, user_id, recommendation_id, at)
    assert play is not None
    return play


def test_a_recommendation_keeps_mood_and_reason(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        made = recommended(session, user.id, clock)
        play = begun(session, user.id, made.id, clock())
    with database.reading() as session:
        found = plays.get(session, user.id, play.id)
    assert found == play
    assert play.recommendation == made
    assert made.mood == MOOD
    assert made.reason == Reason("source_fallback", "jazz", "sadness", "youtube")


def test_starting_twice_is_one_play(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        made = recommended(session, user.id, clock)
        first = begun(session, user.id, made.id, clock())
        again = begun(session, user.id, made.id, clock.advance(minutes=1))
    assert again == first


def test_the_last_recommended_come_newest_first(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user, other = accounts.add_guest(session, clock()), accounts.add_guest(session, clock())
        ids = [recommended(session, user.id, clock, number).track.id for number in range(5)]
        recommended(session, other.id, clock, 99)
        last = plays.last_recommended(session, user.id, 3)
    assert [each.track_id for each in last] == ids[:1:-1]


def test_what_came_of_a_play_is_kept(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        play = begun(session, user.id, recommended(session, user.id, clock).id, clock())
        assert (play.outcome, play.seconds, play.liked) == (None, None, None)
        changed = plays.change(session, user.id, play, outcome="skipped", seconds=3.5, liked=False)
    with database.reading() as session:
        found = plays.get(session, user.id, play.id)
    assert found == changed
    assert (changed.outcome, changed.seconds, changed.liked) == ("skipped", 3.5, False)


def test_plays_of_a_span_are_half_open_and_in_order(database: Database, clock: FakeClock) -> None:
    start = clock()
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        for number in range(4):
            made = recommended(session, user.id, clock, number)
            begun(session, user.id, made.id, clock())
            clock.advance(minutes=1)
        found = plays.between(
            session, user.id, start + timedelta(minutes=1), start + timedelta(minutes=3)
        )
    assert [play.started_at for play in found] == [
        start + timedelta(minutes=1),
        start + timedelta(minutes=2),
    ]


def test_another_user_sees_nothing(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user, other = accounts.add_guest(session, clock()), accounts.add_guest(session, clock())
        made = recommended(session, user.id, clock)
        play = begun(session, user.id, made.id, clock())
        assert plays.has_recommendation(session, user.id, made.id)
        assert not plays.has_recommendation(session, other.id, made.id)
        assert plays.get(session, other.id, play.id) is None
        later = clock() + timedelta(days=1)
        assert plays.between(session, other.id, clock(), later) == []
        assert plays.last_recommended(session, other.id, 20) == []
