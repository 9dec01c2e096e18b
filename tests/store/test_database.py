from __future__ import annotations

import os
import sqlite3
import stat
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import inspect, text
from sqlalchemy.exc import StatementError

from tests.conftest import FakeClock
from tests.store.world import add_track
from today_feeling.domain.music import Preferences
from today_feeling.domain.recommend import Choice, Mood, Reason
from today_feeling.errors import Conflict, InvalidInput, StoreUnavailable
from today_feeling.store import accounts, migrations, plays, preferences
from today_feeling.store import database as database_module
from today_feeling.store.database import Database
from today_feeling.store.schema import Base, UserRow


def test_migrations_lead_to_exactly_the_tables_of_the_models(database: Database) -> None:
    with database.writing() as session:
        command.check(migrations.config(session.connection()))


def test_migrating_again_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, datetime(2026, 1, 1, tzinfo=UTC))
    database.migrate()
    with database.reading() as session:
        assert session.get_one(UserRow, user.id).guest


def test_migrations_go_down_and_up_again_with_data_in_the_tables(
    database: Database, clock: FakeClock
) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        accounts.add_session(session, user.id, b"x" * 32, clock(), clock())
        preferences.put(session, user.id, Preferences.default())
        track_id = add_track(session)
        choice = Choice(track_id, Reason("random", None, None), 1.0)
        recommended = plays.add_recommendation(
            session, user.id, Mood(None, "random"), choice, clock()
        )
        plays.start(session, user.id, recommended.id, clock())
    database.migrate("base")
    with database.reading() as session:
        assert set(inspect(session.connection()).get_table_names()) == {"alembic_version"}
    database.migrate()
    with database.reading() as session:
        tables = set(inspect(session.connection()).get_table_names())
    assert tables == {"alembic_version", *Base.metadata.tables}


def test_two_processes_may_migrate_at_once(database_url: str) -> None:
    failures: list[BaseException] = []

    def migrate() -> None:
        try:
            with Database(database_url) as database:
                database.migrate()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=migrate) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_migration_that_takes_longer_than_a_write_is_waited_for(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "LOCK_WAIT_MS", 50)
    url = database.url.render_as_string(hide_password=False)
    with Database(url) as impatient, ThreadPoolExecutor() as pool:
        with database.rebuilding() as session:
            migrations.lock(session.connection())
            migrating = pool.submit(impatient.migrate)
            with pytest.raises(TimeoutError):
                migrating.result(timeout=1)
        migrating.result()


def test_a_new_file_is_opened_by_many_at_once(tmp_path: Path) -> None:
    for number in range(40):
        url, start = f"sqlite:///{tmp_path / f'{number}.db'}", threading.Barrier(6)

        def write(url: str = url, start: threading.Barrier = start) -> None:
            with Database(url) as database:
                start.wait()
                with database.writing() as session:
                    session.execute(text("CREATE TABLE IF NOT EXISTS t (n INTEGER)"))

        with ThreadPoolExecutor(6) as pool:
            for written in [pool.submit(write) for _ in range(6)]:
                written.result()


def test_times_come_back_aware_and_in_utc(database: Database) -> None:
    seoul = timezone(timedelta(hours=9))
    with database.writing() as session:
        user = accounts.add_guest(session, datetime(2026, 1, 1, 8, 30, 0, 123456, tzinfo=seoul))
    with database.reading() as session:
        created = session.get_one(UserRow, user.id).created_at
    assert created == datetime(2025, 12, 31, 23, 30, 0, 123456, tzinfo=UTC)
    assert created.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="time zone"), database.writing() as session:
        accounts.add_guest(session, datetime(2026, 1, 1))  # noqa: DTZ001


def test_nothing_is_written_where_the_block_raises(database: Database, clock: FakeClock) -> None:
    def write_half() -> None:
        with database.writing() as session:
            accounts.add_guest(session, clock())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    with database.reading() as session:
        assert session.query(UserRow).count() == 0


