"""Ways to choose songs, as far as they can be scored on a study: ours and the baselines."""

from __future__ import annotations

import math
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.evaluation.study import MOODS, Event, Study
from today_feeling.domain.goals import progress
from today_feeling.domain.recommend.hybrid import Floats
from today_feeling.domain.recommend.learner import Learner
from today_feeling.domain.recommend.space import Scales, Space

Songs = NDArray[np.intp]

_MOOD_WEIGHT: Final = 0.3
"""As in `recommend.reward`."""
_MOOD_SPREAD: Final = 0.4
"""Standard deviation of valence, -1..1."""
_SONG_ROOM: Final = 4
"""A study's numbers of a song share the room of as many as the app has: valence, energy, tempo and
year."""
_MOMENT_ROOM: Final = 8
"""A study's columns of the moment, beyond the mood, share the room of so many."""
_DAY_S: Final = 86400.0
_EPOCH_FROM: Final = 1e8
"""Seconds below are no dates, but numbers that count."""


class Policy(Protocol):
    """Scores songs for a moment, then is told what happened."""

    def scores(self, event: Event, songs: Songs) -> Floats:
        """The higher, the rather. MUST NOT look at what came of the event."""

    def learn(self, event: Event) -> None:
        """The event has come to pass."""


class Constant:
    """A random song: all are equal, and ties are broken at random, so its figures are exact."""

    def scores(self, event: Event, songs: Songs) -> Floats:
        del event
        return np.zeros(len(songs))

    def learn(self, event: Event) -> None:
        del event


class Popularity:
    """The song that was played most so far, by anyone."""

    def __init__(self, study: Study) -> None:
        self._plays = np.zeros(len(study.numbers))

    def scores(self, event: Event, songs: Songs) -> Floats:
        del event
        return self._plays[songs]

    def learn(self, event: Event) -> None:
        self._plays[event.song] += 1


class GenreRule:
    """The old rule: genres are ticked once, and a random song of them plays.

    As nobody ticked in the study, a person's first 20 ratings tick: the genres that they liked at
    least as often as they liked a song in general. Later ratings change nothing.
    """

    _TICKING: Final = 20

    def __init__(self, study: Study) -> None:
        self._genres = study.genres
        self._heard = np.zeros((study.users, study.genres.shape[1]))
        self._liked = np.zeros_like(self._heard)
        self._ratings = np.zeros((study.users, 2))

    def scores(self, event: Event, songs: Songs) -> Floats:
        heard, liked = self._heard[event.user], self._liked[event.user]
        ratings, likes = self._ratings[event.user]
        ticked = (heard > 0) & (liked * ratings >= heard * likes)
        fits: Floats = self._genres[songs] @ ticked
        return np.minimum(fits, 1.0)

    def learn(self, event: Event) -> None:
        if self._ratings[event.user, 0] >= self._TICKING:
            return
        like = event.rating >= 4
        self._heard[event.user] += self._genres[event.song]
        self._liked[event.user] += self._genres[event.song] * like
        self._ratings[event.user] += (1, like)


class ItemMean:
    """The song's mean rating so far, drawn to the mean of all with the weight of five ratings."""

    _WEIGHT: Final = 5

    def __init__(self, study: Study) -> None:
        self._sum = np.zeros(len(study.numbers))
        self._count = np.zeros(len(study.numbers))

    def scores(self, event: Event, songs: Songs) -> Floats:
        del event
        mean = self._sum.sum() / max(self._count.sum(), 1)
        shrunk: Floats = (self._sum[songs] + self._WEIGHT * mean) / (
            self._count[songs] + self._WEIGHT
        )
        return shrunk

    def learn(self, event: Event) -> None:
        self._sum[event.song] += event.rating
        self._count[event.song] += 1


class TodayFeeling:
    """What the app learns and expects, on the song and moment columns that the study has.

    As in the app, the reward is what was said, moved by the change of valence by at most 0.3, and
    scores are expected rewards. What the app has beyond that, a study cannot judge: it has no
    ticks, so there is no prior and no margin around it, and every song offered is looked at; nor
    are weights drawn (Thompson sampling), which finds out more, but only about songs that are then
    played.
    """

    def __init__(self, study: Study, scales: Scales | None = None) -> None:
        songs = np.hstack([_room(study.numbers, _SONG_ROOM), study.categories])
        self._moments = _Moments(len(study.context))
        self._learner = Learner(
            Space(
                songs=songs.shape[1],
                own=np.arange(songs.shape[1]),
                moment=self._moments.size,
                moods=len(MOODS),
                scales=scales or Scales(),
            ),
            songs,
        )

    def scores(self, event: Event, songs: Songs) -> Floats:
        return self._learner.expect(event.user, songs, self._moments.features(event))

    def learn(self, event: Event) -> None:
        said = (event.rating - 3) / 2 + _MOOD_WEIGHT * self._moments.progress(event)
        reward = max(-1.0, min(1.0, said))
        self._learner.learn(event.user, event.song, self._moments.features(event), reward)
        self._moments.learn(event)


class _Moments:
    """The moment as features: each column by its mean and spread so far, and the time of day."""

    _NEEDED: Final = 10
    """A column says nothing before it was seen so often."""

    def __init__(self, columns: int) -> None:
        self.size = columns + 2
        self._count = np.zeros(columns)
        self._mean = np.zeros(columns)
        self._squares = np.zeros(columns)

    def features(self, event: Event) -> Floats:
        spread = np.sqrt(self._squares / np.maximum(self._count, 1))
        told = np.isfinite(event.context) & (self._count >= self._NEEDED) & (spread > 0)
        columns = np.zeros(len(event.context))
        columns[told] = np.clip((event.context - self._mean)[told] / spread[told], -3, 3)
        moods, others = columns[: len(MOODS)], columns[len(MOODS) :]
        of_day = 2 * math.pi * (event.at % _DAY_S) / _DAY_S
        hour = [math.sin(of_day), math.cos(of_day)] if event.at > _EPOCH_FROM else [0.0, 0.0]
        return np.concatenate([moods, _room(others, _MOMENT_ROOM), hour])

    def progress(self, event: Event) -> float:
        """What the app would say of the change of valence, -1..1; 0 where that is not known.

        Files have units of their own: moods are taken to differ by as much as they do in the app.
        """
        change = event.valence_after - event.valence_before
        spread = math.sqrt(self._squares[0] / max(self._count[0], 1))
        if self._count[0] < self._NEEDED or spread == 0 or not math.isfinite(change):
            return 0.0
        unit = _MOOD_SPREAD / spread
        before = unit * (event.valence_before - self._mean[0])
        return progress("match", before, before + unit * change)

    def learn(self, event: Event) -> None:
        told = np.isfinite(event.context)
        self._count += told
        step = np.where(told, event.context - self._mean, 0.0)
        self._mean += step / np.maximum(self._count, 1)
        self._squares += step * np.where(told, event.context - self._mean, 0.0)


def _room(features: Floats, room: int) -> Floats:
    """Many features [..., n] move a score no further than `room` of them would; fewer stay."""
    scaled: Floats = features * min(1.0, math.sqrt(room / max(features.shape[-1], 1)))
    return scaled
