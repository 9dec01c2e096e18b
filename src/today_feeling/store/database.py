"""The database: connects, migrates, and owns every transaction."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from today_feeling.errors import Conflict, NotFound, StoreUnavailable
from today_feeling.store import engines, migrations
from today_feeling.store.turns import Turns

_log = logging.getLogger(__name__)

_Item = TypeVar("_Item")
_Done = TypeVar("_Done")

LOCK_WAIT_MS: Final = 5000
"""A writer waits so long for another one before it gives up."""

_TURN_S: Final = 0.01
"""Long enough for whoever waits to write in a SQLite file to find it free."""


class Database:
    """SQLite or PostgreSQL. `close` it, or use it as a context manager."""

    def __init__(self, url: str) -> None:
        """Connect at first use only. Raises `InvalidInput` where the URL is not one we serve."""
        self.url = engines.parse(url)
        connect = engines.sqlite if self.is_sqlite else engines.postgresql
        self._engine = connect(self.url, LOCK_WAIT_MS)
        # PostgreSQL shows every statement of a transaction its own moment: without one, which
        # costs two ways to the server and back, a reader sees just as much.
        one_by_one = {} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._reader = self._engine.execution_options(**one_by_one)
        self._turns = Turns()

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
        with self._turn() as writer, self._transaction(writer) as session:
            yield session

    def writing_some(
        self, items: Sequence[_Item], most: int, put: Callable[[Session, Sequence[_Item]], _Done]
    ) -> list[_Done]:
        """Put all items, at most so many of them in one transaction; what each `put` returns.

        Others who want to write come in between. Where one raises, those before stay.
        """
        done = []
        for start in range(0, len(items), most):
            with self.writing() as session:
                done.append(put(session, items[start : start + most]))
            self.give_way()
        return done

    def give_way(self) -> None:
        """Between two of many transactions that write: lets those in who wait. Call it in none."""
        if self.is_sqlite:  # which has no queue for them
            time.sleep(_TURN_S)

    @contextmanager
    def trying(self) -> Iterator[Session]:
        """A transaction that writes, and of which nothing stays.

        Raises `StoreUnavailable` where the database is locked, full or cannot be reached.
        """
        with self._turn() as writer, self._transaction(writer) as session:
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
        engine = engines.sqlite(self.url, migrations.WAIT_MS, foreign_keys=False)
        try:
            until = time.monotonic() + migrations.WAIT_MS / 1000
            with self._transaction(engine.execution_options(**{engines.UNTIL: until})) as session:
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
    def _turn(self) -> Iterator[Engine]:
        """Of the writers in this process, where the database has no queue for them itself; what
        then waits no longer for those in others than is left."""
        if not self.is_sqlite:
            yield self._engine
            return
        until = time.monotonic() + LOCK_WAIT_MS / 1000
        if not self._turns.enter(LOCK_WAIT_MS / 1000):
            raise StoreUnavailable(f"The database {self} cannot be used now: many write to it.")
        try:
            yield self._engine.execution_options(**{engines.UNTIL: until})
        finally:
            self._turns.leave()

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Session]:
        try:
            with Session(engine, expire_on_commit=False) as session, session.begin():
                yield session
        except IntegrityError as error:
            # Of what it names, something went or came meanwhile. Its words hold users' values.
            _log.warning("%s: the transaction was taken back", type(error.orig).__name__)
            raise Conflict("What this is about has just changed: try again.") from None
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
