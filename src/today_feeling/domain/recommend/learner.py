"""What one process has learned, in memory: the whole model in its simplest use."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.recommend.hybrid import (
    Floats,
    Own,
    Posterior,
    Shared,
    lesson,
)
from today_feeling.domain.recommend.space import Space, standing


@dataclass(slots=True)
class Learner:
    """Learns from plays one after the other and predicts rewards, -1..1."""

    space: Space
    songs: Floats
    """Features of all songs, [N, P]."""
    _unexplained: Shared = field(init=False)
    _own: dict[int, Own] = field(init=False, default_factory=dict)
    _surprise: Floats = field(init=False)
    _opinions: Floats = field(init=False)

    def __post_init__(self) -> None:
        self._unexplained = self.space.layout().no_shared()
        self._surprise = np.zeros(len(self.songs))
        self._opinions = np.zeros(len(self.songs))

    def posterior(self, user: int) -> Posterior:
        """The weights that hold for this person now."""
        layout = self.space.layout()
        return Posterior.of(layout, self._unexplained, self._own.get(user, layout.no_own()))

    def expect(self, user: int, songs: NDArray[np.intp], moment: Floats) -> Floats:
        """Expected reward of each of the songs for the person in this moment."""
        expected: Floats = self._rows(songs, moment) @ self.posterior(user).mean
        return expected

    def learn(self, user: int, song: int, moment: Floats, reward: float) -> None:
        """One play went so."""
        layout = self.space.layout()
        x = self._rows(np.array([song]), moment)[0]
        self._surprise[song] += reward - self.space.without_mean(x) @ self.posterior(user).mean
        self._opinions[song] += 1
        before = self._own.get(user, layout.no_own())
        shared, own = lesson(layout, before, x, weight=1.0, reward=reward)
        self._unexplained += shared
        self._own[user] = before + own

    def _rows(self, songs: NDArray[np.intp], moment: Floats) -> Floats:
        known = standing(self._surprise[songs], self._opinions[songs])
        return self.space.rows(self.songs[songs], known, moment)
