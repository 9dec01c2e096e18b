"""Pools of kinds hold what looking at one song after the other finds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from tests.domain.minds import track, wish
from today_feeling.domain.music import GENRES, SOURCES, Track
from today_feeling.domain.recommend.pools import (
    ARTIST_WINDOW,
    NO_REPEAT_WINDOW,
    Pools,
    Wish,
    playable,
    pools_of,
)
from today_feeling.domain.recommend.songs import Songs, artist_key
from today_feeling.errors import NothingToPlay

ME, OTHER = 7, 8


@dataclass
class Expected:
    open: set[int]
    rule: set[int]
    by_genre: bool


def expected(tracks: Sequence[Track], what: Wish) -> Expected | None:
    """As the rules say it, song by song; None where there is nothing."""
    enabled = [
        each
        for each in tracks
        if each.source in what.sources
        and each.user_id in (None, what.user_id)
        and (what.allow is None or what.allow(each.language, each.explicit))
        and each.id not in what.blocked
        and not (each.artist and artist_key(each.artist) in what.blocked_artists)
    ]
    reachable = [each for each in enabled if each.source not in what.unavailable]
    if not reachable:
        return None

    def without_lately(songs: list[Track]) -> list[Track]:
        never = {*what.recent[:1], *what.avoid, *what.following}
        left = {each.id: each for each in songs if each.id not in never}
        for recent in dict.fromkeys(what.recent[:NO_REPEAT_WINDOW]):
            if recent in left and len(left) > 1:
                del left[recent]
        return list(left.values())

    def not_near(songs: list[Track]) -> list[Track]:
        near = {*what.recent[:ARTIST_WINDOW], *what.following[:ARTIST_WINDOW]}
        artists = {artist_key(each.artist) for each in tracks if each.id in near and each.artist}
        left = [e for e in songs if not (e.artist and artist_key(e.artist) in artists)]
        return left or songs

    def is_ticked(song: Track) -> bool:
        return song.genre in what.ticked

    either = [
        *without_lately([each for each in reachable if is_ticked(each)]),
        *without_lately([each for each in reachable if not is_ticked(each)]),
    ] or reachable

    def is_of_preferred(song: Track) -> bool:
        alike = [
            each
            for each in either
            if (each.genre == song.genre if is_ticked(song) else not is_ticked(each))
        ]
        rank = what.sources.index
        return rank(song.source) == min(rank(each.source) for each in alike)

    preferred = [each for each in either if is_of_preferred(each)]
    ticked = [each for each in preferred if is_ticked(each)]
    rule = not_near(ticked or preferred)
    learned = {each.id for each in not_near(preferred)} | {each.id for each in rule}
    return Expected(learned, {each.id for each in rule}, bool(ticked))


def world(seed: int) -> tuple[list[Track], Wish]:
    """A few songs of all sorts, and a wish that often leaves little of them."""
    rng = random.Random(seed)  # noqa: S311
    count = rng.randint(1, 40)
    genres = rng.sample(GENRES, rng.randint(1, 4))
    artists = ["Ann", " ann", "Bo", "Cy", None]
    tracks = [
        track(
            number,
            rng.choice(genres),
            rng.choice(SOURCES[: rng.randint(1, 4)]),
            artist=rng.choice(artists),
            language=rng.choice(("ko", "en", "ko/en", "instrumental", None)),
            explicit=rng.choice((None, True, False)),
            user_id=rng.choice((None, None, None, ME, OTHER)),
        )
        for number in rng.sample(range(1, 100), count)
    ]
    ids = [each.id for each in tracks]

    def some(most: int) -> list[int]:
        return [rng.choice([*ids, 1000]) for _ in range(rng.randint(0, most))]

    return tracks, wish(
        *rng.sample(genres, rng.randint(0, len(genres))),
        sources=rng.sample(SOURCES, rng.randint(1, 4)),
        unavailable=set(rng.sample(SOURCES, rng.choice((0, 0, 1, 2)))),
        recent=some(30),
        avoid=set(some(2)),
        following=some(4),
        blocked=set(some(3)),
        blocked_artists=set(rng.sample(["ann", "bo", "nobody"], rng.choice((0, 0, 1)))),
        user_id=rng.choice((ME, None)),
        allow=rng.choice((None, lambda language, explicit: language != "ko" and not explicit)),
    )


def ids(songs: Songs, positions: np.ndarray) -> set[int]:
    return set(songs.ids[positions].tolist())


def check(songs: Songs, found: Pools, right: Expected) -> None:
    assert ids(songs, found.open.positions()) == right.open
    assert len(found.open) == len(right.open)
    assert ids(songs, found.rule.positions()) == right.rule
    assert (found.genres.size > 0) == right.by_genre
    every = np.arange(len(songs))
    assert ids(songs, every[found.open.has(every)]) == right.open
    chances = {int(songs.ids[at]): found.chance(int(at)) for at in every}
    assert {each for each, chance in chances.items() if chance} == right.rule
    assert sum(chances.values()) == pytest.approx(1)


@pytest.mark.parametrize("seed", range(400))
def test_pools_hold_what_looking_at_one_song_after_the_other_finds(seed: int) -> None:
    tracks, what = world(seed)
    songs, right = Songs.of(tracks), expected(tracks, what)
    if right is None:
        with pytest.raises(NothingToPlay):
            pools_of(songs, what)
    else:
        check(songs, pools_of(songs, what), right)


def test_the_rule_draws_genre_by_genre_and_each_song_of_a_genre_alike() -> None:
    songs = Songs.of([track(1, "jazz"), *(track(n, "rock") for n in range(2, 6))])
    pools, rng = pools_of(songs, wish("jazz", "rock")), np.random.default_rng(1)
    drawn = np.bincount([pools.draw(rng) for _ in range(2000)]) / 2000
    np.testing.assert_allclose(drawn, [0.5, *[0.125] * 4], atol=0.03)
    assert [pools.chance(at) for at in range(5)] == [0.5, *[0.125] * 4]


def test_somebody_elses_own_songs_are_never_playable() -> None:
    songs = Songs.of([track(1), track(2, user_id=ME), track(3, user_id=OTHER)])
    for user_id, may in ((ME, {1, 2}), (OTHER, {1, 3}), (None, {1}), (9, {1})):
        assert ids(songs, playable(songs, wish(user_id=user_id)).positions()) == may
