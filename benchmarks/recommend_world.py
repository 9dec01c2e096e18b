"""A catalogue, a person who has rated songs of it, and what each contestant does for them."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import insert, update

from today_feeling.domain.affect import Affect
from today_feeling.domain.music import GENRES, Genre, Preferences, Track
from today_feeling.domain.recommend import Mood, Recommendation
from today_feeling.domain.recommend.choice import Knowledge, pick
from today_feeling.domain.recommend.features import SPACE, moment
from today_feeling.domain.recommend.hybrid import (
    Own,
    Posterior,
    Shared,
    evidence,
    explained,
)
from today_feeling.domain.recommend.pools import Wish
from today_feeling.domain.recommend.songs import Songs
from today_feeling.domain.recommend.standing import Standing
from today_feeling.services import choosing, listening
from today_feeling.services.choosing import Queue
from today_feeling.store import accounts, preferences
from today_feeling.store.database import Database
from today_feeling.store.schema import SongTasteRow, TrackRow
from today_feeling.store.shelf import shelf

TICKED: Final[tuple[Genre, ...]] = ("jazz", "pop", "ballad")
LAYOUT: Final = SPACE.layout()
START: Final = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MOOD: Final = Mood("sadness", "camera", 0.8, goal="lift")
CLOCK: Final = ZoneInfo("Asia/Seoul")
"""As the page tells it with every request."""
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


def standings(count: int) -> tuple[list[float], list[float]]:
    """Surprise and opinions of each song: all of them were rated."""
    rng = np.random.default_rng(4)
    opinions = rng.integers(1, 30, count).astype(np.float64)
    return (rng.normal(scale=0.3, size=count) * opinions).tolist(), opinions.tolist()


def fill(database: Database, songs: list[Track]) -> int:
    """Put the songs, what others think of them, and a person who ticked the genres; returns the
    person's id."""
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
        opinions = [
            {"track_id": song.id, "surprise": about, "opinions": weight}
            for song, about, weight in zip(songs, *standings(len(songs)), strict=True)
        ]
        session.execute(insert(SongTasteRow), opinions)
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
    standing: Standing
    liked: dict[int, bool] = field(default_factory=dict)
    """What the person said last of each play."""
    now: datetime = START
    rng: random.Random = field(default_factory=lambda: random.Random(5))  # noqa: S311

    @staticmethod
    def of(size: int, folder: Path) -> Round:
        """A catalogue, and a person who has rated 200 of its songs."""
        listed, rng = tracks(size), np.random.default_rng(2)
        songs = Songs.of(listed, range(1, size + 1))
        shared, own = LAYOUT.no_shared(), LAYOUT.no_own()
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
        heard = np.array(standings(size))[:, songs.ids - 1]
        standing = Standing.of(songs, *heard)
        found = Round(songs, database, user_id, sqlite3.connect(file), unexplained, own, standing)
        for number in range(20):
            made = found.request()
            play = listening.start_play(database, user_id, made.id, found.now)
            found.say(play.id, number % 3 > 0)
        return found

    def ranking(self, rng: np.random.Generator) -> object:
        """One recommendation, from the sums that were learned to the song."""
        known = Knowledge(Posterior.of(LAYOUT, self.unexplained, self.own), self.standing, NOW)
        return pick(self.songs, WISH, known, rng)

    def request(self) -> Recommendation:
        """One recommendation through the service."""
        (made,) = self.queue(1)
        return made

    def queue(self, length: int = 5) -> list[Recommendation]:
        """So many songs ahead."""
        self.now += timedelta(seconds=1)
        return choosing.plan(
            self.database,
            self.user_id,
            MOOD,
            Queue(length=length, clock=CLOCK),
            unavailable=(),
            now=self.now,
            rng=self.rng,
        )

    def read_anew(self) -> object:
        """All songs and what is thought of them, as a process does that has just begun."""
        database = Database(str(self.database))
        songs = shelf(database)
        database.close()
        return songs

    def correct(self) -> None:
        """Somebody corrects a song."""
        changed = update(TrackRow).where(TrackRow.id == self.rng.randint(1, len(self.songs)))
        with self.database.writing() as session:
            session.execute(changed.values(year=self.rng.randint(1960, 2026)))

    def rule(self) -> object:
        """The old rule."""
        marks = ", ".join("?" * len(TICKED))
        query = (
            f"SELECT id FROM tracks WHERE availability = 'available' AND genre IN ({marks})"  # noqa: S608
            " ORDER BY random() LIMIT 1"
        )
        return self.connection.execute(query, TICKED).fetchone()

    def say(self, play_id: int, liked: bool) -> object:
        """The person likes what played, or does not."""
        self.liked[play_id] = liked
        return listening.change_play(self.database, self.user_id, play_id, liked=liked)
