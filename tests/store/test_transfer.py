"""A moved database loses nothing, in all four directions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import (
    JSON,
    Column,
    MetaData,
    Table,
    Text,
    select,
    text,
    update,
)

from tests.conftest import FakeClock, new_schema
from tests.store import filling
from tests.store.filling import Contents
from today_feeling.errors import Conflict, InvalidInput, NotFound, StoreUnavailable
from today_feeling.store import accounts, layout, migrations, rows, transfer
from today_feeling.store.database import Database
from today_feeling.store.schema import Base
from today_feeling.store.transfer import copy

NewDatabase = Callable[[str], Database]


@pytest.fixture
def new_database(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[NewDatabase]:
    """Makes empty databases: `sqlite` or `postgresql`."""
    with ExitStack() as stack:
        numbers = count(1)

        def new(kind: str) -> Database:
            url = f"sqlite:///{tmp_path / f'{next(numbers)}.db'}"
            if kind == "postgresql":
                url = stack.enter_context(new_schema(request.getfixturevalue("postgresql")))
            return stack.enter_context(Database(url))

        yield new


def filled(database: Database, revision: str = "head") -> Database:
    database.migrate(revision)
    with database.writing() as session:
        filling.fill(session.connection())
    return database


def contents(database: Database) -> Contents:
    with database.reading() as session:
        return filling.contents(session.connection())


KINDS = ["sqlite", "postgresql"]


@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("source", KINDS)
def test_everything_arrives_exactly(new_database: NewDatabase, source: str, target: str) -> None:
    old, new = filled(new_database(source)), new_database(target)
    told: list[tuple[str, int, int]] = []
    tallies = copy(old, new, told=lambda *what: told.append(what))
    assert contents(new) == contents(old)
    assert sorted(tallies) == filling.KEPT
    assert set(told) == {(name, filling.ROWS, filling.ROWS) for name in filling.KEPT}
    assert {tally.rows for tally in tallies.values()} == {filling.ROWS}


def test_text_keys_are_in_the_same_order_everywhere(new_database: NewDatabase) -> None:
    """PostgreSQL would sort them as people do, and the checksums would differ."""
    digests = set()
    for kind in KINDS:
        with new_database(kind).writing() as session:
            connection = session.connection()
            for word in ("b", "A", "a", "B", "한", "_"):
                connection.execute(
                    text("CREATE TABLE IF NOT EXISTS words (word VARCHAR(9) PRIMARY KEY)")
                )
                connection.execute(text("INSERT INTO words VALUES (:word)"), {"word": word})
            digests.add(rows.tally(connection, words()).sha256)
    assert len(digests) == 1


def words() -> Table:
    word = Column("word", Text(), primary_key=True, info={"kind": "text"})
    return Table("words", MetaData(), word)


@pytest.mark.parametrize("target", KINDS)
def test_new_rows_get_new_numbers_after_a_copy(
    new_database: NewDatabase, target: str, clock: FakeClock
) -> None:
    old, new = filled(new_database("sqlite")), new_database(target)
    copy(old, new)
    with new.writing() as session:
        assert accounts.add_guest(session, clock()).id == filling.ROWS + 1


@pytest.mark.parametrize("target", KINDS)
def test_a_database_that_holds_something_is_not_overwritten(
    new_database: NewDatabase, target: str, clock: FakeClock
) -> None:
    old, new = filled(new_database("sqlite")), new_database(target)
    new.migrate()
    with new.writing() as session:
        accounts.add_guest(session, clock())
    before = contents(new)
    with pytest.raises(Conflict, match="1 users"):
        copy(old, new)
    assert contents(new) == before
    copy(old, new, replace=True)
    assert contents(new) == contents(old)


@pytest.mark.parametrize("target", KINDS)
def test_a_copy_that_fails_leaves_what_was_there(
    new_database: NewDatabase, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = filled(new_database("sqlite")), filled(new_database(target), "0001")
    before = contents(new)

    def fail(table: str, done: int, total: int) -> None:
        if table == "plays":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(old, new, replace=True, told=fail)
    assert contents(new) == before


@pytest.mark.parametrize("table", filling.KEPT)
def test_a_table_that_reads_differently_is_noticed(database: Database, table: str) -> None:
    filled(database)
    with database.writing() as session:
        connection = session.connection()
        (found,) = (each for each in filling.tables(connection) if each.name == table)
        written = rows.tally(connection, found)
        assert transfer.check(connection, written) == written
        last = next(reversed(layout.kinds(found)))
        one, other = connection.execute(select(found).limit(2))
        assert one[-1] != other[-1]
        connection.execute(update(found).values({last: other[-1]}))
        with pytest.raises(StoreUnavailable, match=f"{table} reads differently"):
            transfer.check(connection, written)


@pytest.mark.parametrize("source", KINDS)
def test_what_is_written_meanwhile_stays_out(
    new_database: NewDatabase, source: str, clock: FakeClock
) -> None:
    """Else a play could arrive without its recommendation."""
    old, new = filled(new_database(source)), new_database("sqlite")
    before = contents(old)

    def write_more(table: str, done: int, total: int) -> None:
        with old.writing() as session:
            accounts.add_guest(session, clock())

    copy(old, new, told=write_more)
    assert contents(new) == before
    assert len(contents(old)["users"]) > filling.ROWS


def test_what_postgresql_cannot_hold_is_named_and_nothing_is_kept(
    new_database: NewDatabase,
) -> None:
    old, new = filled(new_database("sqlite")), new_database("postgresql")
    with old.writing() as session:
        session.execute(text("UPDATE tracks SET title = 'a' || char(0) || 'b'"))
    with pytest.raises(Conflict, match=r"A row of tracks .*NUL"):
        copy(old, new)
    assert contents(new) == {}


def test_an_older_database_arrives_as_it_is(new_database: NewDatabase) -> None:
    old, new = filled(new_database("postgresql"), "0001"), new_database("sqlite")
    copy(old, new)
    assert contents(new) == contents(old)
    with new.reading() as session:
        assert migrations.current(session.connection()) == "0001"


def test_a_database_is_not_copied_onto_itself(new_database: NewDatabase, tmp_path: Path) -> None:
    old = filled(new_database("sqlite"))
    detour = f"sqlite:///{tmp_path}/../{tmp_path.name}/1.db"
    with Database(detour) as same, pytest.raises(InvalidInput, match="itself"):
        copy(old, same, replace=True)
    again = filled(new_database("postgresql"))
    with pytest.raises(InvalidInput, match="itself"):
        copy(again, again, replace=True)


def test_a_source_that_is_not_there_is_not_made(new_database: NewDatabase, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        copy(new_database("sqlite"), new_database("sqlite"))
    assert list(tmp_path.iterdir()) == []


def test_a_source_of_somebody_else_is_refused(new_database: NewDatabase) -> None:
    with pytest.raises(InvalidInput, match="no database of Today Feeling"):
        copy(new_database("postgresql"), new_database("sqlite"))


def test_no_column_may_hide_the_difference_between_null_and_none(database: Database) -> None:
    """JSON null and no value read the same, so a nullable column must know only the second."""
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if column.nullable and isinstance(column.type, JSON):
                assert column.type.none_as_null, column


def test_the_layout_of_the_newest_revision_is_the_schema(database: Database) -> None:
    with database.reading() as session:
        revision = migrations.current(session.connection())
    assert revision
    assert {table.name: set(layout.kinds(table)) for table in layout.of(revision).tables} == {
        name: {column.name for column in table.columns}
        for name, table in Base.metadata.tables.items()
        if name in filling.KEPT
    }
