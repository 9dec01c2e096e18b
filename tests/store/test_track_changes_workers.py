"""Workers that change songs and say what they think of them at once, each a process of its own: the
shelf, which reads only what has changed, holds what there is."""

from __future__ import annotations

import subprocess
import sys

import numpy as np

from tests.store.world import add_track
from today_feeling.domain.recommend.songs import Kind
from today_feeling.store.database import Database
from today_feeling.store.shelf import Shelf, shelf

WORKERS = 3
EACH = 60
"""Transactions of every worker."""
SONGS = 30

WORKER = """
import random, sys, time
from datetime import UTC, datetime
from sqlalchemy import text
from today_feeling.errors import StoreUnavailable
from today_feeling.store.database import Database
from today_feeling.store.taste import _add_to_song

url, name, each, *ids = sys.argv[1:]
rng = random.Random(int(name))
mine = ids[int(name)::3]  # nobody waits for a row that another one holds

def change(session, number):
    some = ", ".join(rng.sample(mine, 3))
    session.execute(text(rng.choice([
        f"UPDATE tracks SET year = {number} WHERE id IN ({some})",
        f"UPDATE tracks SET availability = 'missing' WHERE id IN ({some})",
        f"UPDATE tracks SET availability = 'available' WHERE id IN ({some})",
        f"UPDATE tracks SET genre = 'pop', tempo = {60 + number} WHERE id IN ({some})",
        f"DELETE FROM tracks WHERE id = {rng.choice(mine)}",
        "INSERT INTO tracks (source, availability, title, genre, added_at, youtube_video_id)"
        f" VALUES ('youtube', 'available', '', 'jazz', :at, '{name}-{number}')",
    ])), {"at": datetime(2026, 3, 1, tzinfo=UTC).isoformat()})
    there = session.scalars(text(f"SELECT id FROM tracks WHERE id IN ({', '.join(mine)})")).all()
    if there and rng.random() < 0.7:
        _add_to_song(session.connection(), rng.choice(sorted(there)), 1.0, 1.0)

with Database(url) as database:
    sys.stdin.readline()  # all start at once
    for number in range(int(each)):
        way = database.trying if rng.random() < 0.2 else database.writing
        try:
            with way() as session:
                change(session, number)
                if not database.is_sqlite:
                    time.sleep(rng.choice([0, 0, 0.002, 0.02]))
        except StoreUnavailable:
            # SQLite has no queue: who writes without a pause may keep others out for long.
            if not database.is_sqlite:
                raise
"""


def told(held: Shelf) -> dict[int, tuple[Kind, list[float]]]:
    """Each song as the shelf has it, but for whether it was rated when it was arranged."""
    songs = held.songs
    values = np.column_stack([songs.features, held.standing.values]).tolist()
    kinds = [songs.kinds[each]._replace(rated=False) for each in songs.kind.tolist()]
    return dict(zip(songs.ids.tolist(), zip(kinds, values, strict=True), strict=True))


def test_the_shelf_misses_nothing_of_what_processes_change_at_once(database: Database) -> None:
    url = database.url.render_as_string(hide_password=False)
    with database.writing() as session:
        ids = [str(add_track(session, number)) for number in range(SONGS)]
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, url, str(number), str(EACH), *ids],
            stdin=subprocess.PIPE,
            text=True,
        )
        for number in range(WORKERS)
    ]
    first = held = shelf(database)
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.close()
    seen = set()
    while any(worker.poll() is None for worker in workers):
        held = shelf(database)
        seen.add(id(held.songs))
    assert [worker.wait(timeout=120) for worker in workers] == [0] * WORKERS
    held = shelf(database)
    assert len(seen) > 1
    with Database(url) as other:  # reads everything
        assert told(held) == told(shelf(other)) != told(first)
    assert held.standing.values.any()
