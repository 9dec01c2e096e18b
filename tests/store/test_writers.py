"""Who reads and who writes at once, and who waits for whom."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.conftest import FakeClock
from today_feeling.errors import StoreUnavailable
from today_feeling.store import accounts
from today_feeling.store import database as database_module
from today_feeling.store.database import Database
from today_feeling.store.schema import UserRow


def test_a_locked_database_is_unavailable_and_recovers(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "LOCK_WAIT_MS", 50)
    with Database(database.url.render_as_string(hide_password=False)) as impatient:
        with database.writing() as holder:
            _lock_everything(holder, clock)
            with pytest.raises(StoreUnavailable), impatient.writing() as session:
                _lock_everything(session, clock)
        with impatient.writing() as session:
            _lock_everything(session, clock)


def _lock_everything(session: Session, clock: FakeClock) -> None:
    accounts.add_guest(session, clock())
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE users"))


def test_readers_do_not_wait_for_a_writer(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        accounts.add_guest(session, clock())
        with database.reading() as other:
            assert other.query(UserRow).count() == 0


def test_writers_take_turns(database: Database, clock: FakeClock) -> None:
    """Each reads, then writes what it read plus one: none may see another's half."""
    with database.writing() as session:
        session.execute(text("CREATE TABLE counter (n INTEGER)"))
        session.execute(text("INSERT INTO counter VALUES (0)"))
    lock = " FOR UPDATE" if not database.is_sqlite else ""

    def count() -> None:
        for _ in range(20):
            with database.writing() as session:
                n = session.scalar(text(f"SELECT n FROM counter{lock}"))  # noqa: S608
                session.execute(text("UPDATE counter SET n = :n"), {"n": n + 1})

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert session.scalar(text("SELECT n FROM counter")) == 80


@contextmanager
def somebody_writing(write: Callable[[], object]) -> Iterator[None]:
    """Another thread does it, again and again, until the block ends."""
    ended = threading.Event()

    def go_on() -> None:
        while not ended.is_set():
            write()

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        yield
    finally:
        ended.set()
        writer.join()


class Holder:
    """Writes, and takes its time; counts how often."""

    turns = 0

    def write(self, session: Session, some: object = None) -> None:
        del some
        session.execute(text("UPDATE users SET guest = guest"))
        time.sleep(0.02)
        self.turns += 1


def test_who_comes_first_writes_first(database: Database, clock: FakeClock) -> None:
    holder = Holder()

    def write() -> None:
        with database.writing() as session:
            holder.write(session)

    waited = []
    with somebody_writing(write):
        for _ in range(10):
            time.sleep(0.03)
            before = holder.turns
            with database.writing() as session:
                accounts.add_guest(session, clock())
                waited.append(holder.turns - before)
    assert max(waited) <= 2, "so many turns of the other one"


def test_who_writes_much_lets_other_processes_in(database: Database, clock: FakeClock) -> None:
    holder = Holder()
    waited = []
    with (
        Database(database.url.render_as_string(hide_password=False)) as other,
        somebody_writing(lambda: database.writing_some(range(10), 1, holder.write)),
    ):
        for _ in range(10):
            before = holder.turns
            with other.writing() as session:
                accounts.add_guest(session, clock())
                waited.append(holder.turns - before)
    assert max(waited) < 10, "so many turns of the other one"
