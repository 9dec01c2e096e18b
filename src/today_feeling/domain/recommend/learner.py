"""What one process has learned, in memory: the whole model in its simplest use."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.recommend.hybrid import Floats, Layout
from today_feeling.domain.recommend.space import Space, standing


@dataclass(slots=True)
class _Person:
    """What is known of one person's own weights."""

    inverse: Floats
    """Of their precision, where the shared weights are known, [k, k]."""
    a: Floats
    """As in `hybrid.Own`, [k, D]."""
    b: Floats
    """As in `hybrid.Own`, [k]."""


@dataclass(slots=True)
class Learner:
    """Learns from plays one after the other and predicts rewards, -1..1.

    It expects what `hybrid.Posterior` would expect after the same plays. As nothing is ever taken
    back or added up here, inverses are kept in the place of sums: a play changes each of them by
    one outer product (Sherman and Morrison), and no equations are solved.
    """

    space: Space
    songs: Floats
    """Features of all songs, [N, P]."""
    _layout: Layout = field(init=False)
    _inverse: Floats = field(init=False)
    """Of the precision of the shared weights, [D, D]."""
    _shared: Floats = field(init=False)
    """The shared weights that are to be expected, [D]."""
    _people: dict[int, _Person] = field(init=False, default_factory=dict)
    _surprise: Floats = field(init=False)
    _opinions: Floats = field(init=False)

    def __post_init__(self) -> None:
        self._layout = self.space.layout()
        self._inverse = np.eye(self._layout.size) / self._layout.noise
        self._shared = np.zeros(self._layout.size)
        self._surprise = np.zeros(len(self.songs))
        self._opinions = np.zeros(len(self.songs))

    def expect(self, user: int, songs: NDArray[np.intp], moment: Floats) -> Floats:
        """Expected reward of each of the songs for the person in this moment."""
        expected: Floats = self._rows(songs, moment) @ self._weights(user)
        return expected

    def learn(self, user: int, song: int, moment: Floats, reward: float) -> None:
        """One play went so."""
        x = self._rows(np.array([song]), moment)[0]
        self._surprise[song] += reward - self.space.without_mean(x) @ self._weights(user)
        self._opinions[song] += 1

        # See `hybrid.lesson`: `rest` is what the person's own weights cannot stand for.
        person, z = self._person(user), self._layout.of_own(x)
        foretold = person.inverse @ z
        spread = 1 + z @ foretold
        rest = x - foretold @ person.a
        gain = self._inverse @ rest
        whole = spread + rest @ gain
        surprise = reward - foretold @ person.b - rest @ self._shared
        self._shared += gain * (surprise / whole)
        self._inverse -= np.outer(gain / whole, gain)
        person.inverse -= np.outer(foretold / spread, foretold)
        person.a += np.outer(z, x)
        person.b += reward * z

    def _weights(self, user: int) -> Floats:
        """Of x, as they are to be expected for this person, [D]."""
        weights = self._shared.copy()
        person = self._people.get(user)
        if person is not None:
            own = person.inverse @ (person.b - person.a @ self._shared)
            weights[self._layout.own] += self._layout.own_scale * own
        return weights

    def _person(self, user: int) -> _Person:
        if user not in self._people:
            none = self._layout.no_own()
            inverse = np.eye(none.b.size) / self._layout.noise
            self._people[user] = _Person(inverse, none.a, none.b)
        return self._people[user]

    def _rows(self, songs: NDArray[np.intp], moment: Floats) -> Floats:
        known = standing(self._surprise[songs], self._opinions[songs])
        return self.space.rows(self.songs[songs], known, moment)
