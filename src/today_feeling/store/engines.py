"""How connections to SQLite and PostgreSQL are made, and how a writer waits for another one."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from today_feeling.errors import InvalidInput

UNTIL: Final = "today_feeling_until"
"""The execution option of what will write to SQLite: when it gives up waiting for others, as
`time.monotonic` tells it."""

_LOOK_EVERY_S: Final = 0.002


def parse(given: str) -> URL:
    """The URL, with our driver. Raises `InvalidInput` where it is none that we serve."""
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


def sqlite(url: URL, wait_ms: int, *, foreign_keys: bool = True) -> Engine:
    """An engine whose transactions lock the file from their start where they will write."""
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
        # Two that switch a new file over at once are refused without waiting.
        _insist(
            lambda: connection.execute("PRAGMA journal_mode = WAL"),
            time.monotonic() + wait_ms / 1000,
        )
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA foreign_keys = {foreign_keys:d}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A reader that turns writer fails at once when another has written: lock from the start.
        until = connection.get_execution_options().get(UNTIL)
        if until is not None:
            _begin_writing(connection, until, wait_ms)
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def postgresql(url: URL, wait_ms: int) -> Engine:
    """An engine; its server has a queue for writers. Raises `InvalidInput` without the driver."""
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
        connection.execute(f"SET lock_timeout = {wait_ms:d}")
        connection.commit()

    return engine


def _begin_writing(connection: Connection, until: float, wait_ms: int) -> None:
    """SQLite has no queue: it looks for the lock at last every 100 ms, and misses the moments in
    which somebody who writes without a pause leaves it free. So we look, and more often."""
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        _insist(lambda: raw.execute("BEGIN IMMEDIATE"), until)
    except sqlite3.OperationalError as error:
        raise OperationalError("BEGIN IMMEDIATE", None, error) from error
    finally:
        raw.execute(f"PRAGMA busy_timeout = {wait_ms:d}")


def _insist(ask: Callable[[], object], until: float) -> None:
    """Ask until nobody else has the file. Raises what it is told after `until`."""
    while True:
        try:
            ask()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(_LOOK_EVERY_S)
