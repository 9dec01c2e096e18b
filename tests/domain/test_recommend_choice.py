from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from tests.domain.minds import Mind, catalogue, genre_of, genres, picks, track, wish
from today_feeling.domain.affect import Affect
from today_feeling.domain.recommend.choice import (
    RANDOM_SHARE,
    pick,
)
from today_feeling.domain.recommend.songs import Songs
from today_feeling.errors import NothingToPlay


def test_who_is_new_hears_the_ticked_genres_each_as_often() -> None:
    songs = catalogue(jazz=5, pop=60, rock=200, ballad=300)
    heard = genres(songs, picks(songs, wish("jazz", "rock"), 300))
    assert set(heard) == {"jazz", "rock"}
    assert abs(heard["jazz"] - 150) < 60


def test_without_ticks_who_is_new_hears_anything() -> None:
    songs = catalogue(jazz=50, pop=50, rock=50)
    assert set(genres(songs, picks(songs, wish(), 60))) == {"jazz", "pop", "rock"}


def test_what_is_liked_comes_more_and_what_is_disliked_goes() -> None:
    songs = catalogue(jazz=40, pop=40, rock=40)
    mind, rng = Mind(songs), np.random.default_rng(2)
    for _ in range(80):
        chosen = pick(songs, wish("jazz"), mind.known, rng)
        liked = genre_of(songs, chosen) == "rock"
        mind.learn(chosen, 1.0 if liked else -1.0)
    heard = genres(songs, picks(songs, wish("jazz"), 100, mind.known))
    assert heard["rock"] > 80  # although only jazz was ticked: it was disliked 1 by 1


def test_the_probability_is_how_often_the_song_comes() -> None:
    songs = catalogue(jazz=3, pop=2)
    drawn = picks(songs, wish(), 1000)
    times = Counter(each.position for each in drawn)
    told: Counter[int] = Counter()
    for each in drawn:
        told[each.position] += 1 / each.probability  # type: ignore[assignment]
    for position in range(5):
        # Inverse propensities count each song once in every choice, on average.
        assert told[position] / 1000 == pytest.approx(1, abs=0.25), times


def test_one_choice_in_twenty_is_the_rules_own() -> None:
    songs = catalogue(jazz=10, pop=10)
    drawn = picks(songs, wish("jazz"), 1000)
    share = sum(each.at_random for each in drawn) / 1000
    assert abs(share - RANDOM_SHARE) < 0.02
    for each in drawn:
        assert each.probability + 1e-12 >= RANDOM_SHARE / 10
        assert each.probability <= 1


def test_none_of_the_last_twenty_comes_again_and_no_artist_soon() -> None:
    songs = Songs.of([track(n, artist=f"Artist {n % 8}") for n in range(1, 41)])
    known, rng = Mind(songs).known, np.random.default_rng(3)
    heard: list[int] = []
    for _ in range(100):
        chosen = pick(songs, wish("jazz", recent=heard[::-1]), known, rng)
        heard.append(int(songs.ids[chosen.position]))
    for index, song in enumerate(heard):
        assert song not in heard[max(0, index - 20) : index]
        assert song % 8 not in {other % 8 for other in heard[max(0, index - 3) : index]}


def test_few_ticked_songs_go_round() -> None:
    songs = catalogue(jazz=4, pop=100)
    known, rng = Mind(songs).known, np.random.default_rng(3)
    heard: list[int] = []
    for _ in range(40):
        chosen = pick(songs, wish("jazz", recent=heard[::-1]), known, rng)
        heard.append(int(songs.ids[chosen.position]))
    assert max(heard) <= 4
    for index in range(4, 40):
        assert len(set(heard[index - 3 : index + 1])) == 4


def test_the_only_song_plays_again() -> None:
    songs = catalogue(jazz=1)
    assert pick(songs, wish(recent=[1]), Mind(songs).known, np.random.default_rng(1)).position == 0


