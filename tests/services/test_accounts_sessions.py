from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.conftest import FakeClock
from today_feeling.errors import SessionRequired
from today_feeling.services import retention, sessions
from today_feeling.store import accounts
from today_feeling.store import database as database_module
from today_feeling.store.database import Database
from today_feeling.store.schema import SessionRow, UserRow


def test_a_guest_is_known_by_the_token(database: Database, clock: FakeClock) -> None:
    entry = sessions.enter_as_guest(database, now=clock(), session_days=365)
    again = sessions.current(database, entry.token, now=clock(), session_days=365)
    assert again.user == entry.user
    assert entry.user.guest


def test_tokens_are_long_and_never_the_same(database: Database, clock: FakeClock) -> None:
    tokens = {
        sessions.enter_as_guest(database, now=clock(), session_days=1).token for _ in range(20)
    }
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 43  # 256 bits in base 64


def test_the_token_is_not_in_the_database(database: Database, clock: FakeClock) -> None:
    entry = sessions.enter_as_guest(database, now=clock(), session_days=1)
    with database.reading() as session:
        row = session.execute(text("SELECT * FROM sessions")).one()
    assert entry.token.encode() not in [
        value.encode() if isinstance(value, str) else value for value in row
    ]
    assert entry.token not in repr(row)


@pytest.mark.parametrize("token", [None, "", "guess", "x" * 43, "한글", "\ud800"])
def test_without_the_token_there_is_no_session(
    database: Database, clock: FakeClock, token: str | None
) -> None:
    sessions.enter_as_guest(database, now=clock(), session_days=1)
    with pytest.raises(SessionRequired):
        sessions.current(database, token, now=clock(), session_days=1)


def test_a_session_ends_after_its_days_without_use(database: Database, clock: FakeClock) -> None:
    entry = sessions.enter_as_guest(database, now=clock(), session_days=2)
    for _ in range(5):
        now = clock.advance(days=1.9)
        sessions.current(database, entry.token, now=now, session_days=2)
    with pytest.raises(SessionRequired):
        sessions.current(database, entry.token, now=clock.advance(days=2), session_days=2)


def test_the_last_use_is_noted_at_most_once_an_hour(database: Database, clock: FakeClock) -> None:
    start = clock()
    entry = sessions.enter_as_guest(database, now=start, session_days=2)

    def used_at(minutes: float) -> object:
        now = clock.advance(minutes=minutes)
        sessions.current(database, entry.token, now=now, session_days=2)
        with database.reading() as session:
            return session.query(SessionRow).one().last_used_at

    assert used_at(59) == start
    assert used_at(1) == clock()


def test_a_guest_whose_session_ended_is_forgotten_when_nobody_asks(
    database: Database, clock: FakeClock
) -> None:
    def known() -> set[int]:
        retention.purge(database, clock())
        with database.reading() as session:
            return {row.id for row in session.query(UserRow)}

    first = sessions.enter_as_guest(database, now=clock(), session_days=2)
    second = sessions.enter_as_guest(database, now=clock.advance(days=1), session_days=2)
    assert known() == {first.user.id, second.user.id}
    third = sessions.enter_as_guest(database, now=clock.advance(days=1), session_days=2)
    assert known() == {second.user.id, third.user.id}
    fourth = sessions.enter_as_guest(database, now=clock.advance(days=9), session_days=2)
    assert known() == {fourth.user.id}
    assert fourth.user.id > third.user.id  # an id never comes again


def test_whoever_leaves_without_a_session_waits_for_nobody(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "LOCK_WAIT_MS", 50)
    url = database.url.render_as_string(hide_password=False)
    with Database(url) as other, database.writing() as session:
        accounts.add_guest(session, clock())
        session.flush()
        sessions.log_out(other, "x" * 43, everywhere=True, now=clock())


def test_a_request_is_answered_though_nobody_can_note_it(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = sessions.enter_as_guest(database, now=clock(), session_days=2)
    now = clock.advance(hours=2)
    monkeypatch.setattr(database_module, "LOCK_WAIT_MS", 50)
    url = database.url.render_as_string(hide_password=False)
    with Database(url) as other, database.writing() as session:
        accounts.add_guest(session, clock())
        session.query(SessionRow).with_for_update().all()
        session.flush()
        found = sessions.current(other, entry.token, now=now, session_days=2)
    assert found.user == entry.user
