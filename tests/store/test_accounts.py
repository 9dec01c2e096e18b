from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.conftest import FakeClock
from tests.store import filling
from today_feeling.errors import InvalidFields
from today_feeling.store import accounts, forgetting, password_resets
from today_feeling.store.database import Database
from today_feeling.store.schema import Base, SessionRow, UserRow

DAY = timedelta(days=1)
OF_A_USER = [table for table in Base.metadata.sorted_tables if "user_id" in table.columns]


def test_a_session_is_found_by_the_hash_of_its_token(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        accounts.add_session(session, user.id, b"a" * 32, clock(), clock() + DAY)
    with database.reading() as session:
        live = accounts.find_session(session, b"a" * 32, clock())
        assert live is not None
        assert live.user == user
        assert live.user.guest
        assert accounts.find_session(session, b"b" * 32, clock()) is None


def test_a_session_ends(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        accounts.add_session(session, user.id, b"a" * 32, clock(), clock() + DAY)
    with database.writing() as session:
        assert accounts.find_session(session, b"a" * 32, clock() + DAY) is None
        forgetting.drop_expired_sessions(session, clock() + DAY)
        assert session.query(SessionRow).count() == 0


def test_use_lets_a_session_live_on(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        accounts.add_session(session, user.id, b"a" * 32, clock(), clock() + DAY)
        live = accounts.find_session(session, b"a" * 32, clock())
        assert live is not None
        later = clock.advance(hours=20)
        accounts.touch_session(session, live.id, later, later + DAY)
    with database.reading() as session:
        found = accounts.find_session(session, b"a" * 32, clock.advance(hours=20))
        assert found is not None
        assert found.last_used_at == later


def owners(database: Database) -> dict[str, set[int]]:
    """Table -> users who have a row in it."""
    with database.reading() as session:
        found = {
            table.name: set(session.scalars(select(table.columns.user_id))) for table in OF_A_USER
        }
        return {"users": set(session.scalars(select(UserRow.id))), **found}


def fill(database: Database, *guests: int) -> None:
    """Users 1, 2 and 3 with rows in every table that there is; some of them are guests."""
    with database.writing() as session:
        filling.fill(session.connection())
        session.execute(update(UserRow).values(guest=UserRow.id.in_(guests)))
    assert set(map(tuple, owners(database).values())) == {(1, 2, 3)}


def test_every_table_of_users_is_known_to_cascade() -> None:
    for table in OF_A_USER:
        (key,) = table.columns.user_id.foreign_keys
        assert (key.column.table.name, key.ondelete) == ("users", "CASCADE"), table.name


def test_deleting_a_user_leaves_nothing_of_theirs_in_any_table(database: Database) -> None:
    fill(database)
    done: list[int] = []
    left = owners(database)
    while not done or done[-1] == 3:
        with database.writing() as session:
            done.append(forgetting.forget_some(session, 2, 3))
        before, left = left, owners(database)
        assert sum(2 in left[name] for name in left) >= sum(2 in before[name] for name in left) - 3
    assert sum(done) > 3
    assert set(map(tuple, owners(database).values())) == {(1, 3)}


def test_guests_without_a_session_are_forgotten_with_their_data_and_accounts_never(
    database: Database,
) -> None:
    fill(database, 1, 2)
    with database.writing() as session:
        accounts.end_sessions(session, 1)
        accounts.end_sessions(session, 3)
        lost = forgetting.lost_guests(session)
        for user_id in lost:
            forgetting.forget_some(session, user_id, 1000)
    found = owners(database)
    assert found.pop("sessions") == {2}
    assert set(map(tuple, found.values())) == {(2, 3)}


def make_account(database: Database, clock: FakeClock, login_id: str) -> accounts.User | None:
    with database.writing() as session:
        guest = accounts.add_guest(session, clock())
        return accounts.make_account(
            session, guest.id, login_id=login_id, password_hash="hash", name="가", email="a@b.kr"
        )


def test_a_guest_becomes_an_account_once(database: Database, clock: FakeClock) -> None:
    user = make_account(database, clock, "jisoo2026")
    assert user is not None
    assert (user.guest, user.login_id, user.name, user.email) == (
        False,
        "jisoo2026",
        "가",
        "a@b.kr",
    )
    with database.writing() as session:
        assert accounts.get(session, user.id) == user
        assert accounts.credentials(session, "jisoo2026") == (user.id, "hash")
        assert accounts.credentials(session, "jisoo2027") is None
        again = accounts.make_account(
            session, user.id, login_id="other2026", password_hash="", name="", email=""
        )
        assert again is None


def test_two_accounts_never_have_the_same_id(database: Database, clock: FakeClock) -> None:
    make_account(database, clock, "jisoo2026")
    with pytest.raises(InvalidFields) as caught:
        make_account(database, clock, "jisoo2026")
    assert [(each.field, each.code) for each in caught.value.problems] == [("login_id", "taken")]


def test_a_hash_is_replaced_only_if_it_is_still_the_one_that_was_checked(
    database: Database, clock: FakeClock
) -> None:
    user = make_account(database, clock, "jisoo2026")
    assert user is not None
    with database.writing() as session:
        assert not accounts.change_password_hash(session, user.id, old="wrong", new="new")
        assert accounts.change_password_hash(session, user.id, old="hash", new="new")
        assert accounts.credentials(session, "jisoo2026") == (user.id, "new")


def test_sessions_are_listed_and_ended_for_their_own_user_only(
    database: Database, clock: FakeClock
) -> None:
    with database.writing() as session:
        one, other = accounts.add_guest(session, clock()), accounts.add_guest(session, clock())
        for number, user in enumerate((one, one, one, other)):
            token = bytes([number] * 32)
            accounts.add_session(
                session, user.id, token, clock.advance(minutes=1), clock() + DAY, device=str(number)
            )
    with database.writing() as session:
        first, second, third = accounts.sessions_of(session, one.id, clock())
        assert [each.device for each in (first, second, third)] == ["2", "1", "0"]
        assert not accounts.end_session(session, other.id, first.id)
        assert accounts.end_session(session, one.id, first.id)
        assert not accounts.end_session(session, one.id, first.id)
        accounts.end_sessions(session, one.id, but=third.id)
        assert [each.id for each in accounts.sessions_of(session, one.id, clock())] == [third.id]
        assert len(accounts.sessions_of(session, other.id, clock())) == 1
        assert accounts.sessions_of(session, one.id, clock() + DAY) == []


def test_a_link_for_a_new_password_works_once_and_not_for_ever(
    database: Database, clock: FakeClock
) -> None:
    user = make_account(database, clock, "jisoo2026")
    assert user is not None
    token, old = b"a" * 32, b"b" * 32
    with database.writing() as session:
        password_resets.add(session, user.id, token, clock() + 2 * DAY)
        password_resets.add(session, user.id, old, clock() + DAY)
        clock.advance(days=1)
        assert password_resets.find(session, token, clock()) == (user.id, "jisoo2026", "hash")
        assert password_resets.find(session, old, clock()) is None
        assert not password_resets.take(session, old, clock())
        assert password_resets.take(session, token, clock())
        assert not password_resets.take(session, token, clock())


def test_links_of_a_user_can_be_dropped(database: Database, clock: FakeClock) -> None:
    users = [make_account(database, clock, name) for name in ("jisoo2026", "minho2026")]
    with database.writing() as session:
        for user in users:
            assert user is not None
            password_resets.add(session, user.id, bytes([user.id] * 32), clock() + DAY)
        assert users[0] is not None
        password_resets.drop_of(session, users[0].id)
        assert password_resets.find(session, b"\1" * 32, clock()) is None
        assert password_resets.find(session, b"\2" * 32, clock()) is not None
        password_resets.drop_expired(session, clock() + DAY)
        assert password_resets.find(session, b"\2" * 32, clock()) is None
