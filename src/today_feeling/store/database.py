"""The database: connects, migrates, and owns every transaction."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from today_feeling.errors import InvalidInput, NotFound, StoreUnavailable
from today_feeling.store import migrations

LOCK_WAIT_MS: Final = 5000
"""A writer waits so long for another one before it gives up."""

_WRITES: Final = "today_feeling_writes"


class Database:
    """SQLite or PostgreSQL. `close` it, or use it as a context manager."""

    def __init__(self, url: str) -> None:
        """Connect at first use only. Raises `InvalidInput` where the URL is not one we serve."""
        self.url = _parse(url)
        self._engine = _sqlite(self.url, LOCK_WAIT_MS) if self.is_sqlite else _postgresql(self.url)
        # PostgreSQL shows every statement of a transaction its own moment: without one, which
        # costs two ways to the server and back, a reader sees just as much.
        one_by_one = {} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._reader = self._engine.execution_options(**one_by_one)
        self._writer = self._engine.execution_options(**{_WRITES: True})

    def __str__(self) -> str:
        """The URL, without its password."""
        return self.url.render_as_string()

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """To read only; it waits for no writer. In PostgreSQL it is no transaction: every statement
        sees its own moment. Where two must agree, there is `snapshot`."""
        with self._transaction(self._reader) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A transaction that only reads, and sees one moment throughout.

        Raises `NotFound` where it would be a SQLite file that is not there.
        """
        engine = self._engine
        if not self.is_sqlite:
            engine = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        elif not Path(self.url.database or "").is_file():
            raise NotFound(f"There is no database {self}.")
        with self._transaction(engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that writes: all of it happens, or none where the block raises.

        Raises `StoreUnavailable` where the database is locked, full or cannot be reached.
        """
        with self._transaction(self._writer) as session:
            yield session

    @contextmanager
    def trying(self) -> Iterator[Session]:
        """A transaction that writes, and of which nothing stays.

        Raises `StoreUnavailable` where the database is locked, full or cannot be reached.
        """
        with self._transaction(self._writer) as session:
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def rebuilding(self) -> Iterator[Session]:
        """A transaction that may drop tables, and make them anew with other constraints.

        SQLite changes a constraint in no other way, and takes the end of a table for the end of
        its rows and of all that refer to them. So nothing enforces foreign keys in here; they are
        looked over at the end, and `StoreUnavailable` is raised where one leads nowhere.
        """
        if not self.is_sqlite:
            with self.writing() as session:
                yield session
            return
        engine = _sqlite(self.url, migrations.WAIT_MS, foreign_keys=False)
        try:
            with self._transaction(engine.execution_options(**{_WRITES: True})) as session:
                yield session
                lost = session.execute(text("PRAGMA foreign_key_check")).first()
                if lost is not None:
                    raise StoreUnavailable(
                        f"In {self}, a row of {lost[0]} refers to none of {lost[2]}."
                    )
        finally:
            engine.dispose()

    def migrate(self, revision: str = "head") -> None:
        """Bring the tables to `revision`, up or down; several processes may try at once."""
        self.make_file()
        with self.rebuilding() as session:
            migrations.run(session.connection(), revision)

    def make_file(self) -> None:
        """Make the file of a SQLite database, for its owner only, where there is none."""
        if self.is_sqlite and self.url.database:
            _make_private_file(Path(self.url.database))

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Session]:
        try:
            with Session(engine, expire_on_commit=False) as session, session.begin():
                yield session
        except IntegrityError:
            raise
        except (DBAPIError, PoolTimeout) as error:
            if isinstance(error, DBAPIError) and not _is_outage(error):
                raise
            raise StoreUnavailable(
                f"The database {self} cannot be used now: {_cause(error)}"
            ) from error


def _is_outage(error: DBAPIError) -> bool:
    """Locked, full, damaged or unreachable; the other kinds are mistakes of ours."""
    return type(error).__name__ in {"OperationalError", "InterfaceError", "DatabaseError"}


def _cause(error: SQLAlchemyError) -> str:
    original = getattr(error, "orig", None)
    return str(original or error).strip().partition("\n")[0]


def _parse(given: str) -> URL:
    try:
        url = make_url(given)
    except ArgumentError:
        raise InvalidInput(
            "The database must be a URL like sqlite:///PATH or postgresql+psycopg://HOST/NAME."
        ) from None
    if url.get_backend_name() in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername != "sqlite" or url.database in {None, "", ":memory:"}:
        raise InvalidInput("The database must be a SQLite file or PostgreSQL.")
    return url


def _sqlite(url: URL, wait_ms: int, *, foreign_keys: bool = True) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": wait_ms / 1000},
        pool_size=8,
        max_overflow=32,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        # The driver's own BEGIN comes too late for DDL and for taking the write lock first.
        connection.isolation_level = None
        _write_ahead(connection, wait_ms)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA foreign_keys = {foreign_keys:d}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A reader that turns writer fails at once when another has written: lock from the start.
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _write_ahead(connection: Any, wait_ms: int) -> None:
    """Two that switch a new file over at once are refused without waiting: so wait here."""
    until = time.monotonic() + wait_ms / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.01)


def _postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(
            url,
            connect_args={"connect_timeout": 5},
            pool_size=8,
            max_overflow=32,
            pool_pre_ping=True,
            hide_parameters=True,
        )
    except ModuleNotFoundError as error:
        raise InvalidInput(
            "PostgreSQL needs its driver: pip install 'today-feeling[postgres]'"
        ) from error

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.execute(f"SET lock_timeout = {LOCK_WAIT_MS:d}")
        connection.commit()

    return engine


def _make_private_file(file: Path) -> None:
    """A diary is nobody else's business, so a file or folder that we make is for its owner only.

    What is there already stays as it is. SQLite gives its other files the mode of this one.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StoreUnavailable(f"The database {file} cannot be made: {error.strerror}") from error
