"""Milliseconds of one recommendation over 1,000 to 100,000 songs, beside the old rule in SQL.

Ours ranks all songs for one person who has rated 200, with the songs' arrays in memory, as one
process of the app holds them: posterior, draws, the rule's pools, propensity. The old rule asks
SQLite for one random song of the person's genres (`ORDER BY random() LIMIT 1`). Same songs, one
thread, turn by turn. The learning step is one play of that person. Compared is CPU time, as the
machine does other work too; wall time stands beside it in the result.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple

import numpy as np

from benchmarks.report import report
from today_feeling.domain.affect import Affect
from today_feeling.domain.music import GENRES, Track
from today_feeling.domain.recommend.choice import Knowledge, pick
from today_feeling.domain.recommend.hybrid import (
    Floats,
    Own,
    Posterior,
    Shared,
    evidence,
    explained,
)
from today_feeling.domain.recommend.pools import Wish
from today_feeling.domain.recommend.songs import SPACE, Songs, moment

SIZES: Final = (1_000, 10_000, 100_000)
TARGETS_MS: Final = {1_000: 1.0, 10_000: 3.0, 100_000: 15.0}
ROUNDS: Final = 200
TICKED: Final = ("jazz", "pop", "ballad")
LAYOUT: Final = SPACE.layout()
NOW: Final = moment(Affect(-0.6, -0.3), 0.8, "lift", 21)
WISH: Final = Wish(
    ticked=TICKED,
    sources=("library", "youtube"),
    recent=range(1, 21),
    goal="lift",
    target=Affect(-0.3, 0.0),
)


def tracks(count: int) -> list[Track]:
    """Songs with valence, energy, year and language, of all genres."""
    rng = np.random.default_rng(1)
    return [
        Track(
            id=number + 1,
            source="youtube",
            title=f"Song {number}",
            artist=f"Artist {number // 10}",
            genre=GENRES[int(rng.integers(len(GENRES)))],
            year=int(rng.integers(1960, 2027)),
            language=("ko", "en", "instrumental")[int(rng.integers(3))],
            youtube_video_id=f"{number:011d}",
            valence=float(rng.random()),
            energy=float(rng.random()),
        )
        for number in range(count)
    ]


def database(songs: list[Track]) -> sqlite3.Connection:
    """The same songs in SQLite, with the index that the old query would want."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE song (id INTEGER PRIMARY KEY, title TEXT, genre TEXT)")
    rows = [(song.id, song.title, song.genre) for song in songs]
    connection.executemany("INSERT INTO song VALUES (?, ?, ?)", rows)
    connection.execute("CREATE INDEX by_genre ON song (genre)")
    return connection


@dataclass(frozen=True, slots=True)
class Round:
    """All that one request of each contestant, and one learning step, need."""

    songs: Songs
    connection: sqlite3.Connection
    shared: Shared
    own: Own
    x: Floats

    @staticmethod
    def of(size: int) -> Round:
        """A catalogue, and a person who has rated 200 of its songs."""
        listed, rng = tracks(size), np.random.default_rng(2)
        songs, shared, own = Songs.of(listed), LAYOUT.no_shared(), LAYOUT.no_own()
        x = np.zeros(SPACE.size)
        for _ in range(200):
            song = songs.features[[int(rng.integers(size))]].astype(np.float64)
            x = SPACE.rows(song, np.zeros((1, 2)), rng.normal(size=SPACE.moment))[0]
            of_all, of_one = evidence(LAYOUT, x, float(np.sign(song[0, 0] - 0.3)))
            shared, own = shared + of_all, own + of_one
        return Round(songs, database(listed), shared, own, x)

    def ours(self, rng: np.random.Generator) -> object:
        """One recommendation, from the sums that were learned to the song."""
        nothing = np.zeros(len(self.songs))
        posterior = Posterior.of(LAYOUT, self.shared - explained(LAYOUT, self.own), self.own)
        known = Knowledge(posterior, nothing, nothing, NOW)
        return pick(self.songs, WISH, known, rng)

    def rule(self) -> object:
        """The old rule."""
        marks = ", ".join("?" * len(TICKED))
        query = f"SELECT id FROM song WHERE genre IN ({marks}) ORDER BY random() LIMIT 1"  # noqa: S608
        return self.connection.execute(query, TICKED).fetchone()

    def learn(self) -> object:
        """One play more."""
        of_all, of_one = evidence(LAYOUT, self.x, 1.0)
        taken = explained(LAYOUT, self.own + of_one) - explained(LAYOUT, self.own)
        return self.shared + of_all - taken


class Medians(NamedTuple):
    """Of one contestant, in milliseconds."""

    cpu: float
    wall: float


def measure(*calls: Callable[[], object]) -> list[Medians]:
    """Calls that take turns; the first five of each do not count."""
    cpu: list[list[float]] = [[] for _ in calls]
    wall: list[list[float]] = [[] for _ in calls]
    for turn in range(ROUNDS + 5):
        for number, call in enumerate(calls):
            began, began_cpu = time.perf_counter(), time.thread_time()
            call()
            if turn >= 5:
                cpu[number].append(1000 * (time.thread_time() - began_cpu))
                wall[number].append(1000 * (time.perf_counter() - began))
    return [
        Medians(round(statistics.median(a), 3), round(statistics.median(b), 3))
        for a, b in zip(cpu, wall, strict=True)
    ]


def main() -> None:
    """Run it, print the table, write `results/recommend.json`."""
    if os.environ.get("OMP_NUM_THREADS") != "1":  # read when numpy is imported
        own = [sys.executable, "-m", "benchmarks.recommend"]
        threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        subprocess.run(own, env=os.environ | threads, check=True)
        return
    rng = np.random.default_rng(3)
    ours: dict[int, Medians] = {}
    rule: dict[int, Medians] = {}
    step = Medians(0, 0)
    for size in SIZES:
        each = Round.of(size)
        ours[size], rule[size], step = measure(partial(each.ours, rng), each.rule, each.learn)
        print(f"{size:>7} songs: ours {ours[size]}, rule {rule[size]}, learning step {step}")
    largest = SIZES[-1]
    report(
        "recommend",
        f"ms of CPU per request over {largest:,} songs",
        ours[largest].cpu,
        {"ORDER BY random()": rule[largest].cpu},
        by_songs={str(size): ours[size]._asdict() for size in SIZES},
        rule_by_songs={str(size): rule[size]._asdict() for size in SIZES},
        targets_ms={str(size): target for size, target in TARGETS_MS.items()},
        learning_step=step._asdict(),
        features=SPACE.size,
        rounds=ROUNDS,
        threads=1,
        versions={"numpy": np.__version__, "python": platform.python_version()},
        machine=f"{platform.machine()}, {os.cpu_count()} cores",
        load_average=round(os.getloadavg()[0], 1),
    )


if __name__ == "__main__":
    main()
