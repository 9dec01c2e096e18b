from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.conftest import FakeClock
from tests.store.world import observation
from today_feeling.errors import InvalidInput
from today_feeling.services import diary, sessions
from today_feeling.store.database import Database


@pytest.fixture
def user_id(database: Database, clock: FakeClock) -> int:
    return sessions.enter_as_guest(database, now=clock(), session_days=1).user.id


def test_a_day_holds_what_began_between_its_midnights(database: Database, user_id: int) -> None:
    midnight = datetime(2026, 11, 22, 15, tzinfo=UTC)  # in Seoul
    times = [midnight + timedelta(microseconds=micro) for micro in (-1, 0)]
    end = midnight + timedelta(days=1)
    times += [end - timedelta(microseconds=1), end]
    seen = [observation(number, time) for number, time in enumerate(times)]
    diary.observe(database, user_id, seen)
    day = diary.day_of(database, user_id, date(2026, 11, 23), "Asia/Seoul")
    assert [each.id.int for each in day.observations] == [1, 2]
    assert day.seconds["happiness"] == 20


def test_the_day_of_the_spring_change_has_23_hours(database: Database, user_id: int) -> None:
    every_half_hour = [
        observation(number, datetime(2026, 3, 28, tzinfo=UTC) + timedelta(minutes=30 * number))
        for number in range(144)
    ]
    diary.observe(database, user_id, every_half_hour)
    lengths = [
        len(diary.day_of(database, user_id, date(2026, 3, day), "Europe/Berlin").observations)
        for day in (28, 29, 30)
    ]
    assert lengths == [46, 46, 48]  # the first lacks its first hour, before the first observation


def test_an_empty_day_is_a_day(database: Database, user_id: int) -> None:
    day = diary.day_of(database, user_id, date(2026, 1, 1), "Asia/Seoul")
    assert (day.observations, day.plays) == ((), ())
    assert set(day.seconds.values()) == {0.0}


def test_an_unknown_time_zone_is_refused(database: Database, user_id: int) -> None:
    with pytest.raises(InvalidInput):
        diary.day_of(database, user_id, date(2026, 1, 1), "Asia/Nowhere")
