"""Steps from any older database to the present tables, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

_LOCK_KEY: Final = 0x70DA7


def config(connection: Connection) -> Config:
    """Alembic's configuration for these steps on this connection."""
    alembic = Config()
    alembic.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    alembic.attributes["connection"] = connection
    return alembic


def run(connection: Connection, revision: str) -> None:
    """Go to `revision` (`head`, `base` or an id) inside the connection's open transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
    steps = config(connection)
    scripts = ScriptDirectory.from_config(steps)
    now = MigrationContext.configure(connection).get_current_revision()
    wanted = {"head": scripts.get_current_head(), "base": None}.get(revision, revision)
    if now == wanted:
        return
    older = wanted is None or (
        now is not None
        and wanted in {step.revision for step in scripts.iterate_revisions(now, "base")}
    )
    (command.downgrade if older else command.upgrade)(steps, revision)
