"""A backup that is damaged, or none, changes nothing."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.store import filling
from tests.store.backups.keeping import contents, fill
from tests.store.filling import Contents
from today_feeling.errors import Conflict, InvalidInput
from today_feeling.store import backup
from today_feeling.store.database import Database


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
