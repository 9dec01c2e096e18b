"""What an index of candidates would find and cost beside the exact ranking of all songs.

The exact ranking gives the truth: the songs that it looks at closely (20 of each genre), and the
best 20. The index (usearch, HNSW) is asked for the largest inner products of the features of the
songs with the weights of a request, ticks included; what may not come is dropped from what it
finds; the songs that somebody has rated, whose standing no index holds, are scored beside it. `ip`
searches by the inner product itself, `cosine` after one more coordinate has made all songs equally
long, which is the same question for a metric. usearch looks at no fewer songs than it is to find,
so a smaller expansion than candidates is no setting of its own.

Beside it: a few thousand songs drawn at random instead of an index, and exact ways that are quicker
(`candidate_exact`). `--songs 100000` sweeps all settings in some minutes; of more songs, only the
setting that did best there is built. One thread; milliseconds are of CPU, median over requests.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.candidate_exact import Ways
from benchmarks.candidate_search import (
    CHOSEN,
    RANDOM,
    SEARCHES,
    SETTINGS,
    Candidates,
    Draws,
)
from benchmarks.candidate_truth import Loss, Positions, Truth, part
from benchmarks.candidate_world import EACH, RATINGS, WISHES, World
from benchmarks.recommend_world import Round
from benchmarks.report import RESULTS, report
from today_feeling.domain.recommend.choice import pick
from today_feeling.domain.recommend.songs import SPACE

SWEPT: Final = 100_000
"""Up to so many songs all settings are built."""
TURNS: Final = 3
"""Of each call; the quickest counts, as the machine does other work too."""


def cpu_ms(call: Callable[[], object]) -> float:
    """Of the quickest of some turns."""
    turns = []
    for _ in range(TURNS):
        began = time.process_time()
        call()
        turns.append(1000 * (time.process_time() - began))
    return min(turns)


def judged(
    world: World, truths: Sequence[Truth], find: Callable[[Truth], Positions]
) -> dict[str, Any]:
    """What is lost and what it costs to find candidates, and to choose among them."""
    rng = np.random.default_rng(15)

    def whole(truth: Truth) -> object:
        less, asked = part(world.songs, truth.request, find(truth))
        return pick(less, asked.wish, asked.anew(), rng)

    losses = [truth.loss(find(truth)) for truth in truths]
    found: dict[str, Any] = {
        "find_ms": round(statistics.median(cpu_ms(partial(find, each)) for each in truths), 3),
        "whole_ms": round(statistics.median(cpu_ms(partial(whole, each)) for each in truths), 3),
        "mean": _mean(losses),
        "worst": {
            "shortlist": round(min(each.shortlist for each in losses), 3),
            "best": min(each.best for each in losses),
            "regret": round(max(each.regret for each in losses), 4),
        },
    }
    for name, values in (("ratings", RATINGS), ("wish", WISHES)):
        for value in values:
            of = [
                loss
                for loss, truth in zip(losses, truths, strict=True)
                if value in (truth.request.ratings, truth.request.kind)
            ]
            found[f"{name} {value}"] = _mean(of)
    return found


def _mean(losses: Sequence[Loss]) -> dict[str, float]:
    columns = zip(Loss._fields, np.mean(losses, 0).tolist(), strict=True)
    return {name: round(value, 4) for name, value in columns}


def exact_ways(world: World, truths: Sequence[Truth]) -> dict[str, Any]:
    """Median CPU ms of each, over all requests and by how much the person has rated."""
    ways = Ways(world)
    times: dict[str, list[float]] = {}
    for truth in truths:
        odd = np.setxor1d(ways.near(truth), truth.near)
        least = truth.expected[truth.near].min()
        assert np.allclose(truth.expected[odd], least, atol=1e-5), "blocks are exact"
        for name, call in ways.calls(truth).items():
            times.setdefault(name, []).append(cpu_ms(call))
    told: dict[str, Any] = {}
    for name, each in times.items():
        of = {
            str(ratings): round(
                statistics.median(
                    ms
                    for ms, truth in zip(each, truths, strict=True)
                    if truth.request.ratings == ratings
                ),
                3,
            )
            for ratings in RATINGS
        }
        told[name] = {"ms": round(statistics.median(each), 3), "ms_by_ratings": of}
    told["blocks"] |= ways.told_of_blocks(truths)
    return told


def requests(count: int) -> dict[str, float]:
    """CPU ms of a whole request through the service over so many songs, and of its ranking."""
    rng = np.random.default_rng(16)
    with TemporaryDirectory() as folder:
        each = Round.of(count, Path(folder))
        whole = cpu_ms(each.request)
        ranking = cpu_ms(partial(each.ranking, rng))
        each.database.close()
    return {"request_ms": round(whole, 1), "ranking_ms": round(ranking, 1)}


def measure(count: int, *, indexed: bool) -> Iterator[dict[str, Any]]:
    """All of one number of songs, or but for the index; what is known so far, after each step."""
    world = World.of(count)
    truths = [Truth.of(world, request) for request in world.requests]
    found: dict[str, Any] = {
        "rated_songs": int(np.count_nonzero(world.opinions)),
        "songs_in_question": {
            str(ratings): int(
                statistics.median(
                    len(each.near) for each in truths if each.request.ratings == ratings
                )
            )
            for ratings in RATINGS
        },
        "exact": exact_ways(world, truths),
        "through_the_service": requests(count),
        "random": {},
    }
    exact = {name: {"ms": way["ms"]} for name, way in found["exact"].items()}
    _print(f"{count:,} songs, exact", exact)
    print("through the service, where all are rated:", found["through_the_service"])
    draws = Draws(world)
    for size in RANDOM:
        found["random"][str(size)] = judged(world, truths, partial(draws.find, count=size))
    _print(f"{count:,} songs, drawn at random", found["random"])
    yield found
    if not indexed:
        return
    found["index"] = []
    for setting in SETTINGS if count <= SWEPT else (CHOSEN,):
        index = Candidates(world, setting)
        built = {
            **setting._asdict(),
            "built_s": round(index.built_s, 1),
            "megabytes": round(index.megabytes, 1),
            "add_a_song_ms": round(index.added_ms, 3),
        }
        searches = {
            f"{search.candidates} of {search.expansion}": judged(
                world, truths, partial(index.find, search=search)
            )
            for search in SEARCHES
        }
        _print(f"{count:,} songs, {built}", searches)
        found["index"].append({**built, "searches": searches})
        yield found


def _print(title: str, rows: dict[str, Any]) -> None:
    columns = ("find_ms", "whole_ms") if "mean" in next(iter(rows.values())) else ("ms",)
    table = Table("", *columns, *(Loss._fields if "mean" in next(iter(rows.values())) else ()))
    for name, row in rows.items():
        losses = [f"{each:.3f}" for each in row["mean"].values()] if "mean" in row else []
        table.add_row(name, *(f"{row[each]:.2f}" for each in columns), *losses)
    table.title = title
    Console(width=140).print(table)


def main() -> None:
    """Measure one number of songs, print it and keep it in `results/candidate_index.json`, beside
    what is there of other numbers."""
    if os.environ.get("OMP_NUM_THREADS") != "1":  # read when numpy is imported
        own = [sys.executable, "-m", "benchmarks.candidate_index", *sys.argv[1:]]
        threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        subprocess.run(own, env=os.environ | threads, check=True)
        return
    parser = argparse.ArgumentParser(prog="python -m benchmarks.candidate_index")
    parser.add_argument("--songs", type=int, default=SWEPT, help=f"default {SWEPT:,}")
    parser.add_argument("--exact", action="store_true", help="all but the index, which stays")
    options, _ = parser.parse_known_args()
    began = time.monotonic()
    for found in measure(options.songs, indexed=not options.exact):
        circumstances = {
            "took_s": round(time.monotonic() - began),
            "load_average": round(os.getloadavg()[0], 1),
        }
        _keep(options.songs, found | circumstances)


def _keep(count: int, found: dict[str, Any]) -> None:
    kept = RESULTS / "candidate_index.json"
    by_songs = json.loads(kept.read_text(encoding="utf-8"))["by_songs"] if kept.exists() else {}
    by_songs[str(count)] = by_songs.get(str(count), {"index": []}) | found
    largest = max(by_songs, key=int)
    indexes = by_songs[largest]["index"]
    report(
        "candidate_index",
        f"ms of CPU of one ranking of {int(largest):,} songs",
        by_songs[largest]["exact"]["ranking"]["ms"],
        {
            f"usearch, {name}": each["whole_ms"]
            for name, each in (indexes[-1]["searches"].items() if indexes else ())
        },
        by_songs={size: by_songs[size] for size in sorted(by_songs, key=int)},
        features=SPACE.songs,
        requests=len(RATINGS) * len(WISHES) * EACH,
        threads=1,
        versions={name: version(name) for name in ("numpy", "usearch")},
        machine=f"{platform.machine()}, {os.cpu_count()} cores",
    )


if __name__ == "__main__":
    main()
