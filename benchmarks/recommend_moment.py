"""What tempo and session are worth to the recommender, and what they cost where they mean nothing.

Simulated people, of whom nobody exists, hear random songs in sessions; the app's own features of
songs and moments are learned with tempo and session and without them, on the same plays. Half of
the songs have no known tempo, and half of the known ones are estimates that may be off by an
octave. In half of the worlds nobody cares for tempo nor for how long they have listened. Both
figures are of the play before it is learned; the truth is known, so best of five is exact. Run it
by `python -m benchmarks.recommend_moment`; it takes a quarter of a minute, and writes
`results/recommend_moment.json`.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks.report import RESULTS
from today_feeling.domain.affect import Affect
from today_feeling.domain.music import GENRES, Track
from today_feeling.domain.recommend.features import SPACE, moment
from today_feeling.domain.recommend.hybrid import Floats
from today_feeling.domain.recommend.learner import Learner
from today_feeling.domain.recommend.songs import Songs
from today_feeling.domain.recommend.space import Space

SEEDS: Final = range(900, 908)
PEOPLE: Final = 15
PLAYS: Final = 80
"""Of each person."""
SONGS: Final = 300
_SESSION: Final = 8
"""Songs in a session, on average."""
_ESTIMATE_OFF: Final = 0.15
"""So many estimates of a tempo are off by an octave."""


class Play(NamedTuple):
    """A random song that somebody hears."""

    person: int
    mood: Affect
    heard: int
    """Songs of this session before it."""
    song: int
    offered: list[int]
    """Five songs, of which one could be chosen."""


@dataclass
class World:
    """Songs, and how probably each person likes each of them when."""

    seed: int
    matters: bool
    """Whether anybody cares for tempo, or for how long they have listened."""
    songs: Songs = field(init=False)

    def __post_init__(self) -> None:
        draw = self._rng = np.random.default_rng(self.seed)
        genre = draw.integers(len(GENRES), size=SONGS)
        valence, energy, year = draw.normal(size=(3, SONGS))
        tempo = 0.4 * energy + 0.9 * draw.normal(size=SONGS)
        self.songs = Songs.of(
            [self._track(number, genre, valence, energy, tempo, year) for number in range(SONGS)]
        )
        self._sound = np.column_stack([valence, energy, tempo])
        known = np.column_stack([np.eye(len(GENRES))[genre], valence, energy, year])
        if self.matters:
            known = np.column_stack([known, tempo])
        tastes = 0.4 * draw.normal(size=known.shape[1])
        own = 0.25 * draw.normal(size=(PEOPLE, known.shape[1]))
        self._liking: Floats = (tastes + own) @ known.T + 0.3 * draw.normal(size=SONGS)

    def _track(self, number: int, genre: NDArray[np.int64], *told: Floats) -> Track:
        valence, energy, tempo, year = (float(each[number]) for each in told)
        known, estimated = number % 2 == 0, number % 4 == 0
        beats = 120 + 30 * tempo
        if estimated and self._rng.random() < _ESTIMATE_OFF:
            beats *= 2 if beats < 120 else 0.5
        return Track(
            id=number,
            source="library",
            title="",
            artist=None,
            genre=GENRES[int(genre[number])],
            year=round(2010 + 10 * year),
            valence=float(np.clip(0.5 + 0.25 * valence, 0, 1)),
            energy=float(np.clip(0.5 + 0.25 * energy, 0, 1)),
            tempo=float(np.clip(beats, 40, 240)) if known else None,
            tempo_estimated=known and estimated,
        )

    def chances(self, play: Play) -> Floats:
        """How probably the person likes each song then."""
        liking = self._liking[play.person] - 0.3 + 0.4 * play.mood.valence * self._sound[:, 0]
        if self.matters:
            # Calmer and slower the longer one listens.
            late = np.log1p(play.heard) / np.log1p(20) - 0.5
            liking = liking - 0.6 * late * (self._sound[:, 1] + self._sound[:, 2])
        return np.asarray(1 / (1 + np.exp(-liking)))

    def plays(self) -> Iterator[tuple[Play, bool]]:
        """One after the other, each with whether the song was liked."""
        heard = np.zeros(PEOPLE, int)
        for person in self._rng.permuted(np.repeat(np.arange(PEOPLE), PLAYS)):
            mood = Affect(*np.clip(self._rng.normal(0, 0.4, 2), -1, 1))
            song, *offered = self._rng.integers(SONGS, size=6).tolist()
            play = Play(int(person), mood, int(heard[person]), song, offered)
            yield play, bool(self._rng.random() < self.chances(play)[song])
            ends = self._rng.random() < 1 / _SESSION
            heard[person] = 0 if ends else heard[person] + 1


class Contestant:
    """The app's model on all of its features, or without tempo and session."""

    def __init__(self, songs: Songs, *, whole: bool) -> None:
        features = songs.features[songs.positions(range(SONGS))].astype(np.float64)
        space = SPACE
        self._whole = whole
        if not whole:
            tempo = int(SPACE.acted[-1])
            features = np.delete(features, [tempo, features.shape[1] - 1], axis=1)
            space = Space(
                songs=SPACE.songs - 2,
                own=np.arange(SPACE.own.size - 1),
                moment=SPACE.moment - 1,
                moods=SPACE.moods,
                scales=SPACE.scales,
                acted=SPACE.acted[:-1],
            )
        self._learner = Learner(space, features)
        self._scores: list[float] = []
        self._liked: list[bool] = []
        self._best: list[float] = []

    def hear(self, play: Play, liked: bool, chances: Floats) -> None:
        """Score the play, then learn it."""
        here = moment(play.mood, 0.8, "match", None, play.heard)
        here = here if self._whole else here[:-1]
        songs = np.array([play.song, *play.offered])
        expected = self._learner.expect(play.person, songs, here)
        self._scores.append(float(expected[0]))
        self._liked.append(liked)
        self._best.append(float(chances[play.offered[int(expected[1:].argmax())]]))
        self._learner.learn(play.person, play.song, here, 1.0 if liked else -1.0)

    def figures(self) -> tuple[float, float]:
        """AUC, and how probably the best of five was liked."""
        ranks = np.argsort(np.argsort(self._scores)) + 1.0
        liked = np.array(self._liked)
        n, of = liked.sum(), (~liked).sum()
        auc = (ranks[liked].sum() - n * (n + 1) / 2) / (n * of)
        return float(auc), float(np.mean(self._best))