def test_what_is_blocked_never_plays_and_what_is_to_be_avoided_waits() -> None:
    songs = catalogue(jazz=4)
    for each in picks(songs, wish(blocked={2}, avoid={1}), 60):
        assert each.position in {2, 3}
    assert picks(songs, wish(blocked={2, 3, 4}, avoid={1}), 1)[0].position == 0


def test_the_less_preferred_source_plays_only_what_the_preferred_has_nothing_of() -> None:
    songs = Songs.of(
        [
            track(1, source="library"),
            *(track(n) for n in range(2, 12)),
            *(track(n, "rock") for n in range(12, 15)),
        ]
    )
    assert {one.position for one in picks(songs, wish("jazz"), 50)} == {0}
    assert {one.position for one in picks(songs, wish(), 50)} == {0}
    of_both = {one.position for one in picks(songs, wish("jazz", "rock"), 200)}
    assert of_both == {0, 11, 12, 13}
    heard = picks(songs, wish(recent=[1]), 50)
    assert 0 not in {one.position for one in heard}


def test_a_ticked_genre_of_a_less_preferred_source_is_as_likely_as_the_others() -> None:
    mine = [track(n, "rock", "library") for n in range(1, 20)]
    songs = Songs.of([*mine, *(track(n, "jazz") for n in range(20, 40))])
    heard = genres(songs, picks(songs, wish("jazz", "rock"), 300))
    assert abs(heard["jazz"] - 150) < 60


def test_the_preferred_source_plays_on_when_all_of_it_is_by_one_artist() -> None:
    mine = [track(n, source="library", artist="Sine") for n in range(1, 4)]
    songs = Songs.of([*mine, *(track(n, artist=f"Singer {n}") for n in range(4, 12))])
    assert {one.position for one in picks(songs, wish(recent=[1]), 50)} == {1, 2}


def test_rather_an_artist_again_than_none_of_the_ticked_genres() -> None:
    songs = Songs.of(
        [
            track(1, "jazz", source="library", artist="Sine"),
            track(2, "pop", source="library", artist="Sine"),
            *(track(n, "rock", artist=f"Singer {n}") for n in range(3, 12)),
        ]
    )
    assert {one.position for one in picks(songs, wish("pop", recent=[1]), 50)} == {1}


def test_the_goal_chooses_among_what_is_liked_alike() -> None:
    tracks = [track(n, valence=n / 40, energy=0.6) for n in range(1, 40)]
    songs = Songs.of(tracks)
    near, far = Affect(-0.8, 0.2), Affect(0.8, 0.2)

    def valence(target: Affect) -> float:
        drawn = picks(songs, wish(goal="lift", target=target), 100)
        return float(np.mean([songs.affect[each.position, 0] for each in drawn]))

    assert valence(near) < -0.1 < 0.1 < valence(far)


def test_to_focus_music_without_words_comes_first() -> None:
    spoken = [track(n, language="ko") for n in range(1, 31)]
    songs = Songs.of([*spoken, *(track(n, language="instrumental") for n in range(31, 41))])
    drawn = picks(songs, wish(goal="focus", target=Affect(0.2, -0.1)), 100)
    assert sum(songs.wordless[songs.kind[each.position]] for each in drawn) > 70


def test_nothing_to_play_says_why() -> None:
    songs = catalogue(jazz=2)
    for what, cause in (
        (wish(sources=("library",)), "no_tracks"),
        (wish(blocked={1, 2}), "no_tracks"),
        (wish(unavailable={"youtube"}), "sources_unavailable"),
    ):
        with pytest.raises(NothingToPlay) as caught:
            picks(songs, what, 1)
        assert caught.value.cause == cause
    with pytest.raises(NothingToPlay):
        picks(Songs.of([]), wish(), 1)


def test_the_same_seed_gives_the_same_song() -> None:
    songs = catalogue(jazz=30)
    first, again = (picks(songs, wish(), 20) for _ in range(2))
    assert [each.position for each in first] == [each.position for each in again]
