"""Every step up and down, with data in every table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.orm import Session

from tests.store import filling
from tests.store.filling import Contents, Given
from today_feeling.errors import Conflict
from today_feeling.store import migrations
from today_feeling.store.database import Database

# Some steps down mean to take something away: accounts become guests, what the user deleted does
# not come back to an older program that knows no marks, nor do somebody's own songs to everybody.
KEPT_BY_EVERY_STEP: Final[Given] = {
    "users": {"guest": True},
    "observations": {"deletion_id": None},
    "plays": {"deletion_id": None},
    "tracks": {"user_id": None},
}


def revisions() -> list[str]:
    """From the first to the newest."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(migrations.config(connection))
    engine.dispose()
    return [step.revision for step in scripts.walk_revisions()][::-1]


REVISIONS: Final = revisions()


def test_steps_are_one_after_the_other() -> None:
    """Whoever adds one names the newest as `down_revision`; a number says nothing of it."""
    with create_engine("sqlite://").connect() as connection:
        scripts = ScriptDirectory.from_config(migrations.config(connection))
    assert len(scripts.get_heads()) == 1


def shared(one: Contents, other: Contents) -> Iterator[tuple[object, object]]:
    """What both have: the same columns of the same rows of the same tables."""
    for table in one.keys() & other.keys():
        for mine, theirs in zip(one[table], other[table], strict=True):
            for column in mine.keys() & theirs.keys():
                yield (table, column, mine[column]), (table, column, theirs[column])


def fill_and_read(database: Database) -> Contents:
    with database.writing() as session:
        filling.fill(session.connection(), KEPT_BY_EVERY_STEP)
        return filling.contents(session.connection())


def read(database: Database) -> Contents:
    with database.reading() as session:
        return filling.contents(session.connection())


def table_names(session: Session) -> set[str]:
    return set(inspect(session.connection()).get_table_names())


def test_every_step_up_keeps_what_is_there(empty: Database) -> None:
    empty.migrate(REVISIONS[0])
    before = fill_and_read(empty)
    for revision in REVISIONS[1:]:
        empty.migrate(revision)
        assert all(now == then for now, then in shared(read(empty), before)), revision
        before = fill_and_read(empty)
    assert all(len(rows) >= filling.ROWS for rows in before.values())


def test_every_step_down_keeps_what_the_older_tables_have_a_place_for(empty: Database) -> None:
    empty.migrate()
    before = fill_and_read(empty)
    for newer, older in pairwise(reversed(REVISIONS)):
        empty.migrate(older)
        after = read(empty)
        assert all(now == then for now, then in shared(after, before)), f"{newer} -> {older}"
        before = after
    empty.migrate("base")
    with empty.reading() as session:
        assert table_names(session) == {migrations.VERSION_TABLE}


@pytest.mark.parametrize("older", REVISIONS[:-1])
def test_a_database_goes_down_and_up_again_and_works(empty: Database, older: str) -> None:
    empty.migrate()
    first = fill_and_read(empty)
    empty.migrate(older)
    between = read(empty)
    empty.migrate()
    assert all(now == then for now, then in shared(read(empty), between))
    assert fill_and_read(empty).keys() == first.keys()


def test_tables_of_a_newer_program_are_left_alone(empty: Database) -> None:
    empty.migrate()
    with pytest.raises(Conflict, match="9999"):
        empty.migrate("9999")
    with empty.writing() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Conflict, match="newer"):
        empty.migrate()


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    with Database(database_url) as opened:
        yield opened


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_postgresql_does_not_compress_the_sums_that_everybody_who_learns_waits_for(
    database: Database,
) -> None:
    with database.reading() as session:
        asked = text(
            "SELECT CAST(attstorage AS text) FROM pg_attribute WHERE attname = 'a' AND attrelid IN"
            " ('taste_shared'::regclass, 'taste_people'::regclass)"
        )
        assert session.scalars(asked).all() == ["e", "e"]
