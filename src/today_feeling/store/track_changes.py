"""Which songs came, changed or went since somebody read last.

Triggers of `tracks` note it, so nothing that writes goes past them, in whichever process. A row
says of a song when it changed last. Only what the recommender goes by counts, and only of songs
that are available, or were before.

On SQLite, where one writer comes after the other, a number tells when. On PostgreSQL they come at
once, and one that began earlier may commit later: to count on, each would have to wait for those
before, which may scan a whole folder. So the id of its transaction stands there, and a reader
keeps the snapshot of its last reading, which says of every transaction whether it was over then.
While one goes on for long, what has changed since it began is looked through with each reading.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

_BEGINNING: Final = 0
"""Of the log itself, in the place of a track's id."""

_LATEST: Final = {
    "sqlite": text("SELECT CAST(coalesce(max(number), 0) AS TEXT) FROM track_changes"),
    "postgresql": text("SELECT CAST(pg_current_snapshot() AS text)"),
}
# A transaction that is not reached yet is of another server, which had the database before.
_SINCE: Final = {
    "sqlite": text("""
        SELECT CAST(latest.number AS TEXT), changed.track_id
        FROM (SELECT coalesce(max(number), 0) AS number FROM track_changes) AS latest
        LEFT JOIN track_changes AS changed ON changed.number > CAST(:mark AS INTEGER)
    """),
    "postgresql": text("""
        SELECT CAST(pg_current_snapshot() AS text), changed.track_id
        FROM (SELECT CAST(:mark AS pg_snapshot) AS snapshot) AS last
        LEFT JOIN track_changes AS changed
            ON changed.number >= pg_snapshot_xmin(snapshot)::text::bigint
            AND changed.number < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
            AND NOT pg_visible_in_snapshot(changed.number::text::xid8, snapshot)
    """),
}


class Changes(NamedTuple):
    """What is to be read anew."""

    ids: list[int]
    """Of songs; those that are no longer offered are among them."""
    mark: str
    """Where to go on the next time."""
    everything: bool
    """The database was replaced by another one since: no id that was read need be of the same
    song, and `ids` does not name those that are gone."""


def latest(session: Session) -> str:
    """Where to begin, asked before everything is read: what changes meanwhile is read twice.

    `session`, here and below, has written no track: what it might take back must not be read.
    """
    return str(session.execute(_LATEST[_dialect(session)]).scalar_one())


def since(session: Session, mark: str) -> Changes:
    """What has changed since the mark was given."""
    rows = session.execute(_SINCE[_dialect(session)], {"mark": mark}).all()
    now, ids = rows[0][0], [track_id for _, track_id in rows]
    everything = _BEGINNING in ids or _first(now) < _first(mark)
    return Changes([track_id for track_id in ids if track_id], now, everything)


def _first(mark: str) -> int:
    """What never falls in one database: the last change, or the oldest transaction."""
    return int(mark.partition(":")[0])


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name
