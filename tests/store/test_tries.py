"""Tries are counted by whoever shares the database."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import FakeClock
from today_feeling.errors import TooManyRequests
from today_feeling.store import tries
from today_feeling.store.database import Database
from today_feeling.store.schema import TryRow


def attempt(database: Database, clock: FakeClock, caller: str = "a", limit: int = 2) -> bool:
    try:
        with database.writing() as session:
            tries.count(session, caller, clock(), limit, 60)
    except TooManyRequests:
        return False
    return True


def test_a_window_slides_and_each_caller_has_one(database: Database, clock: FakeClock) -> None:
    assert attempt(database, clock)
    clock.advance(seconds=40)
    assert attempt(database, clock)
    clock.advance(seconds=10)
    with pytest.raises(TooManyRequests) as caught, database.writing() as session:
        tries.count(session, "a", clock(), 2, 60)
    assert caught.value.retry_after_s == 10
    assert attempt(database, clock, "b")
    clock.advance(seconds=10)
    assert attempt(database, clock)
    assert not attempt(database, clock)


def test_of_many_at_once_no_more_than_the_limit_pass(database: Database, clock: FakeClock) -> None:
    passed: list[bool] = []
    threads = [
        threading.Thread(target=lambda: passed.append(attempt(database, clock, limit=3)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(passed) == [False] * 5 + [True] * 3


def test_what_does_not_count_is_forgotten(database: Database, clock: FakeClock) -> None:
    def rows() -> int | None:
        with database.reading() as session:
            return session.scalar(select(func.count()).select_from(TryRow))

    attempt(database, clock, "a")
    clock.advance(seconds=30)
    attempt(database, clock, "b")
    with database.writing() as session:
        tries.forget(session, "b")
    attempt(database, clock, "b")
    for later, left in ((29, 2), (1, 1), (30, 0)):
        clock.now += timedelta(seconds=later)
        with database.writing() as session:
            tries.purge(session, clock())
        assert rows() == left
