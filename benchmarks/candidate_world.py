"""Large catalogues, people who have rated songs of them, and what they ask for: all simulated.

People like songs as the model supposes: weights of the features are drawn from its own prior. That
flatters the model, which is not judged here, and makes requests of every kind: narrow and broad
tastes, sure and unsure weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from today_feeling.domain.affect import AFFECT
from today_feeling.domain.goals import GOALS, step
from today_feeling.domain.music import GENRES, Genre, SourceId, Track
from today_feeling.domain.recommend.blocks import Numbers
from today_feeling.domain.recommend.choice import TICK, Knowledge
from today_feeling.domain.recommend.features import SPACE, moment
from today_feeling.domain.recommend.hybrid import (
    Floats,
    Own,
    Posterior,
    Shared,
    explained,
)
from today_feeling.domain.recommend.pools import Wish
from today_feeling.domain.recommend.songs import Songs
from today_feeling.domain.recommend.standing import Standing

LAYOUT: Final = SPACE.layout()
LISTENERS: Final = 60
"""Other people, of whom the shared weights were learned."""
RATINGS: Final = (0, 20, 200)
"""Of the people who ask."""
EACH: Final = 3
"""So many people of each number of ratings, with one request for each of `WISHES`."""
WISHES: Final = ("youtube first", "library first", "no youtube", "no korean")
RATED_SHARE: Final = 0.05
"""Of the songs; nobody has said anything of the others."""
_NOISE: Final = 0.8
"""Of a liking before it is a yes or no: with it, likes and dislikes are as far apart on average as
the model takes them to be."""
_LANGUAGES: Final = ("ko", "en", "ja", "instrumental", "es", None)
_SOURCES: Final[tuple[SourceId, ...]] = ("youtube", "library", "subsonic")
_ORDERS: Final[Mapping[str, Sequence[SourceId]]] = {
    "library first": ("library", "subsonic", "youtube"),
    "no youtube": ("subsonic", "library"),
}
"""What is preferred; else as they stand above."""


@dataclass(frozen=True, slots=True)
class Request:
    """One person's wish for the next song."""

    ratings: int
    kind: str
    """Of `WISHES`."""
    wish: Wish
    known: Knowledge

    def anew(self) -> Knowledge:
        """The same with nothing kept of what earlier runs have worked out."""
        return replace(self.known)


@dataclass(frozen=True, slots=True)
class World:
    """The songs, what is thought of them, and the requests."""

    songs: Songs
    opinions: Floats
    """How many there are of each song."""
    requests: list[Request]

    @staticmethod
    def of(count: int) -> World:
        """A catalogue of so many songs; the same for the same number."""
        rng = np.random.default_rng(11)
        listed = _tracks(count, rng)
        rated = rng.random(count) < RATED_SHARE
        songs = Songs.of(listed, set((1 + np.flatnonzero(rated)).tolist()))
        opinions, rated = np.zeros(count), rated[songs.ids - 1]
        opinions[rated] = np.minimum(np.ceil(rng.pareto(1.2, rated.sum()) + 0.2), 300)
        surprise = opinions * rng.normal(scale=0.07, size=count)
        surprise += np.sqrt(opinions) * rng.normal(scale=_NOISE, size=count)
        stands = Standing.of(songs, surprise, opinions)
        asking = _People(songs, stands.values, rng)
        for _ in range(LISTENERS):
            asking.join(100)
        people = [(ratings, asking.join(ratings)) for ratings in RATINGS for _ in range(EACH)]
        requests = []
        for number, (ratings, (own, ticked)) in enumerate(people):
            posterior = Posterior.of(LAYOUT, asking.unexplained, own)
            for turn, kind in enumerate(WISHES):
                goal = GOALS[(number + turn) % len(GOALS)]
                felt = list(AFFECT.values())[(2 * number + turn) % len(AFFECT)]
                here = moment(felt, 0.8, goal, float(7 * number % 24))
                known = Knowledge(posterior, stands, here)
                seen = known.seen.mean[: SPACE.songs].astype(np.float32)
                sample = rng.integers(count, size=20_000)
                liked = sample[np.argsort(-(songs.features[sample] @ seen))[:200]]
                wish = Wish(
                    ticked=ticked,
                    sources=_ORDERS.get(kind, _SOURCES),
                    recent=songs.ids[rng.choice(liked, 20, replace=False)].tolist(),
                    goal=goal,
                    target=None if goal == "match" else step(felt, goal, turn).to,
                    allow=_not_korean if kind == "no korean" else None,
                )
                requests.append(Request(ratings, kind, wish, known))
        return World(songs, opinions, requests)


