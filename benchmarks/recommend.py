"""Milliseconds of one recommendation over 1,000 to 100,000 songs, beside the old rule in SQL.

All ask one and the same SQLite file, one thread, turn by turn. *Ranking*: all songs for one person
who has rated 200, from the learned sums to song and propensity, with the songs' arrays in memory,
as one process of the app holds them. *Request*: the whole use case through the service: read
preferences, last songs, bans and sums, rank, write the recommendation. *Queue*: the same for five
songs. The old rule reads one random song of the person's genres (`ORDER BY random() LIMIT 1`) and
writes nothing. What learning costs: see `recommend_learning`. *Reading all*: all songs as a process
that has just begun reads them. *A corrected song*: what a request needs to see that one of them is
another now. Every song was rated by somebody.
Compared is CPU time, as the machine does other work too; wall time stands beside it in the result.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from benchmarks.recommend_learning import Spent, contestants, spend, statements
from benchmarks.recommend_world import Round
from benchmarks.report import report
from today_feeling.domain.recommend.features import SPACE
from today_feeling.store.shelf import shelf

SIZES: Final = (1_000, 10_000, 100_000)
TARGETS_MS: Final = {1_000: 1.0, 10_000: 3.0, 100_000: 15.0}
ROUNDS: Final = 100


def measure(*turns: Callable[[], Spent]) -> list[Spent]:
    """Medians of contestants that take turns; the first five of each do not count."""
    spent: list[list[Spent]] = [[] for _ in turns]
    for _ in range(ROUNDS + 5):
        for number, turn in enumerate(turns):
            spent[number].append(turn())
    return [
        Spent(*(round(statistics.median(each), 3) for each in zip(*of_one[5:], strict=True)))
        for of_one in spent
    ]


def correction(each: Round) -> Spent:
    """What it takes to see that a song was corrected."""
    each.correct()
    return spend(partial(shelf, each.database))


def main() -> None:
    """Run it, print the table, write `results/recommend.json`."""
    if os.environ.get("OMP_NUM_THREADS") != "1":  # read when numpy is imported
        own = [sys.executable, "-m", "benchmarks.recommend"]
        threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        subprocess.run(own, env=os.environ | threads, check=True)
        return
    rng = np.random.default_rng(3)
    found: dict[str, dict[int, Spent]] = {}
    asked: dict[str, dict[int, int]] = {}
    with TemporaryDirectory() as folder:
        for size in SIZES:
            each = Round.of(size, Path(folder))
            learning = contestants(each)
            rounds: list[dict[str, Callable[[], Spent]]] = [
                {
                    "ranking": partial(spend, partial(each.ranking, rng)),
                    "rule": partial(spend, each.rule),
                },
                {name: partial(tell_of, spend) for name, tell_of in learning.items()},
                {
                    "request": partial(spend, each.request),
                    "queue_of_five": partial(spend, each.queue),
                    "corrected_song": partial(correction, each),
                },
            ]
            found.setdefault("reading_all", {})[size] = spend(each.read_anew)
            for turns in rounds:
                for name, medians in zip(turns, measure(*turns.values()), strict=True):
                    found.setdefault(name, {})[size] = medians
            for name, tell_of in learning.items():
                asked.setdefault(name, {})[size] = tell_of(statements)
            told = ", ".join(f"{name} {sizes[size].cpu}" for name, sizes in found.items())
            print(f"{size:>7} songs, ms of CPU: {told}")
            counted = ", ".join(f"{name} {sizes[size]}" for name, sizes in asked.items())
            print(f"        statements: {counted}")
            each.database.close()
    largest = SIZES[-1]
    report(
        "recommend",
        f"ms of CPU per request over {largest:,} songs",
        found["ranking"][largest].cpu,
        {"ORDER BY random()": found["rule"][largest].cpu},
        by_songs={
            name: {str(size): each._asdict() for size, each in sizes.items()}
            for name, sizes in found.items()
        },
        statements={
            name: {str(size): number for size, number in sizes.items()}
            for name, sizes in asked.items()
        },
        targets_ms={str(size): target for size, target in TARGETS_MS.items()},
        features=SPACE.size,
        rounds=ROUNDS,
        threads=1,
        versions={"numpy": np.__version__, "python": platform.python_version()},
        machine=f"{platform.machine()}, {os.cpu_count()} cores",
        load_average=round(os.getloadavg()[0], 1),
    )


if __name__ == "__main__":
    main()
