"""A backup brings everything back, or says why not and changes nothing."""

from __future__ import annotations

import gzip
import json
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import FakeClock
from tests.store import filling
from tests.store.filling import Contents
from today_feeling.errors import Conflict, InvalidInput, NotFound, StoreUnavailable
from today_feeling.store import accounts, backup
from today_feeling.store.database import Database
from today_feeling.store.schema import Base

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def fill(database: Database) -> Contents:
    with database.writing() as session:
        filling.fill(session.connection())
        return filling.contents(session.connection())


def contents(database: Database) -> Contents:
    with database.reading() as session:
        return filling.contents(session.connection())


def keep(database: Database, path: Path) -> backup.Contents:
    return backup.backup(database, path, now=NOW, made_by="1.2.3")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept.gz"


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Database]:
    """A second database, that is not there yet."""
    with Database(f"sqlite:///{tmp_path / 'other.db'}") as opened:
        yield opened


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Contents]:
    """A backup of a SQLite database, and what that held."""
    folder = tmp_path_factory.mktemp("original")
    with Database(f"sqlite:///{folder / 'origin.db'}") as origin:
        origin.migrate()
        held = fill(origin)
        keep(origin, folder / "backup.gz")
    return folder / "backup.gz", held


@pytest.fixture
def kept(original: tuple[Path, Contents], file: Path) -> Contents:
    """What is in `file`."""
    backup, held = original
    shutil.copy(backup, file)
    return held


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
        Base.metadata.tables, filling.ROWS
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
    assert set(after) == set(Base.metadata.tables)
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


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def end_early(data: bytes) -> bytes:
    return gzip.compress(b"".join(gzip.decompress(data).splitlines(keepends=True)[:-1]))


def flip(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def change_value(data: bytes) -> bytes:
    return edit(data, b"[1,true,", b"[1,false,")


def drop_row(data: bytes) -> bytes:
    lines = gzip.decompress(data).splitlines(keepends=True)
    return gzip.compress(b"".join(line for line in lines if not line.startswith(b"[2,")))


def forget_table(data: bytes) -> bytes:
    lines = gzip.decompress(data).splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if b'"table":"library_folders"' in line)
    return gzip.compress(b"".join(lines[:start] + lines[start + filling.ROWS + 2 :]))


def rename_column(data: bytes) -> bytes:
    return edit(data, b'"guest":"boolean"', b'"guest; DROP":"boolean"')


def go_on(data: bytes) -> bytes:
    return data + gzip.compress(b"{}\n")


def edit(data: bytes, old: bytes, new: bytes) -> bytes:
    lines = gzip.decompress(data)
    assert old in lines
    return gzip.compress(lines.replace(old, new))


@pytest.mark.parametrize(
    "damage",
    [cut, end_early, flip, change_value, drop_row, forget_table, rename_column, go_on],
)
def test_a_damaged_backup_changes_nothing(
    database: Database, kept: Contents, file: Path, damage: object
) -> None:
    assert callable(damage)
    before = fill(database)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(InvalidInput, match=r"kept\.gz"):
        backup.restore(database, file, replace=True)
    assert contents(database) == before
    with pytest.raises(InvalidInput, match=r"kept\.gz"):
        backup.check(file)


def other_format(data: bytes) -> bytes:
    return gzip.compress(json.dumps({"format": "another"}).encode() + b"\n")


@pytest.mark.parametrize(
    "replacement",
    [lambda _: b"", lambda _: b"plain text", other_format, lambda _: gzip.compress(b"[]\n")],
)
def test_a_file_that_is_no_backup_is_refused(
    kept: Contents, file: Path, replacement: object
) -> None:
    assert callable(replacement)
    file.write_bytes(replacement(file.read_bytes()))
    with pytest.raises(InvalidInput, match="no backup"):
        backup.check(file)


def test_a_file_that_is_not_there_is_one_line(other: Database, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="No such file"):
        backup.restore(other, tmp_path / "nothing.gz")


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"version":1', b'"version":2'), (b'"revision":"', b'"revision":"9')],
)
def test_a_backup_of_a_newer_program_says_so(
    kept: Contents, file: Path, other: Database, old: bytes, new: bytes
) -> None:
    file.write_bytes(edit(file.read_bytes(), old, new))
    with pytest.raises((InvalidInput, Conflict), match="newer"):
        backup.restore(other, file)


def test_a_whole_backup_is_found_whole_without_a_database(kept: Contents, file: Path) -> None:
    told: list[tuple[str, int, int]] = []
    found = backup.check(file, told=lambda *what: told.append(what))
    assert {name: tally.rows for name, tally in found.tables.items()} == {
        name: len(rows) for name, rows in kept.items()
    }
    assert {each[1:] for each in told} == {(filling.ROWS, filling.ROWS)}
