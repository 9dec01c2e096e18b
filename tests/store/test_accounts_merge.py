from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from tests.conftest import FakeClock
from tests.store import filling
from tests.store.test_accounts import OF_A_USER
from tests.store.world import observation
from today_feeling.store import accounts, merge, observations, rollups
from today_feeling.store.database import Database
from today_feeling.store.schema import Base, ObservationRow, QuarterHourRow


def test_of_every_table_of_users_it_is_said_whether_a_guests_rows_come_along() -> None:
    named = [model.__tablename__ for model in (*merge.BROUGHT, *merge.LEFT)]
    assert sorted(named) == sorted(table.name for table in OF_A_USER)


def test_everything_that_was_the_guests_is_the_accounts(database: Database) -> None:
    with database.writing() as session:
        filling.fill(session.connection())
        merge.bring(session, 1, 3)
    brought = {model.__tablename__ for model in merge.BROUGHT}
    with database.reading() as session:
        for table in OF_A_USER:
            users = sorted(session.scalars(select(table.columns.user_id)))
            if table.name in brought:
                assert users == [2, 3, 3], table.name


def test_what_the_account_has_already_stays_as_it_is(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        guest, account = accounts.add_guest(session, clock()), accounts.add_guest(session, clock())
        observations.add(session, account.id, [observation(1, clock(), emotion="fear")])
        observations.add(session, guest.id, [observation(1, clock()), observation(2, clock())])
        merge.bring(session, guest.id, account.id)
        rows = session.scalars(
            select(ObservationRow).where(ObservationRow.user_id == account.id)
        ).all()
        assert {row.id: row.emotion for row in rows} == {
            UUID(int=1): "fear",
            UUID(int=2): "happiness",
        }


def test_the_sums_are_those_of_both(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        guest, account = accounts.add_guest(session, clock()), accounts.add_guest(session, clock())
        for number, user in enumerate((guest, account)):
            observations.add(session, user.id, [observation(number, clock())])
            rollups.rebuild(session, user.id)
        merge.bring(session, guest.id, account.id)
        (sums,) = session.scalars(
            select(QuarterHourRow).where(QuarterHourRow.user_id == account.id)
        )
        assert sums.happiness == pytest.approx(20)


def test_a_diary_is_there_until_it_is_deleted(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        assert not merge.has_diary(session, user.id)
        observations.add(session, user.id, [observation(1, clock())])
        assert merge.has_diary(session, user.id)
        session.scalars(select(ObservationRow)).one().deletion_id = UUID(int=9)
        session.flush()
        assert not merge.has_diary(session, user.id)


def test_every_mapped_table_is_looked_at() -> None:
    assert {mapper.local_table for mapper in Base.registry.mappers} == set(
        Base.metadata.sorted_tables
    )
