"""A backup brings everything back, or says why not and changes nothing."""

from __future__ import annotations

import gzip
import stat
from pathlib import Path

import pytest

from tests.conftest import FakeClock
from tests.store import filling
from tests.store.backups.keeping import NOW, contents, fill, keep
from tests.store.filling import Contents
from today_feeling.errors import Conflict, NotFound, StoreUnavailable
from today_feeling.store import accounts, backup
from today_feeling.store.database import Database


def test_what_is_kept_comes_back_on_either_database(
    database: Database, other: Database, file: Path
) -> None:
    before = fill(database)
    made = keep(database, file)
    found = backup.restore(other, file)
    assert contents(other) == before
    assert found == made
    assert found.header.made_at == NOW
    assert found.header.made_by == "1.2.3"
    assert {name: tally.rows for name, tally in found.tables.items()} == dict.fromkeys(
        filling.KEPT, filling.ROWS
    )


def test_either_database_takes_a_backup_and_counts_on(
    database_url: str, kept: Contents, file: Path, clock: FakeClock
) -> None:
    with Database(database_url) as empty:
        backup.restore(empty, file)
        assert contents(empty) == kept
        with empty.writing() as session:
            assert accounts.add_guest(session, clock()).id == filling.ROWS + 1


def test_both_databases_give_the_same_backup(
    database: Database, kept: Contents, file: Path, tmp_path: Path
) -> None:
    backup.restore(database, file)
    keep(database, tmp_path / "again.gz")
    assert gzip.decompress((tmp_path / "again.gz").read_bytes()) == gzip.decompress(
        file.read_bytes()
    )


def test_a_backup_of_older_tables_comes_back_up_to_date(
    database_url: str, other: Database, file: Path
) -> None:
    with Database(database_url) as old:
        old.migrate("0001")
        before = fill(old)
        keep(old, file)
    backup.restore(other, file)
    after = contents(other)
    assert sorted(after) == filling.KEPT
    for table, rows in before.items():
        for then, now in zip(rows, after[table], strict=True):
            assert {name: now[name] for name in then} == then


def test_a_backup_can_be_made_while_others_write(
    database: Database, other: Database, file: Path, clock: FakeClock
) -> None:
    before = fill(database)

    def write_more(table: str, done: int, total: int) -> None:
        with database.writing() as session:
            accounts.add_guest(session, clock())

    backup.backup(database, file, now=NOW, made_by="", told=write_more)
    backup.restore(other, file)
    assert contents(other) == before


def test_only_its_owner_can_read_a_backup(kept: Contents, file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_backup_is_not_replaced_unless_told_to(
    database: Database, file: Path, other: Database
) -> None:
    file.write_text("the only copy")
    with pytest.raises(Conflict, match="--force"):
        keep(database, file)
    assert file.read_text() == "the only copy"
    backup.backup(database, file, now=NOW, made_by="", replace=True)
    backup.restore(other, file)


def test_a_backup_that_fails_leaves_no_half_file(database: Database, tmp_path: Path) -> None:
    fill(database)
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "kept.gz").write_text("the only copy")

    def fail(table: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup.backup(database, folder / "kept.gz", now=NOW, made_by="", replace=True, told=fail)
    assert [each.read_text() for each in folder.iterdir()] == ["the only copy"]


def test_a_backup_that_cannot_be_written_says_so(database: Database, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="nowhere"):
        keep(database, tmp_path / "nowhere" / "kept.gz")


def test_a_database_that_is_not_there_is_not_kept(other: Database, file: Path) -> None:
    with pytest.raises(NotFound):
        keep(other, file)
    assert not file.exists()


def test_a_database_in_use_is_not_overwritten_unless_told_to(
    database: Database, kept: Contents, file: Path, clock: FakeClock
) -> None:
    with database.writing() as session:
        accounts.add_guest(session, clock())
    before = contents(database)
    with pytest.raises(Conflict, match="1 users"):
        backup.restore(database, file)
    assert contents(database) == before
    backup.restore(database, file, replace=True)
    assert contents(database) == kept
