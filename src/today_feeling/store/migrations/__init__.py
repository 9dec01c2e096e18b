"""Steps from any older database to the present tables, and back.

Their order is that of `down_revision`, and not of their numbers: 0006 comes after 0007.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from today_feeling.errors import Conflict

VERSION_TABLE: Final = "alembic_version"

WAIT_MS: Final = 60_000
"""So long a process waits for another one that migrates: that takes longer than a write."""

_LOCK_KEY: Final = 0x70DA7


def config(connection: Connection) -> Config:
    """Alembic's configuration for these steps on this connection."""
    alembic = Config()
    alembic.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    alembic.attributes["connection"] = connection
    return alembic


def current(connection: Connection) -> str | None:
    """The revision that the database is at; None where it has no tables of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def lock(connection: Connection) -> None:
    """Let no other process migrate until the connection's open transaction ends."""
    if connection.dialect.name == "postgresql":
        wait = text("SELECT set_config('lock_timeout', :wait, true)")
        usual = connection.scalar(text("SHOW lock_timeout"))
        connection.execute(wait, {"wait": str(WAIT_MS)})
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
        connection.execute(wait, {"wait": usual})


def run(connection: Connection, revision: str) -> None:
    """Go to `revision` (`head`, `base` or an id) inside the connection's open transaction.

    Raises `Conflict` where this program does not know that revision, or the database's own.
    """
    lock(connection)
    steps = config(connection)
    scripts = ScriptDirectory.from_config(steps)
    now = current(connection)
    wanted = {"head": scripts.get_current_head(), "base": None}.get(revision, revision)
    for each in (now, wanted):
        _require_known(scripts, each)
    if now == wanted:
        return
    older = wanted is None or (
        now is not None
        and wanted in {step.revision for step in scripts.iterate_revisions(now, "base")}
    )
    (command.downgrade if older else command.upgrade)(steps, revision)


def _require_known(scripts: ScriptDirectory, revision: str | None) -> None:
    try:
        if revision is None or scripts.get_revision(revision):
            return
    except CommandError:
        pass
    raise Conflict(f"Revision {revision} of the tables is of a newer Today Feeling than this one.")
