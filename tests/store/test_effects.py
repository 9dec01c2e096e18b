"""What a song did to the mood is right after every change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.event import listen
from sqlalchemy.orm import Session

from tests.conftest import FakeClock
from tests.store.test_plays import recommended
from tests.store.world import START, observation
from today_feeling.domain.diary import After, Observation
from today_feeling.store import accounts, deletions, observations, plays
from today_feeling.store.database import Database
from today_feeling.store.schema import PlayRow, RecommendationRow

END = START + timedelta(seconds=180)


def seen(start_s: float, emotion: str, first: int) -> list[Observation]:
    """A minute of readings, from so many seconds after the start of the song."""
    return [
        observation(
            first + number,
            START + timedelta(seconds=start_s + 10 * number),
            emotion=emotion,
            probabilities=None,
        )
        for number in range(6)
    ]


BEFORE = seen(-60, "sadness", 100)
LATER = seen(180, "happiness", 200)


@pytest.fixture
def user_id(database: Database, clock: FakeClock) -> int:
    with database.writing() as session:
        return accounts.add_guest(session, clock()).id


@pytest.fixture
def play_id(database: Database, clock: FakeClock, user_id: int) -> int:
    """A play of three minutes."""
    with database.writing() as session:
        made = recommended(session, user_id, clock)
        play = plays.start(session, user_id, made.id, START)
        assert play is not None
        plays.change(session, user_id, play, outcome="finished", seconds=180, liked=None)
        return play.id


def after(session: Session, user_id: int, play_id: int) -> After | None:
    session.expire_all()
    play = plays.get(session, user_id, play_id)
    assert play is not None
    return play.after


def test_what_is_seen_later_completes_it(database: Database, user_id: int, play_id: int) -> None:
    with database.writing() as session:
        observations.add(session, user_id, BEFORE)
        assert after(session, user_id, play_id) is None
        observations.add(session, user_id, LATER)
        found = after(session, user_id, play_id)
    assert found is not None
    assert found.emotion == "happiness"
    assert (found.valence_before, found.valence_after) == pytest.approx((-0.75, 0.9))


def test_a_correction_changes_it(database: Database, user_id: int, play_id: int) -> None:
    with database.writing() as session:
        observations.add(session, user_id, [*BEFORE, *LATER])
        for each in LATER:
            observations.correct(session, user_id, each.id, "neutral")
        found = after(session, user_id, play_id)
    assert found is not None
    assert (found.emotion, found.valence_after) == ("neutral", 0)


def test_deleting_what_was_seen_ends_it_and_undoing_brings_it_back(
    database: Database, clock: FakeClock, user_id: int, play_id: int
) -> None:
    with database.writing() as session:
        observations.add(session, user_id, [*BEFORE, *LATER])
        before = after(session, user_id, play_id)
        span = deletions.span(session, user_id, (END, None), clock())
        assert after(session, user_id, play_id) is None
        assert deletions.undo(session, user_id, span.id, clock())
        assert after(session, user_id, play_id) == before is not None
        gone = [
            deletions.one(session, user_id, "observations", each.id, clock()) for each in BEFORE
        ]
        assert after(session, user_id, play_id) is None
        for each in gone:
            assert each is not None
            assert deletions.undo(session, user_id, each.id, clock())
        assert after(session, user_id, play_id) == before


def test_another_length_is_another_end(database: Database, user_id: int, play_id: int) -> None:
    with database.writing() as session:
        observations.add(session, user_id, [*BEFORE, *seen(0, "anger", 300), *LATER])
        play = plays.get(session, user_id, play_id)
        assert play is not None
        changed = plays.change(session, user_id, play, outcome="skipped", seconds=60, liked=None)
        found = after(session, user_id, play_id)
    assert found is not None
    assert found.emotion == "anger"
    assert changed.after == found


def test_what_was_seen_is_looked_at_again_only_where_the_end_moves(
    database: Database, user_id: int, play_id: int
) -> None:
    said: list[str] = []
    with database.writing() as session:
        observations.add(session, user_id, [*BEFORE, *LATER])
        play = plays.get(session, user_id, play_id)
        assert play is not None
        assert play.after is not None
        listen(session.connection(), "before_cursor_execute", lambda *told: said.append(told[2]))
        liked = plays.change(
            session, user_id, play, outcome="finished", seconds=play.seconds, liked=True
        )
        assert [each for each in said if each.startswith("UPDATE plays")]
        assert not [each for each in said if "observations" in each]
        assert plays.get(session, user_id, play_id) == liked
        assert liked.after == play.after
        said.clear()
        again = plays.change(
            session, user_id, liked, outcome="finished", seconds=play.seconds, liked=True
        )
        assert again == liked
        assert said == []


def test_what_others_show_is_not_ones_own(
    database: Database, clock: FakeClock, user_id: int, play_id: int
) -> None:
    with database.writing() as session:
        other = accounts.add_guest(session, clock())
        observations.add(session, other.id, [*BEFORE, *LATER])
        assert after(session, user_id, play_id) is None


def test_a_diary_that_says_that_thousands_sounded_at_once_is_not_measured_in_full(
    database: Database, clock: FakeClock, user_id: int, play_id: int
) -> None:
    with database.writing() as session:
        made = recommended(session, user_id, clock)
        (row,) = session.scalars(
            select(RecommendationRow).where(RecommendationRow.id == made.id)
        ).all()
        values = {key.name: getattr(row, key.name) for key in RecommendationRow.__table__.columns}
        del values["id"]
        more = session.scalars(
            insert(RecommendationRow).returning(RecommendationRow.id), [values] * 300
        ).all()
        session.execute(
            insert(PlayRow),
            [
                {
                    "user_id": user_id,
                    "recommendation_id": each,
                    "started_at": START,
                    "outcome": "finished",
                    "seconds": 180.0,
                }
                for each in more
            ],
        )
    said = []
    with database.writing() as session:
        listen(session.connection(), "before_cursor_execute", lambda *told: said.append(told[2]))
        observations.add(session, user_id, BEFORE)
    measured = sum(each.startswith("UPDATE plays") for each in said)
    assert 100 <= measured <= 100 + 3 * len(BEFORE)


def test_a_song_between_two_moments_far_from_both_is_left_as_it_is(
    database: Database, user_id: int, play_id: int
) -> None:
    around = [observation(number, START + timedelta(minutes=9 * number - 5)) for number in (0, 1)]
    said = []
    with database.writing() as session:
        listen(session.connection(), "before_cursor_execute", lambda *told: said.append(told[2]))
        observations.add(session, user_id, around)
    assert not [each for each in said if each.startswith("UPDATE plays")]
