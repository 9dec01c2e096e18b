"""Databases that are filled and kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.store import filling
from tests.store.filling import Contents
from today_feeling.store import backup
from today_feeling.store.database import Database

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