def _not_korean(language: str | None, explicit: bool | None) -> bool:
    del explicit
    return language != "ko"


class _People:
    """Who rate songs, and what is learned of all of them together."""

    def __init__(self, songs: Songs, stand: Numbers, rng: np.random.Generator) -> None:
        self._songs, self._stand, self._rng = songs, stand, rng
        self._weights = rng.normal(size=SPACE.size)
        self._weights[1 + SPACE.songs : 3 + SPACE.songs] = 0.3, 0.3
        self.unexplained: Shared = LAYOUT.no_shared()

    def join(self, ratings: int) -> tuple[Own, tuple[Genre, ...]]:
        """Someone with a taste and ticks, half of whose ratings are of ticked genres."""
        rng, songs = self._rng, self._songs
        numbers = rng.choice(len(GENRES), size=int(rng.integers(1, 6)), replace=False)
        taste = rng.normal(size=LAYOUT.own.size)
        if not ratings:
            return LAYOUT.no_own(), tuple(GENRES[each] for each in numbers)
        some = rng.integers(len(songs), size=40 * ratings)
        of_ticked = some[np.isin(songs.genre(some), numbers)][: ratings // 2]
        rated = np.concatenate([of_ticked, some[-(ratings - len(of_ticked)) :]])
        x = np.concatenate(
            [
                SPACE.rows(
                    songs.features[[each]].astype(np.float64),
                    self._stand[[each]].astype(np.float64),
                    rng.normal(size=SPACE.moment),
                )
                for each in rated
            ]
        )
        z = LAYOUT.of_own(x)
        noise = rng.normal(scale=_NOISE, size=ratings)
        reward = np.sign(x @ self._weights + z @ taste + noise)
        reward -= TICK * np.isin(songs.genre(rated), numbers)
        own = Own(z.T @ x, z.T @ reward)
        self.unexplained += Shared(x.T @ x, x.T @ reward) - explained(LAYOUT, own)
        return own, tuple(GENRES[each] for each in numbers)


def _tracks(count: int, rng: np.random.Generator) -> list[Track]:
    """Genres and languages of unlike size, sounds that go with the genre and are mostly estimated,
    ten songs of an artist."""
    share = 1 / np.arange(1, len(GENRES) + 1)
    genre = rng.choice(len(GENRES), size=count, p=share / share.sum())
    language = rng.choice(len(_LANGUAGES), size=count, p=(0.35, 0.3, 0.08, 0.12, 0.05, 0.1))
    source = rng.choice(len(_SOURCES), size=count, p=(0.8, 0.15, 0.05))
    centre = rng.uniform(0.3, 0.7, size=(len(GENRES), 2))
    sound = np.clip(rng.normal(centre[genre], 0.18), 0, 1)
    tempo = np.exp(rng.normal(np.log(115), 0.25, count))
    told = rng.random(count) < 0.95
    estimated = rng.random(count) < 0.7
    year = np.clip(2026 - rng.exponential(15, count), 1930, 2026).astype(int)
    artist = rng.integers(max(count // 10, 1), size=count)
    found = []
    columns = zip(
        *(each.tolist() for each in (genre, language, source, sound, tempo, told, estimated)),
        *(each.tolist() for each in (year, artist)),
        strict=True,
    )
    for number, (
        kind,
        spoken,
        place,
        (valence, energy),
        beats,
        heard,
        guessed,
        since,
        who,
    ) in enumerate(columns, 1):
        found.append(
            Track(
                id=number,
                source=_SOURCES[place],
                title="",
                artist=f"Artist {who}",
                genre=GENRES[kind],
                year=since,
                language=_LANGUAGES[spoken],
                youtube_video_id=f"{number:011d}" if _SOURCES[place] == "youtube" else None,
                valence=valence if heard else None,
                energy=energy if heard else None,
                estimated=heard and guessed,
                tempo=beats if heard else None,
                tempo_estimated=heard and guessed,
            )
        )
    return found
