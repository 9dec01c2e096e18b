"""The features of a play: what the song is, what the moment is, and how the two meet.

    x = [level, song, its mean, its popularity, moment, mood₁ * own part of the song, mood₂ * ...,
         rest of the moment₁ * what it acts on, rest₂ * ...]

The moment is the same for all songs of a request, so weights of x are seen as weights of the
song's features once, and a request over many songs is one product of a matrix and a vector.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from today_feeling.domain.recommend.hybrid import Floats, Layout

SONG_MEAN_WEIGHT = 3.0
"""A song's own mean counts as much as the average song's after so many full opinions."""


@dataclass(frozen=True, slots=True)
class Scales:
    """How far weights may go before anything is learned, as standard deviations of the reward.

    Tuned on simulated listeners with seeds of their own; see docs/recommend.md. They are part of
    what is learned from: where they change, `features.VERSION` grows.
    """

    song: float = 0.08
    """Of a shared weight of a song's feature."""
    own: float = 1.0
    """Of a person's own weight of a song's feature, in units of the shared one's."""
    level: float = 0.2
    """Of how high people rate in general."""
    own_level: float = 1.0
    """Of how high a person rates in general, in units of the shared one's."""
    song_mean: float = 1.0
    """Of the weight of the song's own shrunken mean."""
    popularity: float = 0.05
    """Of the weight of the logarithm of how many opinions there are of the song."""
    moment: float = 0.05
    """Of a weight of a feature of the moment."""
    meeting: float = 0.03
    """Of a weight of mood times song."""
    acting: float = 0.03
    """Of a weight of another feature of the moment times what it acts on."""
    noise: float = 0.2
    """Variance of a reward (-1..1) around its expectation."""


@dataclass(frozen=True)
class Space:
    """Where each feature stands in x. Song features are standardised, or 0 and 1."""

    songs: int
    """Features of a song P."""
    own: NDArray[np.intp]
    """Those of them that each person weighs in a way of their own, and that meet the mood."""
    moment: int
    """Features of a moment C."""
    moods: int
    """The first so many features of the moment meet the song."""
    scales: Scales
    acted: NDArray[np.intp] = field(default_factory=lambda: np.arange(0))
    """Features of a song that the others of the moment meet."""

    @property
    def size(self) -> int:
        """Number of features D."""
        met = self.moods * self.own.size + (self.moment - self.moods) * self.acted.size
        return 3 + self.songs + self.moment + met

    def layout(self) -> Layout:
        """What the linear model needs to know of the features."""
        return Layout(
            size=self.size,
            own=np.concatenate([[0], 1 + self.own]).astype(np.intp),
            own_scale=np.concatenate(
                [[self.scales.own_level], np.full(self.own.size, self.scales.own)]
            ),
            noise=self.scales.noise,
        )

    def rows(self, songs: Floats, standing: Floats, moment: Floats) -> Floats:
        """x [N, D] of songs [N, P] with their `standing` [N, 2] in one moment [C]."""
        scales, count = self.scales, len(songs)
        met = map(self._met, range(self.moment))
        meetings = [
            scale * each * songs[:, these]
            for each, (these, scale) in zip(moment.tolist(), met, strict=True)
        ]
        return np.column_stack(
            [
                np.full(count, scales.level),
                scales.song * songs,
                standing * (scales.song_mean, scales.popularity),
                np.tile(scales.moment * moment, (count, 1)),
                *meetings,
            ]
        )

    def without_mean(self, x: Floats) -> Floats:
        """The same play [D] of a song of which nothing but its features and popularity is known."""
        plain = x.copy()
        plain[1 + self.songs] = 0.0
        return plain

    def lens(self, moment: Floats) -> Floats:
        """How weights of x look from one moment [C]: `lens @ weights`, [P + 3], are weights of a
        song's features, of its standing (2), and what is the same for all songs.

        `[song, standing, 1] @ lens @ weights` is `rows @ weights`.
        """
        rows, columns, scales, which = self._entries
        lens = np.zeros((self.songs + 3, self.size))
        lens[rows, columns] = scales * np.append(moment, 1.0)[which]
        return lens

    @cached_property
    def _entries(self) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats, NDArray[np.intp]]:
        """What is not 0 in a lens: rows, columns, scales, and which feature of the moment each is
        multiplied by; -1 is none."""
        scales, songs, after = self.scales, self.songs, 3 + self.songs
        one_each, moment = np.arange(songs), np.arange(self.moment)
        parts: list[tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike]] = [
            (one_each, 1 + one_each, scales.song, -1),
            (songs, 1 + songs, scales.song_mean, -1),
            (songs + 1, 2 + songs, scales.popularity, -1),
            (songs + 2, 0, scales.level, -1),
            (songs + 2, after + moment, scales.moment, moment),
        ]
        first = after + self.moment
        for number in moment.tolist():
            met, scale = self._met(number)
            parts.append((met, first + np.arange(met.size), scale, number))
            first += met.size
        rows, columns, factors, which = (
            np.concatenate([np.atleast_1d(each) for each in column])
            for column in zip(*(np.broadcast_arrays(*part) for part in parts), strict=True)
        )
        return rows, columns, factors, which

    def _met(self, number: int) -> tuple[NDArray[np.intp], float]:
        """What of a song a feature of the moment meets, and the scale of the weights."""
        if number < self.moods:
            return self.own, self.scales.meeting
        return self.acted, self.scales.acting


def standing(surprise: Floats, opinions: Floats) -> Floats:
    """What is known of songs beyond their features [N, 2]: shrunken mean, and popularity.

    `surprise`: sum of weighted rewards, less what was expected of a song with these features.
    `opinions`: sum of the weights. The mean is drawn to 0 while few have heard the song.
    """
    stand = np.empty((len(opinions), 2))
    np.divide(surprise, opinions + SONG_MEAN_WEIGHT, out=stand[:, 0])
    np.log1p(np.maximum(opinions, 0.0), out=stand[:, 1])
    return stand
