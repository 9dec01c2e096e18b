"""Workers that write songs at once, each a process of its own: who reads what has changed, holds
what there is."""

from __future__ import annotations

import subprocess
import sys

from tests.store.world import add_track
from today_feeling.store import listed, track_changes
from today_feeling.store.database import Database
from today_feeling.store.listed import Listed

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

url, name, each, *ids = sys.argv[1:]
rng = random.Random(int(name))
mine = ids[int(name)::3]  # nobody waits for a row that another one holds

def change(session, number):
    some = ", ".join(rng.sample(mine, 3))
    session.execute(text(rng.choice([
        f"UPDATE tracks SET year = {number} WHERE id IN ({some})",
        f"UPDATE tracks SET availability = 'missing' WHERE id IN ({some})",
        f"UPDATE tracks SET availability = 'available' WHERE id IN ({some})",
        f"DELETE FROM tracks WHERE id IN ({some})",
        "INSERT INTO tracks (source, availability, title, genre, added_at, youtube_video_id)"
        f" VALUES ('youtube', 'available', '', 'jazz', :at, '{name}-{number}')",
    ])), {"at": datetime(2026, 3, 1, tzinfo=UTC).isoformat()})

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


class Holder:
    """Holds everybody's songs, and renews what has changed."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.reading() as session:
            self.mark = track_changes.latest(session)
            self.songs = {song.id: song for song in listed.everything(session)}

    def renew(self) -> None:
        with self.database.reading() as session:
            changes = track_changes.since(session, self.mark)
            for gone in changes.ids:
                self.songs.pop(gone, None)
            self.songs.update({song.id: song for song in listed.among(session, changes.ids)})
        self.mark = changes.mark


def there(database: Database) -> dict[int, Listed]:
    with database.reading() as session:
        return {song.id: song for song in listed.everything(session)}


def test_who_reads_what_processes_change_at_once_misses_nothing(database: Database) -> None:
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
    held = Holder(database)
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.close()
    renewed = 0
    while any(worker.poll() is None for worker in workers):
        held.renew()
        renewed += 1
    assert [worker.wait(timeout=120) for worker in workers] == [0] * WORKERS
    held.renew()
    assert renewed
    assert held.songs == there(database) != {}