def test_rows_of_nobody_are_refused(database: Database, clock: FakeClock) -> None:
    with pytest.raises(Conflict), database.writing() as session:
        accounts.add_session(session, 12345, b"x" * 32, clock(), clock())


def test_what_a_database_refuses_is_no_word_in_the_log(
    database: Database, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    def add() -> None:
        with database.writing() as session:
            user = accounts.add_guest(session, clock())
            session.get_one(UserRow, user.id).login_id = "secretname"

    add()
    with pytest.raises(Conflict) as refused:
        add()
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
    assert "taken back" in caplog.text
    assert "secretname" not in caplog.text + str(refused.value)


def test_who_waits_for_a_turn_waits_no_longer_for_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "LOCK_WAIT_MS", 2000)
    url = f"sqlite:///{tmp_path / 'test.db'}"

    def write(database: Database) -> float:
        began = time.monotonic()
        with pytest.raises(StoreUnavailable), database.writing() as session:
            session.execute(text("CREATE TABLE other (n INTEGER)"))
        return time.monotonic() - began

    with (
        Database(url) as database,
        Database(url) as other,
        ThreadPoolExecutor(2) as pool,
        other.writing() as session,
    ):
        session.execute(text("CREATE TABLE one (n INTEGER)"))
        first = pool.submit(write, database)
        time.sleep(0.2)
        second = pool.submit(write, database)
        assert max(first.result(), second.result()) < 3


def test_a_full_database_is_unavailable(tmp_path: Path, clock: FakeClock) -> None:
    with Database(f"sqlite:///{tmp_path / 'test.db'}") as database:
        database.migrate()

        def fill() -> None:
            with database.writing() as session:
                pages = session.scalar(text("PRAGMA page_count"))
                session.execute(text(f"PRAGMA max_page_count = {pages}"))
                for _ in range(1000):
                    accounts.add_guest(session, clock())

        with pytest.raises(StoreUnavailable, match="full"):
            fill()


def test_a_damaged_database_is_unavailable(tmp_path: Path) -> None:
    file = tmp_path / "test.db"
    file.write_bytes(b"this is no database" * 1000)
    with Database(f"sqlite:///{file}") as database, pytest.raises(StoreUnavailable):
        database.migrate()


def test_an_unreachable_database_is_unavailable_and_its_password_stays_secret() -> None:
    url = "postgresql://someone:s3cret@127.0.0.1:9/nothing"
    with Database(url) as database, pytest.raises(StoreUnavailable) as caught:
        database.migrate()
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_a_url_that_we_do_not_serve_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput):
        Database(url)


def test_plain_postgresql_urls_get_our_driver() -> None:
    with Database("postgresql://host/name") as database:
        assert database.url.drivername == "postgresql+psycopg"


def test_sqlite_writes_ahead_and_checks_keys(tmp_path: Path) -> None:
    with Database(f"sqlite:///{tmp_path / 'test.db'}") as database:
        database.migrate()
        with database.reading() as session:
            assert session.scalar(text("PRAGMA journal_mode")) == "wal"
            assert session.scalar(text("PRAGMA foreign_keys")) == 1
            assert session.scalar(text("PRAGMA busy_timeout")) == 5000


def test_the_folder_of_a_new_database_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "test.db"
    with Database(f"sqlite:///{file}") as database:
        database.migrate()
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM users").fetchone() == (0,)
    connection.close()


def test_a_new_database_in_a_folder_that_was_there_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "test.db"
    before = os.umask(0)
    try:
        with Database(f"sqlite:///{file}") as database:
            database.migrate()
            with database.writing() as session:
                session.execute(text("DELETE FROM users"))
            modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert set(modes) >= {"test.db", "test.db-wal"}
    assert set(modes.values()) == {0o600}


def test_a_database_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "test.db"
    file.touch()
    file.chmod(0o640)
    with Database(f"sqlite:///{file}") as database:
        database.migrate()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        Database(f"sqlite:///{tmp_path / 'file' / 'test.db'}") as database,
        pytest.raises(StoreUnavailable, match="cannot be made"),
    ):
        database.migrate()
