"""Milliseconds of one recommendation over 1,000 to 100,000 songs, beside the old rule in SQL.

All ask one and the same SQLite file, one thread, turn by turn. *Ranking*: all songs for one person
who has rated 200, from the learned sums to song and propensity, with the songs' arrays in memory,
as one process of the app holds them. *Request*: the whole use case through the service: read
preferences, last songs, bans and sums, rank, write the recommendation. *Queue*: the same for five
songs. The old rule reads one random song of the person's genres (`ORDER BY random() LIMIT 1`) and
writes nothing. The learning step is one play of that person. Compared is CPU time, as the machine
does other work too; wall time stands beside it in the result.
"""

from __future__ import annotations

import os
import platform
import random
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

import numpy as np
from sqlalchemy import insert

from benchmarks.report import report
from today_feeling.domain.affect import Affect
from today_feeling.domain.music import GENRES, Genre, Preferences, Track
from today_feeling.domain.recommend import Mood, Recommendation
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
from today_feeling.services import choosing, listening
from today_feeling.services.choosing import Queue
from today_feeling.store import accounts, preferences
from today_feeling.store.database import Database
from today_feeling.store.schema import TrackRow

SIZES: Final = (1_000, 10_000, 100_000)
TARGETS_MS: Final = {1_000: 1.0, 10_000: 3.0, 100_000: 15.0}
ROUNDS: Final = 100
TICKED: Final[tuple[Genre, ...]] = ("jazz", "pop", "ballad")
LAYOUT: Final = SPACE.layout()
START: Final = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MOOD: Final = Mood("sadness", "camera", 0.8, goal="lift")
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


def fill(database: Database, songs: list[Track]) -> int:
    """Put the songs, and a person who ticked the genres and rated some; returns their id."""
    with database.writing() as session:
        user_id = accounts.add_guest(session, START).id
        rows = [
            {
                "id": song.id,
                "source": song.source,
                "availability": "available",
                "title": song.title,
                "artist": song.artist,
                "genre": song.genre,
                "year": song.year,
                "language": song.language,
                "valence": song.valence,
                "energy": song.energy,
                "added_at": START,
                "youtube_video_id": song.youtube_video_id,
            }
            for song in songs
        ]
        session.execute(insert(TrackRow), rows)
        genres = {**Preferences.default().genres, "sadness": frozenset[Genre](TICKED)}
        preferences.put(session, user_id, Preferences(genres, ("library", "youtube")))
    return user_id


@dataclass(slots=True)
class Round:
    """All that one request of each contestant, and one learning step, need."""

    songs: Songs
    database: Database
    user_id: int
    connection: sqlite3.Connection
    unexplained: Shared
    """As the database keeps it."""
    own: Own
    x: Floats
    now: datetime = START
    rng: random.Random = field(default_factory=lambda: random.Random(5))  # noqa: S311

    @staticmethod
    def of(size: int, folder: Path) -> Round:
        """A catalogue, and a person who has rated 200 of its songs."""
        listed, rng = tracks(size), np.random.default_rng(2)
        songs, shared, own = Songs.of(listed), LAYOUT.no_shared(), LAYOUT.no_own()
        x = np.zeros(SPACE.size)
        for _ in range(200):
            song = songs.features[[int(rng.integers(size))]].astype(np.float64)
            x = SPACE.rows(song, np.zeros((1, 2)), rng.normal(size=SPACE.moment))[0]
            of_all, of_one = evidence(LAYOUT, x, float(np.sign(song[0, 0] - 0.3)))
            shared, own = shared + of_all, own + of_one
        file = folder / f"{size}.db"
        database = Database(f"sqlite:///{file}")
        database.migrate()
        user_id = fill(database, listed)
        unexplained = shared - explained(LAYOUT, own)
        found = Round(songs, database, user_id, sqlite3.connect(file), unexplained, own, x)
        for number in range(20):
            made = found.request()
            play = listening.start_play(database, user_id, made.id, found.now)
            listening.change_play(database, user_id, play.id, liked=number % 3 > 0)
        return found

    def ranking(self, rng: np.random.Generator) -> object:
        """One recommendation, from the sums that were learned to the song."""
        nothing = np.zeros(len(self.songs))
        known = Knowledge(Posterior.of(LAYOUT, self.unexplained, self.own), nothing, nothing, NOW)
        return pick(self.songs, WISH, known, rng)

    def request(self) -> Recommendation:
        """One recommendation through the service."""
        (made,) = self.queue(1)
        return made

    def queue(self, length: int = 5) -> list[Recommendation]:
        """So many songs ahead."""
        self.now += timedelta(seconds=1)  # the songs are read anew every five minutes
        return choosing.plan(
            self.database,
            self.user_id,
            MOOD,
            Queue(length=length),
            unavailable=(),
            now=self.now,
            rng=self.rng,
        )

    def rule(self) -> object:
        """The old rule."""
        marks = ", ".join("?" * len(TICKED))
        query = (
            f"SELECT id FROM tracks WHERE availability = 'available' AND genre IN ({marks})"  # noqa: S608
            " ORDER BY random() LIMIT 1"
        )
        return self.connection.execute(query, TICKED).fetchone()

    def learn(self) -> object:
        """One play more."""
        of_all, of_one = evidence(LAYOUT, self.x, 1.0)
        taken = explained(LAYOUT, self.own + of_one) - explained(LAYOUT, self.own)
        return self.unexplained + of_all - taken


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
    found: dict[str, dict[int, Medians]] = {}
    with TemporaryDirectory() as folder:
        for size in SIZES:
            each = Round.of(size, Path(folder))
            turns: list[dict[str, Callable[[], object]]] = [
                {
                    "ranking": partial(each.ranking, rng),
                    "rule": each.rule,
                    "learning_step": each.learn,
                },
                {"request": each.request, "queue_of_five": each.queue},
            ]
            for calls in turns:
                for name, medians in zip(calls, measure(*calls.values()), strict=True):
                    found.setdefault(name, {})[size] = medians
            told = ", ".join(f"{name} {sizes[size].cpu}" for name, sizes in found.items())
            print(f"{size:>7} songs, ms of CPU: {told}")
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
