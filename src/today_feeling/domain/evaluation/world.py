"""A simulated world of listeners, to tune the recommender on and to check its evaluation with.

Nobody in it is real. Thirty people rate songs by tastes that only the simulation knows: for
genres and audio features that the song table shows (in one of several ways, see `tastes`), for
features that it does not show, for the song's own quality, and, a little, for how the song fits
their mood. Noise and scales are set so that simple policies score near what they do on real
mood-logged listening; where they do not, docs/recommend.md says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.evaluation.tastes import Taste, tastes, unit

Floats = NDArray[np.float64]

_GENRES: Final = ("classic", "jazz", "pop", "rock", "ballad", "hiphop", "idol", "extra")
_SHOWN: Final = (
    "valence",
    "energy",
    "danceability",
    "acousticness",
    "instrumentalness",
    "loudness",
    "tempo",
    "popularity",
)
_HIDDEN: Final = 3


@dataclass(frozen=True, slots=True)
class Listening:
    """The two tables of a simulated study, as rows of text like those of the CSV files."""

    songs: list[dict[str, str]]
    events: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Scales:
    """How much each cause moves a rating, in standard deviations of rating points."""

    shared_taste: float = 0.55
    own_taste: float = 0.35
    own_genre: float = 0.25
    hidden_taste: float = 0.25
    quality: float = 0.3
    bias: float = 0.3
    mood: float = 0.2
    fit: float = 0.15
    noise: float = 0.8


@dataclass
class World:
    """People and songs that can be asked what happens: `rate` is the known answer."""

    seed: int
    people: int = 30
    songs: int = 200
    taste: Taste = "linear"
    scales: Scales = field(default_factory=Scales)

    def __post_init__(self) -> None:
        draw = self._rng = np.random.default_rng(self.seed)
        s = self.scales
        shown, centres = len(_SHOWN), draw.normal(size=(len(_GENRES), len(_SHOWN)))
        self.genre = draw.choice(len(_GENRES), self.songs, p=_shares(len(_GENRES)))
        features = 0.7 * centres[self.genre] + draw.normal(size=(self.songs, shown))
        self.features = (features - features.mean(0)) / features.std(0)
        hidden = draw.normal(size=(self.songs, _HIDDEN))
        shared, own = tastes(self.taste, self.features, self.genre, self.people, draw)
        parts = (
            s.shared_taste * shared,
            s.own_taste * own,
            s.own_genre * draw.normal(size=(self.people, len(_GENRES)))[:, self.genre],
            s.hidden_taste * unit(draw.normal(size=(self.people, _HIDDEN)) @ hidden.T),
            s.quality * np.tile(draw.normal(size=self.songs), (self.people, 1)),
            s.bias * np.tile(draw.normal(size=(self.people, 1)), (1, self.songs)),
        )
        self.liking: Floats = 3.05 + np.sum(parts, axis=0)
        """Expected rating of each song by each person in a neutral mood, before rounding."""

    def mood(self) -> tuple[float, float]:
        """Valence and arousal of a moment, -1..1."""
        valence, arousal = np.clip(self._rng.normal((0.1, 0.0), 0.4, 2), -1, 1)
        return float(valence), float(arousal)

    def rate(self, person: int, song: int, mood: tuple[float, float]) -> tuple[float, float]:
        """Rating 1-5 and valence afterwards, drawn anew at every call."""
        fit = mood[0] * self.features[song, 0] + mood[1] * self.features[song, 1]
        felt = (
            self.liking[person, song]
            + self.scales.mood * mood[0] / 0.4
            + self.scales.fit * fit / 0.55
            + self.scales.noise * self._rng.normal()
        )
        after = 0.05 + 0.6 * mood[0] + 0.15 * (felt - 3.2) + 0.2 * self._rng.normal()
        return float(np.clip(np.rint(felt), 1, 5)), float(np.clip(after, -1, 1))

    def listen(self, first: int = 20, later: int = 47, random_share: float = 0.28) -> Listening:
        """A study: songs for all to rate, then weeks in which some songs come at random."""
        events: list[dict[str, str]] = []
        times = self._rng.permuted(np.repeat(np.arange(self.people), later))
        order = np.concatenate([np.repeat(np.arange(self.people), first), times])
        for number, person in enumerate(order):
            at_random = number >= self.people * first and self._rng.random() < random_share
            song = int(self._rng.integers(self.songs))
            if not at_random:
                others = self._rng.integers(self.songs, size=3)
                hoped = self.liking[person, others] + 1.5 * self._rng.normal(size=3)
                song = int(others[np.argmax(hoped)])
            mood = self.mood()
            rating, after = self.rate(int(person), song, mood)
            events.append(
                {
                    "event": str(number),
                    "user": f"person {person}",
                    "time": str(1_700_000_000 + 3600 * number),
                    "song": f"song {song}",
                    "valence_before": f"{mood[0]:.3f}",
                    "arousal_before": f"{mood[1]:.3f}",
                    "valence_after": f"{after:.3f}",
                    "rating": f"{rating:.0f}",
                    "random": str(int(at_random)),
                    "heart_rate": "" if self._rng.random() < 0.2 else f"{70 + 12 * mood[1]:.0f}",
                }
            )
        self.last = Listening(self.song_rows(), events)
        return self.last

    def song_rows(self) -> list[dict[str, str]]:
        """The song table; one value in twenty is missing, and two columns mean nothing."""
        rows = []
        for song in range(self.songs):
            row = {"song": f"song {song}", "genre": _GENRES[self.genre[song]]}
            for name, value in zip(_SHOWN, self.features[song], strict=True):
                row[name] = "" if self._rng.random() < 0.05 else f"{value:.4f}"
            row["key"] = str(int(self._rng.integers(12)))
            row["title"] = f"Title {song}"
            rows.append(row)
        return rows


def _shares(count: int) -> Floats:
    weights = 1 / np.arange(1.0, count + 1)
    shares: Floats = weights / weights.sum()
    return shares
