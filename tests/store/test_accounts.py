from __future__ import annotations

from datetime import timedelta

from tests.conftest import FakeClock
from today_feeling.store import accounts
from today_feeling.store.database import Database
from today_feeling.store.schema import SessionRow

DAY = timedelta(days=1)


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
        accounts.drop_expired_sessions(session, clock() + DAY)
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


def test_revoking_ends_the_sessions_of_one_user_only(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        for letter in (b"a", b"b"):
            user = accounts.add_guest(session, clock())
            accounts.add_session(session, user.id, letter * 32, clock(), clock() + DAY)
        accounts.revoke_sessions(session, user.id)
        assert accounts.find_session(session, b"a" * 32, clock()) is not None
        assert accounts.find_session(session, b"b" * 32, clock()) is None
