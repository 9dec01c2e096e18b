"""Finding the songs that may well be the best: among blocks, as the app does, beside looking at all
of them and beside an approximate index.

The same requests are put to each. *Every song* scores all and is the truth. *Blocks* pass over what
cannot be good enough, and have to find exactly the same songs: that is checked. The index (usearch,
HNSW) is asked for the largest inner products of the features of the songs with the weights of a
request, ticks included; what may not come is dropped from what it finds, and the songs that anybody
has rated, whose standing no index holds, come beside it. `ip` searches by the inner product itself,
`cosine` after one more coordinate has made all songs equally long, which is the same question for a
metric; with `wishes` the source is a coordinate, too, and the query says what may not come.

`--songs 100000` sweeps all settings of the index; of more songs, only the one that did best there
is built, and with `--exact` none. One thread; milliseconds are of CPU, the quickest of three turns,
and of these the median over the requests.
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
from typing import Any, Final

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.candidate_search import Index, Setting, Truth, every_song, in_blocks
from benchmarks.candidate_world import EACH, RATINGS, WISHES, Request, World
from benchmarks.report import RESULTS, report
from today_feeling.domain.recommend.blocks import arranged
from today_feeling.domain.recommend.choice import pick
from today_feeling.domain.recommend.features import SPACE

SWEPT: Final = 100_000
"""Up to so many songs all settings are built."""
TURNS: Final = 3
CHOSEN: Final = Setting("cosine", "f32", 16, wishes=True)
SETTINGS: Final = (
    Setting("ip", "f32", 16),
    Setting("ip", "f32", 32),
    *(Setting("cosine", dtype, links) for dtype in ("f32", "f16", "i8") for links in (16, 32)),
    CHOSEN,
)
CANDIDATES: Final = (500, 2000, 8000)


def cpu_ms(call: Callable[[], object]) -> float:
    """Of the quickest of some turns."""
    turns = []
    for _ in range(TURNS):
        began = time.thread_time()
        call()
        turns.append(1000 * (time.thread_time() - began))
    return min(turns)


def exact(world: World, truths: Sequence[Truth]) -> dict[str, Any]:
    """CPU ms of finding the songs, and of the whole choice among them, both ways."""
    rng = np.random.default_rng(13)

    def ranked(request: Request) -> object:
        return pick(world.songs, request.wish, request.anew(), rng)

    found: dict[str, Any] = {}
    for name, how in (("every song", every_song), ("blocks", in_blocks)):
        with how():
            find = [cpu_ms(each.asked.near) for each in truths]
            whole = [cpu_ms(partial(ranked, each)) for each in world.requests]
        found[name] = {
            "find_ms": round(statistics.median(find), 3),
            "slowest_ms": round(max(find), 3),
            "whole_ms": round(statistics.median(whole), 3),
            "slowest_whole_ms": round(max(whole), 3),
        }
    for each in truths:
        with in_blocks():
            positions, expected = each.asked.near()
        odd = np.setxor1d(positions, each.near)
        edge = each.expected[each.near].min()
        assert np.abs(each.expected[odd[each.expected[odd] > -1]] - edge).max(initial=0) < 1e-4
        assert np.abs(expected - edge)[np.isin(positions, odd)].max(initial=0) < 1e-4
    return found


def judged(index: Index, truths: Sequence[Truth], candidates: int) -> dict[str, Any]:
    """What it finds, and what that costs."""
    recall = [each.recall(index.find(each, candidates)) for each in truths]
    find = [cpu_ms(partial(index.find, each, candidates)) for each in truths]
    return {
        "find_ms": round(statistics.median(find), 3),
        "slowest_ms": round(max(find), 3),
        "recall": round(statistics.mean(recall), 4),
        "worst_recall": min(recall),
    }


def measure(count: int, *, indexed: bool) -> Iterator[dict[str, Any]]:
    """All of one number of songs; what is known so far, after each step."""
    world = World.of(count)
    began = time.process_time()
    arranged(world.songs.kind, world.songs.features)
    truths = [Truth.of(world, request) for request in world.requests]
    found: dict[str, Any] = {
        "rated_songs": int(np.count_nonzero(world.opinions)),
        "in_question": int(statistics.median(len(each.near) for each in truths)),
        "blocks": len(world.songs.first) - 1,
        "arranged_s": round(time.process_time() - began, 2),
        "exact": exact(world, truths),
    }
    _print(f"{count:,} songs", found["exact"])
    yield found
    if not indexed:
        return
    found["index"] = []
    for setting in SETTINGS if count <= SWEPT else (CHOSEN,):
        index = Index(world, setting)
        searches = {str(each): judged(index, truths, each) for each in CANDIDATES}
        _print(f"{count:,} songs, {index.told}", searches)
        found["index"].append({**index.told, "candidates": searches})
        yield found


def _print(title: str, rows: dict[str, Any]) -> None:
    columns = list(next(iter(rows.values())))
    table = Table("", *columns, title=title)
    for name, row in rows.items():
        table.add_row(name, *(str(row[each]) for each in columns))
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
    for found in measure(options.songs, indexed=not options.exact):
        _keep(options.songs, found | {"load_average": round(os.getloadavg()[0], 1)})


def _keep(count: int, found: dict[str, Any]) -> None:
    kept = RESULTS / "candidate_index.json"
    by_songs = json.loads(kept.read_text(encoding="utf-8"))["by_songs"] if kept.exists() else {}
    by_songs[str(count)] = {"index": by_songs.get(str(count), {}).get("index", [])} | found
    largest = max(by_songs, key=int)
    of_largest = by_songs[largest]
    rivals = {"every song": of_largest["exact"]["every song"]["find_ms"]}
    for index in of_largest["index"][-1:]:
        for candidates, told in index["candidates"].items():
            rivals[f"usearch, {candidates} candidates"] = told["find_ms"]
    report(
        "candidate_index",
        f"ms of CPU to find the best of {int(largest):,} songs",
        of_largest["exact"]["blocks"]["find_ms"],
        rivals,
        by_songs={size: by_songs[size] for size in sorted(by_songs, key=int)},
        features=SPACE.songs,
        requests=len(RATINGS) * len(WISHES) * EACH,
        threads=1,
        versions={name: version(name) for name in ("numpy", "usearch")},
        machine=f"{platform.machine()}, {os.cpu_count()} cores",
    )


if __name__ == "__main__":
    main()