def study(seed: int, *, matters: bool) -> Mapping[str, tuple[float, float]]:
    """What both contestants reach on the same plays."""
    world = World(seed, matters)
    both = {
        "with": Contestant(world.songs, whole=True),
        "without": Contestant(world.songs, whole=False),
    }
    for play, liked in world.plays():
        chances = world.chances(play)
        for each in both.values():
            each.hear(play, liked, chances)
    return {name: each.figures() for name, each in both.items()}


def main() -> None:
    """Print the means over the studies, and keep them."""
    table = Table("Simulated", "", "AUC", "best of five liked", box=None)
    told: dict[str, dict[str, dict[str, float]]] = {}
    for world, matters in (("neither matters", False), ("both matter", True)):
        studies = [study(seed, matters=matters) for seed in SEEDS]
        for name in ("without", "with"):
            auc, best = (statistics.mean(s[name][figure] for s in studies) for figure in (0, 1))
            table.add_row(world, name, f"{auc:.3f}", f"{best:.3f}")
            told.setdefault(world, {})[name] = {"auc": round(auc, 4), "liked": round(best, 4)}
        gains = [s["with"][0] - s["without"][0] for s in studies]
        told[world]["gain"] = {
            "auc": round(statistics.mean(gains), 4),
            "deviation": round(statistics.stdev(gains), 4),
        }
    Console().print(table)
    result = {
        "benchmark": "recommend_moment",
        "simulated": True,
        "seeds": list(SEEDS),
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "worlds": told,
    }
    path = RESULTS / "recommend_moment.json"
    path.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
