"""Milliseconds for the statistics of a year, beside the same ones straight from the records.

One user's camera is on for eight hours a day, with a reading every 10 s and a song for every 25 of
them, out of a thousand songs: a million readings are 347 days. The table shows from 10 thousand
readings to 10 million (`STATISTICS_UP_TO`), which are nine and a half years, in SQLite and in
PostgreSQL, all users in one database. The rival asks the same questions in the same way, but adds
up the rows of readings and plays, in SQL, instead of our sums of them; both find the same.

PostgreSQL computes in one process here, whose time can be read: it would share the rival's longest
answers among several.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from benchmarks.diaries import A_DAY, A_SONG, LAST, TRACKS, databases, fill
from benchmarks.report import report
from benchmarks.statistics_rival import from_rows
from today_feeling.services import statistics as ours
from today_feeling.store import rollups, songs
from today_feeling.store.database import Database

SIZES: Final = (10_000, 100_000, 1_000_000, 10_000_000)
MOST: Final = int(os.environ.get("STATISTICS_UP_TO", SIZES[-1]))
HOME: Final = "Europe/Berlin"
"""Has changes of clocks, so that no day is like the other by luck."""
BUDGET_S: Final = 2.0
"""A question is asked at least three times, and then until so long is over."""


class Cost(NamedTuple):
    """What an answer costs."""

    ms: float
    """Median on the clock; others may have used the machine meanwhile."""
    least_ms: float
    """The quickest on the clock."""
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
    each = (statistics.median(times), min(times), 1000 * cpu / len(times))
    return Cost(*(round(value, 1) for value in each))


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
        songs.rebuild(session, user_id)
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
    rival, heard = from_rows(database, user_id, days(366), LAST, HOME)
    seen = {mood.day: sum(mood.seconds.values()) for mood in found.days}
    assert {day: round(sum(sums.seconds)) for day, sums in rival} == {
        day: round(seconds) for day, seconds in seen.items()
    }
    assert found.most_played[0].plays == max(song.plays for song in heard)
    assert found.measured_plays == sum(song.measured for song in heard)
    every = min(3660, size // A_DAY + 2)
    questions: dict[str, Callable[[], object]] = {
        "day": statistics_of(1),
        "week": statistics_of(7),
        "month": statistics_of(31),
        "year": statistics_of(366),
        "all": statistics_of(every),
        "river of a day": timeline_of(1),
        "river of four days": timeline_of(4),
        "river of a year": timeline_of(366),
        "rival, year": lambda: from_rows(database, user_id, days(366), LAST, HOME),
        "rival, all": lambda: from_rows(database, user_id, days(every), LAST, HOME),
    }
    costs = {name: cost(database, ask)._asdict() for name, ask in questions.items()}
    print(database.url.get_backend_name(), size, costs, flush=True)
    return {**costs, "filled_s": round(filled - begun, 1), "summed_s": round(summed - filled, 1)}


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
            "from readings and plays, SQLite": rival["sqlite"]["cpu_ms"],
            "from readings and plays, PostgreSQL": rival["postgresql"]["cpu_ms"],
        },
        by_readings=results,
        readings_a_day=A_DAY,
        readings_a_song=A_SONG,
        songs=TRACKS,
        versions={"python": platform.python_version(), "sqlite": sqlite3.sqlite_version},
        machine=platform.machine(),
        cores=os.cpu_count(),
        load_at_the_end=[round(each, 1) for each in os.getloadavg()],
    )


def _cell(value: Any) -> str:
    return f"{value['cpu_ms'] if isinstance(value, dict) else value:g}"


if __name__ == "__main__":
    main()
