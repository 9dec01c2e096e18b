"""Songs, and what people have taught, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from today_feeling.domain.affect import Affect
from today_feeling.domain.music import GENRES, Genre, SourceId, Track
from today_feeling.domain.recommend.choice import (
    Knowledge,
    Pick,
    pick,
)
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

LAYOUT = SPACE.layout()


NOW = moment(Affect(-0.7, -0.4), 0.8, "match", 20)


def track(number: int, genre: Genre = "jazz", source: SourceId = "youtube", **more: Any) -> Track:
    return Track(number, source, f"Song {number}", more.pop("artist", None), genre, **more)


def catalogue(**counts: int) -> Songs:
    tracks: list[Track] = []
    for genre in GENRES:
        for _ in range(counts.get(genre, 0)):
            tracks.append(track(len(tracks) + 1, genre))
    return Songs.of(tracks)


class Mind:
    """What one person and the songs have taught, in memory."""

    def __init__(self, songs: Songs) -> None:
        self.songs = songs
        self.shared, self.own = LAYOUT.no_shared(), LAYOUT.no_own()
        self.surprise, self.opinions = np.zeros(len(songs)), np.zeros(len(songs))

    @property
    def known(self) -> Knowledge:
        unexplained = self.shared - explained(LAYOUT, self.own)
        posterior = Posterior.of(LAYOUT, unexplained, self.own)
        standing = Standing.of(self.songs, self.surprise, self.opinions)
        return Knowledge(posterior, standing, NOW)

    def learn(self, picked: Pick, reward: float) -> None:
        more: tuple[Shared, Own] = evidence(LAYOUT, picked.x, reward - picked.prior)
        self.shared, self.own = self.shared + more[0], self.own + more[1]
        self.surprise[picked.position] += reward - picked.expected
        self.opinions[picked.position] += 1


def wish(*ticked: Genre, **other: Any) -> Wish:
    return replace(Wish(frozenset(ticked), ("library", "youtube")), **other)


def picks(songs: Songs, what: Wish, times: int, known: Knowledge | None = None) -> list[Pick]:
    rng = np.random.default_rng(1)
    return [pick(songs, what, known or Mind(songs).known, rng) for _ in range(times)]


def genres(songs: Songs, picked: Sequence[Pick]) -> Counter[Genre]:
    return Counter(genre_of(songs, each) for each in picked)


def genre_of(songs: Songs, picked: Pick) -> Genre:
    return GENRES[int(songs.genre(np.array([picked.position]))[0])]
