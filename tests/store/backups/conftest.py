"""`file`   where a backup is to be
`other`  a second database, that is not there yet
`kept`   what is in `file`, the backup of a SQLite database
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.backups.keeping import fill, keep
from tests.store.filling import Contents
from today_feeling.store.database import Database


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
