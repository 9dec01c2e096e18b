"""Correcting or deleting the readings of a span, and taking that back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import FakeClock
from tests.store.test_rollups import assert_right
from tests.store.world import START, entry, observation
from today_feeling.store import accounts, corrections, deletions, entries, observations
from today_feeling.store.database import Database
from today_feeling.store.schema import CorrectionRow

MINUTE = timedelta(minutes=1)
HOUR = (START, START + 60 * MINUTE)
READ = ["sadness", "sadness", "unsure", "happiness", "sadness"]
"""Minute by minute; the second was corrected to anger, the last to sadness, which it was."""


@pytest.fixture
def user_id(database: Database, clock: FakeClock) -> int:
    with database.writing() as session:
        users = [accounts.add_guest(session, clock()).id for _ in range(2)]
        for user_id in users:
            seen = [
                observation(number, START + number * MINUTE, emotion=emotion)
                for number, emotion in enumerate(READ)
            ]
            observations.add(session, user_id, seen)
            observations.correct(session, user_id, UUID(int=1), "anger")
            observations.correct(session, user_id, UUID(int=4), "sadness")
            entries.add(session, user_id, [entry(1, START)])
        return users[0]


def shown(session: Session, user_id: int) -> list[str]:
    session.expire_all()
    return [
        each.corrected or each.emotion for each in observations.between(session, user_id, *HOUR)
    ]


BEFORE = ["sadness", "anger", "unsure", "happiness", "sadness"]


def test_a_kind_is_corrected_and_the_rest_stays(
    database: Database, clock: FakeClock, user_id: int
) -> None:
    with database.writing() as session:
        done = corrections.span(session, user_id, HOUR, "sadness", "neutral", now=clock())
        assert done.corrected == 2
        assert shown(session, user_id) == ["neutral", "anger", "unsure", "happiness", "neutral"]
        assert_right(session, user_id)
        assert shown(session, user_id + 1) == BEFORE


def test_undone_each_says_again_what_it_said(
    database: Database, clock: FakeClock, user_id: int
) -> None:
    with database.writing() as session:
        first = observations.between(session, user_id, *HOUR)
        done = corrections.span(session, user_id, HOUR, None, None, now=clock())
        assert shown(session, user_id) == READ
        assert done.corrected == 2  # the others said already what they were read as
        again = corrections.span(session, user_id, HOUR, None, "fear", now=clock())
        assert shown(session, user_id) == ["fear"] * 5
        assert_right(session, user_id)
        for each in (again, done):
            assert corrections.undo(session, user_id, each.id, clock())
            assert not corrections.undo(session, user_id, each.id, clock())
        assert shown(session, user_id) == BEFORE
        assert observations.between(session, user_id, *HOUR) == first
        assert_right(session, user_id)


def test_only_its_owner_takes_it_back_and_only_for_a_while(
    database: Database, clock: FakeClock, user_id: int
) -> None:
    with database.writing() as session:
        done = corrections.span(session, user_id, HOUR, None, "fear", now=clock())
        assert not corrections.undo(session, user_id + 1, done.id, clock())
        clock.advance(minutes=10)
        assert not corrections.undo(session, user_id, done.id, clock())
        corrections.purge(session, clock())
        assert session.scalar(select(func.count()).select_from(CorrectionRow)) == 0


def test_what_was_deleted_meanwhile_stays_deleted(
    database: Database, clock: FakeClock, user_id: int
) -> None:
    with database.writing() as session:
        done = corrections.span(session, user_id, HOUR, None, "fear", now=clock())
        deletions.one(session, user_id, "observations", UUID(int=0), clock())
        assert corrections.undo(session, user_id, done.id, clock())
        assert shown(session, user_id) == BEFORE[1:]
        assert_right(session, user_id)


@pytest.mark.parametrize(
    ("kind", "left"),
    [("sadness", ["anger", "unsure", "happiness"]), ("unsure", [*BEFORE[:2], *BEFORE[3:]])],
)
def test_readings_go_and_come_back_and_nothing_else_does(
    database: Database, clock: FakeClock, user_id: int, kind: str, left: list[str]
) -> None:
    with database.writing() as session:
        gone = deletions.readings(session, user_id, HOUR, kind, clock())  # type: ignore[arg-type]
        assert gone.counts == {"observations": 5 - len(left), "plays": 0, "entries": 0}
        assert shown(session, user_id) == left
        assert len(entries.between(session, user_id, *HOUR)) == 1
        assert_right(session, user_id)
        assert shown(session, user_id + 1) == BEFORE
        assert deletions.undo(session, user_id, gone.id, clock())
        assert shown(session, user_id) == BEFORE
        assert_right(session, user_id)


def test_more_than_one_statement_holds(database: Database, clock: FakeClock, user_id: int) -> None:
    with database.writing() as session:
        times = [START + timedelta(days=1, seconds=10 * number) for number in range(2500)]
        seen = [observation(100 + number, time) for number, time in enumerate(times)]
        observations.add(session, user_id, seen)
        day = (START + timedelta(days=1), START + timedelta(days=2))
        done = corrections.span(session, user_id, day, "happiness", "fear", now=clock())
        assert done.corrected == 2500
        assert_right(session, user_id)
        assert corrections.undo(session, user_id, done.id, clock())
        gone = deletions.readings(session, user_id, day, "happiness", clock())
        assert gone.counts["observations"] == 2500
