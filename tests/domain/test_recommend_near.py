"""Passing over blocks finds exactly the songs that a look at each would."""

from __future__ import annotations

import numpy as np
import pytest

from tests.domain.minds import track, wish
from today_feeling.domain.music import GENRES
from today_feeling.domain.recommend import blocks, near
from today_feeling.domain.recommend.blocks import Bounds
from today_feeling.domain.recommend.features import SPACE
from today_feeling.domain.recommend.near import Expectation, margin
from today_feeling.domain.recommend.pools import pools_of
from today_feeling.domain.recommend.songs import Songs
from today_feeling.domain.recommend.standing import Standing

COUNT = 600


@pytest.fixture(autouse=True)
def many_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 8)
    monkeypatch.setattr(near, "_AT_ONCE", 0)


def some(rng: np.random.Generator, first: int, count: int) -> Songs:
    return Songs.of(
        [
            track(
                number,
                GENRES[int(rng.integers(3))],
                valence=float(rng.random()),
                energy=float(rng.random()),
                year=int(rng.integers(1960, 2026)),
                language=("ko", "en", None)[int(rng.integers(3))],
            )
            for number in range(first, first + count)
        ],
        rated=range(first, first + count, 20),
    )


def heard(rng: np.random.Generator, songs: Songs) -> Standing:
    opinions = np.where(songs.ids % 20 == 1, rng.integers(1, 9, len(songs)), 0.0)
    return Standing.of(songs, opinions * rng.normal(size=len(songs)), opinions)


def check(rng: np.random.Generator, songs: Songs, standing: Standing, level: float) -> float:
    """Compare; returns the share of the songs that is near."""
    pool = pools_of(songs, wish("jazz", "pop", recent=rng.choice(songs.ids, 9).tolist())).open
    prior = rng.normal(size=len(songs.kinds)) * 0.1 + level
    of_kind = np.where(pool.counts > 0, prior, -np.inf).astype(np.float32)
    weights = rng.normal(scale=0.3, size=SPACE.songs).astype(np.float32)
    of_standing = rng.normal(scale=0.3, size=2).astype(np.float32)
    at, expected = Expectation(pool, weights, standing, of_standing, of_kind).near()
    every = songs.features @ weights + standing.values @ of_standing + of_kind[songs.kind]
    every[~pool.has(np.arange(len(songs)))] = -np.inf
    best = float(every.max())
    # What lies on the edge may fall on either side, as sums are rounded otherwise.
    assert set(np.flatnonzero(every >= best - margin(best) + 1e-5)) <= set(at.tolist())
    assert set(at.tolist()) <= set(np.flatnonzero(every >= best - margin(best) - 1e-5))
    np.testing.assert_allclose(expected, every[at], atol=1e-5)
    return len(at) / len(songs)


@pytest.mark.parametrize("level", [2.0, -2.0])
@pytest.mark.parametrize("seed", range(10))
def test_what_comes_into_question_is_found_whole(seed: int, level: float) -> None:
    rng = np.random.default_rng(seed)
    songs = some(rng, 1, COUNT)
    assert 0 < check(rng, songs, heard(rng, songs), level) < 0.9


@pytest.mark.parametrize("seed", range(10))
def test_also_after_songs_have_come_and_gone(seed: int) -> None:
    rng = np.random.default_rng(seed)
    songs = some(rng, 1, COUNT)
    gone = rng.choice(COUNT, COUNT // 2, replace=False)
    left = songs.without(gone)
    assert sorted(left.ids) == sorted(set(songs.ids.tolist()) - set(songs.ids[gone].tolist()))
    both = left.plus(some(rng, 1000, 50))
    check(rng, both, heard(rng, both), 0.0)
    again = both.without(both.positions(songs.ids.tolist()))
    check(rng, again, heard(rng, again), 0.0)


def test_an_opinion_moves_a_song_past_the_bound_of_its_block() -> None:
    rng = np.random.default_rng(1)
    songs = some(rng, 1, COUNT)
    quiet = Standing.of(songs, np.zeros(COUNT), np.zeros(COUNT))
    at = np.array([5, 300])
    loud = quiet.changed(songs, at, np.array([9.0, 9.0]), np.array([9.0, 9.0]))
    assert not quiet.values.any()
    flat = np.zeros(SPACE.songs, np.float32)
    for standing, found in ((quiet, COUNT), (loud, 2)):
        pool = pools_of(songs, wish()).open
        of_kind = np.zeros(len(songs.kinds), np.float32)
        weights = np.array([1.0, 0.0], np.float32)
        assert len(Expectation(pool, flat, standing, weights, of_kind).near()[0]) == found


@pytest.mark.parametrize("seed", range(5))
def test_what_changes_leaves_the_same_as_all_worked_out_anew(seed: int) -> None:
    rng = np.random.default_rng(seed)
    songs = some(rng, 1, COUNT)
    surprise, opinions = rng.normal(size=COUNT), rng.integers(0, 3, COUNT).astype(float)
    standing = Standing.of(songs, surprise * opinions, opinions)
    at = rng.choice(COUNT, 40, replace=False)
    surprise[at], opinions[at] = rng.normal(size=40), rng.integers(0, 3, 40)  # some taken back
    changed = standing.changed(songs, at, surprise[at] * opinions[at], opinions[at])
    anew = Standing.of(songs, surprise * opinions, opinions)
    np.testing.assert_array_equal(changed.values, anew.values)
    np.testing.assert_array_equal(changed.bounds.low, anew.bounds.low)
    np.testing.assert_array_equal(changed.bounds.high, anew.bounds.high)


def test_blocks_of_which_none_can_be_good_enough_are_not_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(2)
    songs = some(rng, 1, COUNT)
    looked_at = 0
    plain = Expectation._of

    def counted(self: Expectation, start: int, end: int) -> object:
        nonlocal looked_at
        looked_at += end - start
        return plain(self, start, end)

    monkeypatch.setattr(Expectation, "_of", counted)
    check(rng, songs, heard(rng, songs), 1.0)
    assert 0 < looked_at < COUNT / 2


@pytest.mark.parametrize("seed", range(5))
def test_no_song_of_a_block_goes_beyond_its_bound(seed: int) -> None:
    rng = np.random.default_rng(seed)
    songs = some(rng, 1, COUNT)
    weights = rng.normal(size=SPACE.songs).astype(np.float32)
    most = Bounds.of(songs.features, songs.first).most(weights)
    of_song = np.repeat(most, np.diff(songs.first))
    assert (songs.features @ weights <= of_song + 1e-5).all()
    assert np.diff(songs.first).max() <= 8
    for start, end in zip(songs.first, songs.first[1:], strict=False):
        assert len(set(songs.kind[start:end])) == 1


def test_runs_that_are_near_each_other_are_one() -> None:
    flags = np.zeros(30, np.bool_)
    assert list(blocks.runs(flags)) == []
    flags[[2, 3, 8, 20, 29]] = True
    assert list(blocks.runs(flags)) == [(2, 9), (20, 21), (29, 30)]
    assert list(blocks.runs(~flags)) == [(0, 29)]
