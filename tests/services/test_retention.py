"""What is to be forgotten is forgotten, also while nobody asks."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import anyio
import pytest
from sqlalchemy import func, select

from tests.conftest import FakeClock
from tests.store.world import observation
from today_feeling.domain.music import Preferences
from today_feeling.domain.options import Options
from today_feeling.errors import StoreUnavailable
from today_feeling.services import diary, preferences, retention
from today_feeling.services.preferences import Choices
from today_feeling.store import accounts
from today_feeling.store.database import Database
from today_feeling.store.schema import ObservationRow
from today_feeling.web import housekeeping

DAY = timedelta(days=1)


def guest(database: Database, clock: FakeClock) -> int:
    with database.writing() as session:
        return accounts.add_guest(session, clock()).id


@pytest.fixture
def user_id(database: Database, clock: FakeClock) -> int:
    """Somebody who was seen on each of the last five days and wants to keep two of them."""
    user_id = guest(database, clock)
    seen = [observation(number, clock() - number * DAY) for number in range(5)]
    diary.observe(database, user_id, seen)
    preferences.put(database, user_id, Choices(Preferences.default(), Options(retention_days=2)))
    return user_id


def rows(database: Database) -> int:
    with database.reading() as session:
        return session.scalars(select(func.count()).select_from(ObservationRow)).one()


def test_the_diary_is_kept_as_long_as_its_user_wants(
    database: Database, clock: FakeClock, user_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "_BATCH", 1)
    other = guest(database, clock)
    diary.observe(database, other, [observation(1, clock() - 100 * DAY)])
    retention.keep_limits(database, clock())
    assert rows(database) == 3 + 1
    clock.advance(days=1)
    retention.keep_limits(database, clock())
    assert rows(database) == 2 + 1


def test_where_the_user_lives_whole_days_are_kept(
    database: Database, clock: FakeClock, user_id: int
) -> None:
    """It is noon in London and nine in the evening in Seoul, where a day began at 15:00 UTC."""
    wanted = Options(retention_days=2, timezone="Asia/Seoul")
    preferences.put(database, user_id, Choices(Preferences.default(), wanted))
    midnight = clock.now.replace(hour=15) - 3 * DAY
    second = timedelta(seconds=1)
    edge = [observation(8, midnight - second), observation(9, midnight)]
    diary.observe(database, user_id, edge)
    retention.keep_limits(database, clock())
    assert rows(database) == 3 + 1
    clock.advance(hours=3)  # and past midnight there
    retention.keep_limits(database, clock())
    assert rows(database) == 2


def test_the_server_keeps_house_by_itself(
    database: Database, clock: FakeClock, user_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A round that fails is not the last one."""
    diary.delete(database, user_id, "observations", UUID(int=0), clock())
    clock.advance(minutes=10)
    monkeypatch.setattr(housekeeping, "_EVERY_S", 0.01)
    monkeypatch.setattr(housekeeping, "_RARE", 1)
    asked = 0

    def faulty_clock() -> datetime:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise StoreUnavailable("for once")
        return clock()

    async def live() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(housekeeping.keep_house, database, faulty_clock)
            with anyio.fail_after(30):
                while rows(database) > 1:
                    await anyio.sleep(0.01)
            tasks.cancel_scope.cancel()

    anyio.run(live)
    assert rows(database) == 1
